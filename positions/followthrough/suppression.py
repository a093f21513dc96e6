"""Pure: which numbers of people are not shown, so that nobody under five is told of and no breakdown lets one be worked out.

The rule, in full, for figures that count people (beds and dollars are not touched):

1. **Under five** (`LEAST`). A number from 0 to 4 is not shown. Zero too: with zeros shown, every hidden number would say that
   somebody is there (GaussSuppression of Statistics Norway protects zeros by default). What came between two days of a figure
   *since the beginning* is a number of people as well, and so is what a breakdown leaves over of its total.
2. **None can be worked out.** Where one number of a breakdown is hidden a second one is, the smallest that is left, until the
   hidden ones are two at least and five people at least together (primary and complementary suppression: Handbook on
   Statistical Disclosure Control, chapters 4 and 5). Both are marked alike.
3. **The standard.** Whoever knows all that is shown finds, for every number under five, a way to fill the tables in which it is
   five or more. Tests hold an exact solver against it (`tests/positions/followthrough/attacker.py`). Whoever knows this rule
   too knows that one of the numbers hidden beside one another is under five, and not which.

What the reader is taken to know: every total and group that is shown, of every breakdown, of the whole a figure is a part of,
at every moment; that groups add up to their total; that a figure since the beginning never goes down; that periods add up to
the period around them. Shares and ratios are worked out from shown numbers only and tell no more. That two figures count the
same people without one being told to be part of the other, nobody here can know: editors say so (`part_of`).

Decisions go from the past to the present and from the whole to its parts, and never look ahead: what is shown stays shown when
later days arrive, so that an old copy of the page gives nothing away either. Numbers that are corrected, or added for days
gone by, are the exception: an old copy then holds the old numbers.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from positions.followthrough.figures import Moment
from positions.followthrough.suppressed_periods import leaves, told_periods
from positions.followthrough.suppressed_rows import LEAST, Carried, hidden_in_row
from positions.followthrough.vocabulary.figures import IndicatorKind

__all__ = ["LEAST", "Counted", "Place", "hidden"]


class Place(NamedTuple):
    """Where a number stands in its figure: when, and which group of which breakdown; neither for the total."""

    when: Moment
    axis: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class Counted:
    """A figure that counts people: every number that is held of it, each a whole number; None where the source does not show
    it. `part_of` is the slug of the figure it is a part of."""

    slug: str
    kind: IndicatorKind
    numbers: Mapping[Place, int | None]
    part_of: str | None = None


@dataclass(frozen=True)
class _Known:
    """A figure with the numbers by moment: its totals, and the rows of its breakdowns; a total that is not held is the sum
    of the fullest breakdown, which anybody can form."""

    figure: Counted
    totals: Mapping[Moment, int | None]
    rows: Mapping[str, Mapping[Moment, Mapping[str, int | None]]]


@dataclass
class _Shown:
    """What is decided so far: the moments whose total may be known, and the groups to hide of each figure, moment and axis."""

    totals: dict[str, frozenset[Moment]] = field(default_factory=dict)
    places: dict[str, set[Place]] = field(default_factory=dict)


def hidden(figures: Sequence[Counted]) -> dict[str, frozenset[Place]]:
    """The places that are not shown, by the slug of their figure. `figures` are all that are parts of one another, or more.

    The same numbers always hide the same places, whatever page asks.
    """
    known = {figure.slug: _known(figure) for figure in figures}
    parts = _parts(known)
    shown = _Shown()
    within = {part for own in parts.values() for part in own}
    for slug, whole in known.items():
        if slug not in within:
            shown.totals[slug] = _totals(whole, [known[one] for one in _family(slug, parts)])
            _decide(slug, known, parts, shown)
    return {
        slug: frozenset(place for place in one.figure.numbers if place not in shown.places[slug])
        for slug, one in known.items()
    }


def _known(figure: Counted) -> _Known:
    rows: dict[str, dict[Moment, dict[str, int | None]]] = {}
    totals: dict[Moment, int | None] = {}
    for place, number in figure.numbers.items():
        if place.axis is None:
            totals[place.when] = number
        else:
            rows.setdefault(place.axis, {}).setdefault(place.when, {})[place.group or ""] = number
    for own in rows.values():
        for when, cells in own.items():
            if Place(when) not in figure.numbers:
                held = totals.get(when)
                totals[when] = max(held or 0, sum(number or 0 for number in cells.values()))
    return _Known(figure, totals, rows)


def _parts(known: Mapping[str, _Known]) -> dict[str, tuple[str, ...]]:
    """The parts of each figure whose own totals are held. A part of another kind is none, nor one of a figure without totals."""
    found: dict[str, tuple[str, ...]] = {}
    for slug, one in known.items():
        whole = known.get(one.figure.part_of or "")
        if whole is not None and whole.figure.kind is one.figure.kind and whole.totals and not _above(slug, known):
            found[whole.figure.slug] = (*found.get(whole.figure.slug, ()), slug)
    return found


def _above(slug: str, known: Mapping[str, _Known]) -> bool:
    """Whether a figure stands, over others, above itself."""
    seen: set[str] = set()
    at: str | None = slug
    while at is not None and at in known and at not in seen:
        seen.add(at)
        at = known[at].figure.part_of
    return at in seen


def _family(slug: str, parts: Mapping[str, Sequence[str]]) -> list[str]:
    return [slug, *(one for part in parts.get(slug, ()) for one in _family(part, parts))]


def _totals(one: _Known, family: Sequence[_Known]) -> frozenset[Moment]:
    """The moments whose total may be known, for a figure that is part of none."""
    if one.figure.kind is IndicatorKind.PERIOD:
        if len(family) == 1:
            return told_periods(one.totals)
        single = leaves({when for member in family for when in member.totals})
        return frozenset(when for when in single & one.totals.keys() if (one.totals[when] or 0) >= LEAST)
    if one.figure.kind is IndicatorKind.SNAPSHOT_ACTIVE:
        return frozenset(when for when, number in one.totals.items() if (number or 0) >= LEAST)
    found, last = set(), 0
    for when in sorted(one.totals, key=lambda when: when.ends):
        number = one.totals[when]
        if number is not None and number - last >= LEAST:
            found.add(when)
            last = number
    return frozenset(found)


def _decide(slug: str, known: Mapping[str, _Known], parts: Mapping[str, Sequence[str]], shown: _Shown) -> None:
    """Decide the breakdowns and the parts of a figure whose totals are decided, and all below."""
    one = known[slug]
    totals = {when: one.totals[when] or 0 for when in shown.totals[slug]}
    places = shown.places.setdefault(slug, {Place(when) for when in totals})
    for axis, rows in one.rows.items():
        if one.figure.kind is IndicatorKind.PERIOD:
            rows = {when: rows[when] for when in leaves(rows)}
        for when, groups in _row_by_row(rows, totals, one.figure.kind).items():
            places |= {Place(when, axis, group) for group in groups}
    row = {
        when: {part: known[part].totals[when] for part in parts.get(slug, ()) if when in known[part].totals}
        for when in totals
    }
    told = _row_by_row({when: cells for when, cells in row.items() if cells}, totals, one.figure.kind)
    for part in parts.get(slug, ()):
        shown.totals[part] = frozenset(when for when, groups in told.items() if part in groups)
        _decide(part, known, parts, shown)


def _row_by_row(
    rows: Mapping[Moment, Mapping[str, int | None]], totals: Mapping[Moment, int], kind: IndicatorKind
) -> dict[Moment, Collection[str]]:
    """The groups that are shown, by moment, of the rows whose total may be known."""
    found: dict[Moment, Collection[str]] = {}
    carried = Carried()
    for when in sorted(rows.keys() & totals.keys(), key=lambda when: when.ends):
        out = hidden_in_row(rows[when], totals[when], carried)
        if out is not None:
            found[when] = rows[when].keys() - out
        if kind is IndicatorKind.CUMULATIVE:
            carried = carried.after(rows[when], totals[when], out)
    return found
