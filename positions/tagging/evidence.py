"""What the words of one turn say about its subjects, before anything around it is looked at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from positions.tagging.initials import SpelledOut
from positions.tagging.lexicon import WEIGHTS, WORD, Found, Lexicon

ELSEWHERE = ("<foreign affairs>", "<campaign>")
CEREMONY = "<ceremony>"
PROCEDURE = "<procedure>"
OPENING = "<opening>"

_AGAIN = (1.0, 0.5, 0.35, 0.25)
_AND_AGAIN = 0.1
_HINTS_AT_MOST = 1.0
_ES = frozenset("de la que el los las y en por para con una es se lo del nos al como pero más".split())
_EN = frozenset("of and to that is for it we you this are with our have be the in".split())
_BOTH = 4
_ALL_PROCEDURE = 5
_FEWEST_WORDS = 10
_NONE: SpelledOut = {}


class Cue(NamedTuple):
    """A phrase of a subject in a turn: the words from `first` up to `end`, and how much it weighs."""

    subject: str
    weight: float
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The subjects a turn's words point to.

    `words` is the turn's length; `strength` the weight of each subject's phrases, repetitions counting less and less; `sure`
    how many of its phrases say the subject by themselves; `cues` all phrases, by place.
    """

    words: int
    strength: Mapping[str, float]
    sure: Mapping[str, int]
    cues: Sequence[Cue]

    def strongest_but(self, subject: str) -> float:
        """The strength of the strongest other subject that has a page."""
        return max(
            (value for other, value in self.strength.items() if other != subject and has_page(other)), default=0.0
        )

    def elsewhere(self) -> float:
        """How strongly the turn is about what no topic covers: foreign affairs, or who should win."""
        return max(self.strength.get(subject, 0.0) for subject in ELSEWHERE)

    def procedural(self) -> float:
        """How much of the turn hands over the floor, calls or counts votes: 0 to 1."""
        return min(1.0, self.strength.get(PROCEDURE, 0.0) * _ALL_PROCEDURE / max(self.words, _FEWEST_WORDS))


NOTHING = Evidence(0, {}, {}, ())


def has_page(subject: str) -> bool:
    """Whether the subject is a topic of the tree rather than one that only competes."""
    return subject[0] != "<"


def opening(evidence: Evidence) -> float | None:
    """Where in a turn (0 to 1) another subject is announced for the last time; None where none is."""
    places = [cue.first for cue in evidence.cues if cue.subject == OPENING]
    return places[-1] / evidence.words if places else None


def weigh(text: str, lexicon: Lexicon, spelled_out: SpelledOut = _NONE) -> Evidence:
    """The evidence in one turn's words; initials count for what they stand for in this forum."""
    words = WORD.findall(text)
    if 2 * sum(map(str.isupper, words)) > len(words):  # in capitals throughout, LEAD may be the verb
        words = [word.lower() for word in words]
    found = lexicon.find(words)
    if spelled_out:
        found += _initials(words, found, spelled_out, lexicon)
        found.sort(key=lambda phrase: phrase.first)
    cues = list(_cues(found, _languages(words)))
    return Evidence(len(words), *_totals(words, cues), cues)


def _initials(
    words: Sequence[str], found: Iterable[Found], spelled_out: SpelledOut, lexicon: Lexicon
) -> Iterator[Found]:
    """The initials outside the phrases found, as if their words had been said; a hint in a name adds nothing."""
    taken = {at for _, first, end in found for at in range(first, end)}
    for at, word in enumerate(words):
        meant = spelled_out.get(word.lower().removesuffix("'s").removesuffix("’s"))
        if meant and at not in taken:
            meanings = (meaning for phrase in lexicon.find(meant) for meaning in phrase.meanings)
            yield Found(tuple(meaning for meaning in meanings if meaning.weight > WEIGHTS["hint"]), at, at + 1)


def _cues(found: Iterable[Found], spoken: frozenset[str]) -> Iterable[Cue]:
    for meanings, first, end in found:
        meant: dict[str, float] = {}
        for subject, weight, lang in meanings:
            if lang in spoken and weight > meant.get(subject, 0.0):
                meant[subject] = weight
        for subject, weight in meant.items():
            yield Cue(subject, weight, first, end)


def _totals(words: Sequence[str], cues: Iterable[Cue]) -> tuple[dict[str, float], dict[str, int]]:
    times: dict[tuple[str, float, str], int] = defaultdict(int)
    for subject, weight, first, end in cues:
        times[subject, weight, " ".join(words[first:end]).lower()] += 1
    strength: dict[str, float] = defaultdict(float)
    hints: dict[str, float] = defaultdict(float)
    sure: dict[str, int] = defaultdict(int)
    for (subject, weight, _), said in times.items():
        total = weight * (sum(_AGAIN[:said]) + _AND_AGAIN * max(0, said - len(_AGAIN)))
        (hints if weight == WEIGHTS["hint"] else strength)[subject] += total
        sure[subject] += weight == WEIGHTS["sure"]
    for subject, total in hints.items():
        strength[subject] += min(total, _HINTS_AT_MOST)
    return dict(strength), dict(sure)


def _languages(words: Sequence[str]) -> frozenset[str]:
    """The languages whose phrases count: both where the turn uses both, or is too short to tell."""
    lower = [word.lower() for word in words]
    spanish, english = (sum(map(common.__contains__, lower)) for common in (_ES, _EN))
    if spanish == english or min(spanish, english) >= _BOTH:
        return frozenset({"es", "en"})
    return frozenset({"es" if spanish > english else "en"})
