"""Where the marks of a chart stand: from zero, within the frame, with a gap wherever a number is not shown."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from positions.followthrough.charting import Mark, ceiling, plot

DAY = date(2025, 1, 1)
NUMBERS = st.one_of(st.none(), st.decimals(0, 10**9, places=2))


@given(st.lists(st.lists(NUMBERS, max_size=12), min_size=1, max_size=3))
def test_every_number_shown_is_a_mark_within_the_frame_and_every_other_a_gap(
    series: list[list[Decimal | None]],
) -> None:
    points = [[(DAY + timedelta(days=30 * n), number) for n, number in enumerate(numbers)] for numbers in series]
    drawn = plot(points)
    if drawn is None:
        assert all(number is None for numbers in series for number in numbers)
        return
    assert drawn.top >= max(number for numbers in series for number in numbers if number is not None)
    for numbers, curve in zip(series, drawn.curves, strict=True):
        marks = [mark for run in curve.runs for mark in run]
        assert len(marks) == sum(number is not None for number in numbers)
        assert len(curve.gaps) == sum(number is None for number in numbers)
        assert all(0 <= mark.x <= 1 and 0 <= mark.y <= 1 for mark in marks)
        assert len(curve.runs) <= len(curve.gaps) + 1


def test_zero_lies_on_the_floor_and_a_gap_parts_a_line() -> None:
    days = [DAY, DAY + timedelta(days=1), DAY + timedelta(days=2), DAY + timedelta(days=4)]
    drawn = plot([list(zip(days, (Decimal(0), None, Decimal(7), Decimal(10)), strict=True))])
    assert drawn is not None and drawn.top == 10
    assert drawn.curves[0].runs == ((Mark(0, 0),), (Mark(0.5, 0.7), Mark(1, 1)))
    assert drawn.curves[0].gaps == (0.25,)


def test_the_top_is_a_round_number() -> None:
    assert [ceiling(Decimal(n)) for n in ("0", "0.3", "1", "7", "38", "112", "12900000")] == [
        1,
        Decimal("0.5"),
        1,
        10,
        50,
        200,
        20_000_000,
    ]
