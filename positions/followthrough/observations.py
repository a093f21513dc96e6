"""Pure: numbers of a figure as somebody sends them, held against what is held: new, other, the same, or impossible (docs/figures.md)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from positions.followthrough.suppression import Place
from positions.followthrough.vocabulary.figures import IndicatorKind
from transcripts.formats.parsed import Problem
from transcripts.vocabulary import Severity

MOST = 20_000
"""Numbers taken in at once."""
TOO_MANY = "There are {n} numbers here; we take in at most {most} at once."


@dataclass(frozen=True)
class Observed:
    """One number and where it stands; None where the source itself does not show it. `line` of the file, from 1."""

    place: Place
    value: Decimal | None
    line: int | None = None


@dataclass(frozen=True)
class Countable:
    """What the numbers of a figure must be like: its kind, whether they count people, and the groups of each breakdown."""

    kind: IndicatorKind
    people: bool
    axes: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Preview:
    """What storing would do: numbers for places that have none, others for places that have one, and how many stand as they are.

    With a problem that is an error nothing can be stored.
    """

    new: tuple[Observed, ...]
    changed: tuple[Observed, ...]
    same: int
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> tuple[Problem, ...]:
        """The problems because of which nothing can be stored."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)


def preview(figure: Countable, held: Mapping[Place, Decimal | None], found: Sequence[Observed], today: date) -> Preview:
    """What storing `found` would do to what is `held`. The same number twice counts once."""
    problems = [*_twice(found), *(problem for one in found for problem in _wrong(figure, one, today))]
    if len(found) > MOST:
        problems.append(Problem(None, Severity.ERROR, TOO_MANY, {"n": len(found), "most": MOST}))
    by_place = {one.place: one for one in found}
    whole = {**held, **{place: one.value for place, one in by_place.items()}}
    if figure.kind is IndicatorKind.CUMULATIVE:
        problems += _falling(by_place, whole)
    if not any(one.severity is Severity.ERROR for one in problems):
        problems += _more_than_total(by_place, whole)
    new = tuple(one for place, one in by_place.items() if place not in held)
    changed = tuple(one for place, one in by_place.items() if place in held and held[place] != one.value)
    return Preview(new, changed, len(by_place) - len(new) - len(changed), tuple(problems))


def _twice(found: Sequence[Observed]) -> Iterator[Problem]:
    first: dict[Place, Observed] = {}
    for one in found:
        before = first.setdefault(one.place, one)
        if before.value != one.value:
            yield Problem(
                one.line,
                Severity.ERROR,
                "There are two different numbers for the same thing; the other one stands at line {line}.",
                {"line": before.line},
            )


def _wrong(figure: Countable, one: Observed, today: date) -> Iterator[Problem]:
    when, axis, group = one.place.when, one.place.axis, one.place.group
    if (when.starts is not None) != (figure.kind is IndicatorKind.PERIOD):
        yield Problem(
            one.line,
            Severity.ERROR,
            "This figure counts what happened during a period: say from which day to which."
            if figure.kind is IndicatorKind.PERIOD
            else "This figure holds on one day; it has no period.",
            {},
        )
    if when.begins > when.ends:
        yield Problem(one.line, Severity.ERROR, "The period ends before it begins.", {})
    if when.ends > today:
        yield Problem(one.line, Severity.ERROR, "{day} has not come yet.", {"day": when.ends.isoformat()})
    if axis is not None and group not in figure.axes.get(axis, frozenset()):
        yield Problem(
            one.line,
            Severity.ERROR,
            "“{group}” is no group of the breakdown “{axis}” of this figure.",
            {"group": group, "axis": axis},
        )
    if one.value is not None and (one.value < 0 or (figure.people and one.value != one.value.to_integral_value())):
        yield Problem(
            one.line,
            Severity.ERROR,
            "People are counted in whole numbers from 0 on, not {value}. If the point or comma parts thousands, say so."
            if figure.people
            else "{value} is below zero.",
            {"value": str(one.value)},
        )


def _falling(found: Mapping[Place, Observed], whole: Mapping[Place, Decimal | None]) -> Iterator[Problem]:
    """Numbers since the beginning that are smaller than an earlier one, where the file brings one of the two."""
    series: dict[tuple[str | None, str | None], list[Place]] = {}
    for place, value in whole.items():
        if value is not None:
            series.setdefault((place.axis, place.group), []).append(place)
    for places in series.values():
        for early, late in pairwise(sorted(places, key=lambda place: place.when.ends)):
            if (whole[late] or 0) < (whole[early] or 0) and (late in found or early in found):
                yield Problem(
                    (found.get(late) or found[early]).line,
                    Severity.WARNING,
                    "A number since the beginning never goes down, and this one is smaller than that of {day}.",
                    {"day": early.when.ends.isoformat()},
                )


def _more_than_total(found: Mapping[Place, Observed], whole: Mapping[Place, Decimal | None]) -> Iterator[Problem]:
    rows: dict[Place, Decimal] = {}
    lines: dict[Place, int | None] = {}
    for place, value in whole.items():
        if place.axis is not None and place.group is not None:
            row = Place(place.when, place.axis)
            rows[row] = rows.get(row, Decimal(0)) + (value or 0)
            if place in found:
                lines.setdefault(row, found[place].line)
    for row, line in lines.items():
        total = whole.get(Place(row.when))
        if total is not None and rows[row] > total:
            yield Problem(
                line,
                Severity.WARNING,
                "The groups of “{axis}” are more together than the total of that day: whoever is in two of them counts twice.",
                {"axis": row.axis},
            )
