"""Tables of numbers as people publish them: long and wide, with days, months, quarters and years, and numbers that are hidden."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.followthrough import observation_days as days
from positions.followthrough.figures import Moment
from positions.followthrough.observation_files import Columns, Read, Words, read, recognised, sheet
from positions.followthrough.observations import Countable, preview
from positions.followthrough.suppression import Place
from positions.followthrough.vocabulary.figures import IndicatorKind
from transcripts.errors import BadFile

EVER, PERIOD = IndicatorKind.CUMULATIVE, IndicatorKind.PERIOD
ROUTE = {
    "arrest": "arrest",
    "instead of arrest": "arrest",
    "en vez de arresto": "arrest",
    "social contact": "social",
    "social": "social",
}
WORDS = Words(EVER, {"route": ROUTE, "gender": {"women": "women", "men": "men"}})

WIDE = """\
Date,Total,Instead of arrest,Social contact,Notes
2026-01-31,50,6,42,
2026-02,"1,080",<5,*,late
2026-Q1,,0,-,
"""
LONG = """\
month;category;count
enero de 2026;En vez de arresto;6
Feb 2026;Social contact;1 042
2/2026;Social contact;9
2026-03-31;;70
2026-03-31;Bus;3
"""


def taken(text: str, words: Words = WORDS, kept: Columns | None = None) -> Read:
    table = sheet(text)
    columns = recognised(table, words, kept)
    assert columns is not None
    return read(table, columns, words)


def told(result: Read) -> list[tuple[str, str | None, int | None]]:
    return [
        (one.place.when.ends.isoformat(), one.place.group, None if one.value is None else int(one.value))
        for one in result.found
    ]


def test_a_column_a_group() -> None:
    assert told(taken(WIDE)) == [
        ("2026-01-31", "arrest", 6),
        ("2026-01-31", "social", 42),
        ("2026-01-31", None, 50),
        ("2026-02-28", "arrest", None),
        ("2026-02-28", "social", None),
        ("2026-02-28", None, 1080),
        ("2026-03-31", "arrest", 0),
    ]


def test_a_row_a_number_and_every_row_that_cannot_be_read_with_its_line() -> None:
    table = sheet(LONG)
    result = read(table, Columns("month", None, "count", "route", "category"), WORDS)
    assert told(result) == [("2026-01-31", "arrest", 6), ("2026-02-28", "social", 1042), ("2026-03-31", None, 70)]
    assert [(one.line, str(one.said)[:15]) for one in result.problems] == [
        (4, "month: “2/2026”"),
        (6, "category: “Bus”"),
    ]


def test_columns_are_kept_and_used_again_while_the_table_has_them() -> None:
    columns = Columns("Date", None, "Total", "route", None, (("Social contact", "social"),), ",", True)
    assert Columns.of(columns.as_json()) == columns
    assert recognised(sheet(WIDE), WORDS, columns) == columns
    assert recognised(sheet(WIDE.replace("Total", "All")), WORDS, columns) != columns
    with pytest.raises(BadFile, match="There is no column “Total”"):
        read(sheet(WIDE.replace("Total", "All")), columns, WORDS)


def test_a_table_without_days_or_numbers_is_not_guessed_at() -> None:
    assert recognised(sheet("who,what\na,b\n"), WORDS) is None
    assert recognised(sheet("date,what\n2026,b\n"), WORDS) is None
    with pytest.raises(BadFile, match="at least one row"):
        sheet("date,value\n")


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2026-09-30", "2026-09-30", "2026-09-30"),
        ("2026-09", "2026-09-01", "2026-09-30"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("Q4 2025", "2025-10-01", "2025-12-31"),
        ("T1 2025", "2025-01-01", "2025-03-31"),
        ("September 30, 2026", "2026-09-30", "2026-09-30"),
        ("30 de septiembre de 2026", "2026-09-30", "2026-09-30"),
        ("Sept. 2026", "2026-09-01", "2026-09-30"),
        ("9/30/2026", "2026-09-30", "2026-09-30"),
        ("5/5/2026", "2026-05-05", "2026-05-05"),
    ],
)
def test_days_as_tables_print_them(cell: str, first: str, last: str) -> None:
    by_day = days.day_first([cell])
    assert days.days_of(cell, by_day) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("cell", ["3/4/2026", "31 June 2026", "2026-13", "soon", "", "0000", "1/2026", "2026-02-30"])
def test_what_is_no_day_or_could_be_two_is_not_read(cell: str) -> None:
    assert days.days_of(cell, None) is None


def test_a_column_shows_which_number_is_the_day() -> None:
    assert days.day_first(["3/4/2026", "30/4/2026"]) is True
    assert days.day_first(["3/4/2026", "4/30/2026"]) is False
    assert days.day_first(["4/30/2026", "30/4/2026"]) is None
    assert days.days_of("3/4/2026", True) == (date(2026, 4, 3),) * 2


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("1,234", ".", "1234"),
        ("1 234.5", ".", "1234.5"),
        ("12,900,000", ".", "12900000"),
        ("$640,000", ".", "640000"),
        ("1.234", ",", "1234"),
        ("1.234,5", ",", "1234.5"),
        ("12,5", ",", "12.5"),
        ("0", ".", "0"),
        ("12,34", ".", None),
        ("1.5", ",", None),
        ("=1+1", ".", None),
        ("١٢", ".", None),
        ("1e9", ".", None),
        ("9" * 40, ".", None),
    ],
)
def test_numbers_as_tables_print_them(cell: str, decimal: str, value: str | None) -> None:
    assert days.number(cell, decimal) == (None if value is None else Decimal(value))


@given(st.text(max_size=200))
def test_no_table_ends_in_anything_but_numbers_or_a_refusal(text: str) -> None:
    try:
        table = sheet(text)
    except BadFile:
        return
    columns = recognised(table, WORDS) or Columns(table.names[0], None, table.names[-1])
    read(table, columns, WORDS)


def test_a_preview_tells_the_new_the_changed_and_the_same() -> None:
    result = taken("date,value\n2026-01-31,50\n2026-02-28,81\n2026-03-31,90\n2026-04-30,70\n")
    held = {Place(Moment(date(2026, 1, 31))): Decimal(50), Place(Moment(date(2026, 2, 28))): Decimal(80)}
    planned = preview(Countable(EVER, True, {}), held, result.found, date(2026, 11, 1))
    assert [one.line for one in planned.new] == [4, 5] and [one.line for one in planned.changed] == [3]
    assert planned.same == 1 and planned.refused == ()
    assert [str(one.said)[:28] for one in planned.problems] == ["A number since the beginning"]


def test_periods_are_read_from_one_column_or_from_two() -> None:
    words = Words(PERIOD, {})
    assert taken("month,value\n2026-02,7\n", words).found[0].place.when == Moment(date(2026, 2, 28), date(2026, 2, 1))
    both = taken("from,to,value\n2026-02-02,2026-03-31,7\n", words)
    assert both.found[0].place.when == Moment(date(2026, 3, 31), date(2026, 2, 2))
