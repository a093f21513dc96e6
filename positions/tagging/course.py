"""The course of the talk: which subject each turn belongs to, read off all the others at once.

A hidden Markov chain: a subject goes on from turn to turn with `_GOES_ON`, less where a question or an announcement opens
another; what a turn's own words claim is the evidence. Forward and backward, so that a subject named here and there
carries the turns between.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from positions.tagging.evidence import Evidence, opening
from positions.tagging.judging import Claims

_GOES_ON = 0.9
_AFTER_OPENING = 0.35
_AFTER_QUESTION = 0.15
_ABOUT_NOTHING = 0.5
_EARLY = 0.4
_SILENCE = 0.5
_LONG = 150
_A_CLAIM = 0.25
_ODDS_OF_A_CLAIM = 0.25
_WEIGHTIEST = 30.0
_WORTH_KEEPING = 0.02

Likelihoods = dict[str, float]


@dataclass(frozen=True, slots=True)
class Course:
    """How likely each subject is at one turn: by all other turns (`others`), and with its own words too (`all`)."""

    others: Likelihoods
    all: Likelihoods


def courses(evidence: Sequence[Evidence], claims: Sequence[Claims], starts: Container[int]) -> list[Course]:
    """The course at each turn; `starts` are the turns where a question opens a subject."""
    subjects = sorted({subject for claimed in claims for subject, likely in claimed.items() if likely >= _A_CLAIM})
    if not subjects:
        return [Course({}, {}) for _ in claims]
    chance = [(1 - _ABOUT_NOTHING) / len(subjects)] * len(subjects) + [_ABOUT_NOTHING]
    goes_on = _going_on(evidence, starts)
    spoken = [_spoken(one, claimed, subjects) for one, claimed in zip(evidence, claims, strict=True)]
    before = _before(spoken, goes_on, chance)
    after = _after(spoken, goes_on, chance)
    return [_course(*of_turn, subjects) for of_turn in zip(before, after, spoken, strict=True)]


def _going_on(evidence: Sequence[Evidence], starts: Container[int]) -> list[float]:
    """How likely the subject of the turn before goes on at each turn."""
    openings = [opening(one) for one in evidence]
    likely: list[float] = []
    late = False
    for at, place in enumerate(openings):
        opens = late or (place is not None and place < _EARLY)
        likely.append(_AFTER_QUESTION if at in starts else _AFTER_OPENING if opens else _GOES_ON)
        late = place is not None and place >= _EARLY
    return likely


def _spoken(evidence: Evidence, claims: Claims, subjects: Sequence[str]) -> list[float]:
    """How much likelier the turn's words are under each subject than under none; silence speaks against, in long turns more."""
    silent = 1 - (1 - _SILENCE) * min(1.0, evidence.words / _LONG)
    ratios = [silent] * len(subjects) + [1.0]
    for at, subject in enumerate(subjects):
        if subject in claims:
            odds = claims[subject] / (1 - claims[subject] + 1e-6)
            ratios[at] = max(silent, min(_WEIGHTIEST, odds / _ODDS_OF_A_CLAIM))
    return ratios


def _before(spoken: Sequence[list[float]], goes_on: Sequence[float], chance: list[float]) -> list[list[float]]:
    """The likelihoods at each turn by the turns before it."""
    expected: list[list[float]] = []
    known = chance
    for ratios, stays in zip(spoken, goes_on, strict=True):
        leaves = 1 - stays
        guess = [stays * value + leaves * base for value, base in zip(known, chance, strict=True)]
        expected.append(guess)
        known = _shares([value * ratio for value, ratio in zip(guess, ratios, strict=True)])
    return expected


def _after(spoken: Sequence[list[float]], goes_on: Sequence[float], chance: list[float]) -> list[list[float]]:
    """What the turns after each turn say of the subject there, up to a factor."""
    said: list[list[float]] = []
    known = [1.0] * len(chance)
    for ratios, stays in zip(reversed(spoken), reversed(goes_on), strict=True):
        said.append(known)
        seen = [value * ratio for value, ratio in zip(known, ratios, strict=True)]
        elsewhere = (1 - stays) * sum(value * base for value, base in zip(seen, chance, strict=True))
        known = _shares([stays * value + elsewhere for value in seen])
    return said[::-1]


def _course(before: list[float], after: list[float], ratios: list[float], subjects: Sequence[str]) -> Course:
    others = [value * said for value, said in zip(before, after, strict=True)]
    everything = [value * ratio for value, ratio in zip(others, ratios, strict=True)]
    return Course(_kept(others, subjects), _kept(everything, subjects))


def _kept(values: list[float], subjects: Sequence[str]) -> Likelihoods:
    total = sum(values)
    least = _WORTH_KEEPING * total
    return {subject: value / total for subject, value in zip(subjects, values, strict=False) if value >= least}


def _shares(values: list[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]
