"""What every search engine does, and nothing more: no type of an engine leaves its module.

An index is a cache of the database. One writer at a time (a second gets Conflict and may try again); any number of readers,
which see a commit after `refresh`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from transcripts.search.documents import FACETS, Document
from transcripts.search.plan import Plan


class Sort(StrEnum):
    """How hits are ordered: by score (of equal ones the newest first), by the day they were said, by when they came in."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    ADDED = "added"


@dataclass(frozen=True)
class Hit:
    """A turn found. `score` is 0 where nothing asked gives a score; `order` is its document's.

    `place` is the number it was sorted by where that is not its score: its document's `order`, or `added`.
    """

    key: str
    score: float
    order: int
    place: int


@dataclass(frozen=True)
class Page:
    """Some hits in order, how many there are in all, and how many for each value of each facet."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Health:
    """What an index holds."""

    engine: str
    count: int
    generation: int


@dataclass(frozen=True)
class Request:
    """What is asked of an engine.

    `filters` narrow the plan, one for each facet that has one; the counts of a facet leave its own filter out. `after`
    is the `place` of the last hit seen, for results not sorted by relevance: such pages repeat nothing while a writer adds.
    """

    plan: Plan
    filters: Mapping[str, Plan] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    offset: int = 0
    after: int | None = None
    facets: Sequence[str] = FACETS


class SearchEngine(Protocol):
    """The protocol. Changes show after `commit`; the writer's place is kept from `lock` (or the first change) until then."""

    @property
    def name(self) -> str:
        """What TRACKER_SEARCH calls this engine."""

    def lock(self) -> None:
        """Take the writer's place. Raises Conflict while another has it: try again later."""

    def start_over(self) -> None:
        """Take the writer's place and begin an empty index beside the present one, which is read until `commit`."""

    def upsert(self, documents: Iterable[Document]) -> None:
        """Put documents in the index, replacing those of the same key. Raises Conflict like `lock`."""

    def delete(self, keys: Iterable[str]) -> None:
        """Take turns out of the index; unknown keys are no error. Raises Conflict like `lock`."""

    def commit(self) -> int:
        """Make the changes last and visible and give the writer's place back; returns the generation."""

    def refresh(self) -> int:
        """See what has been committed; returns the generation seen. Raises Unusable."""

    def search(self, request: Request) -> Page:
        """Find turns in what was last refreshed. Raises Unusable."""

    def expand(self, word: str, edits: int, cap: int) -> list[str]:
        """Words of the index: beginning with `word` when `edits` is 0, else at most `edits` letters away from it."""

    def health(self) -> Health:
        """What the index holds. Raises Unusable."""

    def close(self) -> None:
        """Let go of files and of the writer's place; uncommitted changes are lost."""
