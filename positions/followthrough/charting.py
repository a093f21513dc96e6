"""Pure: where the marks of a chart stand, as shares of its width and height. The table beside a chart is what counts; it is only seen.

Counts begin at zero. A number that is not shown, or that nobody gave, leaves a gap: nothing is drawn across it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Point = tuple[date, Decimal | None]
"""A day and its number; None where it is not shown."""
STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Mark:
    """One number: `x` from the left and `y` from the bottom, each from 0 to 1."""

    x: float
    y: float


@dataclass(frozen=True)
class Curve:
    """One series: the runs of marks that are joined, and the x of every number that is not shown."""

    runs: tuple[tuple[Mark, ...], ...]
    gaps: tuple[float, ...]


@dataclass(frozen=True)
class Plot:
    """A chart: its series, the number at the top, and the days at the left and right edge."""

    curves: tuple[Curve, ...]
    top: Decimal
    first: date
    last: date


def plot(series: Sequence[Sequence[Point]]) -> Plot | None:
    """Series in the order of days, on one scale; None where nothing at all is shown."""
    days = [day for points in series for day, _ in points]
    shown = [number for points in series for _, number in points if number is not None]
    if not shown:
        return None
    top, first, last = ceiling(max(shown)), min(days), max(days)

    def mark(day: date, number: Decimal) -> Mark:
        return Mark(_along(day, first, last), float(number / top))

    curves = [
        Curve(
            tuple(tuple(mark(day, number) for day, number in run) for run in _runs(points)),
            tuple(_along(day, first, last) for day, number in points if number is None),
        )
        for points in series
    ]
    return Plot(tuple(curves), top, first, last)


def ceiling(most: Decimal) -> Decimal:
    """The smallest of 1, 2, 5, 10, 20, … that holds a number; 1 for zero."""
    if most <= 0:
        return Decimal(1)
    unit = Decimal(1).scaleb(most.adjusted())
    return next(unit * step for step in STEPS if unit * step >= most)


def _along(day: date, first: date, last: date) -> float:
    return (day - first).days / (last - first).days if last > first else 0.5


def _runs(points: Iterable[Point]) -> Iterator[list[tuple[date, Decimal]]]:
    run: list[tuple[date, Decimal]] = []
    for day, number in points:
        if number is not None:
            run.append((day, number))
        elif run:
            yield run
            run = []
    if run:
        yield run
