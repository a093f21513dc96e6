"""What was asked: a frozen tree that prints back to the language it was typed in, `parse(str(query)).query == query`.

No engine sees what a reader typed: `parsing` reads it into this tree, `plan` turns the tree into what engines run.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

MAX_WITHIN = 100
MAX_ORDERINGS = 256
"""A Near of k words with n between has (n + 1) ** (k - 1) ways to match; no query may have more than this."""

_BARE = re.compile(r"[^\W_][\w-]*")
_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True)
class Term:
    """A plain word, found in any of its forms."""

    word: str

    def __str__(self) -> str:
        return self.word


@dataclass(frozen=True)
class Phrase:
    """Exactly these words in this order, unstemmed."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return f'"{" ".join(self.words)}"'


@dataclass(frozen=True)
class Near:
    """These words in this order, unstemmed, with at most `within` other words between each two neighbours."""

    words: tuple[str, ...]
    within: int

    def __str__(self) -> str:
        return f'"{" ".join(self.words)}"~{self.within}'


@dataclass(frozen=True)
class Prefix:
    """Any word that begins so."""

    start: str

    def __str__(self) -> str:
        return f"{self.start}*"


@dataclass(frozen=True)
class Fuzzy:
    """The word, or one that is at most `edits` letters changed, added, dropped or swapped with a neighbour away."""

    word: str
    edits: int = 1

    def __str__(self) -> str:
        return f"{self.word}~{self.edits if self.edits > 1 else ''}"


@dataclass(frozen=True)
class Field:
    """A filter on one of FIELDS other than date. `value` is folded and holds no quotation mark."""

    name: str
    value: str

    def __str__(self) -> str:
        return f"{self.name}:{self.value}" if _BARE.fullmatch(self.value) else f'{self.name}:"{self.value}"'


@dataclass(frozen=True)
class Dates:
    """The forum's local days from `first` to `last`, each a year, a month or a day as typed; "" leaves that end open."""

    first: str
    last: str

    def __str__(self) -> str:
        return f"date:{self.first}" if self.first == self.last else f"date:{self.first}..{self.last}"

    def days(self) -> tuple[date, date]:
        """First and last day, both included."""
        return (
            period(self.first)[0] if self.first else date.min,
            period(self.last)[1] if self.last else date.max,
        )


@dataclass(frozen=True)
class Not:
    """Every turn that the part does not match."""

    part: "Query"

    def __str__(self) -> str:
        return f"-{_inside(self.part, And, Or, Not)}"


@dataclass(frozen=True)
class And:
    """What all parts match; two or more."""

    parts: tuple["Query", ...]

    def __str__(self) -> str:
        return " ".join(_inside(part, And, Or) for part in self.parts)


@dataclass(frozen=True)
class Or:
    """What at least one part matches; two or more."""

    parts: tuple["Query", ...]

    def __str__(self) -> str:
        return " OR ".join(_inside(part, And, Or) for part in self.parts)


Query = Term | Phrase | Near | Prefix | Fuzzy | Field | Dates | Not | And | Or


@dataclass(frozen=True)
class Note:
    """Something the reader should know about how the query was read: an English sentence and what fills its places."""

    message: str
    args: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.message.format(**dict(self.args))


@dataclass(frozen=True)
class Parsed:
    """What was typed, understood. `plain`: nothing but words, so it may be read as a sentence and relaxed."""

    query: Query | None
    plain: bool
    notes: tuple[Note, ...] = ()


def all_of(parts: tuple[Query, ...]) -> Query | None:
    """The parts joined by AND: None of nothing, the part itself of one."""
    return And(parts) if len(parts) > 1 else parts[0] if parts else None


def any_of(parts: tuple[Query, ...]) -> Query | None:
    """The parts joined by OR: None of nothing, the part itself of one."""
    return Or(parts) if len(parts) > 1 else parts[0] if parts else None


def conjuncts(query: Query | None) -> tuple[Query, ...]:
    """What has to hold together: the parts of a top-level And, or the query itself."""
    return query.parts if isinstance(query, And) else (query,) if query else ()


def count_leaves(query: Query) -> int:
    """Words, phrases and filters in a query: what MAX_TERMS limits."""
    if isinstance(query, Not):
        return count_leaves(query.part)
    return sum(map(count_leaves, query.parts)) if isinstance(query, And | Or) else 1


def period(typed: str) -> tuple[date, date]:
    """First and last day of 2015, 2015-11 or 2015-11-03; raises ValueError for anything else."""
    found = _PERIOD.fullmatch(typed)
    if not found:
        raise ValueError(f"{typed!r} is not a year, a month or a day")
    year, month, day = (int(part) if part else None for part in found.groups())
    last_month = month or 12
    first = date(year or 0, month or 1, day or 1)
    return first, date(first.year, last_month, day or calendar.monthrange(first.year, last_month)[1])


def widest(count: int) -> int:
    """How many words may stand between each two of `count` words of a Near."""
    within = 0
    while within < MAX_WITHIN and (within + 2) ** max(count - 1, 1) <= MAX_ORDERINGS:
        within += 1
    return within


def _inside(part: Query, *bracketed: type) -> str:
    return f"({part})" if isinstance(part, bracketed) else str(part)
