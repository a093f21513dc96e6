"""Numbers of people under five are not shown, and nobody can work them out: an exact solver tries."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positions.followthrough.figures import Moment
from positions.followthrough.suppression import LEAST, Counted, Place, hidden
from positions.followthrough.vocabulary.figures import IndicatorKind
from tests.positions.followthrough.attacker import Attacker, Terms, parts_of, rows, steps

SNAPSHOT, EVER, PERIOD = IndicatorKind.SNAPSHOT_ACTIVE, IndicatorKind.CUMULATIVE, IndicatorKind.PERIOD
FIRST = date(2025, 1, 1)
SIZES = st.one_of(st.integers(0, 6), st.integers(0, 30))


def moment(n: int, kind: IndicatorKind) -> Moment:
    starts = FIRST + timedelta(days=30 * n)
    return Moment(starts + timedelta(days=29), starts if kind is PERIOD else None)


@st.composite
def figures(draw: st.DrawFn) -> list[Counted]:
    """A figure with breakdowns and perhaps parts, at up to four moments; sometimes groups leave somebody over."""
    kind = draw(st.sampled_from(IndicatorKind))
    moments = [moment(n, kind) for n in range(draw(st.integers(1, 4 if kind is EVER else 2)))]
    parts = draw(st.integers(0, 3))
    axes = {axis: draw(st.integers(1, 4)) for axis in draw(st.sets(st.sampled_from(["gender", "referral"])))}
    numbers: dict[str, dict[Place, int | None]] = {"whole": {}, **{f"part{n}": {} for n in range(parts)}}
    last: dict[tuple[str, str, str], int] = {}
    lasting = draw(st.sampled_from([0, 0, 1, 7]))
    for when in moments:

        def grown(*series: str) -> int:
            key = (series[0], series[1], series[2])
            last[key] = draw(SIZES) + (last.get(key, 0) if kind is EVER else 0)
            return last[key]

        for n in range(parts):
            numbers[f"part{n}"][Place(when)] = grown(f"part{n}", "", "")
        rest = grown("whole", "", "") if not parts or lasting else 0
        total = sum(numbers[f"part{n}"][Place(when)] or 0 for n in range(parts)) + rest
        numbers["whole"][Place(when)] = total
        for axis, groups in axes.items():
            left = total - lasting if total > lasting else total
            for n in range(groups):
                low = last.get((axis, str(n), "")) or 0
                others = sum(last.get((axis, str(m), "")) or 0 for m in range(n + 1, groups))
                if kind is not EVER:
                    low = others = 0
                spare = max(left - low - others, 0)
                value = low + (spare if n == groups - 1 else draw(st.integers(0, spare)))
                last[axis, str(n), ""] = value
                left -= value
                numbers["whole"][Place(when, axis, str(n))] = value
    return [Counted(slug, kind, own, None if slug == "whole" else "whole") for slug, own in numbers.items()]


def secrets(held: Sequence[Counted]) -> list[tuple[Terms, int]]:
    """What nobody may be able to tell: numbers under five, small growth between two days, and small remainders."""
    truth = {(one.slug, place): number or 0 for one in held for place, number in one.numbers.items()}
    found: list[Terms] = [{cell: 1} for cell in truth]
    for one in held:
        if one.kind is EVER:
            found += [{late: 1, early: -1} for early, late in steps(one)]
        rests = ({whole: 1, **dict.fromkeys(parts, -1)} for whole, parts in (*rows(one), *parts_of(one, held)))
        found += [terms for terms in rests if sum(truth[cell] * n for cell, n in terms.items()) > 0]
    values = [(terms, sum(truth[cell] * n for cell, n in terms.items())) for terms in found]
    return [(terms, value) for terms, value in values if 0 <= value < LEAST]


def attack(held: Sequence[Counted], out: Mapping[str, frozenset[Place]]) -> None:
    attacker = Attacker(held, out)
    for terms, value in secrets(held):
        assert attacker.most(terms) >= LEAST, (terms, value, out)


@settings(max_examples=40)
@given(figures())
def test_whoever_knows_all_that_is_shown_cannot_tell_that_a_number_is_under_five(held: list[Counted]) -> None:
    out = hidden(held)
    for one in held:
        assert all(place in out[one.slug] for place, number in one.numbers.items() if number is None or number < LEAST)
    attack(held, out)


@settings(max_examples=40)
@given(st.data())
def test_months_quarters_and_a_year_do_not_tell_of_one_another(data: st.DataObject) -> None:
    months = [data.draw(SIZES) for _ in range(6)]
    spans = data.draw(st.sets(st.sampled_from([(0, 2), (3, 5), (0, 5), (0, 1), (1, 3)]), max_size=4))
    held = [n for n in range(6) if data.draw(st.integers(0, 5))]
    numbers: dict[Place, int | None] = {Place(moment(n, PERIOD)): months[n] for n in held}
    numbers |= {
        Place(Moment(moment(end, PERIOD).ends, moment(start, PERIOD).starts)): sum(months[start : end + 1])
        for start, end in spans
    }
    whole = [Counted("entries", PERIOD, numbers)]
    attack(whole, hidden(whole))


@settings(max_examples=60)
@given(figures())
def test_later_numbers_hide_and_show_nothing_of_the_earlier_ones(held: list[Counted]) -> None:
    """An old copy of the page gives nothing away: it shows what is shown now."""
    last = max(place.when.ends for one in held for place in one.numbers)
    before = [
        Counted(
            one.slug, one.kind, {place: n for place, n in one.numbers.items() if place.when.ends < last}, one.part_of
        )
        for one in held
    ]
    now, then = hidden(held), hidden(before)
    assert all(then[one.slug] == now[one.slug] & one.numbers.keys() for one in before)


DAY = moment(0, SNAPSHOT)


def row(total: int | None, **groups: int | None) -> list[Counted]:
    """One breakdown on one day."""
    numbers: dict[Place, int | None] = {Place(DAY, "gender", group): number for group, number in groups.items()}
    return [Counted("active", SNAPSHOT, {**numbers, **({} if total is None else {Place(DAY): total})})]


@pytest.mark.parametrize(
    ("total", "groups", "out"),
    [
        (45, {"a": 20, "b": 25}, ""),
        (47, {"a": 20, "b": 25, "c": 2}, "ac"),  # the smallest other one too
        (49, {"a": 20, "b": 25, "c": 2, "d": 2}, "acd"),  # two that are four together tell of four
        (50, {"a": 20, "b": 25, "c": 4, "d": 1}, "cd"),
        (45, {"a": 20, "b": 25, "c": 0}, "ac"),  # a zero is under five
        (22, {"a": 20, "b": 2}, "ab"),
        (47, {"a": 20, "b": 25}, "ab"),  # two are in no group: whoever takes the groups from the total finds them
        (55, {"a": 20, "b": 25}, ""),
        (None, {"a": 20, "b": 25, "c": 2}, "ac"),  # another breakdown may add up to the total
        (4, {"a": 4, "b": 0}, "ab"),
        (45, {"a": 20, "b": None, "c": 20}, "ab"),  # what the source hid is not worked out for it
    ],
)
def test_one_row(total: int | None, groups: dict[str, int | None], out: str) -> None:
    found = hidden(row(total, **groups))["active"]
    assert {place.group for place in found if place.axis} == set(out)
    assert (Place(DAY) in found) == (total is not None and total < LEAST)


def ever(*totals: int) -> dict[Place, int | None]:
    return {Place(moment(n, EVER)): total for n, total in enumerate(totals)}


def test_a_figure_since_the_beginning_moves_when_five_more_have_come() -> None:
    found = hidden([Counted("ever", EVER, ever(3, 6, 8, 10, 11, 16, 16))])["ever"]
    assert [Place(moment(n, EVER)) in found for n in range(7)] == [True, False, True, True, False, False, True]


def test_a_small_part_hides_its_sister_and_not_the_whole() -> None:
    """Two people were referred instead of arrest, most by social contact: neither number may stand beside the total."""
    held = [
        Counted("entries", EVER, ever(71)),
        Counted("instead-of-arrest", EVER, ever(2), "entries"),
        Counted("social-contact", EVER, ever(69), "entries"),
    ]
    found = hidden(held)
    assert [len(found[one.slug]) for one in held] == [0, 1, 1]


def test_a_group_comes_back_when_it_and_those_hidden_with_it_have_grown_by_five() -> None:
    numbers: dict[Place, int | None] = {}
    for n, (a, b, c) in enumerate([(2, 10, 40), (6, 10, 46), (7, 11, 52), (7, 16, 60)]):
        when = moment(n, EVER)
        groups = {Place(when, "route", name): number for name, number in (("a", a), ("b", b), ("c", c))}
        numbers |= {Place(when): a + b + c, **groups}
    held = [Counted("ever", EVER, numbers)]
    found = hidden(held)["ever"]
    shown = [{name for name in "abc" if Place(moment(n, EVER), "route", name) not in found} for n in range(4)]
    assert shown == [{"c"}, set(), {"a", "b", "c"}, {"c"}]
    attack(held, {"ever": found})


def test_a_month_that_is_hidden_is_not_what_the_year_leaves_of_the_other_months() -> None:
    months = {Place(moment(n, PERIOD)): number for n, number in enumerate((9, 3, 12))}
    quarter = Place(Moment(moment(2, PERIOD).ends, FIRST))
    found = hidden([Counted("entries", PERIOD, {**months, quarter: 24})])["entries"]
    assert found == {Place(moment(1, PERIOD)), quarter}
    found = hidden([Counted("entries", PERIOD, {quarter: 24})])["entries"]
    assert found == frozenset()


def test_a_whole_that_is_part_of_itself_is_no_whole() -> None:
    one, other = Counted("a", SNAPSHOT, {Place(DAY): 9}, "b"), Counted("b", SNAPSHOT, {Place(DAY): 3}, "a")
    assert hidden([one, other]) == {"a": frozenset(), "b": frozenset({Place(DAY)})}
