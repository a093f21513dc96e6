"""Somebody who knows every number that is shown and how the numbers hang together: exact bounds for what is hidden.

An integer program (scipy's HiGHS) over one unknown for every number that is held, shown or not. It is told the truth about
the world: groups that add up to their total are known to, groups that overlap are not.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from positions.followthrough.suppression import LEAST, Counted, Place
from positions.followthrough.vocabulary.figures import IndicatorKind

Cell = tuple[str, Place]
Terms = Mapping[Cell, int]
MOST = 10_000


class Attacker:
    """`held` is the truth, `hidden` what is not shown of it."""

    def __init__(self, held: Sequence[Counted], hidden: Mapping[str, frozenset[Place]]) -> None:
        self.truth = {(one.slug, place): number for one in held for place, number in one.numbers.items()}
        self.at = {cell: n for n, cell in enumerate(self.truth)}
        self.hidden = {(slug, place) for slug, places in hidden.items() for place in places}
        self.rules: list[tuple[Terms, float, float]] = []
        for one in held:
            self._learn(one, held)

    def most(self, terms: Terms) -> int:
        """The most that a sum of unknowns can be, as far as anybody can tell; a way to fill the tables so is checked."""
        filled = self._filled(terms, presolve=True)
        if amount(terms, filled) < LEAST:
            filled = self._filled(terms, presolve=False)
        for rule, low, high in self.rules:
            assert low <= amount(rule, filled) <= high
        assert all(filled[cell] == (self.truth[cell] or 0) for cell in self.at.keys() - self.hidden)
        return amount(terms, filled)

    def _filled(self, terms: Terms, presolve: bool) -> dict[Cell, int]:
        """The tables filled so that the sum is greatest. HiGHS 1.12 at times misses the greatest when it simplifies first."""
        aim, shown, most = (np.zeros(len(self.at)) for _ in range(3))
        rows = np.zeros((len(self.rules) + 1, len(self.at)))
        for cell, n in self.at.items():
            aim[n] = -terms.get(cell, 0)
            shown[n], most[n] = (0, MOST) if cell in self.hidden else (self.truth[cell] or 0,) * 2
        for n, (rule, _, _) in enumerate(self.rules):
            for cell, times in rule.items():
                rows[n, self.at[cell]] = times
        limits = LinearConstraint(
            rows, [*(low for _, low, _ in self.rules), 0], [*(high for _, _, high in self.rules), 0]
        )
        found = milp(
            aim,
            constraints=limits,
            bounds=Bounds(shown, most),
            integrality=np.ones(len(self.at)),
            options={"presolve": presolve},
        )
        assert found.success, found.message
        return {cell: round(found.x[n]) for cell, n in self.at.items()}

    def _learn(self, one: Counted, held: Sequence[Counted]) -> None:
        for whole, parts in (*rows(one), *parts_of(one, held)):
            rest = (self.truth[whole] or 0) - sum(self.truth[part] or 0 for part in parts)
            if rest >= 0:
                self.rules.append(({whole: 1, **dict.fromkeys(parts, -1)}, 0, 0 if rest == 0 else np.inf))
        if one.kind is IndicatorKind.CUMULATIVE:
            for early, late in steps(one):
                self.rules.append(({late: 1, early: -1}, 0, np.inf))
        if one.kind is IndicatorKind.PERIOD:
            for outer, inner in nested(one):
                whole = sum(cell[1].when.days for cell in inner) == outer[1].when.days
                self.rules.append(({outer: 1, **dict.fromkeys(inner, -1)}, 0, 0 if whole else np.inf))


def rows(one: Counted) -> Iterator[tuple[Cell, list[Cell]]]:
    """Each total with the groups of one breakdown of it."""
    for when, axis in {(place.when, place.axis) for place in one.numbers if place.axis is not None}:
        if Place(when) in one.numbers:
            yield (
                (one.slug, Place(when)),
                [(one.slug, place) for place in one.numbers if (place.when, place.axis) == (when, axis)],
            )


def parts_of(one: Counted, held: Sequence[Counted]) -> Iterator[tuple[Cell, list[Cell]]]:
    """Each total, and each group, with those of the figures that are parts of it."""
    for place in one.numbers:
        parts = [(part.slug, place) for part in held if part.part_of == one.slug and place in part.numbers]
        if parts:
            yield (one.slug, place), parts


def steps(one: Counted) -> Iterator[tuple[Cell, Cell]]:
    """Every two moments of each series, the earlier first."""
    for early in one.numbers:
        for late in one.numbers:
            if (early.axis, early.group) == (late.axis, late.group) and early.when.ends < late.when.ends:
                yield (one.slug, early), (one.slug, late)


def nested(one: Counted) -> Iterator[tuple[Cell, list[Cell]]]:
    """Each period with the largest periods of the same series that lie in it beside one another."""
    for outer in one.numbers:
        series = [place for place in one.numbers if (place.axis, place.group) == (outer.axis, outer.group)]
        inner = [place for place in series if outer.when.holds(place.when)]
        inner = [place for place in inner if not any(other.when.holds(place.when) for other in inner)]
        if inner and not any(a.when.shares_days(b.when) for a in inner for b in inner if a != b):
            yield (one.slug, outer), [(one.slug, place) for place in inner]


def amount(terms: Terms, filled: Mapping[Cell, int]) -> int:
    """What a sum comes to in tables filled so."""
    return sum(filled[cell] * times for cell, times in terms.items())
