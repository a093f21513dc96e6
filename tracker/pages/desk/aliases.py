"""/desk/aliases: every other name of everybody, with where and when it holds; added, removed, taken back."""

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import people as entries
from tracker.db import reading
from tracker.edits import Change
from tracker.forms import Typed
from tracker.i18n import current_language
from tracker.pages.desk import entering
from tracker.pages.desk.entering import Entered
from tracker.rendering import page, page_number
from transcripts.errors import NotFound
from transcripts.queries import aliases, forums
from transcripts.queries import people as known_people
from transcripts.text import fold

bp = Blueprint("aliases", __name__, url_prefix="/desk/aliases")

SIZE = 100
"""Names on a page."""
ORIGIN_WORDS = {"import": "From a file", "editor": "Said by an editor", "merge": "From two people who are one"}


@bp.get("")
def index() -> Response:
    """The table, or the rows that hold some words."""
    return _index(Typed.of({}), 200)


@bp.post("")
def add() -> Response:
    """A name somebody also goes by, everywhere or at one forum, always or between two days."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        slug = typed.one_of("person", [one.slug for one in known_people.every(session)]) or ""
        alias = typed.text("alias")
        forum = typed.one_of("forum", [one.forum.slug for one in forums.every(session)], needed=False)
        first, last = typed.day("valid_from", needed=False), typed.day("valid_to", needed=False)
        typed.check()
        doc = {"person": slug, "alias": alias, "forum": forum or ""}
        return _of(slug, Change("alias", entries.alias_key(slug, alias, forum, first, last), doc))

    return entering.enter(typed, "add a name", make, lambda status: _index(typed, status))


@bp.post("/<int:id>/remove")
def remove(id: int) -> Response:
    """A name they do not go by; voices linked by it stay linked."""
    typed = Typed.sent()
    with reading() as session:
        found = [one for one in aliases.listed(session) if one.id == id]
    if not found:
        raise NotFound("There is no such name any more.")
    one = found[0]

    def make(_: Session) -> Entered:
        key = entries.alias_key(one.person_slug, one.alias, one.forum_slug, one.valid_from, one.valid_to)
        return _of(one.person_slug, Change("alias", key, None))

    return entering.enter(typed, "remove a name", make, lambda status: _index(typed, status))


def _of(slug: str, change: Change) -> Entered:
    return Entered(url_for(".index"), f"person/{slug}", [change])


def _index(typed: Typed, status: int) -> Response:
    words = " ".join((request.args.get("q") or "").split())[:100]
    number = page_number(request.args.get("page"))
    with reading() as session:
        listed = [one for one in aliases.listed(session) if fold(words) in fold(f"{one.alias} {one.person_name}")]
        everybody = known_people.every(session)
        meetings = forums.every(session)
    start = (number - 1) * SIZE
    return page(
        "desk/aliases/index.html",
        status=status,
        listed=listed[start : start + SIZE],
        total=len(listed),
        q=words,
        form=typed,
        people=[(one.slug, f"{one.sort_name} ({one.slug})") for one in everybody],
        forums=[(one.forum.slug, one.forum.title.within(current_language())) for one in meetings],
        origins=ORIGIN_WORDS,
        previous=url_for(".index", q=words or None, page=number - 1) if number > 1 else None,
        next=url_for(".index", q=words or None, page=number + 1) if len(listed) > start + SIZE else None,
    )
