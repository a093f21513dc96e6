"""How likely a turn is about a subject: first by its own words alone, then in the light of what surrounds it.

Two logistic scales. Their weights were fitted to the turns labelled for tuning (tests/gold/topics) and rounded.
"""

from collections.abc import Collection, Mapping
from math import exp, log, log1p
from typing import NamedTuple

from positions.tagging.evidence import CEREMONY, ELSEWHERE, Evidence, has_page

Claims = Mapping[str, float]
"""How likely a turn is about each subject by its own words (0 to 1)."""

OWN = {
    "always": -3.32,
    "strength": 1.63,
    "density": 0.95,
    "sure": 0.24,
    "words": 0.19,
    "spread": 1.34,
    "rival": -1.11,
    "parent": -1.18,
    "elsewhere": -0.33,
    "ceremony": -0.48,
}
AROUND = {
    "always": 0.37,
    "own": 0.69,
    "course": 0.03,
    "course, own": 0.42,
    "before": 2.95,
    "after": 1.39,
    "asked": 1.01,
    "asked first": 0.82,
    "elsewhere": -0.23,
    "ceremony": -0.55,
    "rival": -0.37,
    "short": -3.3,
    "silent": -1.71,
    "silent, course": 0.15,
    "silent, long": 2.6,
    "silent, other": -1.12,
    "silent, procedure": -1.39,
}
SILENT = 0.08
"""Below this, a turn's own words do not speak of a subject."""

_FAINT = 1.0
_PLAIN = 3.0
_ALL_ABOUT_IT = 0.12
_FEWEST_WORDS = 15
_LONG = 60
_SHORT = 10
_SMALLEST = 0.02


class Surroundings(NamedTuple):
    """What is said around a turn about one subject, as shares of the words there (0 to 1).

    `before` and `after` fade with distance; `asked` is how likely the question in force is about it, and `first` whether
    this is the speaker's first answer to it; `rival` is the largest share before the turn of another subject. `others` and
    `everything` are the subject's likelihoods in the course of the talk (`course.Course`).
    """

    before: float = 0.0
    after: float = 0.0
    asked: float = 0.0
    rival: float = 0.0
    first: bool = False
    others: float = 0.0
    everything: float = 0.0


def claim(evidence: Evidence, parents: Collection[str]) -> dict[str, float]:
    """What a turn's own words claim, also of the subjects that have no page."""
    claims = {
        subject: likelihood(own_features(evidence, subject, subject in parents), OWN)
        for subject, strength in evidence.strength.items()
        if strength >= _FAINT and has_page(subject)
    }
    for subject in (*ELSEWHERE, CEREMONY):
        strength = evidence.strength.get(subject, 0.0)
        if strength >= _PLAIN:
            claims[subject] = min(1.0, strength / max(evidence.words, _FEWEST_WORDS) / _ALL_ABOUT_IT)
    return claims


def own_features(evidence: Evidence, subject: str, parent: bool) -> dict[str, float]:
    """What speaks for and against a subject in the turn's own words, by the names of `OWN`."""
    strength = evidence.strength[subject]
    return {
        "always": 1.0,
        "strength": log1p(strength),
        "density": log1p(100 * strength / max(evidence.words, _FEWEST_WORDS)),
        "sure": min(evidence.sure.get(subject, 0), 3),
        "words": log1p(evidence.words),
        "spread": _spread(evidence, subject),
        "rival": log1p(evidence.strongest_but(subject)),
        "parent": float(parent),
        "elsewhere": log1p(evidence.elsewhere()),
        "ceremony": log1p(evidence.strength.get(CEREMONY, 0.0)),
    }


def around_features(evidence: Evidence, subject: str, claims: Claims, around: Surroundings) -> dict[str, float]:
    """What speaks for and against a subject once the surroundings are known, by the names of `AROUND`."""
    own = claims.get(subject, 0.0)
    silent = float(own < SILENT)
    other = max([value for name, value in claims.items() if name != subject and has_page(name)], default=0.0)
    return {
        "always": 1.0,
        "own": _odds(own),
        "course": _odds(around.others),
        "course, own": _odds(around.everything),
        "before": around.before,
        "after": around.after,
        "asked": around.asked,
        "asked first": around.asked * around.first,
        "elsewhere": max(claims.get(name, 0.0) for name in ELSEWHERE),
        "ceremony": claims.get(CEREMONY, 0.0),
        "rival": around.rival,
        "short": float(evidence.words < _SHORT),
        "silent": silent,
        "silent, course": silent * around.others,
        "silent, long": silent * min(1.0, evidence.words / _LONG),
        "silent, other": silent * other,
        "silent, procedure": silent * evidence.procedural(),
    }


def likelihood(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Between 0 and 1: the logistic of the weighted sum."""
    return 1 / (1 + exp(-sum(weights[name] * value for name, value in features.items())))


def _odds(likely: float) -> float:
    return log((likely + _SMALLEST) / (1 - likely + _SMALLEST))


def _spread(evidence: Evidence, subject: str) -> float:
    """From the first phrase of a subject to its last, as a share of the turn: 0 for a single mention."""
    places = [cue.first for cue in evidence.cues if cue.subject == subject and cue.weight > _FAINT]
    return (places[-1] - places[0]) / max(evidence.words, _FEWEST_WORDS) if places else 0.0
