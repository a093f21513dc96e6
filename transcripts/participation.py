"""Pure: what each candidate had of a forum: words, time, being cut off, and what became of every question.

Nothing is estimated here that the record does not say: a figure that cannot be told is None, never nought.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from transcripts.exchanges.sentences import breaks_off
from transcripts.floor import Floor
from transcripts.text import is_note
from transcripts.vocabulary import ANSWERED, Grade, Reason

PUNCTUATED = (Grade.PUBLISHED, Grade.EDITED, Grade.REVIEWED)
"""Grades in which a dash is somebody's decision: captions set none, a report quotes no interruptions."""
UNANSWERED = (Reason.DECLINED, Reason.NOT_ADDRESSED, Reason.OUT_OF_TIME)
"""What becomes of somebody who was asked and gave no answer, in the order in which it is counted."""

_CROSSTALK = ("crosstalk", "overlapping", "interrupt", "interrump", "hablanalavez")
_NOTE = 40


@dataclass(frozen=True)
class Candidate:
    """A candidate with every voice of theirs at the forum (speaker ids): none where no voice there is known to be theirs."""

    name: str
    person: str | None
    voices: frozenset[int]


@dataclass(frozen=True)
class Heard:
    """One turn of a voice in printed order, procedure too; `voice` is None where nobody knows who spoke."""

    voice: int | None
    text: str


@dataclass(frozen=True)
class Question:
    """What the record or an editor says became of voices in one exchange, and the voices that are heard answering."""

    states: Mapping[int, str]
    answering: frozenset[int]


@dataclass(frozen=True)
class Measure:
    """One figure for each candidate, in their order. `among` is how many have a voice at the forum: who an equal share is for."""

    values: tuple[int, ...]
    among: int

    @property
    def whole(self) -> int:
        """What the candidates have together."""
        return sum(self.values)

    @property
    def equal(self) -> float | None:
        """An equal share of it; None where no candidate has a voice."""
        return self.whole / self.among if self.among else None


@dataclass(frozen=True)
class Interruptions:
    """How often each candidate was cut off, and how often each cut somebody off."""

    cut_off: Measure
    cut_in: Measure


def words(floor: Floor, candidates: Sequence[Candidate]) -> Measure:
    """Words of speech of each candidate."""
    return _measured({share.voice: share.words for share in floor.shares}, candidates)


def time(floor: Floor, candidates: Sequence[Candidate]) -> Measure | None:
    """ms of each candidate; None where the record is not timed throughout."""
    if floor.unit != "time":
        return None
    return _measured({share.voice: share.ms or 0 for share in floor.shares}, candidates)


def turns(floor: Floor, candidates: Sequence[Candidate]) -> Measure:
    """How often each candidate took the floor."""
    return _measured({share.voice: share.turns for share in floor.shares}, candidates)


def interruptions(heard: Sequence[Heard], candidates: Sequence[Candidate], grade: str) -> Interruptions | None:
    """Words that break off (a dash, three dots, a note of crosstalk) right before somebody else speaks; both must have a name.

    None for a record whose punctuation tells nothing.
    """
    if grade not in PUNCTUATED:
        return None
    whose = {voice: n for n, one in enumerate(candidates) for voice in one.voices}
    cut_off: dict[int | None, int] = {}
    cut_in: dict[int | None, int] = {}
    for said, after in pairwise(heard):
        if said.voice is None or after.voice is None or not is_cut(said.text):
            continue
        if whose.get(said.voice, -said.voice) != whose.get(after.voice, -after.voice):
            cut_off[said.voice] = cut_off.get(said.voice, 0) + 1
            cut_in[after.voice] = cut_in.get(after.voice, 0) + 1
    return Interruptions(_measured(cut_off, candidates), _measured(cut_in, candidates))


def is_cut(text: str) -> bool:
    """Whether words stop in the middle: at a dash or three dots, or at a note that people speak at once."""
    said = text.rstrip()
    opened = max(said.rfind("["), said.rfind("("))
    if opened < 0 or not said.endswith(("]", ")")):
        return breaks_off(said)
    note = said[opened + 1 : -1]
    return _is_crosstalk(note) or (is_note(note) and breaks_off(said[:opened]))


def outcomes(questions: Sequence[Question], candidates: Sequence[Candidate]) -> tuple[tuple[str, ...], ...]:
    """Question by question what became of each candidate: ANSWERED or a Reason; NOT_REVIEWED claims nothing."""
    return tuple(tuple(_outcome(question, one) for one in candidates) for question in questions)


def counted(told: Sequence[Sequence[str]], states: Collection[str], candidates: Sequence[Candidate]) -> Measure:
    """To how many questions each candidate has one of these outcomes."""
    among = sum(bool(one.voices) for one in candidates)
    return Measure(tuple(sum(row[n] in states for row in told) for n in range(len(candidates))), among)


def _outcome(question: Question, candidate: Candidate) -> str:
    """Words make an answer unless the record or an editor says otherwise."""
    stated = {question.states[voice] for voice in candidate.voices if voice in question.states}
    if stated:
        return ANSWERED if ANSWERED in stated else min(stated)
    return ANSWERED if candidate.voices & question.answering else Reason.NOT_REVIEWED


def _measured(held: Mapping[int | None, int], candidates: Sequence[Candidate]) -> Measure:
    values = tuple(sum(held.get(voice, 0) for voice in one.voices) for one in candidates)
    return Measure(values, sum(bool(one.voices) for one in candidates))


def _is_crosstalk(note: str) -> bool:
    folded = note.casefold().replace("-", "").replace(" ", "")
    return len(note) <= _NOTE and any(word in folded for word in _CROSSTALK)
