"""/contests: the races, one race, and its candidates side by side."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request, url_for
from flask.blueprints import BlueprintSetupState
from sqlmodel import Session

from positions import change, narrowing
from positions.cells import Cell
from positions.comparison import VIEWS, Comparison, ContestHead, with_replies
from positions.followthrough.queries import answering, commitments
from positions.narrowing import PAIR, Narrowed, narrowed
from positions.queries import contests
from positions.queries.contests import ContestLine
from tracker.db import reading
from tracker.freezing import told
from tracker.i18n import current_language, gettext, translated
from tracker.kept_pages import place_for_the_day
from tracker.pages.leading_on import known_merges, lead_on
from tracker.rendering import answer, page
from tracker.replying import replies
from transcripts.errors import NotFound, Refusal
from transcripts.queries import speakers

bp = Blueprint("contests", __name__)
bp.before_request(lead_on(slug="race"))

VIEW_WORDS = {"question": "By question", "topic": "By topic", "statement": "By statement"}
MOST_NAMED = PAIR + 1
"""Names looked at in an address: one more than may be chosen is as wrong as a hundred."""
ORDER_WORDS = {"rotation": "Rotated daily", "ballot": "As on the ballot", "alphabetical": "Alphabetical"}


def is_upcoming(head: ContestHead) -> bool:
    """Whether election day is not over yet in the race's own time zone."""
    return head.election_date >= datetime.now(ZoneInfo(head.zone)).date()


def by_nearness(races: Sequence[ContestLine]) -> tuple[list[ContestLine], list[ContestLine]]:
    """(upcoming, the next one first; past, the latest one first)."""
    upcoming = sorted((race for race in races if is_upcoming(race.head)), key=lambda race: race.head.election_date)
    return upcoming, [race for race in races if not is_upcoming(race.head)]


@bp.get("/contests")
def index() -> Response:
    """Every race, upcoming ones first."""
    with reading() as session:
        races = contests.every(session)
    upcoming, past = by_nearness(races)
    return page("contests/index.html", upcoming=upcoming, past=past)


@bp.get("/contests/<slug>")
def show(slug: str) -> Response:
    """One race: who stands, what the office decides, where they were heard, and the doors to the three comparisons."""
    with reading() as session:
        race = contests.by_slug(session, slug)
        side_by_side = contests.comparison_of(session, slug, None, "rotation", datetime.now(UTC))
        frozen = told.of_race(session, slug, known_merges(session))
        promised = commitments.count_of_race(session, slug)
    views = [{"by": by, "words": gettext(VIEW_WORDS[by])} for by in VIEWS if by in race.head.views]
    return page(
        "contests/show.html",
        race=race,
        comparison=side_by_side,
        views=views,
        upcoming=is_upcoming(race.head),
        freeze=frozen,
        changes=list(change.of_comparison(side_by_side)),
        commitments=promised,
    )


@bp.get("/contests/<slug>/compare")
def compare(slug: str) -> Response:
    """The candidates side by side, by question, topic or statement; the order is pinned by ?order= and ?date=.

    ?differ=1 leaves out the statements on which all agree, ?only= (twice, or two slugs with a comma) shows two candidates.
    """
    at = datetime.now(UTC)
    kept = place_for_the_day(at)
    if kept.page is not None:
        return answer(kept.page)
    response = _compared(slug, at)
    if response.status_code == 200:
        kept.keep(response.get_data())
    return response


def _compared(slug: str, at: datetime) -> Response:
    by = request.args.get("by") or None
    order = request.args.get("order") or "rotation"
    with reading() as session:
        whole = contests.comparison_of(session, slug, by, order, day_asked(request.args.get("date"), at))
        frozen = told.of_race(session, slug, known_merges(session))
        said = {one.person: one for one in replies.of_race(session, slug, known_merges(session))}
        only = _pair_asked(session, whole)
        deeds = answering.of_race(session, slug) if whole.by == "statement" else answering.Deeds({}, {})
    whole = with_replies(whole, replies.in_boxes(said.values()))
    found, fault = _narrowed(whole, only)
    day = whole.order_rule.date.isoformat()
    return page(
        "contests/compare.html",
        status=422 if fault else 200,
        fragment="comparison",
        whole=whole,
        comparison=found.comparison,
        narrowed=found,
        fault=fault,
        asked=only,
        views=_links(whole, "by", VIEW_WORDS, tuple(by for by in VIEWS if by in whole.contest.views), whole.by),
        orders=_links(whole, "order", ORDER_WORDS, whole.orders, order),
        everybody=_address(whole, only=None),
        every_statement=_address(whole, differ=None),
        differing=_address(whole, differ="1"),
        kept=_kept("by", "order", "date", "differ"),
        pinned=_address(whole, by=whole.by, order=order, date=day),
        sheet=url_for("sheets.show", slug=slug, order=order, date=day),
        match=url_for("match.show", slug=slug, **pins()),
        pins={"order": order, "date": day},
        upcoming=is_upcoming(whole.contest),
        freeze=frozen,
        depends=deeds.conditions,
        replies=said,
        became=deeds.programs,
        most=replies.WORDS,
    )


def _pair_asked(session: Session, whole: Comparison) -> list[str]:
    """The slugs a reader chose, as they came in the address; somebody who was merged into another counts as that one."""
    typed = [slug for value in request.args.getlist("only") for slug in value.split(",")]
    standing = {one.slug for one in whole.candidates}
    named = [
        slug if slug in standing else speakers.moved_to(session, slug) or slug for slug in typed[:MOST_NAMED] if slug
    ]
    return [*named, *("" for slug in typed if not slug)] if named else []


def _narrowed(whole: Comparison, only: list[str]) -> tuple[Narrowed, str]:
    """What the reader chose to see; with a choice of two that are not two everything, and what is wrong with it."""
    differ = request.args.get("differ") == "1"
    try:
        return narrowed(whole, only, differ=differ), ""
    except NotFound:
        raise
    except Refusal as refusal:
        return narrowed(whole, differ=differ), translated(refusal)


def pins() -> dict[str, Any]:
    """What in the address pins the order of the candidates."""
    return {name: request.args[name] for name in ("order", "date") if name in request.args}


def day_asked(typed: str | None, at: datetime | None = None) -> date | datetime:
    """The day a permalink pins, else the moment `at` (None: this one). Raises NotFound for what is no day."""
    if not typed:
        return at or datetime.now(UTC)
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise NotFound("“{typed}” is no day; write one as 2026-10-20.", typed=typed) from error


def _links(
    found: Comparison, name: str, words: dict[str, str], values: tuple[str, ...], chosen: str
) -> list[dict[str, object]]:
    """The same page with one parameter changed, for each value it can take."""
    return [
        {"href": _address(found, **{name: value}), "words": gettext(words[value]), "chosen": value == chosen}
        for value in values
    ]


def _address(found: Comparison, **changed: str | None) -> str:
    """This page with parameters changed or (None) left out; only statements can be narrowed to those that differ."""
    kept = {**_kept("by", "order", "date", "only", "differ"), **changed}
    if (kept.get("by") or "statement") != "statement":
        kept["differ"] = None
    asked = {name: value for name, value in kept.items() if value is not None}
    here = url_for(".compare", slug=found.contest.slug)
    return f"{here}?{urlencode(asked, safe=',')}" if asked else here


def _kept(*names: str) -> dict[str, str | None]:
    """What the address says of these, two candidates with a comma between them."""
    return {name: ",".join(request.args.getlist(name)) for name in names if request.args.get(name)}


def cell_label(cell: Cell) -> str:
    """The printed words of a box in the page's language."""
    return cell.label(gettext, current_language())


def cell_tier(cell: Cell) -> str:
    """How we know, in the page's language; empty where there is no tier."""
    return cell.how_we_know(gettext) or ""


def differ_line(found: Narrowed) -> str:
    """How many statements are shown where candidates differ, in the page's language."""
    return narrowing.differ_line(found, gettext)


def cant_tell_line() -> str:
    """That nobody can tell whether they differ, in the page's language."""
    return gettext(narrowing.CANT_TELL)


@bp.record
def _words_for_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        cell_label=cell_label,
        cell_tier=cell_tier,
        over_time=change.over_time,
        differ_line=differ_line,
        cant_tell_line=cant_tell_line,
    )
    state.app.jinja_env.filters.update(cell_label=cell_label, cell_tier=cell_tier)  # cost less than calls
