"""/forums/<slug>/participation: words, time, interruptions and questions by candidate, and what nobody was asked about; also as CSV."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, make_response, request

from positions.queries import participation
from positions.queries.participation import Participation
from tracker import participation_table
from tracker.config import Config
from tracker.db import reading
from tracker.i18n import clock, gettext, number
from tracker.pages.forums import Bar, named_line
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from transcripts.participation import UNANSWERED, Candidate, Measure, counted
from transcripts.vocabulary import ANSWERED, Reason

OUTCOMES = (ANSWERED, *UNANSWERED, Reason.NOT_ASKED, Reason.ABSENT, Reason.NOT_REVIEWED)
"""The columns of the questions, in their order."""

bp = Blueprint("participation", __name__)
bp.before_request(lead_on(slug="forum"))


@dataclass(frozen=True)
class Chart:
    """One measure as bars: `equal` is an equal share in the width of the longest, `shares` are per cent of the whole."""

    id: str
    title: str
    bars: tuple[Bar, ...]
    shares: tuple[str, ...]
    whole: str
    among: int
    equal: float | None
    equal_printed: str


@bp.get("/forums/<slug>/participation")
def show(slug: str) -> Response:
    """What each candidate had of the forum, what became of every question, what nobody was asked about."""
    with reading() as session:
        held = participation.of_forum(session, slug)
    told = [asked.outcomes for asked in held.questions]
    counts = {state: counted(told, (state,), held.candidates) for state in OUTCOMES}
    silent = [
        (asked.exchange, [(one.name, told) for one, told in _with(held, asked.outcomes) if told in UNANSWERED])
        for asked in held.questions
    ]
    return page(
        "forums/participation.html",
        held=held,
        forum=held.forum,
        named=named_line(held.floor),
        words=_chart("words", gettext("Words of each candidate"), held.words, held, number) if held.words else None,
        time=_chart("time", gettext("Floor time of each candidate"), held.time, held, clock) if held.time else None,
        cuts=_cuts(held),
        answered=_chart(
            "answered", gettext("Questions each candidate answered"), counts[ANSWERED], held, number, False
        ),
        counts={state: measure for state, measure in counts.items() if measure.whole or state != Reason.ABSENT},
        unanswered=[pair for pair in silent if pair[1]],
    )


@bp.get("/forums/<slug>/participation.csv")
def table(slug: str) -> Response:
    """The same figures as CSV; who has the same bytes already is told so."""
    config: Config = current_app.config["TRACKER"]
    with reading() as session:
        held = participation.of_forum(session, slug)
    response = make_response(participation_table.as_csv(held, lambda path: f"{config.site_url}{path}"))
    response.content_type = "text/csv; charset=utf-8"
    response.headers.set("Content-Disposition", "attachment", filename=f"{held.forum.line.slug}-participation.csv")
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response


def _with(held: Participation, outcomes: Sequence[str]) -> list[tuple[Candidate, str]]:
    return list(zip(held.candidates, outcomes, strict=True))


def _cuts(held: Participation) -> Chart | None:
    if held.interruptions is None:
        return None
    title = gettext("How often each candidate was cut off")
    return _chart("cuts", title, held.interruptions.cut_off, held, number, False)


def _chart(
    id: str, title: str, measure: Measure, held: Participation, printed: Callable[[int], str], shared: bool = True
) -> Chart:
    """The measure as bars; `shared`: the candidates divide it among them, so that an equal share of it means something."""
    most = max(measure.values, default=0) or 1
    equal = measure.equal if shared and measure.whole else None
    pairs = list(zip(held.candidates, measure.values, strict=True))
    return Chart(
        id=id,
        title=title,
        bars=tuple(Bar(one.name, value / most, printed(value)) for one, value in pairs),
        shares=tuple(number(round(100 * value / (measure.whole or 1), 1)) for _, value in pairs),
        whole=printed(measure.whole),
        among=measure.among,
        equal=None if equal is None else equal / most,
        equal_printed="" if equal is None else printed(round(equal)),
    )
