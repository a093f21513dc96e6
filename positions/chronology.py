"""Pure: the topics somebody spoke of over time: at which forum how often, where first and where last."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Passage:
    """One turn of theirs, by id, with the ids of its forum and of the topics that stand on it."""

    turn: int
    forum: int
    topics: frozenset[int]


@dataclass(frozen=True)
class At:
    """How many passages of one forum speak of a topic, and the first and the last of them (turn ids)."""

    forum: int
    passages: int
    first: int
    latest: int


@dataclass(frozen=True)
class Strand:
    """One topic, forum by forum in the order of time."""

    topic: int
    at: tuple[At, ...]

    @property
    def passages(self) -> int:
        """How many passages speak of it."""
        return sum(one.passages for one in self.at)

    @property
    def first(self) -> int:
        """The turn in which they first spoke of it."""
        return self.at[0].first

    @property
    def latest(self) -> int:
        """The turn in which they last spoke of it."""
        return self.at[-1].latest


def strands(passages: Sequence[Passage], order: Sequence[int]) -> tuple[Strand, ...]:
    """The topics of `order` somebody spoke of, in that order; `passages` stand in the order of time."""
    found = []
    for topic in order:
        theirs = [one for one in passages if topic in one.topics]
        at = [_at(forum, list(said)) for forum, said in groupby(theirs, key=lambda one: one.forum)]
        found += [Strand(topic, tuple(at))] if at else []
    return tuple(found)


def _at(forum: int, said: Sequence[Passage]) -> At:
    return At(forum, len(said), said[0].turn, said[-1].turn)
