"""What an engine runs: a Query with its words stemmed, its prefixes and fuzzy words spelled out, its dates as numbers.

Engines know these nodes and nothing of the language. Score: the sum of BM25 (k1 1.2, b 0.75) over the Stems and Sequence
words a turn matches; filters, prefixes, fuzzy words and exclusions add nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from transcripts.search import analysis
from transcripts.search.documents import orders_between, spoken_value
from transcripts.search.query import And, Dates, Field, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Term

MAX_PREFIXED = 1_000
MAX_FUZZY = 50
"""At most so many words of the index stand for one prefix or fuzzy word: the most frequent, the nearest."""


@dataclass(frozen=True)
class Every:
    """All turns."""


@dataclass(frozen=True)
class Stems:
    """Turns with any of these stems; scored."""

    stems: tuple[str, ...]


@dataclass(frozen=True)
class Sequence:
    """Turns with these words in this order, at most `within` others between each two; scored by its words."""

    words: tuple[str, ...]
    within: int = 0


@dataclass(frozen=True)
class AnyWord:
    """Turns with any of these words."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Keyword:
    """Turns whose field holds this value."""

    field: str
    value: str


@dataclass(frozen=True)
class Between:
    """Turns whose `order` lies between these two, both included."""

    first: int
    last: int


@dataclass(frozen=True)
class Without:
    """Turns that the part does not match."""

    part: "Plan"


@dataclass(frozen=True)
class All:
    """Turns that every part matches."""

    parts: tuple["Plan", ...]


@dataclass(frozen=True)
class Any:
    """Turns that at least `least` of the parts match."""

    parts: tuple["Plan", ...]
    least: int = 1


Plan = Every | Stems | Sequence | AnyWord | Keyword | Between | Without | All | Any
Expand = Callable[[str, int, int], list[str]]
"""(start or word, edits, cap) → words of the index: those that begin so when edits is 0, else those that near."""


def plan(query: Query | None, expand: Expand) -> Plan:
    """What an engine runs for a query; nothing asked is everything."""
    match query:
        case None:
            return Every()
        case Term(word):
            return Stems(analysis.readings(word))
        case Phrase(words):
            return Sequence(words)
        case Near(words, within):
            return Sequence(words, within)
        case Prefix(start):
            return AnyWord(tuple(expand(start, 0, MAX_PREFIXED)))
        case Fuzzy(word, edits):
            return AnyWord(tuple(expand(word, edits, MAX_FUZZY)))
        case Field(name, value):
            return Keyword(name, spoken_value(name, value))
        case Dates():
            return Between(*orders_between(*query.days()))
        case Not(part):
            return Without(plan(part, expand))
        case And(parts):
            return All(tuple(plan(part, expand) for part in parts))
        case Or(parts):
            return Any(tuple(plan(part, expand) for part in parts))


def is_ranked(node: Plan) -> bool:
    """Whether anything in a plan gives turns a score."""
    match node:
        case Stems() | Sequence():
            return True
        case All(parts) | Any(parts):
            return any(map(is_ranked, parts))
    return False
