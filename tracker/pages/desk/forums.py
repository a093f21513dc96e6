"""/desk/forums: forums with their recordings, organisations and races, and the sources about them."""

from typing import Any

from flask import Blueprint, current_app, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc, forums, organisations
from positions.queries import contests
from tracker import edits
from tracker.db import reading
from tracker.edits import Change
from tracker.forms import Typed
from tracker.i18n import gettext
from tracker.pages.desk import entering
from tracker.pages.desk.entering import Entered
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from tracker.site import read as site_facts
from tracker.wording import grade_words
from transcripts.queries import forums as record
from transcripts.queries import organisations as bodies
from transcripts.text import fold
from transcripts.vocabulary import ForumKind, Grade

bp = Blueprint("desk_forums", __name__, url_prefix="/desk/forums")
bp.before_request(lead_on(slug="forum"))

KIND_WORDS = {
    ForumKind.DEBATE: "Debate",
    ForumKind.FORUM: "Candidates' forum",
    ForumKind.TOWN_HALL: "Town hall",
    ForumKind.INTERVIEW: "Interview",
    ForumKind.HEARING: "Hearing",
    ForumKind.COUNCIL_MEETING: "Council meeting",
}
SOURCE_WORDS = {
    "article": "News report",
    "video": "Video",
    "transcript": "Transcript",
    "questionnaire": "Questionnaire",
    "document": "Document",
}
ROLES = {
    "organiser": "Organised by",
    "host": "Hosted by",
    "publisher": "Published by",
    "questioners": "Questions asked by",
}
"""What an organisation is to a forum, as the form asks for it."""


@bp.get("")
def index() -> Response:
    """Every forum."""
    with reading() as session:
        listed = record.every(session)
    return page("desk/forums/index.html", listed=listed)


@bp.get("/new")
def new() -> Response:
    """An empty form."""
    with reading() as session:
        told = site_facts(session)
        races = contests.every(session)
    asked = [race.head for race in races if race.head.slug == request.args.get("race")]
    near = asked[0] if asked else races[-1].head if len(races) == 1 else None
    start = {
        "zone": told.zone or (near.zone if near else current_app.config["TRACKER"].zone),
        "city": told.place or (near.place if near else ""),
        "kind": "forum",
        "language": "en",
    }
    return _new(Typed.of(start), 200, [race.slug for race in asked])


@bp.post("/new")
def create() -> Response:
    """A new forum."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        doc, made = _typed(session, typed)
        typed.check()
        slug = forums.new_slug(session, doc["title"]["en"], int(doc["date"][:4]))
        changes = [*made, Change("forum", slug, {**doc, "slug": slug})]
        return Entered(url_for(".show", slug=slug), f"forum/{slug}", changes)

    return entering.enter(typed, "make a forum", make, lambda status: _new(typed, status, typed.all("races")))


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One forum: its facts, its sources."""
    with reading() as session:
        form = Typed.of(_values(session, edits.held(session, "forum", slug)))
    return _forum(slug, form, 200)


@bp.post("/<slug>")
def change(slug: str) -> Response:
    """Other facts of a forum."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        present = edits.held(session, "forum", slug)
        doc, made = _typed(session, typed)
        return Entered(url_for(".show", slug=slug), f"forum/{slug}", [*made, Change("forum", slug, {**present, **doc})])

    return entering.enter(typed, "change a forum", make, lambda status: _forum(slug, typed, status))


@bp.post("/<slug>/sources/new")
def add_source(slug: str) -> Response:
    """Something published about a forum."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        edits.held(session, "forum", slug)
        doc = _source(typed)
        typed.check()
        key = forums.source_key(session, slug, doc["title"])
        return _of_forum(slug, Change("source", f"{slug}/{key}", {**doc, "key": key}))

    return entering.enter(typed, "add a source", make, lambda status: _new_source(slug, typed, status))


@bp.get("/<slug>/sources/new")
def new_source(slug: str) -> Response:
    """An empty form."""
    return _new_source(slug, Typed.of({}), 200)


@bp.get("/<slug>/sources/<key>")
def source(slug: str, key: str) -> Response:
    """One source."""
    with reading() as session:
        doc = edits.held(session, "source", f"{slug}/{key}")
    return _one_source(slug, key, Typed.of(entering.values(doc)), 200)


@bp.post("/<slug>/sources/<key>")
def change_source(slug: str, key: str) -> Response:
    """Other facts of a source."""
    typed = Typed.sent()

    def make(_: Session) -> Entered:
        return _of_forum(slug, Change("source", f"{slug}/{key}", {**_source(typed), "key": key}))

    return entering.enter(typed, "change a source", make, lambda status: _one_source(slug, key, typed, status))


@bp.post("/<slug>/sources/<key>/remove")
def remove_source(slug: str, key: str) -> Response:
    """A source named by mistake."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        edits.held(session, "source", f"{slug}/{key}")
        return _of_forum(slug, Change("source", f"{slug}/{key}", None))

    return entering.enter(typed, "remove a source", make, lambda status: _one_source(slug, key, typed, status))


def _of_forum(slug: str, change: Change) -> Entered:
    return Entered(f"{url_for('.show', slug=slug)}#sources", f"forum/{slug}", [change])


def _typed(session: Session, typed: Typed) -> tuple[Doc, list[Change]]:
    """The facts of a forum as typed, and the organisations that must be made first: those nobody has named before."""
    day = typed.day("date")
    known = {fold(body.name): body.slug for body in bodies.every(session)}
    roles, made = [], []
    for role in ROLES:
        for name in typed.rows(role, 20):
            slug = known.get(fold(name))
            if slug is None:
                slug = known[fold(name)] = organisations.new_slug(session, name)
                made.append(Change("organisation", slug, {"slug": slug, "name": name, "url": None, "interest": None}))
            roles.append({"organisation": slug, "role": role})
    doc = {
        "title": entering.both(typed, "title", 200),
        "kind": typed.one_of("kind", list(ForumKind)),
        "date": day.isoformat() if day else None,
        "zone": typed.text("zone", 64),
        "venue": typed.text("venue", needed=False) or None,
        "city": typed.text("city", needed=False) or None,
        "attendance": typed.whole("attendance", 0, 10_000_000, needed=False),
        "language": typed.text("language", 16),
        "video": typed.address("video"),
        "parts": {str(n): url for n, url in enumerate(typed.rows("parts", 50))},
        "fictional": typed.ticked("fictional"),
        "summary": entering.both(typed, "summary", needed=False),
        "organisations": sorted(roles, key=lambda one: (one["organisation"], one["role"])),
        "races": sorted(typed.all("races")),
    }
    return doc, made


def _values(session: Session, doc: Doc) -> dict[str, str]:
    """A forum as the fields of its form: organisations by name, one a line under each role."""
    names = {body.slug: body.name for body in bodies.every(session)}
    roles = {
        role: "\n".join(names[one["organisation"]] for one in doc["organisations"] if one["role"] == role)
        for role in ROLES
    }
    told = {name: value for name, value in doc.items() if name not in ("parts", "organisations", "races")}
    return {**entering.values(told), **roles, "parts": "\n".join(doc["parts"].values())}


def _source(typed: Typed) -> Doc:
    day = typed.day("date", needed=False)
    return {
        "kind": typed.one_of("kind", SOURCE_WORDS),
        "title": typed.text("title"),
        "publisher": typed.text("publisher", needed=False) or None,
        "date": day.isoformat() if day else None,
        "url": typed.address("url"),
        "grade": typed.one_of("grade", list(Grade), needed=False),
        "interest": entering.both(typed, "interest", needed=False),
    }


def _choices() -> dict[str, Any]:
    return {
        "kinds": [(kind, gettext(words)) for kind, words in KIND_WORDS.items()],
        "roles": [(role, gettext(words)) for role, words in ROLES.items()],
        "source_kinds": [(kind, gettext(words)) for kind, words in SOURCE_WORDS.items()],
        "grades": [(grade, grade_words(grade)) for grade in Grade],
    }


def _new(typed: Typed, status: int, linked: list[str]) -> Response:
    with reading() as session:
        races = contests.every(session)
    return page("desk/forums/new.html", status=status, form=typed, races=races, linked=linked, **_choices())


def _forum(slug: str, form: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "forum", slug)
        view = record.by_slug(session, slug)
        races = contests.every(session)
        present = _values(session, doc)
    return page(
        "desk/forums/show.html",
        status=status,
        slug=slug,
        doc=doc,
        forum=view,
        form=form,
        races=races,
        linked=form.all("races") if "title_en" in request.form else doc["races"],
        version=entering.seen(form, doc, status),
        meeting=entering.meeting(form, present, status),
        **_choices(),
    )


def _new_source(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        forum = edits.held(session, "forum", slug)
    return page("desk/forums/source.html", status=status, slug=slug, key=None, forum=forum, form=typed, **_choices())


def _one_source(slug: str, key: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        forum = edits.held(session, "forum", slug)
        doc = edits.held(session, "source", f"{slug}/{key}")
    return page(
        "desk/forums/source.html",
        status=status,
        slug=slug,
        key=key,
        forum=forum,
        form=typed,
        version=entering.seen(typed, doc, status),
        meeting=entering.meeting(typed, entering.values(doc), status),
        **_choices(),
    )
