"""Which figures may be put together: nothing mixed is let through, and every refusal has its sentence."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from positions.followthrough.figures import (
    MIXING_WORDS,
    Line,
    Measure,
    Mixing,
    Moment,
    Reading,
    may_add,
    may_draw,
    may_draw_together,
    may_subtract,
)
from positions.followthrough.vocabulary.figures import IndicatorKind

DAYS = st.sampled_from([date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)])


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    """What figures count: few values, so that two of them often agree in all but one."""
    return Measure(
        draw(st.sampled_from(["entries", "arrests", "beds"])),
        draw(st.sampled_from(IndicatorKind)),
        draw(st.sampled_from(["people", "dollars"])),
        draw(st.sampled_from([None, None, "those asked"])),
        draw(st.sampled_from([None, "entries"])),
    )


@st.composite
def moments(draw: st.DrawFn, kind: IndicatorKind) -> Moment:
    ends = draw(DAYS)
    long = draw(st.sampled_from([0, 30, 60]))
    return Moment(ends, ends - timedelta(days=long) if kind is IndicatorKind.PERIOD else None)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    measure = draw(measures())
    axis = draw(st.sampled_from([None, "gender", "referral"]))
    group = draw(st.sampled_from(["a", "b"])) if axis else None
    return Reading(measure, draw(moments(measure.kind)), axis, group)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    one = draw(readings())
    when = draw(st.lists(moments(one.measure.kind), min_size=1, max_size=3))
    return Line(one.measure, tuple(when), one.axis, one.group)


@given(readings(), readings())
def test_a_sum_is_of_one_kind_one_unit_one_breakdown_and_one_difference(one: Reading, other: Reading) -> None:
    assert may_add(one, other) is may_add(other, one)
    assert may_add(one, one) is not None
    if may_add(one, other) is None:
        assert one.measure.kind is other.measure.kind
        assert one.measure.unit == other.measure.unit
        assert one.measure.denominator is None and other.measure.denominator is None
        assert one.axis == other.axis
        assert one.when == other.when or one.measure.kind is IndicatorKind.PERIOD
        assert one.when == other.when or not one.when.shares_days(other.when)
        differ = (one.measure.slug != other.measure.slug, one.group != other.group, one.when != other.when)
        assert sum(differ) <= 1


@given(readings(), readings())
def test_a_difference_is_a_period_of_one_figure_or_a_whole_without_its_part(one: Reading, less: Reading) -> None:
    assert may_subtract(one, one) is not None
    if may_subtract(one, less) is None:
        assert one.measure.kind is less.measure.kind and one.measure.unit == less.measure.unit
        assert (one.axis, one.group) == (less.axis, less.group)
        assert may_subtract(less, one) is not None or one.measure.is_within(less.measure)
        if one.when == less.when:
            assert less.measure.is_within(one.measure)
        else:
            assert one.measure.kind is IndicatorKind.CUMULATIVE and one.measure.slug == less.measure.slug
            assert less.when.ends < one.when.ends


@given(lines(), lines())
def test_one_chart_holds_one_kind_one_unit_one_whole_and_one_breakdown(one: Line, other: Line) -> None:
    assert may_draw_together(one, other) is may_draw_together(other, one)
    if may_draw_together(one, other) is None:
        assert one.measure.kind is other.measure.kind and one.measure.unit == other.measure.unit
        assert one.measure.denominator == other.measure.denominator
        assert one.axis == other.axis
        lengths = {moment.length for moment in (*one.moments, *other.moments)}
        assert one.measure.kind is not IndicatorKind.PERIOD or len(lengths) == 1


def test_every_rule_has_its_sentence() -> None:
    assert set(MIXING_WORDS) == set(Mixing)
    assert all(words.endswith(".") for words in MIXING_WORDS.values())
    assert len(set(MIXING_WORDS.values())) == len(Mixing)


ACTIVE = Measure("active", IndicatorKind.SNAPSHOT_ACTIVE, "people")
EVER = Measure("ever", IndicatorKind.CUMULATIVE, "people")
MONTHLY = Measure("monthly", IndicatorKind.PERIOD, "people")
MARCH, APRIL = Moment(date(2025, 3, 31), date(2025, 3, 1)), Moment(date(2025, 4, 30), date(2025, 4, 1))
SPRING = Moment(date(2025, 5, 31), date(2025, 3, 1))


def test_the_board_that_shows_active_cases_never_meets_the_number_since_the_beginning() -> None:
    one, other = Reading(ACTIVE, Moment(MARCH.ends)), Reading(EVER, Moment(MARCH.ends))
    for refused in (may_add, may_subtract):
        assert refused(one, other) is Mixing.ACTIVE_EVER
        assert refused(other, one) is Mixing.ACTIVE_EVER
    assert may_draw_together(Line(ACTIVE, (one.when,)), Line(EVER, (one.when,))) is Mixing.ACTIVE_EVER


def test_two_days_are_not_added_and_their_difference_is_no_flow() -> None:
    early, late = Moment(MARCH.ends), Moment(APRIL.ends)
    assert may_add(Reading(ACTIVE, early), Reading(ACTIVE, late)) is Mixing.DAYS_ACTIVE
    assert may_add(Reading(EVER, early), Reading(EVER, late)) is Mixing.DAYS_EVER
    assert may_subtract(Reading(ACTIVE, late), Reading(ACTIVE, early)) is Mixing.DROP_ACTIVE
    assert may_subtract(Reading(EVER, late), Reading(EVER, early)) is None
    assert may_subtract(Reading(EVER, early), Reading(EVER, late)) is Mixing.BACKWARDS


def test_periods_are_added_where_they_share_no_day_and_drawn_where_they_are_as_long() -> None:
    assert may_add(Reading(MONTHLY, MARCH), Reading(MONTHLY, APRIL)) is None
    assert may_add(Reading(MONTHLY, MARCH), Reading(MONTHLY, SPRING)) is Mixing.OVERLAP
    assert may_draw(Line(MONTHLY, (MARCH, APRIL))) is None
    assert may_draw(Line(MONTHLY, (MARCH, SPRING))) is Mixing.OVERLAP
    june = Moment(date(2025, 8, 31), date(2025, 6, 1))
    assert may_draw(Line(MONTHLY, (MARCH, APRIL, june))) is Mixing.LENGTHS
    assert may_draw_together(Line(MONTHLY, (MARCH,)), Line(Measure("b", IndicatorKind.PERIOD, "people"), (june,)))


def test_a_part_is_taken_from_its_whole_and_never_added_to_it() -> None:
    part = Measure("arrests", IndicatorKind.CUMULATIVE, "people", None, "ever")
    day = Moment(MARCH.ends)
    assert may_add(Reading(part, day), Reading(EVER, day)) is Mixing.PART_TWICE
    assert may_subtract(Reading(EVER, day), Reading(part, day)) is None
    assert may_subtract(Reading(part, day), Reading(EVER, day)) is Mixing.NOT_A_PART


def test_one_breakdown_at_a_time() -> None:
    day = Moment(MARCH.ends)
    women, blacks = Reading(ACTIVE, day, "gender", "women"), Reading(ACTIVE, day, "race", "black")
    assert may_add(women, blacks) is Mixing.AXES
    assert may_add(women, Reading(ACTIVE, day)) is Mixing.TOTAL_AND_GROUP
    assert may_add(women, Reading(ACTIVE, day, "gender", "men")) is None
