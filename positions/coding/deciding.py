"""What several people who judged one thing alone say together: how split they are, and what decides it.

A unit is whatever was judged (a box of a comparison; a turn and a tag), a coder whoever judged it, a value what they said.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Unit = TypeVar("Unit", bound=Hashable)
Coder = TypeVar("Coder", bound=Hashable)
Value = TypeVar("Value", bound=Hashable)


class Rule(StrEnum):
    """What decided a unit."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    PERSON = "person"


@dataclass(frozen=True)
class Decision(Generic[Value]):
    """What stands for a unit, which rule decided it, and how many coders had judged it."""

    value: Value
    rule: Rule
    coders: int


def last_said(codings: Iterable[tuple[Unit, Coder, Value]]) -> dict[Unit, dict[Coder, Value]]:
    """What each coder says of each unit; a later judgement of the same coder takes the place of the earlier one."""
    said: dict[Unit, dict[Coder, Value]] = {}
    for unit, coder, value in codings:
        said.setdefault(unit, {})[coder] = value
    return said


def split(values: Collection[Hashable]) -> float:
    """How split a unit is: the share of pairs of its coders who said different things, 0 to 1; 0 for fewer than two."""
    n = len(values)
    equal = sum(times * (times - 1) for times in Counter(values).values())
    return 1 - equal / (n * (n - 1)) if n > 1 else 0.0


def most_split(said: Mapping[Unit, Mapping[Coder, Value]]) -> list[tuple[Unit, float]]:
    """Every unit with how split it is, the most split first; those that are alike in the order given."""
    return sorted(((unit, split(list(values.values()))) for unit, values in said.items()), key=lambda one: -one[1])


def decide(
    values: Sequence[Value], person: Value | None = None, *, least: int = 2, majority: bool = False
) -> Decision[Value] | None:
    """What stands: a person's decision if there is one, else what `least` or more coders all said, else None.

    With `majority` what more than half of them said stands too.
    """
    if person is not None:
        return Decision(person, Rule.PERSON, len(values))
    if len(values) < least:
        return None
    value, times = Counter(values).most_common(1)[0]
    if times == len(values):
        return Decision(value, Rule.UNANIMOUS, len(values))
    return Decision(value, Rule.MAJORITY, len(values)) if majority and 2 * times > len(values) else None
