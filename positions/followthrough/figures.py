"""Pure: what a figure counts, and which figures may be added, subtracted or drawn together (docs/figures.md).

A stock is not a flow: who is there on one day, who ever was up to a day, and who came during a period are three different
numbers. They are told apart here, for every page, export and command alike; each refusal has its sentence, and the table of
sentences (`MIXING_WORDS`) is printed on the page. What is not known to fit is refused.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from positions.followthrough.vocabulary.figures import IndicatorKind


class Mixing(StrEnum):
    """Why two figures may not be put together."""

    ACTIVE_EVER = "active_ever"
    ACTIVE_PERIOD = "active_period"
    EVER_PERIOD = "ever_period"
    UNITS = "units"
    DENOMINATORS = "denominators"
    AXES = "axes"
    TOTAL_AND_GROUP = "total_and_group"
    SEVERAL = "several"
    TWICE = "twice"
    PART_TWICE = "part_twice"
    SHARES = "shares"
    DAYS_ACTIVE = "days_active"
    DAYS_EVER = "days_ever"
    OVERLAP = "overlap"
    LENGTHS = "lengths"
    DROP_ACTIVE = "drop_active"
    BACKWARDS = "backwards"
    NOT_A_PART = "not_a_part"


MIXING_WORDS = {
    Mixing.ACTIVE_EVER: "One counts who is there on one day, the other everybody since the beginning. "
    "Whoever left is in the second and not in the first.",
    Mixing.ACTIVE_PERIOD: "One counts who is there on one day, the other what happened from one day to another. "
    "Whoever came before the period is in the first and not in the second.",
    Mixing.EVER_PERIOD: "One counts everybody since the beginning, the other only what happened during a period.",
    Mixing.UNITS: "They are counted in different units.",
    Mixing.DENOMINATORS: "They are parts of different wholes: a share says nothing without what it is a share of.",
    Mixing.AXES: "They are broken down in different ways, and the same people stand in both. Choose one breakdown at a time.",
    Mixing.TOTAL_AND_GROUP: "One is the total and the other one group of a breakdown. The group is in the total already.",
    Mixing.SEVERAL: "They differ in more than one way at once, so that nobody could say what the result counts.",
    Mixing.TWICE: "This is the same number. It would count everybody twice.",
    Mixing.PART_TWICE: "One is a part of the other. Whoever is in the part would count twice.",
    Mixing.SHARES: "Shares and rates are neither added nor subtracted: each is a share of a whole of its own.",
    Mixing.DAYS_ACTIVE: "Both count who is there on one day, on different days. Whoever stayed would count twice.",
    Mixing.DAYS_EVER: "Both count everybody since the beginning, up to different days. "
    "The later number holds the earlier one.",
    Mixing.OVERLAP: "Their periods share days, and what happened on those would count twice.",
    Mixing.LENGTHS: "Their periods are of different lengths, and a longer period holds more. "
    "Draw months with months and years with years.",
    Mixing.DROP_ACTIVE: "The difference between two days tells neither how many came nor how many left.",
    Mixing.BACKWARDS: "The number to take away is the later one. Take the earlier number from the later.",
    Mixing.NOT_A_PART: "Only a part may be taken from its own whole, or an earlier number since the beginning from a later one "
    "of the same figure.",
}
"""Every rule with its sentence, in the order of the table on the page."""

_KINDS_APART = {
    frozenset({IndicatorKind.SNAPSHOT_ACTIVE, IndicatorKind.CUMULATIVE}): Mixing.ACTIVE_EVER,
    frozenset({IndicatorKind.SNAPSHOT_ACTIVE, IndicatorKind.PERIOD}): Mixing.ACTIVE_PERIOD,
    frozenset({IndicatorKind.CUMULATIVE, IndicatorKind.PERIOD}): Mixing.EVER_PERIOD,
}


class Moment(NamedTuple):
    """When a number holds: on the day `ends` or up to it; with `starts`, from that day to `ends`, both included.

    A tuple, as is every place of a number: thousands of them are looked up for a page.
    """

    ends: date
    starts: date | None = None

    @property
    def begins(self) -> date:
        """The first day of it."""
        return self.starts or self.ends

    @property
    def days(self) -> int:
        """How many days a period has; 1 for a day."""
        return (self.ends - self.begins).days + 1

    def shares_days(self, other: "Moment") -> bool:
        """Whether any day is in both."""
        return self.begins <= other.ends and other.begins <= self.ends

    def holds(self, other: "Moment") -> bool:
        """Whether every day of the other is in this one, which has more."""
        return self.begins <= other.begins and other.ends <= self.ends and self.days > other.days

    @property
    def length(self) -> int:
        """Whole months of a period that begins on the first and ends on the last of a month; else its days, as a negative number."""
        if self.starts is None or self.starts.day != 1 or (self.ends + timedelta(days=1)).day != 1:
            return -self.days
        return (self.ends.year - self.starts.year) * 12 + self.ends.month - self.starts.month + 1


@dataclass(frozen=True)
class Measure:
    """What the numbers of a figure count: its slug, kind, unit, and what it is out of, if it is a share (`denominator`).

    `part_of` is the slug of the figure whose numbers hold these.
    """

    slug: str
    kind: IndicatorKind
    unit: str
    denominator: str | None = None
    part_of: str | None = None

    def is_within(self, other: "Measure") -> bool:
        """Whether the other is the whole this one is told to be a part of."""
        return self.part_of == other.slug


@dataclass(frozen=True)
class Reading:
    """The place of one number: whose figure, when, and which group of which breakdown; neither for the total."""

    measure: Measure
    when: Moment
    axis: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class Line:
    """A series as it is drawn: a figure over its moments, in total or for one group of one breakdown."""

    measure: Measure
    moments: tuple[Moment, ...]
    axis: str | None = None
    group: str | None = None


def may_add(one: Reading, other: Reading) -> Mixing | None:
    """None where the sum of two numbers counts something; else why not. The order of the two does not matter."""
    apart = _apart(one.measure, other.measure) or _breakdowns(one.axis, other.axis)
    if apart is not None:
        return apart
    if one.measure.denominator is not None:
        return Mixing.SHARES
    if one.measure.is_within(other.measure) or other.measure.is_within(one.measure):
        return Mixing.PART_TWICE
    if one == other:
        return Mixing.TWICE
    differ = (one.measure.slug != other.measure.slug, one.group != other.group, one.when != other.when)
    if one.when != other.when:
        return _moments(one, other) or (Mixing.SEVERAL if sum(differ) > 1 else None)
    return Mixing.SEVERAL if sum(differ) > 1 else None


def may_subtract(one: Reading, less: Reading) -> Mixing | None:
    """None where `one` without `less` counts something: what came between two days of one cumulative figure, or a whole
    without a part of it at the same moment; else why not."""
    apart = _apart(one.measure, less.measure) or _breakdowns(one.axis, less.axis)
    if apart is not None:
        return apart
    if one.measure.denominator is not None:
        return Mixing.SHARES
    if one == less:
        return Mixing.TWICE
    if one.group != less.group:
        return Mixing.NOT_A_PART
    if one.when == less.when:
        return None if less.measure.is_within(one.measure) else Mixing.NOT_A_PART
    if one.measure.kind is IndicatorKind.SNAPSHOT_ACTIVE:
        return Mixing.DROP_ACTIVE
    if one.measure.kind is IndicatorKind.PERIOD or one.measure.slug != less.measure.slug:
        return Mixing.NOT_A_PART
    return None if less.when.ends < one.when.ends else Mixing.BACKWARDS


def may_draw_together(one: Line, other: Line) -> Mixing | None:
    """None where two series may stand in one chart, and so be compared by eye; else why not. The order does not matter."""
    apart = _apart(one.measure, other.measure) or _breakdowns(one.axis, other.axis)
    if apart is not None:
        return apart
    if (one.measure.slug, one.group) == (other.measure.slug, other.group):
        return Mixing.TWICE
    lengths = {moment.length for moment in (*one.moments, *other.moments)}
    return Mixing.LENGTHS if one.measure.kind is IndicatorKind.PERIOD and len(lengths) > 1 else None


def may_draw(line: Line) -> Mixing | None:
    """None where the numbers of one series may be joined to a line; periods of different lengths may not."""
    if line.measure.kind is not IndicatorKind.PERIOD:
        return None
    moments = sorted(line.moments, key=lambda moment: moment.begins)
    if any(a.shares_days(b) for a, b in pairwise(moments)):
        return Mixing.OVERLAP
    return Mixing.LENGTHS if len({moment.length for moment in line.moments}) > 1 else None


def _apart(one: Measure, other: Measure) -> Mixing | None:
    if one.kind is not other.kind:
        return _KINDS_APART[frozenset({one.kind, other.kind})]
    if one.unit != other.unit:
        return Mixing.UNITS
    return Mixing.DENOMINATORS if one.denominator != other.denominator else None


def _breakdowns(one: str | None, other: str | None) -> Mixing | None:
    if one == other:
        return None
    return Mixing.TOTAL_AND_GROUP if None in (one, other) else Mixing.AXES


def _moments(one: Reading, other: Reading) -> Mixing | None:
    """Why numbers of different moments may not be added."""
    if one.measure.kind is IndicatorKind.SNAPSHOT_ACTIVE:
        return Mixing.DAYS_ACTIVE
    if one.measure.kind is IndicatorKind.CUMULATIVE:
        return Mixing.DAYS_EVER
    return Mixing.OVERLAP if one.when.shares_days(other.when) else None
