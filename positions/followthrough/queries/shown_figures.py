"""A figure as everybody may see it: what it counts, its numbers with the small ones taken out, its ratio. Made in `queries/figures.py`."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from positions.followthrough.figures import Line, Measure, Moment
from positions.followthrough.queries.grounds import Ground
from positions.followthrough.suppression import Place
from positions.followthrough.vocabulary.figures import IndicatorKind, Part
from transcripts.bilingual import Bilingual


class Seen(StrEnum):
    """What a reader is told at one place. HIDDEN: under five people, or a number that would tell of so few."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    SOURCE_HIDES = "source_hides"


@dataclass(frozen=True)
class Group:
    """One group of a breakdown, with the words readers see."""

    key: str
    name: Bilingual


@dataclass(frozen=True)
class Axis:
    """One way a figure is broken down."""

    key: str
    name: Bilingual
    groups: tuple[Group, ...]


class Value(NamedTuple):
    """One place of a figure. `number` is None unless it is SHOWN."""

    place: Place
    seen: Seen
    number: Decimal | None = None

    @property
    def when(self) -> Moment:
        """When it holds."""
        return self.place.when


@dataclass(frozen=True)
class Ratio:
    """The ratio that is told first: one group against another at the latest moment that holds both, of how many in all."""

    axis: Axis
    over: Group
    under: Group
    above: Value
    below: Value
    whole: Value | None

    @property
    def one_to(self) -> Decimal | None:
        """How many of `under` there are to one of `over`; None where one of the two is not shown, or there is none."""
        if not self.above.number or self.below.number is None:
            return None
        return self.below.number / self.above.number


@dataclass(frozen=True)
class Named:
    """Something with a page of its own."""

    slug: str
    name: Bilingual


@dataclass(frozen=True)
class ShownFigure:
    """A figure with what may be seen of it. `values` are in the order of days; `batches`: when its numbers came, the latest first."""

    id: int
    slug: str
    name: Bilingual
    kind: IndicatorKind
    unit: Bilingual
    people: bool
    denominator: Bilingual | None
    about: Bilingual | None
    part: Part | None
    part_of: str | None
    axes: tuple[Axis, ...]
    program: Named | None
    commitment: Named | None
    fictional: bool
    ground: Ground | None
    values: tuple[Value, ...]
    headline: tuple[str, str, str] | None
    read_at: datetime | None

    @cached_property
    def totals(self) -> tuple[Value, ...]:
        """The undivided numbers, in the order of days."""
        return tuple(value for value in self.values if value.place.axis is None)

    @property
    def latest(self) -> Value | None:
        """The latest undivided number, whether it is shown or not."""
        return self.totals[-1] if self.totals else None

    @property
    def as_of(self) -> date | None:
        """The last day any number tells of."""
        return max((value.when.ends for value in self.values), default=None)

    def axis(self, key: str | None) -> Axis | None:
        """The breakdown of that name."""
        return next((axis for axis in self.axes if axis.key == key), None)

    def series(self, axis: str | None = None, group: str | None = None) -> tuple[Value, ...]:
        """The numbers of one group, or the undivided ones, in the order of days."""
        return tuple(value for value in self.values if (value.place.axis, value.place.group) == (axis, group))

    def row(self, axis: str, when: Moment | None = None) -> dict[str, Value]:
        """The groups of a breakdown at a moment, the latest that holds any where none is named."""
        found = [value for value in self.values if value.place.axis == axis]
        at = when or (found[-1].when if found else None)
        return {value.place.group or "": value for value in found if value.when == at}

    def line(self, axis: str | None = None, group: str | None = None) -> Line:
        """The series as the rules for charts take it (`figures.may_draw_together`)."""
        moments = tuple(value.when for value in self.series(axis, group))
        return Line(self.measure, moments, axis, group)

    @property
    def measure(self) -> Measure:
        """What its numbers count."""
        denominator = self.denominator.en if self.denominator else None
        return Measure(self.slug, self.kind, self.unit.en, denominator, self.part_of)

    @property
    def ratio(self) -> Ratio | None:
        """The ratio told first, where the figure names one and some moment holds both of its groups."""
        axis = self.axis(self.headline[0]) if self.headline else None
        if axis is None or self.headline is None:
            return None
        over, under = (next((one for one in axis.groups if one.key == key), None) for key in self.headline[1:])
        for value in reversed(self.values):
            row = self.row(axis.key, value.when) if value.place.axis == axis.key else {}
            if over and under and over.key in row and under.key in row:
                whole = next((total for total in self.totals if total.when == value.when), None)
                return Ratio(axis, over, under, row[over.key], row[under.key], whole)
        return None
