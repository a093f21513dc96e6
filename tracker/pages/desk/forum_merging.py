"""/desk/forums/<slug>/merge: two forums found to be one, where one of them holds no words."""

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import forum_merging
from positions.entries.forum_merging import Merging
from tracker import edits
from tracker.db import reading
from tracker.edits import Change
from tracker.forms import Typed
from tracker.i18n import current_language, long_date, translated
from tracker.pages.desk import entering
from tracker.pages.desk.entering import Entered, FieldChange, field_words
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from transcripts.errors import Refusal
from transcripts.queries import forums

bp = Blueprint("forum_merging", __name__, url_prefix="/desk/forums/<slug>/merge")
bp.before_request(lead_on(slug="forum"))


@bp.get("")
def show(slug: str) -> Response:
    """Which other forum this is, and what merging the two would change."""
    return _merging(slug, Typed.of({"into": request.args.get("into", "")}), 200)


@bp.post("")
def merge(slug: str) -> Response:
    """Give everything of this forum to another; the old address leads there."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        edits.held(session, "forum", slug)
        kept = str(typed.one_of("into", list(_others(session, slug))))
        typed.check()
        stays = forum_merging.merged(session, slug, kept)
        changes = [Change("forum_merge", slug, {"merged": kept}), Change("forum", kept, stays)]
        return Entered(url_for("desk_forums.show", slug=kept), f"forum/{kept}", changes)

    return entering.enter(typed, "merge forums", make, lambda status: _merging(slug, typed, status), why=True)


def _others(session: Session, slug: str) -> dict[str, str]:
    """Every other forum by its slug: its title and day."""
    lang = current_language()
    lines = [one.forum for one in forums.every(session) if one.forum.slug != slug]
    return {line.slug: f"{line.title.within(lang)}, {long_date(line.held_on)}" for line in lines}


def _merging(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "forum", slug)
        others = _others(session, slug)
        preview = _preview(session, slug, typed) if typed["into"] in others else None
    return page(
        "desk/forums/merge.html",
        status=status,
        slug=slug,
        doc=doc,
        merge=typed,
        others=list(others.items()),
        preview=preview,
        kept=others.get(typed["into"]),
    )


def _preview(session: Session, slug: str, typed: Typed) -> tuple[Merging, list[FieldChange]] | None:
    """What merging would move, and the facts of the survivor it would change; None where the two cannot be one, which is said instead."""
    try:
        moved = forum_merging.preview(session, slug, typed["into"])
        stays = forum_merging.merged(session, slug, typed["into"])
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return None
    changed = edits.differences(edits.held(session, "forum", typed["into"]), stays)
    return moved, [FieldChange(field_words(name), *texts) for name, texts in changed.items()]
