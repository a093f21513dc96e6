"""Which sums of a program are added, and the sentence that says why others are not."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.followthrough.days import PartialDay
from positions.followthrough.money import by_kind
from positions.followthrough.vocabulary.programs import MoneyKind


@dataclass(frozen=True)
class Given:
    kind: MoneyKind
    amount: Decimal
    currency: str
    first: PartialDay | None
    last: PartialDay | None
    giver: str | None


def _sum(amount: int, first: str | None, last: str | None, giver: str | None = "The state", **more: object) -> Given:
    days = [PartialDay.of(day) if day else None for day in (first, last)]
    told = {"kind": MoneyKind.GRANTED, "currency": "USD", **more}
    return Given(amount=Decimal(amount), first=days[0], last=days[1], giver=giver, **told)


@pytest.mark.parametrize(
    ("others", "total", "why"),
    [
        ([], None, ""),
        ([_sum(50, "2027", "2027")], 150, ""),
        ([_sum(50, "2026", "2026", "A foundation")], 150, ""),
        ([_sum(50, "2026-07", "2027-06")], None, "overlap"),
        ([_sum(50, "2026-12", "2026-12", "the STATE")], None, "overlap"),
        ([_sum(50, "2026", "2026", None)], None, "overlap"),
        ([_sum(50, "2027", "2027", None)], 150, ""),
        ([_sum(50, "2027", None)], None, "no time is known"),
        ([_sum(50, "2027", "2027"), _sum(7, "2028-01", "2028-12-31")], 157, ""),
    ],
)
def test_sums_are_added_where_no_money_is_told_twice(others: list[Given], total: int | None, why: str) -> None:
    found = by_kind([_sum(100, "2026", "2026"), *others])
    assert len(found) == 1
    assert found[0].total == total
    assert why in str(found[0].why or "")


def test_kinds_and_currencies_stay_apart_and_in_order() -> None:
    found = by_kind(
        [
            _sum(1, "2026", "2026", kind=MoneyKind.SPENT),
            _sum(2, "2026", "2026"),
            _sum(3, "2026", "2026", currency="EUR"),
            _sum(4, "2027", "2027", kind=MoneyKind.ASKED),
        ]
    )
    assert [(one.kind, one.currency) for one in found] == [
        (MoneyKind.ASKED, "USD"),
        (MoneyKind.GRANTED, "EUR"),
        (MoneyKind.GRANTED, "USD"),
        (MoneyKind.SPENT, "USD"),
    ]
    assert all(one.total is None for one in found)


years = st.integers(2020, 2026)


@given(
    st.lists(st.tuples(st.sampled_from(MoneyKind), st.integers(0, 99), years, years, st.sampled_from("ab")), max_size=8)
)
def test_a_total_is_of_one_kind_of_sums_whose_times_do_not_touch(
    rows: list[tuple[MoneyKind, int, int, int, str]],
) -> None:
    sums = [_sum(n, str(min(a, b)), str(max(a, b)), giver, kind=kind) for kind, n, a, b, giver in rows]
    for found in by_kind(sums):
        assert {one.kind for one in found.sums} == {found.kind}
        assert (found.total is not None) == (len(found.sums) > 1 and found.why is None)
        if found.total is not None:
            assert found.total == sum(one.amount for one in found.sums)
            years_of = [(one.giver, year) for one in found.sums for year in _years(one)]
            assert len(years_of) == len(set(years_of))
    assert sum(len(found.sums) for found in by_kind(sums)) == len(sums)


def _years(one: Given) -> range:
    assert one.first is not None
    assert one.last is not None
    return range(one.first.year, one.last.year + 1)
