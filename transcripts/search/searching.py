"""One question of the record, answered: typed text and filters in, hits with snippets, counts and the reading of it out.

The page and the command ask this same function. Ids come from the engine, rows from the database in one statement.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from sqlmodel import Session

from transcripts.bilingual import Bilingual
from transcripts.queries import hits
from transcripts.queries.hits import HitRow
from transcripts.search import outbox, suggesting
from transcripts.search.engine import Request, SearchEngine
from transcripts.search.finding import MAX_VALUES, Asked, Finder, Tried, facet_of
from transcripts.search.names import Known, Names
from transcripts.search.query import Field, Note, Or, Query, conjuncts
from transcripts.search.snippets import Highlighter, Mark
from transcripts.search.suggesting import Advice
from transcripts.search.understanding import Understanding, understand


@dataclass(frozen=True)
class FoundTurn:
    """A hit: the turn as rows give it, the snippet on one line, and the marks in it (code points, half-open)."""

    row: HitRow
    snippet: str
    marks: tuple[Mark, ...]
    order: int

    @property
    def url(self) -> str:
        """Its own page, where it stands in context, relative to the site."""
        return f"/turns/{self.row.key}"

    @property
    def forum_url(self) -> str:
        """Its place in the whole forum, relative to the site."""
        return f"/forums/{self.row.forum}#t-{self.row.key}"


@dataclass(frozen=True)
class FacetCount:
    """How many hits there would be with this value alone chosen in its facet; zeros are said for whoever is expected."""

    slug: str
    name: Bilingual
    count: int


@dataclass(frozen=True)
class Results:
    """`query` is what ran, also where `relaxed` says that not all of it held; `notes` say how the text was read.

    `words` are those of a plain sentence that carry its subject, `matched` the people and topics it names. `orders` are those of
    the page's hits, also where a hit may no longer be shown, `last` is the place of the last of them; `more`: there are hits
    behind them. `request` is what ran.
    """

    query: Query | None
    relaxed: bool
    total: int
    hits: tuple[FoundTurn, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    matched: tuple[Known, ...]
    notes: tuple[Note, ...]
    request: Request
    words: tuple[Query, ...] = ()
    orders: tuple[int, ...] = ()
    last: int | None = None
    more: bool = False
    advice: Advice = Advice()

    @property
    def understood(self) -> str:
        """The query, printed."""
        return str(self.query or "")

    @property
    def lights(self) -> Highlighter:
        """What lights up the words found."""
        return Highlighter(self.request.plan)


Expected = Callable[[Understanding], Iterable[Known]]
"""Who has to be counted among the speakers even at zero, for a reading of what was typed."""


def search(
    session: Session, engine: SearchEngine, names: Names, asked: Asked, expected: Expected = lambda reading: ()
) -> Results:
    """Find turns. Raises parsing.TooLong and store.Unusable."""
    engine.refresh()
    reading = understand(asked.text, names)
    finder = Finder(engine, names, asked)
    tried = finder.find(reading)
    hidden = outbox.hidden(session)
    zeros = {"speaker": tuple(expected(reading))}
    return Results(
        query=tried.query,
        relaxed=tried.relaxed,
        total=tried.page.total - sum(hit.key in hidden for hit in tried.page.hits),
        hits=shown(session, tried, hidden),
        facets={
            name: _counts(name, tried.page.facets[name], names, zeros.get(name, ()), tried.query, asked.values)
            for name in asked.facets
        },
        matched=reading.matched,
        notes=reading.notes + tried.notes,
        request=tried.request,
        words=reading.words,
        orders=tuple(hit.order for hit in tried.page.hits),
        last=tried.page.hits[-1].place if tried.page.hits else None,
        more=tried.more,
        advice=suggesting.advice(tried, finder),
    )


def shown(session: Session, tried: Tried, hidden: frozenset[str]) -> tuple[FoundTurn, ...]:
    """The hits of a page as far as they may be shown, with what lights them. One statement."""
    found = [hit for hit in tried.page.hits if hit.key not in hidden]
    rows = hits.by_keys(session, [hit.key for hit in found])
    lights = Highlighter(tried.request.plan)
    return tuple(_found(rows[hit.key], lights, hit.order) for hit in found if hit.key in rows)


def _found(row: HitRow, highlighter: Highlighter, order: int) -> FoundTurn:
    snippet = highlighter.snippet(row.text, row.lang)
    return FoundTurn(row, snippet.text, snippet.marks, order)


def _counts(
    facet: str, found: Mapping[str, int], names: Names, expected: Iterable[Known], query: Query | None, most: int
) -> tuple[FacetCount, ...]:
    """The most frequent values, and whoever is expected or chosen even at zero; of equals, the expected in their order."""
    frequent = _frequent(found, most)
    said = {known.slug: known.name for known in expected}
    chosen = (value for part in conjuncts(query) if facet_of(part) == facet for value in _values(part))
    counts = [
        FacetCount(slug, said.get(slug) or names.name(facet, slug), found.get(slug, 0))
        for slug in dict.fromkeys((*frequent, *said, *(value for value in chosen if (facet, value) in names.by_slug)))
    ]
    place = {slug: number for number, slug in enumerate(said)}
    return tuple(sorted(counts, key=lambda one: (-one.count, place.get(one.slug, len(place)), one.name.en, one.slug)))


def _frequent(found: Mapping[str, int], most: int) -> list[str]:
    """The `most` frequent values with those that are as frequent as the last of them, MAX_VALUES at most."""
    by_slug = sorted(found.items())
    frequent = sorted(by_slug, key=itemgetter(1), reverse=True)[:MAX_VALUES]
    least = frequent[most - 1][1] if most < len(frequent) else 0
    return [slug for slug, count in frequent if count >= least]


def _values(query: Query) -> tuple[str, ...]:
    if isinstance(query, Or):
        return tuple(value for part in query.parts for value in _values(part))
    return (query.value,) if isinstance(query, Field) else ()
