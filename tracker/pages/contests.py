"""/contests: the races, one race, and its candidates side by side."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request, url_for
from flask.blueprints import BlueprintSetupState

from positions import change
from positions.cells import Cell
from positions.comparison import VIEWS, Comparison, ContestHead
from positions.queries import contests
from positions.queries.contests import ContestLine
from tracker.db import reading
from tracker.freezing import told
from tracker.i18n import current_language, gettext
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from tracker.replying import replies
from transcripts.errors import NotFound

bp = Blueprint("contests", __name__)
bp.before_request(lead_on(slug="race"))

VIEW_WORDS = {"question": "By question", "topic": "By topic", "statement": "By statement"}
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
        side_by_side = contests.comparison_of(session, slug, "statement", "rotation", datetime.now(UTC))
        frozen = told.of_race(session, slug)
    views = [{"by": by, "words": gettext(VIEW_WORDS[by])} for by in VIEWS]
    return page(
        "contests/show.html",
        race=race,
        comparison=side_by_side,
        views=views,
        upcoming=is_upcoming(race.head),
        freeze=frozen,
        changes=list(change.of_comparison(side_by_side)),
    )


@bp.get("/contests/<slug>/compare")
def compare(slug: str) -> Response:
    """The candidates side by side, by question, topic or statement; the order is pinned by ?order= and ?date=."""
    by = request.args.get("by") or "statement"
    order = request.args.get("order") or "rotation"
    with reading() as session:
        found = contests.comparison_of(session, slug, by, order, day_asked(request.args.get("date")))
        frozen = told.of_race(session, slug)
        said = {one.person: one for one in replies.of_race(session, slug)}
    return page(
        "contests/compare.html",
        fragment="comparison",
        comparison=found,
        views=_links(found, "by", VIEW_WORDS, VIEWS, by),
        orders=_links(found, "order", ORDER_WORDS, found.orders, order),
        pinned=url_for(".compare", slug=slug, by=by, order=order, date=found.order_rule.date.isoformat()),
        sheet=url_for("sheets.show", slug=slug, order=order, date=found.order_rule.date.isoformat()),
        match=url_for("match.show", slug=slug, **pins()),
        upcoming=is_upcoming(found.contest),
        freeze=frozen,
        replies=said,
        most=replies.WORDS,
    )


def pins() -> dict[str, Any]:
    """What in the address pins the order of the candidates."""
    return {name: request.args[name] for name in ("order", "date") if name in request.args}


def day_asked(typed: str | None) -> date | datetime:
    """The day a permalink pins, else this moment. Raises NotFound for what is no day."""
    if not typed:
        return datetime.now(UTC)
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise NotFound("“{typed}” is no day; write one as 2026-10-20.", typed=typed) from error


def _links(
    found: Comparison, name: str, words: dict[str, str], values: tuple[str, ...], chosen: str
) -> list[dict[str, object]]:
    """The same page with one parameter changed, for each value it can take."""
    kept = {key: value for key, value in request.args.items() if key in ("by", "order", "date")}
    here = url_for(".compare", slug=found.contest.slug)
    return [
        {
            "href": f"{here}?{urlencode({**kept, name: value})}",
            "words": gettext(words[value]),
            "chosen": value == chosen,
        }
        for value in values
    ]


def cell_label(cell: Cell) -> str:
    """The printed words of a box in the page's language."""
    return cell.label(gettext, current_language())


def cell_tier(cell: Cell) -> str:
    """How we know, in the page's language; empty where there is no tier."""
    return cell.how_we_know(gettext) or ""


def localized(path: str) -> str:
    """A path of this site under the language of the page."""
    return f"{request.script_root}{path}"


@bp.record
def _words_for_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        cell_label=cell_label, cell_tier=cell_tier, localized=localized, over_time=change.over_time
    )
