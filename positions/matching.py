"""How far a voter's answers agree with what candidates have said: city-block distance, with bounds for what nobody knows.

Exact: fractions in, fractions out, rounded only where something is printed (`percent`). A position nobody knows widens the interval
[low, high] and does nothing else; one candidate stands above another only where their intervals do not touch. Pure.
Formulas: design of the comparison, section 4; order: decision 12.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from positions.cells import Candidate, Cell
from positions.comparison import Comparison, Row
from positions.scale import VALUE
from transcripts.bilingual import Bilingual

STEPS = {"1": Fraction(1), "0.5": Fraction(1, 2), "0": Fraction(0), "-0.5": Fraction(-1, 2), "-1": Fraction(-1)}
"""What a voter can say to a statement: how it is sent, and its number on the scale of positions."""
STEP_WORDS = {
    "1": "I agree",
    "0.5": "I agree, with conditions",
    "0": "I partly agree, partly disagree",
    "-0.5": "I disagree, with exceptions",
    "-1": "I disagree",
}
SKIP = "skip"
SKIP_WORDS = "Skip this one"

WEIGHTS = {"0.5": Fraction(1, 2), "1": Fraction(1), "2": Fraction(2)}
"""How much a statement counts; asked after all answers are given."""
WEIGHT_WORDS = {"0.5": "Counts half", "1": "Counts once", "2": "Counts double"}

NUMBERS = {str(code): Fraction(value) for code, value in VALUE.items()}
"""The positions of candidates that have a number."""

Stand = Fraction | str
"""A number of the scale, or the key of one of several answers."""

AGREES = Fraction(3, 4)
"""Counted as agreement from here on: the same step, or the one beside it."""


@dataclass(frozen=True)
class Answer:
    """What a voter says to one statement: a number of STEPS or the key of an answer it lists, and one of WEIGHTS."""

    value: Stand
    weight: Fraction = Fraction(1)


@dataclass(frozen=True)
class MatchFigures:
    """One candidate and one voter's answers; the letters of the design in brackets, None where nothing was answered.

    `agree` of `compared` statements, and `unknown` ones: answered, and the candidate has no number there. `agreement` (A) is over what
    is known, None where nothing is; it may lie outside the interval and is never printed as a share of its own while something
    is unknown. `coverage` (C): the share of the weights that could be compared. `direction` (M), -1 to 1: silence pulls it to 0.
    `low`, `high` (lo, hi): what the agreement lies between, whatever the unknown positions are.
    """

    agree: int = 0
    compared: int = 0
    unknown: int = 0
    agreement: Fraction | None = None
    coverage: Fraction | None = None
    direction: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True)
class TopicFigures:
    """The same figures, with the same weights, over the statements of one topic."""

    topic: str
    name: Bilingual
    figures: MatchFigures


@dataclass(frozen=True)
class Matched:
    """One candidate: the figures, and whom the record puts below. `place` is 1 + how many it puts above; ties share it."""

    candidate: Candidate
    figures: MatchFigures
    topics: tuple[TopicFigures, ...]
    place: int
    above: tuple[Candidate, ...]


@dataclass(frozen=True)
class Match:
    """A voter's answers beside a comparison by statement.

    `comparison` holds the statements that can be answered; `left_out` counts those whose answers nobody listed. `answers` by statement.
    `matched` in match order: a candidate after everybody above them, otherwise in the order of the page.
    """

    comparison: Comparison
    left_out: int
    answers: Mapping[str, Answer]
    matched: tuple[Matched, ...]

    @property
    def most(self) -> Candidate | None:
        """Who agrees with the voter more than everybody else does, whatever is unknown; None where the record cannot say."""
        return next((one.candidate for one in self.matched if 0 < len(one.above) == len(self.matched) - 1), None)

    @property
    def ordered(self) -> bool:
        """Whether the record puts anybody above anybody."""
        return any(one.above for one in self.matched)


def similarity(answer: Stand, position: Stand) -> Fraction:
    """1 for the same step, 0 for opposite ends (s); of listed answers 1 for the same one and 0 for any other."""
    if isinstance(answer, str) or isinstance(position, str):
        return Fraction(answer == position)
    return 1 - abs(answer - position) / 2


def least_alike(answer: Stand) -> Fraction:
    """How alike an answer and a position that nobody knows are at the least (s_min)."""
    return Fraction(0) if isinstance(answer, str) else (1 - abs(answer)) / 2


def figures_over(pairs: Iterable[tuple[Answer, Stand | None]]) -> MatchFigures:
    """The figures over what a voter answered: each answer with the candidate's position there, None where it is unknown."""
    asked = tuple(pairs)
    known = [(answer.weight, similarity(answer.value, x)) for answer, x in asked if x is not None]
    unknown = [answer for answer, x in asked if x is None]
    compared = sum((weight for weight, _ in known), Fraction(0))
    silent = sum((answer.weight for answer in unknown), Fraction(0))
    agree, total = sum(s >= AGREES for _, s in known), compared + silent
    if not total:
        return MatchFigures()
    alike = sum((weight * s for weight, s in known), Fraction(0))
    least = sum((answer.weight * least_alike(answer.value) for answer in unknown), Fraction(0))
    return MatchFigures(
        agree=agree,
        compared=len(known),
        unknown=len(unknown),
        agreement=alike / compared if known else None,
        coverage=compared / total,
        direction=(2 * alike - compared) / total,
        low=(alike + least) / total,
        high=(alike + silent) / total,
    )


def is_above(one: MatchFigures, other: MatchFigures) -> bool:
    """Whether one agrees more than the other, whatever the unknown positions are."""
    return one.low is not None and other.high is not None and one.low > other.high


def in_match_order(figures: Sequence[MatchFigures]) -> tuple[int, ...]:
    """The places in `figures`, each after all that are above it, otherwise in the order they came."""
    waiting = list(range(len(figures)))
    ordered: list[int] = []
    while waiting:
        free = (i for i in waiting if not any(is_above(figures[j], figures[i]) for j in waiting))
        ordered.append(next(free))
        waiting.remove(ordered[-1])
    return tuple(ordered)


def percent(share: Fraction) -> int:
    """A share from 0 to 1 as whole percent; halves are rounded up."""
    return floor(share * 100 + Fraction(1, 2))


def stand(cell: Cell) -> Stand | None:
    """A candidate's position as a number of the scale or as the answer they chose; None where it is neither.

    An answer of their own is neither: which of those listed comes nearest is not known.
    """
    return cell.choice if cell.choice is not None else NUMBERS.get(cell.code or "")


def match(comparison: Comparison, answers: Mapping[str, Answer]) -> Match:
    """A voter's answers, by the slug of the statement, beside every candidate; skipped statements are left out of `answers`."""
    rows = tuple(row for row in comparison.rows if row.answerable)
    answered = tuple(row for row in rows if row.key in answers)
    figures = [_over(answered, i, answers) for i in range(len(comparison.candidates))]
    matched = tuple(
        Matched(
            candidate=comparison.candidates[i],
            figures=figures[i],
            topics=_by_topic(answered, i, answers),
            place=1 + sum(is_above(other, figures[i]) for other in figures),
            above=tuple(
                candidate
                for candidate, other in zip(comparison.candidates, figures, strict=True)
                if is_above(figures[i], other)
            ),
        )
        for i in in_match_order(figures)
    )
    return Match(replace(comparison, rows=rows), len(comparison.rows) - len(rows), answers, matched)


def _over(rows: Iterable[Row], candidate: int, answers: Mapping[str, Answer]) -> MatchFigures:
    return figures_over((answers[row.key], stand(row.cells[candidate])) for row in rows)


def _by_topic(rows: Sequence[Row], candidate: int, answers: Mapping[str, Answer]) -> tuple[TopicFigures, ...]:
    topics = {row.topic: row.topic_name for row in rows if row.topic and row.topic_name}
    return tuple(
        TopicFigures(topic, name, _over((row for row in rows if row.topic == topic), candidate, answers))
        for topic, name in topics.items()
    )
