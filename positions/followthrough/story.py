"""Pure: the story of a program in six steps, from what was promised to what is disputed, each line with its day and its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from positions.followthrough.days import PartialDay
from positions.followthrough.vocabulary.programs import Step
from transcripts.bilingual import Bilingual


class About(StrEnum):
    """What a line of the story tells of; its page is found by `slug`."""

    COMMITMENT = "commitment"
    HISTORY = "history"
    MONEY = "money"
    CLAIM = "claim"


@dataclass(frozen=True)
class Line:
    """One line: what happened (`text`, ours) on a partial day, the page it leads to, and what it was made of (`of`, handed through)."""

    step: Step
    day: PartialDay | None
    text: Bilingual
    about: About
    slug: str
    of: object = None


@dataclass(frozen=True)
class Chapter:
    """One step with its lines by day, those without a day last; `more` were left out."""

    step: Step
    lines: tuple[Line, ...]
    more: int = 0


def tell(lines: Iterable[Line], most: int = 12) -> tuple[Chapter, ...]:
    """All six steps in their order, also those of which nothing is on file; of each the latest `most` lines."""
    by_step: dict[Step, list[Line]] = {step: [] for step in Step}
    for line in lines:
        by_step[line.step].append(line)
    return tuple(_chapter(step, sorted(told, key=_place), most) for step, told in by_step.items())


def _chapter(step: Step, lines: list[Line], most: int) -> Chapter:
    left_out = max(0, len(lines) - most)
    return Chapter(step, tuple(lines[left_out:]), left_out)


def _place(line: Line) -> tuple[bool, date, date]:
    """By the first day a line may be of; of those the more exact one later."""
    if line.day is None:
        return True, date.max, date.max
    return False, line.day.first, line.day.last
