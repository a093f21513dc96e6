"""How far those who coded the same units alone agree: over all, by subject, and by what ties coders have."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from positions import agreement
from positions.agreement import Figure
from positions.coding import seeing

Subject = TypeVar("Subject", bound=Hashable)
Key = TypeVar("Key", bound=Hashable)
LEAST = 5
"""Units coded twice below which a group of coders is not told apart: its figure would tell of single people."""
TOO_FEW = "Fewer than %(n)s boxes: not told, because it would tell of single people."
NOT_COMPUTABLE = "not computable: %(why)s"


class Group(StrEnum):
    """What two coders of one unit have declared of themselves."""

    NO_TIE = "no_tie"
    ONE_TIE = "one_tie"
    BOTH_TIED = "both_tied"


GROUP_WORDS = {
    Group.NO_TIE: "Neither has a tie to a campaign, a party or a candidate",
    Group.ONE_TIE: "One of the two has such a tie",
    Group.BOTH_TIED: "Both have such a tie",
}


@dataclass(frozen=True)
class Judged(Generic[Subject]):
    """One coder's judgement of one unit; `tied`: they have declared a tie; `subject` is what the unit is about."""

    unit: Hashable
    subject: Subject
    coder: Hashable
    value: Hashable
    tied: bool = False


@dataclass(frozen=True)
class Agreement:
    """Figures over the units coded by two people or more; `equal` units had one answer only. `few`: too few to be told."""

    units: int
    equal: int
    coders: int
    alpha: Figure
    ac1: Figure
    percent: Figure
    few: bool = False


@dataclass(frozen=True)
class Agreements(Generic[Subject]):
    """Over all units, by subject in the order met, and by group of coders."""

    overall: Agreement
    subjects: tuple[tuple[Subject, Agreement], ...]
    groups: tuple[tuple[Group, Agreement], ...]


def agreements(judged: Iterable[Judged[Subject]]) -> Agreements[Subject]:
    """The figures of what was coded blind by two people or more; what one person coded so far is not counted at all."""
    units = _complete(judged)
    by_group = _by(units, _group)
    return Agreements(
        _figures(units),
        tuple((subject, _figures(some)) for subject, some in _by(units, lambda unit: unit[0].subject).items()),
        tuple((group, _told(by_group[group])) for group in Group if group in by_group),
    )


def lettered(judged: Iterable[Judged[Subject]]) -> list[tuple[Judged[Subject], str]]:
    """What was coded by two people or more, each coder by a letter: in the order in which they appear, A first."""
    letters: dict[Hashable, str] = {}
    told = [one for unit in _complete(judged) for one in unit]
    return [(one, letters.setdefault(one.coder, _letter(len(letters)))) for one in told]


def _letter(n: int) -> str:
    """A, B, … Z, AA, AB …"""
    return (_letter(n // 26 - 1) if n >= 26 else "") + chr(ord("A") + n % 26)


def _complete(judged: Iterable[Judged[Subject]]) -> list[list[Judged[Subject]]]:
    held: dict[Hashable, dict[Hashable, Judged[Subject]]] = defaultdict(dict)
    for one in judged:
        held[one.unit][one.coder] = one
    return [list(coders.values()) for coders in held.values() if seeing.complete(coders)]


def _by(
    units: Iterable[list[Judged[Subject]]], key: Callable[[list[Judged[Subject]]], Key]
) -> dict[Key, list[list[Judged[Subject]]]]:
    found: dict[Key, list[list[Judged[Subject]]]] = defaultdict(list)
    for unit in units:
        found[key(unit)].append(unit)
    return found


def _group(unit: Sequence[Judged[Subject]]) -> Group:
    tied = sum(one.tied for one in unit)
    return Group.NO_TIE if not tied else Group.BOTH_TIED if tied == len(unit) else Group.ONE_TIE


def _figures(units: Sequence[Sequence[Judged[Subject]]]) -> Agreement:
    values = [[one.value for one in unit] for unit in units]
    return Agreement(
        len(units),
        sum(len(set(codes)) == 1 for codes in values),
        len({one.coder for unit in units for one in unit}),
        agreement.alpha_nominal(values),
        agreement.ac1(values),
        agreement.percent(values),
    )


def _told(units: Sequence[Sequence[Judged[Subject]]]) -> Agreement:
    """Figures, unless there are so few units that they would tell of single people."""
    if len(units) >= LEAST:
        return _figures(units)
    none = Figure()
    return Agreement(len(units), 0, 0, none, none, none, few=True)
