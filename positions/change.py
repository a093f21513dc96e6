"""Pure: whether what somebody said of one statement changed between two days, and when that cannot be told.

Only the same person, the same version of the statement and the same scope are compared, and only what is known better than from a
report's summing up, judged by two people on both days: otherwise a change of ours would be read as a change of theirs (design of the
comparison, section 7: of 548 apparent changes in a real record, more than half were of somebody or something else).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from positions.cells import Candidate, Cell
from positions.comparison import Comparison
from positions.scale import VALUE, Code, Tier
from transcripts.bilingual import Bilingual

CODERS = 2
"""People who must have judged each of the two positions."""
CHANGED_FROM, REVERSED_FROM = 1, 2
"""Steps of the scale (-1 to 1) from which two positions are another, or the opposite one."""


class Change(StrEnum):
    """How far two positions lie apart; OTHER where there is no distance, only another of several answers."""

    SAME = "same"
    SHIFT = "shift"
    CHANGED = "changed"
    REVERSED = "reversed"
    OTHER = "other"


CHANGE_WORDS = {
    Change.SAME: "The same position on both days",
    Change.SHIFT: "A shift in strength",
    Change.CHANGED: "A change of position",
    Change.REVERSED: "The opposite position",
    Change.OTHER: "Another answer",
}


class Guard(StrEnum):
    """Why two positions are not compared."""

    NO_NUMBER = "no_number"
    REWORDED = "reworded"
    SCOPE = "scope"
    SUMMED_UP = "summed_up"
    ONE_CODER = "one_coder"


GUARD_WORDS = {
    Guard.NO_NUMBER: "Not compared: on one of the two days no position is known.",
    Guard.REWORDED: "Not compared: the statement was worded otherwise then.",
    Guard.SCOPE: "Not compared: one of the two is about a part of it only.",
    Guard.SUMMED_UP: "Not compared: one of the two is only summed up by a source.",
    Guard.ONE_CODER: "Not compared: one of the two was judged by one person only.",
}


@dataclass(frozen=True)
class Compared:
    """Two positions of one candidate on one statement: `change`, or the `guard` that forbids to compare them."""

    earlier: Cell
    later: Cell
    change: Change | None = None
    guard: Guard | None = None

    @property
    def words(self) -> str:
        """The English a reader sees."""
        return CHANGE_WORDS[self.change] if self.change else GUARD_WORDS[self.guard or Guard.NO_NUMBER]


@dataclass(frozen=True)
class OverTime:
    """A statement on which a candidate has positions of more than one day, each pair of neighbouring days compared, the latest first.

    `contest` is the slug of the race.
    """

    candidate: Candidate
    key: str
    text: Bilingual
    pairs: tuple[Compared, ...]
    contest: str = ""


def between(earlier: Cell, later: Cell) -> Compared:
    """Two positions of one candidate on one statement, of two days."""
    guard = _guard(earlier, later)
    if guard:
        return Compared(earlier, later, guard=guard)
    if later.choice is not None:
        return Compared(earlier, later, Change.SAME if earlier.choice == later.choice else Change.OTHER)
    one, other = (VALUE[Code(str(cell.code))] for cell in (earlier, later))
    apart = abs(one - other)
    if apart == 0:
        found = Change.SAME
    elif apart >= REVERSED_FROM:
        found = Change.REVERSED
    elif apart >= CHANGED_FROM or one * other < 0:
        found = Change.CHANGED
    else:
        found = Change.SHIFT
    return Compared(earlier, later, found)


def over_time(cell: Cell) -> tuple[Compared, ...]:
    """Each position of a cell beside the one before it, the latest first; what has no code is no position."""
    said = [one for one in (cell, *cell.earlier) if one.code is not None]
    return tuple(between(earlier, later) for later, earlier in zip(said, said[1:], strict=False))


def of_comparison(comparison: Comparison) -> Iterator[OverTime]:
    """Every statement and candidate with positions of more than one day, in the order of the page."""
    for row in comparison.rows:
        for cell in row.cells:
            if pairs := over_time(cell):
                yield OverTime(cell.candidate, row.key, row.text, pairs, comparison.contest.slug)


def _guard(earlier: Cell, later: Cell) -> Guard | None:
    both = (earlier, later)
    numbers = {str(code) for code in VALUE}
    if not all(cell.code in numbers or cell.choice for cell in both) or bool(earlier.choice) != bool(later.choice):
        return Guard.NO_NUMBER
    if earlier.statement_version != later.statement_version:
        return Guard.REWORDED
    if earlier.scope != later.scope:
        return Guard.SCOPE
    if any(cell.tier is None or cell.tier >= Tier.SUMMED_UP for cell in both):
        return Guard.SUMMED_UP
    return Guard.ONE_CODER if any((cell.coders or 0) < CODERS for cell in both) else None
