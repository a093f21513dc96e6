"""Hits arranged in other ways than one after the other: under their question, by who said them, or by where."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlmodel import Session

from transcripts.queries import hits, questions
from transcripts.queries.hits import HitRow
from transcripts.queries.questions import QuestionView
from transcripts.queries.turns import TurnView
from transcripts.search import outbox
from transcripts.search.documents import order_of, spoken_value
from transcripts.search.engine import Hit, SearchEngine
from transcripts.search.plan import Keyword
from transcripts.search.searching import FacetCount, FoundTurn, Results
from transcripts.search.snippets import Mark
from transcripts.text import fold

GROUPS = ("speaker", "forum")
EACH = 3
"""Hits shown of one group."""
MOST = 20
"""Groups that show hits; the others are counted."""


@dataclass(frozen=True)
class FoundAnswer:
    """An answer as much of it as shows what was found; `found`: it is a hit itself."""

    turn: TurnView
    snippet: str
    marks: tuple[Mark, ...]
    found: bool


@dataclass(frozen=True)
class FoundQuestion:
    """A question and each answer to it, or a hit that stands under no question."""

    asked: tuple[FoundAnswer, ...]
    answers: tuple[FoundAnswer, ...]
    alone: FoundTurn | None = None


@dataclass(frozen=True)
class Group:
    """One speaker or forum with how many hits there are and the first of them."""

    value: FacetCount
    hits: tuple[FoundTurn, ...]


def by_question(session: Session, results: Results) -> tuple[tuple[FoundQuestion, ...], tuple[int, ...]]:
    """The hits of a page under their questions, each question once, where its first hit stands; and every order shown with them.

    The orders are what a reader has seen: hits of a later page that stand under these questions are among them.
    """
    whole = questions.around(session, [hit.row.key for hit in results.hits])
    found = {hit.row.key for hit in results.hits}
    shown: dict[str, FoundQuestion] = {}
    orders = set(results.orders)
    for hit in results.hits:
        view = whole.get(hit.row.key)
        if view is None:
            shown[hit.row.key] = FoundQuestion((), (), hit)
            continue
        first = (*view.asked, *view.answers)[0]
        if first.key not in shown:
            shown[first.key] = _question(view, results, found)
            orders.update(
                order_of(turn.forum.held_on, turn.forum.id, turn.position) for turn in (*view.asked, *view.answers)
            )
    return tuple(shown.values()), tuple(sorted(orders))


def _question(view: QuestionView, results: Results, found: Iterable[str]) -> FoundQuestion:
    def told(turn: TurnView) -> FoundAnswer:
        snippet = results.lights.snippet(turn.text, turn.lang)
        return FoundAnswer(turn, snippet.text, snippet.marks, turn.key in found)

    return FoundQuestion(tuple(map(told, view.asked)), tuple(map(told, view.answers)))


def grouped(session: Session, engine: SearchEngine, results: Results, by: str) -> tuple[Group, ...]:
    """Every value of a facet that a search counts, zeros included, the first MOST with their first hits. One statement."""
    counted = results.facets[by]
    hidden = outbox.hidden(session)
    found: dict[str, tuple[Hit, ...]] = {}
    for one in (one for one in counted[:MOST] if one.count):
        filters = {**results.request.filters, by: Keyword(by, spoken_value(by, fold(one.slug)))}
        request = replace(results.request, filters=filters, limit=EACH, offset=0, after=None, facets=())
        found[one.slug] = tuple(hit for hit in engine.search(request).hits if hit.key not in hidden)
    rows = hits.by_keys(session, [hit.key for several in found.values() for hit in several])
    return tuple(Group(one, _lit(found.get(one.slug, ()), rows, results)) for one in counted)


def _lit(found: Iterable[Hit], rows: dict[str, HitRow], results: Results) -> tuple[FoundTurn, ...]:
    lights = results.lights
    told = ((rows[hit.key], hit.order) for hit in found if hit.key in rows)
    return tuple(
        FoundTurn(row, snippet.text, snippet.marks, order)
        for row, order in told
        if (snippet := lights.snippet(row.text, row.lang))
    )
