"""Pure: which totals of periods are shown where periods lie within one another, as months in a year (`suppression`)."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from positions.followthrough.figures import Moment
from positions.followthrough.suppressed_rows import LEAST


def leaves(moments: Collection[Moment]) -> frozenset[Moment]:
    """The periods that lie whole beside one another and hold no other one."""
    kept = _beside_or_within(moments)
    return frozenset(one for one in kept if not _within(one, kept))


def told_periods(totals: Mapping[Moment, int | None]) -> frozenset[Moment]:
    """The periods whose total is shown: five at least, and no period within is told by what the others leave of it.

    A longer period is shown if all in it is, or if what is not shown in it is two periods at least and five people at least.
    """
    kept = _beside_or_within(totals)
    shown: set[Moment] = set()
    for when in sorted(kept, key=lambda one: one.days):
        number = totals[when] or 0
        told, held_back, gaps = _pieces(when, kept, shown, totals)
        rest = number - told
        apart = not held_back and not gaps
        if number >= LEAST and (apart or (rest >= LEAST and (held_back != 1 or gaps > 0))):
            shown.add(when)
    return frozenset(shown)


def _beside_or_within(moments: Collection[Moment]) -> tuple[Moment, ...]:
    """The moments without those that share days with an earlier one and neither hold it nor lie in it."""
    kept: list[Moment] = []
    for one in sorted(moments, key=lambda one: (one.ends, one.days)):
        near = kept[bisect_left(kept, one.begins, key=_ends) :]  # all others end before it begins
        if not any(one.shares_days(other) and not one.holds(other) and not other.holds(one) for other in near):
            kept.append(one)
    return tuple(kept)


def _ends(one: Moment) -> date:
    return one.ends


def _within(one: Moment, kept: Sequence[Moment]) -> list[Moment]:
    """Those it holds, of moments in the order of their last days."""
    first, last = bisect_left(kept, one.begins, key=_ends), bisect_right(kept, one.ends, key=_ends)
    return [other for other in kept[first:last] if one.holds(other)]


def _pieces(
    when: Moment, kept: Sequence[Moment], shown: Collection[Moment], totals: Mapping[Moment, int | None]
) -> tuple[int, int, int]:
    """Of a period: how many people the shown periods in it tell of, how many held periods in it are hidden, and in how many
    stretches of it nothing is held."""
    inner = _within(when, kept)
    outer = [one for one in inner if not any(other.holds(one) for other in inner)]
    told, held_back, gaps = 0, 0, int(sum(one.days for one in outer) < when.days)
    for one in outer:
        if one in shown:
            told += totals[one] or 0
        elif _within(one, inner):
            deeper = _pieces(one, inner, shown, totals)
            told, held_back, gaps = told + deeper[0], held_back + deeper[1], gaps + deeper[2]
        else:
            held_back += 1
    return told, held_back, gaps
