"""What search should find, by looking at every turn: written without the engines, their plans or their expansions."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from transcripts.search import analysis
from transcripts.search.documents import Document
from transcripts.search.query import And, Dates, Field, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Term
from transcripts.text import fold

K1, B = 1.2, 0.75


@dataclass(frozen=True)
class Read:
    """A turn with its words."""

    document: Document
    words: tuple[str, ...]
    word_set: frozenset[str]
    stems: Counter[str]


class Oracle:
    """Answers queries about a list of turns by brute force."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.turns = [_read(document) for document in documents]
        self.mean = sum(len(turn.words) for turn in self.turns) / len(self.turns)
        self.vocabulary = {word for turn in self.turns for word in turn.word_set}
        self._every = frozenset(range(len(self.turns)))
        self._numbers: dict[Query | None, frozenset[int]] = {}
        self._held: dict[str, dict[str, int]] = {}
        for turn in self.turns:
            for token in (*turn.stems, *(f"={word}" for word in turn.word_set)):
                self._held.setdefault(token, {"n": 0})["n"] += 1

    def found(self, query: Query | None) -> list[Read]:
        """The turns a query matches, in the order they were given."""
        return [self.turns[number] for number in sorted(self.numbers(query))]

    def numbers(self, query: Query | None) -> frozenset[int]:
        """The same as places in the list; every leaf is looked for in every turn, once."""
        if query not in self._numbers:
            match query:
                case None:
                    found = self._every
                case Not(part):
                    found = self._every - self.numbers(part)
                case And(parts):
                    found = self._every.intersection(*map(self.numbers, parts))
                case Or(parts):
                    found = frozenset().union(*map(self.numbers, parts))
                case Prefix() | Fuzzy():  # every word there is, once
                    meant = {word for word in self.vocabulary if _means(query, word)}
                    found = frozenset(n for n, turn in enumerate(self.turns) if not meant.isdisjoint(turn.word_set))
                case leaf:
                    found = frozenset(number for number, turn in enumerate(self.turns) if matches(leaf, turn))
            self._numbers[query] = found
        return self._numbers[query]

    def facets(self, query: Query | None, filters: Mapping[str, Query]) -> dict[str, dict[str, int]]:
        """Counts by speaker, topic, forum, race and year, each without its own filter."""
        counts = {}
        for name in ("speaker", "topic", "forum", "contest", "year"):
            others = [self.numbers(one) for other, one in filters.items() if other != name]
            turns = [self.turns[number] for number in self.numbers(query).intersection(*others)]
            counts[name] = dict(Counter(value for turn in turns for value in _values(name, turn.document)))
        return counts

    def score(self, query: Query, turn: Read) -> float:
        """The sum of BM25 over the words of a query without operators inside operators."""
        match query:
            case Term(word):
                stem = analysis.stems((word,), turn.document.lang)[0]
                return self._bm25(stem, turn.stems[stem], turn)
            case Phrase(words) | Near(words, _):
                held = matches(query, turn)
                return sum(self._bm25(f"={word}", turn.words.count(word), turn) for word in set(words)) if held else 0.0
            case And(parts):
                return sum(self.score(part, turn) for part in parts)
            case Or(parts):
                return sum(self.score(part, turn) for part in parts)
        return 0.0

    def _bm25(self, token: str, times: int, turn: Read) -> float:
        if not times:
            return 0.0
        held = self._held[token]["n"]
        idf = math.log(1 + (len(self.turns) - held + 0.5) / (held + 0.5))
        return idf * times * (K1 + 1) / (times + K1 * (1 - B + B * len(turn.words) / self.mean))


def matches(query: Query, turn: Read) -> bool:
    """Whether one turn is what a leaf of a query asks for."""
    match query:
        case Term(word):
            return analysis.stems((word,), turn.document.lang)[0] in turn.stems
        case Phrase(words) | Near(words, _) if not turn.word_set.issuperset(words):
            return False
        case Phrase(words):
            return any(turn.words[i : i + len(words)] == words for i in range(len(turn.words)))
        case Near(words, within):
            return any(_follows(turn.words, i, words, within) for i in range(len(turn.words)))
        case Prefix() | Fuzzy():
            return any(_means(query, word) for word in turn.word_set)
        case Field(name, value):
            return _fits(name, value, turn.document)
        case Dates():
            first, last = query.days()
            return first <= turn.document.date <= last
    raise AssertionError(f"{query!r} is no leaf")


def _means(query: Prefix | Fuzzy, word: str) -> bool:
    return word.startswith(query.start) if isinstance(query, Prefix) else distance(query.word, word) <= query.edits


@cache
def distance(a: str, b: str) -> int:
    """Letters to change, add, drop or swap with a neighbour; 9 where lengths or letters alone say that there are more than two."""
    if abs(len(a) - len(b)) > 2 or max(len(_letters(a) - _letters(b)), len(_letters(b) - _letters(a))) > 2:
        return 9
    rows = [list(range(len(b) + 1))]
    for i, one in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (one != other))
            if i > 1 and j > 1 and one == b[j - 2] and a[i - 2] == other:
                best = min(best, rows[i - 2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


@cache
def _letters(word: str) -> frozenset[str]:
    return frozenset(word)


def keys(turns: Iterable[Read]) -> list[str]:
    """Keys in the order of date and place."""
    return [turn.document.key for turn in sorted(turns, key=lambda turn: turn.document.order)]


def lately(turns: Iterable[Read]) -> list[str]:
    """Keys, what came in last first."""
    return [turn.document.key for turn in sorted(turns, key=lambda turn: -turn.document.added)]


def _read(document: Document) -> Read:
    words = tuple(analysis.words(document.text))
    return Read(document, words, frozenset(words), Counter(analysis.stems(words, document.lang)))


def _follows(said: tuple[str, ...], start: int, words: tuple[str, ...], within: int) -> bool:
    if said[start] != words[0]:
        return False
    if len(words) == 1:
        return True
    following = range(start + 1, min(start + within + 2, len(said)))
    return any(_follows(said, i, words[1:], within) for i in following)


def _fits(name: str, value: str, document: Document) -> bool:
    if name == "speaker":
        return value == document.speaker or _names(document.speaker_name, value)
    if name in ("party", "place"):
        return any(_names(one, value) for one in getattr(document, name))
    if name in ("topic", "contest"):
        return value in getattr(document, f"{name}s")
    return value == {"has": "video" if document.has_video else ""}.get(name, getattr(document, name, None))


def _names(name: str, value: str) -> bool:
    """Whether a value without a hyphen is a run of whole words of a name."""
    asked, held = fold(value).replace(",", "").split(), fold(name).replace(",", "").split()
    return "-" not in value and any(held[i : i + len(asked)] == asked for i in range(len(held)))


def _values(facet: str, document: Document) -> tuple[str, ...]:
    if facet == "speaker":
        return (document.speaker or document.speaker_name,)
    if facet == "year":
        return (str(document.date.year),)
    return {"topic": document.topics, "contest": document.contests}.get(facet, (document.forum,))
