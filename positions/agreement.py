"""How far people who coded the same things independently agree.

Whatever is coded (a cell of the comparison, a turn, a sentence) is a unit; what one person says of it is a code. A figure that
cannot be computed is no number but a reason: a zero or a one in its place would be read as a result.

Krippendorff, Content Analysis (2004) and "On the reliability of unitizing continuous data" (1995); Gwet, "Computing inter-rater
reliability and its variance in the presence of high agreement" (2008); Cohen (1960); Scott (1955).
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TypeVar

Code = TypeVar("Code", bound=Hashable)
Number = int | float


class Why(StrEnum):
    """Why there is no figure."""

    NO_PAIRS = "Nothing was coded by two people."
    ONE_VALUE = "Everyone used one value."
    NOT_NUMBERS = "The codes are not numbers."
    NOTHING_MARKED = "Nobody marked anything."
    NOT_ALL = "Not everybody judged everything."


@dataclass(frozen=True)
class Figure:
    """A figure of agreement, or why there is none; exactly one of the two is set."""

    value: float | None = None
    why: Why | None = None


@dataclass(frozen=True)
class Unit:
    """What one person marked of a text: code points [start, end)."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """In code points."""
        return self.end - self.start


def percent(units: Iterable[Sequence[Hashable]]) -> Figure:
    """The share of pairs of codes given to one unit that are equal, 0 to 1; a unit coded by many counts by all its pairs."""
    pairs = equal = 0
    for codes in units:
        pairs += len(codes) * (len(codes) - 1)
        equal += _equal_pairs(Counter(codes))
    return Figure(equal / pairs) if pairs else Figure(why=Why.NO_PAIRS)


def alpha_nominal(units: Iterable[Sequence[Hashable]]) -> Figure:
    """Krippendorff's alpha where codes are equal or not: 1 is perfect, 0 what chance would give, below 0 is worse."""
    return _alpha([_Part.of(codes) for codes in units if len(codes) > 1])


def alpha_interval(units: Iterable[Sequence[Number]]) -> Figure:
    """Krippendorff's alpha where codes are numbers and how far they lie apart counts, squared."""
    coded = [codes for codes in units if len(codes) > 1]
    if not coded:
        return Figure(why=Why.NO_PAIRS)
    every = [code for codes in coded for code in codes]
    expected = _squares(every) / (len(every) - 1)
    if not expected:
        return Figure(why=Why.ONE_VALUE)
    return Figure(1 - sum(_squares(codes) / (len(codes) - 1) for codes in coded) / expected)


def ac1(units: Iterable[Sequence[Hashable]]) -> Figure:
    """Gwet's AC1: stays near the raw agreement where a code is rare, and alpha falls to nothing."""
    counted = [(len(codes), Counter(codes)) for codes in units if codes]
    paired = [_equal_pairs(counts) / (n * (n - 1)) for n, counts in counted if n > 1]
    if not paired:
        return Figure(why=Why.NO_PAIRS)
    shares: dict[Hashable, float] = defaultdict(float)
    for n, counts in counted:
        for code, times in counts.items():
            shares[code] += times / n / len(counted)
    if len(shares) < 2:
        return Figure(why=Why.ONE_VALUE)
    by_chance = sum(share * (1 - share) for share in shares.values()) / (len(shares) - 1)
    return Figure((sum(paired) / len(paired) - by_chance) / (1 - by_chance))


def kappa(pairs: Collection[tuple[Hashable, Hashable]]) -> Figure:
    """Cohen's kappa of two people over the units both coded: each is expected to go on using codes as often as they did."""
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    return _chance_corrected(pairs, lambda code: first[code] * second[code] / len(pairs) ** 2)


def pi(pairs: Collection[tuple[Hashable, Hashable]]) -> Figure:
    """Scott's pi of two people: both are expected to use codes as often as the two together did."""
    both = Counter(code for pair in pairs for code in pair)
    return _chance_corrected(pairs, lambda code: (both[code] / (2 * len(pairs))) ** 2)


def pairwise(coded: Mapping[str, Mapping[str, Hashable]]) -> dict[tuple[str, str], Figure]:
    """Cohen's kappa for every two people; `coded` is unit → person → code."""
    people = sorted({person for codes in coded.values() for person in codes})
    return {
        (one, other): kappa([(codes[one], codes[other]) for codes in coded.values() if one in codes and other in codes])
        for one, other in combinations(people, 2)
    }


def interval(
    units: Iterable[Sequence[Hashable]], seed: int = 1, times: int = 1_000, level: float = 0.95
) -> tuple[float, float] | None:
    """Where alpha (nominal) lies in the middle `level` of samples of the units drawn again with replacement; None for none.

    The same seed gives the same interval. Samples in which everyone used one value are left out.
    """
    parts = [_Part.of(codes) for codes in units if len(codes) > 1]
    chance = random.Random(seed)
    drawn = (_alpha(chance.choices(parts, k=len(parts))).value for _ in range(times)) if parts else ()
    return _middle([value for value in drawn if value is not None], level)


def macro(tables: Iterable[Iterable[Sequence[Hashable]]]) -> Figure:
    """The mean of the alphas (nominal) of several tables, each of the same weight; those that have none are left out."""
    return _mean([alpha_nominal(table) for table in tables])


def macro_interval(
    tables: Sequence[Sequence[Sequence[Hashable]]], seed: int = 1, times: int = 1_000, level: float = 0.95
) -> tuple[float, float] | None:
    """As `interval`, of `macro`: the tables hold the same units in the same order, which are drawn for all of them at once."""
    parts = [[_Part.of(codes) if len(codes) > 1 else None for codes in table] for table in tables]
    size = len(parts[0]) if parts else 0
    chance, found = random.Random(seed), []
    for _ in range(times if size else 0):
        places = chance.choices(range(size), k=size)
        drawn = _mean([_alpha([part for place in places if (part := table[place])]) for table in parts])
        if drawn.value is not None:
            found.append(drawn.value)
    return _middle(found, level)


def span_f1(one: Iterable[Unit], other: Iterable[Unit]) -> Figure:
    """How much of what two people marked with one code they both marked: twice the code points in common, of all marked."""
    ours, theirs = _points(one), _points(other)
    return _f1(ours, theirs)


def mean_span_f1(people: Iterable[Iterable[Unit]]) -> Figure:
    """The mean of `span_f1` over every two people of whom one at least marked something."""
    points = [_points(units) for units in people]
    return _mean([_f1(one, other) for one, other in combinations(points, 2)], Why.NOTHING_MARKED)


def alpha_unitised(marked: Mapping[Hashable, Sequence[Sequence[Unit]]], length: int) -> Figure:
    """Krippendorff's alpha for marking spans of a text of `length` code points: `marked` is code → person → spans, in order.

    Spans of one person and code that overlap are taken as one. Everybody stands under every code, with no spans where they
    marked none. The formula is of 1995, over all codes together; a text in which nobody marked anything has no figure.
    """
    observed = expected = 0.0
    for people in marked.values():
        joined = [_joined(spans) for spans in people]
        observed += _observed(joined, length)
        expected += _expected(joined, length)
    return Figure(1 - observed / expected) if expected else Figure(why=Why.NOTHING_MARKED)


@dataclass(frozen=True)
class _Part:
    """What one unit adds to alpha: its codes, how many, and the pairs of them that differ, by the weight of the unit."""

    n: int
    counts: Counter[Hashable]
    differing: float

    @classmethod
    def of(cls, codes: Sequence[Hashable]) -> "_Part":
        counts = Counter(codes)
        n = len(codes)
        return cls(n, counts, (n * (n - 1) - _equal_pairs(counts)) / (n - 1))


def _alpha(parts: Sequence[_Part]) -> Figure:
    if not parts:
        return Figure(why=Why.NO_PAIRS)
    totals: dict[Hashable, int] = defaultdict(int)
    for part in parts:
        for code, times in part.counts.items():
            totals[code] += times
    n = sum(part.n for part in parts)
    expected = (n * n - sum(times * times for times in totals.values())) / (n - 1)
    return Figure(1 - sum(part.differing for part in parts) / expected) if expected else Figure(why=Why.ONE_VALUE)


def _mean(figures: Sequence[Figure], why: Why = Why.NO_PAIRS) -> Figure:
    """Of those that have a value; where none has, the reason of the first, or `why` where there are no figures."""
    values = [figure.value for figure in figures if figure.value is not None]
    if values:
        return Figure(sum(values) / len(values))
    return figures[0] if figures else Figure(why=why)


def _middle(values: Sequence[float], level: float) -> tuple[float, float] | None:
    found = sorted(values)
    cut = round((1 - level) / 2 * (len(found) - 1))
    return (found[cut], found[-1 - cut]) if found else None


def _f1(ours: set[int], theirs: set[int]) -> Figure:
    marked = len(ours) + len(theirs)
    return Figure(2 * len(ours & theirs) / marked) if marked else Figure(why=Why.NOTHING_MARKED)


def _equal_pairs(counts: Mapping[Hashable, int]) -> int:
    return sum(times * (times - 1) for times in counts.values())


def _squares(values: Sequence[Number]) -> float:
    """The sum of squared distances over all ordered pairs."""
    return 2 * (len(values) * sum(value * value for value in values) - sum(values) ** 2)


def _chance_corrected(pairs: Collection[tuple[Hashable, Hashable]], chance: Callable[[Hashable], float]) -> Figure:
    if not pairs:
        return Figure(why=Why.NO_PAIRS)
    used = {code for pair in pairs for code in pair}
    if len(used) < 2:
        return Figure(why=Why.ONE_VALUE)
    equal = sum(one == other for one, other in pairs) / len(pairs)
    by_chance = sum(map(chance, used))
    return Figure((equal - by_chance) / (1 - by_chance))


def _points(units: Iterable[Unit]) -> set[int]:
    return {point for unit in units for point in range(unit.start, unit.end)}


def _joined(units: Iterable[Unit]) -> list[Unit]:
    """In order, with what overlaps made one."""
    joined: list[Unit] = []
    for unit in sorted(units, key=lambda one: (one.start, one.end)):
        if joined and unit.start < joined[-1].end:
            joined[-1] = Unit(joined[-1].start, max(joined[-1].end, unit.end))
        else:
            joined.append(unit)
    return joined


def _observed(people: Sequence[Sequence[Unit]], length: int) -> float:
    """Observed disagreement on one code: what two people's spans that meet differ by at both ends, and spans that meet none."""
    total = sum(_apart(one, other) for one, other in combinations(people, 2))
    return 2 * total / (len(people) * (len(people) - 1) * length * length) if len(people) > 1 else 0.0


def _apart(one: Sequence[Unit], other: Sequence[Unit]) -> int:
    meeting = [(a, b) for a in one for b in other if a.start < b.end and b.start < a.end]
    met = {a for a, _ in meeting}, {b for _, b in meeting}
    alone = sum(
        unit.length**2 for units, some in zip((one, other), met, strict=True) for unit in units if unit not in some
    )
    return alone + sum((a.start - b.start) ** 2 + (a.end - b.end) ** 2 for a, b in meeting)


def _expected(people: Sequence[Sequence[Unit]], length: int) -> float:
    """Disagreement expected on one code if spans of these lengths lay anywhere."""
    units = [unit for spans in people for unit in spans]
    whole = len(people) * length
    possible = whole * (whole - 1) - sum(unit.length * (unit.length - 1) for unit in units)
    if not units or not possible:
        return 0.0
    gaps = [gap for spans in people for gap in _gaps(spans, length)]
    total = 0.0
    for unit in units:
        long = unit.length
        total += (len(units) - 1) / 3 * (2 * long**3 - 3 * long**2 + long)
        total += long**2 * sum(gap - long + 1 for gap in gaps if gap >= long)
    return 2 / length * total / possible


def _gaps(units: Sequence[Unit], length: int) -> list[int]:
    """Lengths of what one person left unmarked."""
    edges = [0, *(edge for unit in units for edge in (unit.start, unit.end)), length]
    return [end - start for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]
