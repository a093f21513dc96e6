"""Whether one turn answers a search, without an index: for telling of turns as they come in, many searches at a time.

Agrees with the engines, but for one thing: no cap is put on the words that a prefix or a misspelt word stands for.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from transcripts.search import analysis
from transcripts.search.documents import Document, keywords, orders_between, spoken_value
from transcripts.search.placing import chains
from transcripts.search.query import And, Dates, Field, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Term


@dataclass(frozen=True)
class Heard:
    """A turn to be held against searches: read once, as far as they ask."""

    document: Document

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """Each word with where it stands, counted in words."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(analysis.words(self.document.text)):
            found[word].append(place)
        return dict(found)

    @cached_property
    def stems(self) -> frozenset[str]:
        """What plain words are found by."""
        return frozenset(analysis.stems(self.places, self.document.lang))

    @cached_property
    def keywords(self) -> Mapping[str, frozenset[str]]:
        """What filters find it by."""
        return keywords(self.document)


Test = Callable[[Heard], bool]


@dataclass(frozen=True)
class Matcher:
    """A search, resolved and widened by the names of the site, ready to be held against many turns. None is every turn."""

    query: Query | None

    def matches(self, turn: Heard) -> bool:
        """Whether the whole query holds of the turn."""
        return self._test(turn)

    @cached_property
    def _test(self) -> Test:
        return _test(self.query)


def _test(query: Query | None) -> Test:
    match query:
        case None:
            return lambda turn: True
        case Term(word):
            stems = frozenset(analysis.readings(word))
            return lambda turn: not stems.isdisjoint(turn.stems)
        case Phrase(words):
            return _in_order(words, 0)
        case Near(words, within):
            return _in_order(words, within)
        case Prefix(start):
            return lambda turn: any(word.startswith(start) for word in turn.places)
        case Fuzzy(word, edits):
            return _almost(word, edits)
        case Field(name, value):
            spoken = spoken_value(name, value)
            return lambda turn: spoken in turn.keywords[name]
        case Dates():
            first, last = orders_between(*query.days())
            return lambda turn: first <= turn.document.order <= last
        case Not(part):
            holds = _test(part)
            return lambda turn: not holds(turn)
        case And(parts):
            each = _quickest_first(parts)
            return lambda turn: all(test(turn) for test in each)
        case Or(parts):
            each = _quickest_first(parts)
            return lambda turn: any(test(turn) for test in each)


def _in_order(words: tuple[str, ...], within: int) -> Test:
    def holds(turn: Heard) -> bool:
        places = [turn.places.get(word, []) for word in words]
        return all(places) and bool(chains(places, within)[0])

    return holds


def _almost(word: str, edits: int) -> Test:
    lengths = range(len(word) - edits, len(word) + edits + 1)

    def holds(turn: Heard) -> bool:
        near = (other for other in turn.places if len(other) in lengths)
        return any(OSA.distance(word, other, score_cutoff=edits) <= edits for other in near)

    return holds


def _quickest_first(parts: tuple[Query, ...]) -> tuple[Test, ...]:
    """Filters before words, words before looking through all words: most turns fail or pass by the first."""
    return tuple(map(_test, sorted(parts, key=_cost)))


def _cost(query: Query) -> int:
    match query:
        case Not(part):
            return _cost(part)
        case And(parts) | Or(parts):
            return 1 + max(map(_cost, parts))
        case Prefix() | Fuzzy():
            return 3
        case Phrase() | Near():
            return 2
        case Term():
            return 1
    return 0
