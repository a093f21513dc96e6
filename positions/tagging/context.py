"""What is talked about before and after each turn: a subject goes on until somebody opens another one."""

from collections import defaultdict
from collections.abc import Container, Sequence

from positions.tagging.evidence import OPENING, PROCEDURE, Evidence
from positions.tagging.judging import Claims

Shares = dict[str, float]
"""Shares (0 to 1) of the words around a turn that are about each subject, the near ones counting more."""

_HALF_LIFE_WORDS = 300
_DOUBT_WORDS = 15
_PROCEDURAL = 0.08
_PROCEDURE_COUNTS = 0.3
_EARLY = 0.4
_FORGOTTEN_WORDS = 0.5


def before_and_after(
    evidence: Sequence[Evidence], claims: Sequence[Claims], starts: Container[int]
) -> tuple[list[Shares], list[Shares]]:
    """For each turn, what is talked about before it and after it; nothing is carried over the turns in `starts`."""
    openings = [_opening(one) for one in evidence]
    before, after = _Stretch(), _Stretch()
    earlier: list[Shares] = []
    later: list[Shares] = []
    for at, opening in enumerate(openings):
        if at in starts or (opening is not None and opening < _EARLY):
            before.forget()
        earlier.append(before.shares())
        if opening is not None:
            before.forget()
        before.hear(evidence[at], claims[at])
    for at, opening in reversed(list(enumerate(openings))):
        if opening is not None and opening >= _EARLY:
            after.forget()
        later.append(after.shares())
        if opening is not None:
            after.forget()
        after.hear(evidence[at], claims[at])
        if at in starts:
            after.forget()
    return earlier, later[::-1]


class _Stretch:
    """The words heard since the subject was opened, those long ago counting less."""

    def __init__(self) -> None:
        self._about: dict[str, float] = defaultdict(float)
        self._words = 0.0

    def shares(self) -> Shares:
        return {subject: words / (self._words + _DOUBT_WORDS) for subject, words in self._about.items()}

    def forget(self) -> None:
        self._about.clear()
        self._words = 0.0

    def hear(self, evidence: Evidence, claims: Claims) -> None:
        fading = 0.5 ** (evidence.words / _HALF_LIFE_WORDS)
        procedural = evidence.strength.get(PROCEDURE, 0.0) > _PROCEDURAL * max(evidence.words, 10)
        heard = evidence.words * (_PROCEDURE_COUNTS if procedural else 1.0)
        for subject, words in list(self._about.items()):
            if words * fading < _FORGOTTEN_WORDS:
                del self._about[subject]
            else:
                self._about[subject] = words * fading
        for subject, likely in claims.items():
            self._about[subject] += likely * heard
        self._words = self._words * fading + heard


def _opening(evidence: Evidence) -> float | None:
    """Where in a turn (0 to 1) another subject is announced for the last time; None where none is."""
    places = [cue.first for cue in evidence.cues if cue.subject == OPENING]
    return places[-1] / evidence.words if places else None
