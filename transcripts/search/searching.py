"""One question of the record, answered: typed text and filters in, hits with snippets, counts and the reading of it out.

The page and the command ask this same function. Ids come from the engine, rows from the database in one statement.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from transcripts.bilingual import Bilingual
from transcripts.errors import Refusal
from transcripts.queries import hits
from transcripts.queries.hits import HitRow
from transcripts.search import outbox
from transcripts.search.documents import FACETS
from transcripts.search.engine import Page, Request, SearchEngine, Sort
from transcripts.search.names import Known, Names
from transcripts.search.plan import All, Any, Every, Plan, plan
from transcripts.search.query import Dates, Field, Note, Or, Query, all_of, conjuncts
from transcripts.search.snippets import Highlighter, Mark
from transcripts.search.understanding import Understanding, understand
from transcripts.text import fold

MAX_COUNTS = 100
"""Values shown of one facet, beside those expected or asked for."""

ON_TOPIC = "Nobody used all of these words, so here is what was said on the topic."
SOME_WORDS = "Nobody used all of these words together, so here is what comes nearest: {some} of the {all} words."
NO_WORDS = "Nobody used any of these words."


class BadDate(Refusal):
    """A date chosen as a filter cannot be read."""


@dataclass(frozen=True)
class FoundTurn:
    """A hit: the turn as rows give it, the snippet on one line, and the marks in it (code points, half-open)."""

    row: HitRow
    snippet: str
    marks: tuple[Mark, ...]
    order: int

    @property
    def url(self) -> str:
        """Where it stands in context, relative to the site."""
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

    `words` are those of a plain sentence that carry its subject, `matched` the people and topics it names.
    """

    query: Query | None
    relaxed: bool
    total: int
    hits: tuple[FoundTurn, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    matched: tuple[Known, ...]
    notes: tuple[Note, ...]
    words: tuple[Query, ...] = ()

    @property
    def understood(self) -> str:
        """The query, printed."""
        return str(self.query or "")


@dataclass(frozen=True)
class Asked:
    """What a reader asks: typed text, filters from controls (each has to hold), order and page.

    `after` is the `order` of the last hit seen, for results sorted by date; others are paged by `offset`.
    """

    text: str = ""
    filters: tuple[Query, ...] = ()
    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    offset: int = 0
    after: int | None = None


def controls(
    speaker: Iterable[str] = (),
    topic: Iterable[str] = (),
    forum: Iterable[str] = (),
    contest: Iterable[str] = (),
) -> tuple[Query, ...]:
    """Filters chosen by slug: several values of one field mean any of them."""
    chosen = {"speaker": speaker, "topic": topic, "forum": forum, "contest": contest}
    filters = (tuple(Field(name, fold(value.replace('"', ""))) for value in values) for name, values in chosen.items())
    return tuple(values[0] if len(values) == 1 else Or(values) for values in filters if values)


def between(first: str, last: str) -> tuple[Query, ...]:
    """A filter on the day, month or year chosen at either end; "" leaves it open. Raises BadDate."""
    dates = Dates(first.strip(), last.strip())
    if not dates.first and not dates.last:
        return ()
    try:
        earliest, latest = dates.days()
    except ValueError:
        raise BadDate("Write a date as 2015, 2015-11 or 2015-11-03.") from None
    if earliest > latest:
        raise BadDate("{first} is later than {last}.", first=str(dates.first), last=str(dates.last))
    return (dates,)


Expected = Callable[[Understanding], Iterable[Known]]
"""Who has to be counted among the speakers even at zero, for a reading of what was typed."""


def search(
    session: Session, engine: SearchEngine, names: Names, asked: Asked, expected: Expected = lambda reading: ()
) -> Results:
    """Find turns. Raises parsing.TooLong and store.Unusable."""
    engine.refresh()
    reading = understand(asked.text, names)
    tried = _Finder(engine, names, asked).find(reading)
    hidden = outbox.hidden(session)
    rows = hits.by_keys(session, [hit.key for hit in tried.page.hits if hit.key not in hidden])
    unseen = sum(hit.key in hidden for hit in tried.page.hits)
    highlighter = Highlighter(tried.plan)
    zeros = {"speaker": tuple(expected(reading))}
    return Results(
        query=tried.query,
        relaxed=tried.relaxed,
        total=tried.page.total - unseen,
        hits=tuple(_found(rows[hit.key], highlighter, hit.order) for hit in tried.page.hits if hit.key in rows),
        facets={
            name: _counts(name, tried.page.facets[name], names, zeros.get(name, ()), tried.query) for name in FACETS
        },
        matched=reading.matched,
        notes=reading.notes + tried.notes,
        words=reading.words,
    )


@dataclass(frozen=True)
class _Tried:
    """What one way of asking found: `query` is said to the reader, `plan` lights up words."""

    query: Query | None
    plan: Plan
    page: Page
    relaxed: bool = False
    notes: tuple[Note, ...] = ()


class _Finder:
    """Asks an engine, and asks less of it while a plain sentence finds nothing."""

    def __init__(self, engine: SearchEngine, names: Names, asked: Asked) -> None:
        self.engine = engine
        self.names = names
        self.asked = asked

    def find(self, reading: Understanding) -> _Tried:
        whole = self._try(reading.query)
        if whole.page.total or not reading.words:
            return whole
        if reading.on_topic:
            on_topic = self._try(reading.on_topic)
            if on_topic.page.total:
                return replace(on_topic, relaxed=True, notes=(Note(ON_TOPIC),))
        return self._nearest(reading, whole)

    def _try(self, query: Query | None) -> _Tried:
        parts = (*conjuncts(query), *self.asked.filters)
        request = self._request(parts)
        return _Tried(all_of(parts), request.plan, self.engine.search(request))

    def _nearest(self, reading: Understanding, whole: _Tried) -> _Tried:
        """The turns with the most of the words: as many as any turn has."""
        parts = (*reading.kept, *self.asked.filters)
        words = tuple(self._plan(word) for word in reading.words)
        held, too_many = 0, len(words)
        while too_many - held > 1:
            some = (held + too_many) // 2
            quick = replace(self._request(parts, Any(words, some)), limit=1, offset=0, after=None, facets=())
            held, too_many = (some, too_many) if self.engine.search(quick).total else (held, some)
        if not held:
            return replace(whole, notes=(Note(NO_WORDS),)) if len(words) > 1 else whole
        request = self._request(parts, Any(words, held))
        note = Note(SOME_WORDS, (("some", str(held)), ("all", str(len(words)))))
        return _Tried(whole.query, request.plan, self.engine.search(request), relaxed=True, notes=(note,))

    def _request(self, parts: tuple[Query, ...], *more: Plan) -> Request:
        """What has to hold, with the filters of facets apart: a facet's counts leave its own filter out."""
        body = (*(self._plan(part) for part in parts if not _facet_of(part)), *more)
        filters = {
            name: _together(tuple(self._plan(part) for part in parts if _facet_of(part) == name))
            for name in dict.fromkeys(filter(None, map(_facet_of, parts)))
        }
        asked = self.asked
        return Request(_together(body), filters, asked.sort, asked.limit, asked.offset, asked.after)

    def _plan(self, query: Query) -> Plan:
        return plan(self.names.widened(query), self.engine.expand)


def _together(plans: tuple[Plan, ...]) -> Plan:
    return plans[0] if len(plans) == 1 else All(plans) if plans else Every()


def _facet_of(query: Query) -> str:
    """The facet a query is a filter of and nothing else; "" where it is something else."""
    if isinstance(query, Dates):
        return "year"
    if isinstance(query, Field):
        return query.name if query.name in FACETS else ""
    names = {_facet_of(part) for part in query.parts} if isinstance(query, Or) else set()
    return names.pop() if len(names) == 1 else ""


def _found(row: HitRow, highlighter: Highlighter, order: int) -> FoundTurn:
    snippet = highlighter.snippet(row.text, row.lang)
    return FoundTurn(row, snippet.text, snippet.marks, order)


def _counts(
    facet: str, found: Mapping[str, int], names: Names, expected: Iterable[Known], query: Query | None
) -> tuple[FacetCount, ...]:
    """The most frequent values, and whoever is expected or chosen even at zero; of equals, the expected in their order."""
    frequent = sorted(found, key=lambda slug: (-found[slug], slug))[:MAX_COUNTS]
    said = {known.slug: known.name for known in expected}
    chosen = (value for part in conjuncts(query) if _facet_of(part) == facet for value in _values(part))
    counts = [
        FacetCount(slug, said.get(slug) or names.name(facet, slug), found.get(slug, 0))
        for slug in dict.fromkeys((*frequent, *said, *(value for value in chosen if (facet, value) in names.by_slug)))
    ]
    place = {slug: number for number, slug in enumerate(said)}
    return tuple(sorted(counts, key=lambda one: (-one.count, place.get(one.slug, len(place)), one.name.en, one.slug)))


def _values(query: Query) -> tuple[str, ...]:
    if isinstance(query, Or):
        return tuple(value for part in query.parts for value in _values(part))
    return (query.value,) if isinstance(query, Field) else ()
