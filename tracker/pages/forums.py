"""/forums: every forum, and one with its questions and answers, who spoke and for how long."""

from dataclasses import dataclass

from flask import Blueprint, Response

from positions.queries import contests, tags
from tracker import exporting, link_check
from tracker.db import reading
from tracker.freezing import told
from tracker.i18n import clock, gettext, ngettext, number
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from transcripts.floor import Floor
from transcripts.queries import corrections, forums, reviews, transcripts
from transcripts.queries.forums import ForumView, SpeakerLine
from transcripts.vocabulary import Grade, Role

UNCHECKED = (Grade.MACHINE, Grade.EDITED)
"""Grades on the way to a checked transcript: readers are told how far it has come."""

bp = Blueprint("forums", __name__)
bp.before_request(lead_on(slug="forum"))


@dataclass(frozen=True)
class Bar:
    """One candidate's line of the floor-time bars: `share` is of the longest, `printed` what is read."""

    name: str
    share: float
    printed: str


@dataclass(frozen=True)
class FloorBars:
    """The candidates' floor time, or words where the record is not timed; `equal` is an equal share of it, 0..1."""

    unit: str
    bars: tuple[Bar, ...]
    equal: float | None


@bp.get("/forums")
def index() -> Response:
    """Every forum, the newest first."""
    with reading() as session:
        listed = forums.every(session)
    return page("forums/index.html", listed=listed)


@bp.get("/forums/<slug>")
def show(slug: str) -> Response:
    """One forum: who spoke, each question with its answers, what was reported elsewhere, what was corrected."""
    with reading() as session:
        forum = forums.by_slug(session, slug)
        said = transcripts.transcript(session, forum.line.id)
        reports = transcripts.reports(session, forum.line.id)
        changed = corrections.of_forum(session, forum.line.id)
        topics = tags.topics_of_forum(session, forum.line.id)
        races = contests.of_forum(session, forum.line.id)
        failing = link_check.known_failing(session)
        freezes = told.of_races(session, [race.slug for race in races])
        held = forum.published
        checked = reviews.progress(session, held.id) if held and held.grade in UNCHECKED else None
    return page(
        "forums/show.html",
        forum=forum,
        transcript=said,
        reports=reports,
        corrections=changed,
        topics=topics,
        races=races,
        freezes=freezes,
        checked=checked,
        failing=failing,
        floor=floor_bars(forum, said.floor),
        named=named_line(said.floor),
        names={speaker.id: speaker.name for speaker in forum.speakers},
        downloads=[(writer.NAME, exporting.FORMAT_WORDS[writer.NAME]) for writer in exporting.offered(said.turns)],
    )


def floor_bars(forum: ForumView, floor: Floor) -> FloorBars | None:
    """The candidates in alphabetical order, those who never spoke included; None where no candidate is known."""
    candidates = sorted(
        (one for one in forum.speakers if one.role == Role.CANDIDATE), key=lambda one: (one.sort_name, one.id)
    )
    held = {share.voice: (share.ms if floor.unit == "time" else share.words) or 0 for share in floor.shares}
    most = max((held.get(one.id, 0) for one in candidates), default=0)
    if not most:
        return None
    bars = tuple(Bar(one.name, held.get(one.id, 0) / most, _printed(one, held, floor)) for one in candidates)
    return FloorBars(floor.unit, bars, sum(bar.share for bar in bars) / len(bars))


def _printed(speaker: SpeakerLine, held: dict[int | None, int], floor: Floor) -> str:
    amount = held.get(speaker.id, 0)
    return clock(amount) if floor.unit == "time" else number(amount)


def named_line(floor: Floor) -> str | None:
    """How much of the record has a name: "9 of 52 minutes have a named speaker"; None where all of it has."""
    whole = floor.ms if floor.unit == "time" else floor.words
    if not whole or floor.named >= whole:
        return None
    if floor.unit == "time":
        named, minutes = floor.named // 60_000, -(-whole // 60_000)  # never rounded up to all of it
        return ngettext(
            "%(named)s of %(num)s minute has a named speaker",
            "%(named)s of %(num)s minutes have a named speaker",
            minutes,
        ) % {"named": named, "num": minutes}
    return gettext("%(named)s of %(all)s words have a named speaker") % {
        "named": number(floor.named),
        "all": number(whole),
    }
