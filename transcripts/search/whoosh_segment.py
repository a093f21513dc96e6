"""One segment of a Whoosh index, read as sets of its documents: AND, OR and NOT are set operations on postings.

Whoosh's own compound matchers are not used: its AndNot returns excluded turns, its Or has no minimum and its facets make it
ignore the limit. Facet counts need every hit anyway.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from transcripts.search.documents import FACETS
from transcripts.search.engine import Hit, Request, Sort
from transcripts.search.placing import chains
from transcripts.search.plan import (
    All,
    Any,
    AnyWord,
    Between,
    Every,
    Keyword,
    Plan,
    Sequence,
    Stems,
    Without,
    is_ranked,
)

SEPARATOR = "\x1f"
"""Stands between the values of one facet of one turn."""

Scores = dict[int, float]
"""Documents of the segment (by Whoosh's number) and the score of each."""


@dataclass(frozen=True)
class Found:
    """What one segment adds to a page: its best hits up to the end of the page, its share of the counts."""

    hits: list[Hit]
    total: int
    facets: dict[str, Counter[str]]


@dataclass(frozen=True)
class Columns:
    """What never changes in a segment: each document's order and arrival, and its values of each facet joined by SEPARATOR."""

    order: list[int]
    added: list[int]
    facets: Mapping[str, list[str]]


class Segment:
    """A segment as one searcher sees it; `columns` may come from an earlier view of the same segment."""

    def __init__(self, leaf: Searcher, known: Mapping[str, Columns]) -> None:
        self._leaf = leaf
        self._reader = leaf.reader()
        self.name: str = self._reader.segment().segment_id()
        self.columns = known.get(self.name) or _columns(self._reader)

    def words(self, start: str) -> Iterator[tuple[str, int]]:
        """The words that begin so, and in how many documents each stands."""
        for text, info in self._reader.iter_prefix("words", start):
            yield text.decode(), info.doc_frequency()

    def search(self, request: Request) -> Found:
        """This segment's share of a page."""
        asked = self._run(request.plan)
        filters = {name: self._run(plan).keys() for name, plan in request.filters.items()}
        narrowed = _narrow(asked.keys(), filters.values())
        counts = {}
        for name in request.facets:
            others = [documents for other, documents in filters.items() if other != name]
            counts[name] = self._count(name, _narrow(asked.keys(), others) if name in filters else narrowed)
        best = self._best(((number, asked[number]) for number in narrowed), request)
        return Found(best, len(narrowed), counts)

    def _count(self, facet: str, documents: Iterable[int]) -> Counter[str]:
        joined = Counter(map(self.columns.facets[facet].__getitem__, documents))
        counts: Counter[str] = Counter()
        for values, count in joined.items():
            for value in filter(None, values.split(SEPARATOR)):
                counts[value] += count
        return counts

    def _best(self, scored: Iterable[tuple[int, float]], request: Request) -> list[Hit]:
        places = self.columns.added if request.sort is Sort.ADDED else self.columns.order
        unseen = ((places[number], score, number) for number, score in scored if _is_unseen(places[number], request))
        best = heapq.nsmallest(request.offset + request.limit, unseen, key=ranking(request))
        return [
            Hit(self._reader.stored_fields(number)["key"], score, self.columns.order[number], place)
            for place, score, number in best
        ]

    def _run(self, plan: Plan) -> Scores:
        match plan:
            case Every():
                return dict.fromkeys(self._reader.all_doc_ids(), 0.0)
            case Stems(stems):
                return _sum(self._scored("stems", stem) for stem in stems)
            case Sequence(words, within):
                return self._sequence(words, within)
            case AnyWord(words):
                return _sum(self._holding("words", word) for word in words)
            case Keyword(field, value):
                return self._holding(field, value)
            case Between(first, last):
                return {n: 0.0 for n in self._reader.all_doc_ids() if first <= self.columns.order[n] <= last}
            case Without(part):
                excluded = self._run(part)
                return {number: 0.0 for number in self._reader.all_doc_ids() if number not in excluded}
            case All(parts):
                return _product([self._run(part) for part in parts])
            case Any(parts, least):
                return _at_least(least, [self._run(part) for part in parts])

    def _holding(self, field: str, value: str) -> Scores:
        if (field, value) not in self._reader:
            return {}
        return dict.fromkeys(self._reader.postings(field, value).all_ids(), 0.0)

    def _scored(self, field: str, value: str) -> Scores:
        scores: Scores = {}
        if (field, value) in self._reader:
            matcher = self._leaf.postings(field, value)
            while matcher.is_active():
                scores[matcher.id()] = matcher.score()
                matcher.next()
        return scores

    def _sequence(self, words: tuple[str, ...], within: int) -> Scores:
        scores = _product([self._scored("words", word) for word in dict.fromkeys(words)])
        if len(words) == 1 or not scores:
            return scores
        places = {word: self._places(word, scores) for word in words}
        return {
            number: score
            for number, score in scores.items()
            if chains([places[word][number] for word in words], within)[0]
        }

    def _places(self, word: str, documents: Scores) -> dict[int, list[int]]:
        """Where a word stands in each of these documents, all of which hold it."""
        matcher = self._reader.postings("words", word)
        found = {}
        for number in sorted(documents):
            matcher.skip_to(number)
            found[number] = matcher.value_as("positions")
        return found


def ranking(request: Request) -> Callable[[tuple[int, float, int]], tuple[float, int]]:
    """The key by which (place, score, anything) sorts into the order asked for."""
    if request.sort is Sort.OLDEST:
        return lambda hit: (0.0, hit[0])
    if request.sort is not Sort.RELEVANCE or not is_ranked(request.plan):
        return lambda hit: (0.0, -hit[0])
    return lambda hit: (-hit[1], -hit[0])


def _is_unseen(place: int, request: Request) -> bool:
    if request.after is None:
        return True
    return place > request.after if request.sort is Sort.OLDEST else place < request.after


def _narrow(documents: Iterable[int], filters: Iterable[Iterable[int]]) -> set[int]:
    return reduce(lambda kept, one: kept.intersection(one), filters, set(documents))


def _product(parts: list[Scores]) -> Scores:
    """Documents in all parts, their scores added."""
    fewest, *others = sorted(parts, key=len)
    return {n: sum(part[n] for part in parts) for n in fewest if all(n in other for other in others)}


def _sum(parts: Iterable[Scores]) -> Scores:
    """Documents in any part, their scores added."""
    total: Scores = {}
    for part in parts:
        if not total:
            total = dict(part)
            continue
        for number, score in part.items():
            total[number] = total.get(number, 0.0) + score
    return total


def _at_least(least: int, parts: list[Scores]) -> Scores:
    total = _sum(parts)
    if least <= 1:
        return total
    times = Counter(number for part in parts for number in part)
    return {number: score for number, score in total.items() if times[number] >= least}


def _columns(reader: IndexReader) -> Columns:
    """Read whole, once: lists in memory are many times faster than Whoosh's columns on disk."""
    numbers = range(reader.doc_count_all())
    order, added = (reader.column_reader(name, translate=False) for name in ("order", "added"))
    joined = {name: reader.column_reader(f"{name}_facet", translate=False) for name in FACETS}
    facets = {name: [column[number].decode() for number in numbers] for name, column in joined.items()}
    return Columns([order[number] for number in numbers], [added[number] for number in numbers], facets)
