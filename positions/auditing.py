"""Pure: audits of a comparison and its match, by machine voters and by counting (design of the comparison, section 10).

Positions are kept as whole numbers, twice their place on the scale (-2 to 2), and agreement as quarters of a statement, so that ten
thousand voters are exact and quick. `tests/positions/test_auditing.py` holds them against the fractions of `matching`.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from positions.cells import Candidate
from positions.comparison import Comparison, in_order
from positions.scale import VALUE, Code
from transcripts.bilingual import Bilingual

Place = int | str
"""Where somebody stands on a statement: twice the place on the scale, -2 to 2, or the key of one of several answers."""

Answers = Sequence[Place]
"""What a voter says to each statement."""

VOTERS = {"binary": (-2, 2), "three-way": (-2, 0, 2), "five-way": (-2, -1, 0, 1, 2)}
"""Kinds of machine voters, by the answers they draw from, each as likely as the other."""
NEUTRAL = 0
BLANKED = 0.8
"""The share of a candidate's positions that the audit of silence takes away."""
YEAR = 365


@dataclass(frozen=True)
class Grid:
    """Everybody's positions by statement; None where a candidate has none that can be compared.

    `keys`: the answers a statement lists, by statement; none for one to be for or against.
    """

    candidates: tuple[Candidate, ...]
    numbers: tuple[tuple[Place | None, ...], ...]
    keys: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def scale(self) -> "Grid":
        """The statements one can be for or against."""
        kept = [n for n in range(self.statements) if not self.listed(n)]
        return Grid(self.candidates, tuple(tuple(line[n] for n in kept) for line in self.numbers))

    def listed(self, statement: int) -> tuple[str, ...]:
        """The answers that the n-th statement lists."""
        return self.keys[statement] if self.keys else ()

    @property
    def statements(self) -> int:
        """How many a voter answers."""
        return len(self.numbers[0]) if self.numbers else 0


@dataclass(frozen=True)
class Firsts:
    """How often one candidate came out on top among machine voters, as shares of them.

    `alone`: the record puts them above everybody else. `low`, `high`: the least, the most it can be is nobody else's more; those
    who share it share the voter. Where all are known equally well each is near 1/n.
    """

    candidate: Candidate
    alone: float
    low: float
    high: float


@dataclass(frozen=True)
class Silenced:
    """One candidate with most positions taken away: voters for whom the least agreement rose (never one), and its mean before and after."""

    candidate: Candidate
    blanked: int
    gained: int
    low_before: float
    low_after: float


@dataclass(frozen=True)
class Standing:
    """One candidate beside one voter: the interval, 0 to 1, and how many the record puts above."""

    candidate: Candidate
    low: float
    high: float
    above: int


@dataclass(frozen=True)
class Leaning:
    """One candidate's numbers: for, against and between; what voters who say yes or no to everything get is in `yes` and `no`."""

    candidate: Candidate
    supports: int
    opposes: int
    mixed: int
    yes: Standing
    no: Standing


@dataclass(frozen=True)
class Exposure:
    """What readers see of one candidate: quotations and words of evidence, and days in the first column of a year by rotation."""

    candidate: Candidate
    quotes: int
    words: int
    days_first: int


@dataclass(frozen=True)
class Covered:
    """One candidate and one topic: statements with a number, spoken about without one, looked at without finding, and not looked at."""

    candidate: Candidate
    topic: Bilingual
    numeric: int
    not_clear: int
    reasons: dict[str, int]

    @property
    def statements(self) -> int:
        """How many the topic has."""
        return self.numeric + self.not_clear + sum(self.reasons.values())


@dataclass(frozen=True)
class Summary:
    """All audits of one comparison in a figure or two each; pairs are the least and the most that any candidate has.

    `known`: the share of statements with a number. `alone`, `low`: shares of machine voters. `gained`: voters of the audit of silence
    who would be nearer to somebody for less. `middle`, `leaning`: how many candidates the record puts below another for a voter in the
    middle, and for one who says yes, or no, to everything.
    """

    statements: int
    known: tuple[float, float]
    alone: tuple[float, float]
    low: tuple[float, float]
    gained: int
    middle: int
    leaning: int
    words: tuple[int, int]
    days_first: tuple[int, int]


def grid(comparison: Comparison) -> Grid:
    """The positions of a comparison by statement."""
    twice = {str(code): round(2 * value) for code, value in VALUE.items()}
    rows = [row for row in comparison.rows if row.answerable]
    numbers = (
        tuple(row.cells[n].choice or twice.get(row.cells[n].code or "") for row in rows)
        for n, _ in enumerate(comparison.candidates)
    )
    keys = tuple(tuple(option.key for option in row.options) for row in rows)
    return Grid(comparison.candidates, tuple(numbers), keys)


def bots(held: Grid, kind: str, voters: int, seed: int) -> tuple[Firsts, ...]:
    """Who comes out on top for voters who answer at random."""
    alone: Counter[int] = Counter()
    low: dict[int, float] = dict.fromkeys(range(len(held.candidates)), 0.0)
    high = dict(low)
    for answers in _voters(held, kind, voters, seed):
        bounds = [_bounds(numbers, answers) for numbers in held.numbers]
        alone.update(n for n, (least, _) in enumerate(bounds) if all(least > other[1] for other in _others(bounds, n)))
        for shares, side in ((low, 0), (high, 1)):
            best = max((bound[side] for bound in bounds), default=0)
            first = [n for n, bound in enumerate(bounds) if bound[side] == best]
            for n in first:
                shares[n] += 1 / len(first)
    return tuple(
        Firsts(candidate, alone[n] / voters, low[n] / voters, high[n] / voters)
        for n, candidate in enumerate(held.candidates)
    )


def silence(held: Grid, voters: int, seed: int) -> tuple[Silenced, ...]:
    """What each candidate would gain by having said less: nothing, for any voter."""
    drawn = list(_voters(held, "five-way", voters, seed))
    chance = random.Random(seed)
    found = []
    for candidate, numbers in zip(held.candidates, held.numbers, strict=True):
        known = [n for n, number in enumerate(numbers) if number is not None]
        gone = set(chance.sample(known, round(BLANKED * len(known))))
        less = tuple(None if n in gone else number for n, number in enumerate(numbers))
        before, after = ([_bounds(those, answers)[0] for answers in drawn] for those in (numbers, less))
        gained = sum(least > was for was, least in zip(before, after, strict=True))
        whole = 4 * max(held.statements, 1) * voters
        found.append(Silenced(candidate, len(gone), gained, sum(before) / whole, sum(after) / whole))
    return tuple(found)


def neutral(held: Grid) -> tuple[Standing, ...]:
    """What a voter gets who is in the middle on everything; statements with several answers have no middle and are skipped."""
    return _standings(held.scale, [NEUTRAL] * held.scale.statements)


def polarity(held: Grid) -> tuple[Leaning, ...]:
    """Whether saying yes, or no, to everything puts anybody above others: statements should be phrased both ways."""
    held = held.scale
    yes, no = (_standings(held, [answer] * held.statements) for answer in (2, -2))
    numbers = [[number for number in line if isinstance(number, int)] for line in held.numbers]
    return tuple(
        Leaning(
            candidate,
            supports=sum(number > 0 for number in numbers[n]),
            opposes=sum(number < 0 for number in numbers[n]),
            mixed=numbers[n].count(0),
            yes=yes[n],
            no=no[n],
        )
        for n, candidate in enumerate(held.candidates)
    )


def exposure(comparison: Comparison) -> tuple[Exposure, ...]:
    """Space in the comparison and days in its first column, of the year that begins with the comparison's day."""
    rule = comparison.order_rule
    days = (rule.date + timedelta(days=n) for n in range(YEAR))
    firsts = Counter(
        in_order(comparison.candidates, comparison.contest.slug, "rotation", day)[0][0].slug
        for day in days
        if comparison.candidates
    )
    return tuple(
        Exposure(balance.candidate, balance.quotes, balance.words, firsts[balance.candidate.slug])
        for balance in comparison.balance
    )


def coverage(comparison: Comparison) -> tuple[Covered, ...]:
    """How much of each topic is known of each candidate, and why the rest is not."""
    topics = {row.topic: row.topic_name for row in comparison.rows if row.topic_name}
    numeric = {str(code) for code in (*VALUE, Code.OPTION)}
    found = []
    for n, candidate in enumerate(comparison.candidates):
        for topic, name in topics.items():
            cells = [row.cells[n] for row in comparison.rows if row.topic == topic]
            spoken = [cell.code for cell in cells if cell.code is not None]
            known = sum(code in numeric for code in spoken)
            reasons = dict(Counter(str(cell.reason) for cell in cells if cell.reason).most_common())
            found.append(Covered(candidate, name or Bilingual("", ""), known, len(spoken) - known, reasons))
    return tuple(found)


def summary(comparison: Comparison, firsts: Sequence[Firsts], silenced: Sequence[Silenced]) -> Summary:
    """All audits of a comparison with candidates and statements; what machine voters gave is handed in, because it takes long."""
    held, shown = grid(comparison), exposure(comparison)
    whole = max(held.statements, 1)
    known = [sum(number is not None for number in numbers) / whole for numbers in held.numbers]
    leanings = polarity(held)
    return Summary(
        statements=held.statements,
        known=(min(known), max(known)),
        alone=(min(one.alone for one in firsts), max(one.alone for one in firsts)),
        low=(min(one.low for one in firsts), max(one.low for one in firsts)),
        gained=sum(one.gained for one in silenced),
        middle=sum(one.above > 0 for one in neutral(held)),
        leaning=sum(one.yes.above > 0 or one.no.above > 0 for one in leanings),
        words=(min(one.words for one in shown), max(one.words for one in shown)),
        days_first=(min(one.days_first for one in shown), max(one.days_first for one in shown)),
    )


def _voters(held: Grid, kind: str, voters: int, seed: int) -> Iterator[Answers]:
    chance = random.Random(f"{kind} {seed}")
    drawn: list[Sequence[Place]] = [held.listed(n) or VOTERS[kind] for n in range(held.statements)]
    return ([chance.choices(answers)[0] for answers in drawn] for _ in range(voters))


def _bounds(numbers: Sequence[Place | None], answers: Answers) -> tuple[int, int]:
    """The least and the most agreement there can be, in quarters of a statement; every statement counts once."""
    least = most = 0
    for number, answer in zip(numbers, answers, strict=True):
        if number is None:
            least += 0 if isinstance(answer, str) else 2 - abs(answer)
            most += 4
        elif isinstance(answer, str) or isinstance(number, str):
            least += 4 * (number == answer)
            most += 4 * (number == answer)
        else:
            agreed = 4 - abs(answer - number)
            least += agreed
            most += agreed
    return least, most


def _standings(held: Grid, answers: Answers) -> tuple[Standing, ...]:
    bounds = [_bounds(numbers, answers) for numbers in held.numbers]
    whole = 4 * max(len(answers), 1)
    return tuple(
        Standing(
            candidate,
            bounds[n][0] / whole,
            bounds[n][1] / whole,
            sum(other[0] > bounds[n][1] for other in _others(bounds, n)),
        )
        for n, candidate in enumerate(held.candidates)
    )


def _others(bounds: Sequence[tuple[int, int]], n: int) -> Iterator[tuple[int, int]]:
    return (bound for at, bound in enumerate(bounds) if at != n)
