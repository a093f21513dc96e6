"""/desk/races/<slug>/merge: two races found to be one."""

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import race_merging
from positions.queries import contests
from tracker import edits
from tracker.db import reading
from tracker.edits import Change
from tracker.forms import Typed
from tracker.i18n import current_language, long_date, translated
from tracker.pages.desk import entering
from tracker.pages.desk.entering import Entered
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from transcripts.errors import Refusal

bp = Blueprint("race_merging", __name__, url_prefix="/desk/races/<slug>/merge")
bp.before_request(lead_on(slug="race"))


@bp.get("")
def show(slug: str) -> Response:
    """Which other race this is, and what merging the two would change."""
    return _merging(slug, Typed.of({"into": request.args.get("into", "")}), 200)


@bp.post("")
def merge(slug: str) -> Response:
    """Give everything of this race to another; the old address leads there."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        edits.held(session, "race", slug)
        kept = str(typed.one_of("into", list(_others(session, slug))))
        typed.check()
        change = Change("race_merge", slug, {"merged": kept})
        return Entered(url_for("desk_races.show", slug=kept), f"race/{kept}", [change])

    return entering.enter(typed, "merge races", make, lambda status: _merging(slug, typed, status), why=True)


def _others(session: Session, slug: str) -> dict[str, str]:
    """Every other race by its slug: its title and day, since two of one title may be of two elections."""
    lang = current_language()
    heads = [one.head for one in contests.every(session) if one.head.slug != slug]
    return {head.slug: f"{head.title.within(lang)}, {long_date(head.election_date)}" for head in heads}


def _merging(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        race = edits.held(session, "race", slug)
        others = _others(session, slug)
        preview = _preview(session, slug, typed) if typed["into"] in others else None
    return page(
        "desk/races/merge.html",
        status=status,
        slug=slug,
        race=race,
        merge=typed,
        others=list(others.items()),
        preview=preview,
        kept=others.get(typed["into"]),
    )


def _preview(session: Session, slug: str, typed: Typed) -> race_merging.Merging | None:
    """What merging would move; None where the two cannot be one, which is said instead."""
    try:
        return race_merging.preview(session, slug, typed["into"])
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return None
