"""How an engine is asked: everything first, and less while a plain sentence finds nothing."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from transcripts.search.documents import FACETS
from transcripts.search.engine import Page, Request, SearchEngine, Sort
from transcripts.search.names import Names
from transcripts.search.plan import All, Any, AnyWord, Every, Plan, plan
from transcripts.search.query import Dates, Field, Note, Or, Query, all_of, conjuncts
from transcripts.search.understanding import Understanding

ON_TOPIC = "Nobody used all of these words, so here is what was said on the topic."
SOME_WORDS = "Nobody used all of these words together, so here is what comes nearest: {some} of the {all} words."
NO_WORDS = "Nobody used any of these words."


MAX_VALUES = 100
"""Values told of one facet, beside those expected or asked for."""


NOTHING = AnyWord(())


@dataclass(frozen=True)
class Asked:
    """What a reader asks: typed text, filters from controls (each has to hold), order and page.

    `after` is the place of the last hit read, for results not sorted by relevance; others leave out those `seen`, all of them.
    `values` of each facet are enough, the most frequent ones; others as frequent as the last may be told too.
    """

    text: str = ""
    filters: tuple[Query, ...] = ()
    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    offset: int = 0
    after: int | None = None
    seen: frozenset[int] = frozenset()
    facets: tuple[str, ...] = FACETS
    values: int = MAX_VALUES


@dataclass(frozen=True)
class Tried:
    """What one way of asking found: `query` is said to the reader, `request` what ran. `more`: there are hits behind these."""

    query: Query | None
    request: Request
    page: Page
    relaxed: bool = False
    notes: tuple[Note, ...] = ()
    more: bool = field(default=False)


class Finder:
    """Asks an engine what a reader asked."""

    def __init__(self, engine: SearchEngine, names: Names, asked: Asked) -> None:
        self.engine = engine
        self.names = names
        self.asked = asked

    def find(self, reading: Understanding) -> Tried:
        """The hits, on the topic or with fewer words where a plain sentence finds nothing.

        Signs without a word are no question: they find nothing, where nothing typed and nothing chosen is everything.
        """
        if reading.query is None and self.asked.text.strip() and not self.asked.filters:
            return self._run(None, replace(self._request(()), plan=NOTHING))
        whole = self._try(reading.query)
        if whole.page.total or not reading.words:
            return whole
        if reading.on_topic:
            on_topic = self._try(reading.on_topic)
            if on_topic.page.total:
                return replace(on_topic, relaxed=True, notes=(Note(ON_TOPIC),))
        return self._nearest(reading, whole)

    def whole(self, query: Query) -> Tried:
        """The hits of a query as it is, filters of the reader included, nothing relaxed."""
        return self._try(query)

    def count(self, query: Query | None) -> int:
        """How many turns a whole query finds, filters from controls only where it holds them itself."""
        return self.engine.search(Request(self._plan(query) if query else Every(), limit=1, facets=())).total

    def plain(self, query: Query) -> Plan:
        """What runs for a query, its prefixes and misspelt words spelled out."""
        return self._plan(query)

    @cached_property
    def everything(self) -> Page:
        """All that can be found, counted by forum and year."""
        return self.engine.search(Request(Every(), limit=1, facets=("forum", "year")))

    def _try(self, query: Query | None) -> Tried:
        parts = (*conjuncts(query), *self.asked.filters)
        return self._run(all_of(parts), self._request(parts))

    def _run(self, query: Query | None, request: Request) -> Tried:
        """One hit more than asked for tells whether there is another page; those seen are left out here, not by the engine."""
        seen, limit = self.asked.seen, request.limit
        page = self.engine.search(replace(request, limit=limit + len(seen) + 1))
        unseen = tuple(hit for hit in page.hits if hit.order not in seen)
        return Tried(query, request, replace(page, hits=unseen[:limit]), more=len(unseen) > limit)

    def _nearest(self, reading: Understanding, whole: Tried) -> Tried:
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
        note = Note(SOME_WORDS, (("some", str(held)), ("all", str(len(words)))))
        nearest = self._run(whole.query, self._request(parts, Any(words, held)))
        return replace(nearest, relaxed=True, notes=(note,))

    def _request(self, parts: tuple[Query, ...], *more: Plan) -> Request:
        """What has to hold, with the filters of facets apart: a facet's counts leave its own filter out."""
        body = (*(self._plan(part) for part in parts if not facet_of(part)), *more)
        filters = {
            name: _together(tuple(self._plan(part) for part in parts if facet_of(part) == name))
            for name in dict.fromkeys(filter(None, map(facet_of, parts)))
        }
        asked = self.asked
        return Request(_together(body), filters, asked.sort, asked.limit, asked.offset, asked.after, asked.facets)

    def _plan(self, query: Query) -> Plan:
        return plan(self.names.widened(query), self.engine.expand)


def facet_of(query: Query) -> str:
    """The facet a query is a filter of and nothing else; "" where it is something else."""
    if isinstance(query, Dates):
        return "year"
    if isinstance(query, Field):
        return query.name if query.name in FACETS else ""
    names = {facet_of(part) for part in query.parts} if isinstance(query, Or) else set()
    return names.pop() if len(names) == 1 else ""


def whole_plan(request: Request) -> Plan:
    """Everything a hit has to match, the filters of facets included."""
    return _together((request.plan, *request.filters.values()))


def _together(plans: tuple[Plan, ...]) -> Plan:
    return plans[0] if len(plans) == 1 else All(plans) if plans else Every()
