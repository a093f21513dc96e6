"""What is talked about before and after each turn: a subject goes on until somebody opens another one."""

from collections import defaultdict
from collections.abc import Container, Sequence

from positions.tagging.evidence import PROCEDURE, Evidence, opening
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
    openings = [opening(one) for one in evidence]
    before, after = _Stretch(), _Stretch()
    earlier: list[Shares] = []
    later: list[Shares] = []
    for at, place in enumerate(openings):
        if at in starts or (place is not None and place < _EARLY):
            before.forget()
        earlier.append(before.shares())
        if place is not None:
            before.forget()
        before.hear(evidence[at], claims[at])
    for at, place in reversed(list(enumerate(openings))):
        if place is not None and place >= _EARLY:
            after.forget()
        later.append(after.shares())
        if place is not None:
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
