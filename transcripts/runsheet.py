"""Pure: a run sheet against captions: where each question was asked, and who answered in which order. Everything is a proposal.

The organisers' sheet has the questions in their own words and the order in which the candidates speak; captions have the words as
they were heard, without names. A question is looked for behind the one before it; answers begin where the moderator names who is
next, and where no name is heard the stretch is shared out evenly and called unsure.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from transcripts.errors import BadFile
from transcripts.text import fold
from transcripts.wording import Word, words

SURE, LIKELY = 80.0, 62.0
"""How alike, of 100, the captions are to a question that was found, and to one that may have been."""
MOST_QUESTIONS = 200
_NUMBERED = re.compile(r"^\s*(?:(?:question|pregunta)\s*)?(?:\d{1,3}\s*[.):-]|[-*•])\s*", re.IGNORECASE)
_NEAR = 5
_CUES = frozenset(
    "thank thanks next now turn candidate mr mister mrs ms miss dr doctor councilman councilwoman councilmember councillor mayor"
    " senator representative gracias ahora turno siguiente señor señora sr sra".split()
)
"""Words before a name with which a moderator hands over the floor."""
_AFTER = frozenset({"please", "your", "you", "adelante", "usted"})
_BEFORE_NAME = 4
_SHORT = 12
"""A block of so few words that names somebody hands over the floor, whatever else it says."""
_FEW = 3
"""So few words behind a question or a name still belong to it."""

Place = tuple[int, int]
"""A block, counted from 0, and a code point of it."""


@dataclass(frozen=True)
class Found:
    """Where a question was asked: from `start` up to `end`. `score` is of 100."""

    question: str
    start: Place
    end: Place
    score: float

    @property
    def sure(self) -> bool:
        """Whether the words are so alike that nobody else's could be meant."""
        return self.score >= SURE


@dataclass(frozen=True)
class Answer:
    """A stretch from `start` up to `end` proposed as one voice's; `why` is for the editor."""

    name: str
    start: Place
    end: Place
    sure: bool
    why: str


@dataclass(frozen=True)
class Said:
    """What follows a question: the answers, and between them the words with which the moderator hands over the floor."""

    answers: tuple[Answer, ...] = ()
    hand_overs: tuple[tuple[Place, Place], ...] = ()


def questions(typed: str) -> tuple[str, ...]:
    """The questions of a run sheet, one a line, their numbers taken off. Raises BadFile for none or far too many."""
    found = tuple(plain for line in typed.split("\n") if (plain := " ".join(_NUMBERED.sub("", line).split())))
    if not found:
        raise BadFile("Paste the questions, one a line.")
    if len(found) > MOST_QUESTIONS:
        raise BadFile(
            "These are {n} lines; a run sheet has {most} questions at most.", n=len(found), most=MOST_QUESTIONS
        )
    return found


def orders(typed: str, names: Sequence[str], n: int) -> tuple[tuple[str, ...], ...]:
    """Who speaks after each of `n` questions, first to last, as names of `names`.

    One line is the first question's order, and each question after it begins with the next in line; several lines are one
    question's order each. Names stand between commas, in full or by surname. Raises BadFile with the line for one nobody has.
    """
    lines = [line for line in typed.split("\n") if line.strip()]
    if not lines:
        return tuple(() for _ in range(n))
    read = [
        tuple(_named(part, names, i) for part in _NUMBERED.sub("", line).split(",") if part.strip())
        for i, line in enumerate(lines, 1)
    ]
    if len(read) == 1:
        first = read[0]
        return tuple(first[i % len(first) :] + first[: i % len(first)] for i in range(n))
    if len(read) != n:
        raise BadFile(
            "There are {n} questions and {lines} lines of the order: give one line, or one for each question.",
            n=n,
            lines=len(read),
        )
    return tuple(read)


def find(asked: Sequence[str], blocks: Sequence[str]) -> tuple[Found | None, ...]:
    """Where each question was asked, in the order of the sheet; None where nothing like it was heard."""
    text = _Text(blocks)
    found: list[Found | None] = []
    here = 0
    for question in asked:
        place, here = text.search(question, here)
        found.append(place)
    return tuple(found)


def answers(found: Sequence[Found | None], order: Sequence[Sequence[str]], blocks: Sequence[str]) -> tuple[Said, ...]:
    """Who answered each question where, in rotation; nobody where the question was not found or no order is known."""
    ends = [next((later.start for later in found[i + 1 :] if later), (len(blocks), 0)) for i in range(len(found))]
    return tuple(
        _answers(place, names, blocks, end) if place and names else Said()
        for place, names, end in zip(found, order, ends, strict=True)
    )


class _Text:
    """The words of all blocks as one folded text, and the way back from its characters to block and code point."""

    def __init__(self, blocks: Sequence[str]) -> None:
        self.at: list[int] = []
        self.place: list[Place] = []
        self.length: list[int] = []
        parts: list[str] = []
        size = 0
        for i, block in enumerate(blocks):
            for word in words(block):
                self.at.append(size)
                self.place.append((i, word.start))
                self.length.append(word.end - word.start)
                parts.append(word.folded)
                size += len(word.folded) + 1
        self.joined = " ".join(parts)

    def search(self, question: str, after: int) -> tuple[Found | None, int]:
        """The question behind character `after` of the joined text, and where to go on looking for the next one."""
        needle = " ".join(word.folded for word in words(question))
        hay = self.joined[after:]
        if not needle or not self.at or len(hay) < len(needle) // 2:
            return None, after
        best = fuzz.partial_ratio_alignment(needle, hay, score_cutoff=LIKELY)
        if best is None:
            return None, after
        first = max(0, bisect_right(self.at, after + best.dest_start) - 1)
        last = max(first, bisect_right(self.at, after + max(best.dest_start, best.dest_end - 1)) - 1)
        score, first, last = self._trimmed(needle, first, last)
        (block, at), (stop, begins) = self.place[first], self.place[last]
        start = (block, at if _inside(self.place, first) else 0)
        end = (stop, begins + self.length[last])
        return Found(question, start, end, score), self.at[last] + 1

    def _trimmed(self, needle: str, first: int, last: int) -> tuple[float, int, int]:
        """The stretch of whole words near the one found that is most like the question: (score, its first and last word)."""
        ends = [*self.at, len(self.joined) + 1]
        starts = range(max(0, first - _NEAR), min(last, first + _NEAR) + 1)
        stops = range(max(first, last - _NEAR), min(len(self.at) - 1, last + _NEAR) + 1)
        return max(
            (
                (fuzz.ratio(needle, self.joined[ends[i] : ends[j + 1] - 1]), i, j)
                for i in starts
                for j in stops
                if i <= j
            ),
            key=lambda found: (found[0], found[1] - found[2]),
        )


def _inside(place: Sequence[Place], word: int) -> bool:
    """Whether other words of the same block stand before this one."""
    return word > 0 and place[word - 1][0] == place[word][0]


def _named(part: str, names: Sequence[str], line: int) -> str:
    plain = fold(part)
    fits = [name for name in names if plain == fold(name)] or [
        name for name in names if plain in fold(name).split()[-2:]
    ]
    if len(fits) != 1:
        raise BadFile(
            "“{name}” is nobody, or not one alone, among: {names}.", line, name=part.strip(), names=", ".join(names)
        )
    return fits[0]


def _answers(place: Found, names: Sequence[str], blocks: Sequence[str], end: Place) -> Said:
    heard = _handed_over(names, blocks, place.end, end)
    if heard is None:
        return Said(_shared_out(names, blocks, _behind(place.end, blocks), end))
    begins = [_behind(stop, blocks) for _, stop in heard]
    stops = [*(start for start, _ in heard[1:]), end]
    said = tuple(
        Answer(name, begin, stop, True, "The moderator names them before it.")
        for name, begin, stop in zip(names, begins, stops, strict=True)
    )
    return Said(tuple(one for one in said if one.start < one.end), tuple(one for one in heard if one[0] < one[1]))


def _handed_over(
    names: Sequence[str], blocks: Sequence[str], start: Place, end: Place
) -> list[tuple[Place, Place]] | None:
    """Where the floor is given to each, in order; None where somebody's turn is not heard.

    The first may begin right behind the question without being called.
    """
    calls = [_surname(name) for name in names]
    found: list[tuple[Place, Place]] = []
    here = start
    for n, surname in enumerate(calls):
        heard = next(_calls(surname, blocks, here, end), None)
        after = next(_calls(calls[1], blocks, here, end), None) if n == 0 and len(calls) > 1 else None
        if n == 0 and after is not None and (heard is None or after < heard):
            heard = (start, start)
        if heard is None:
            return None
        found.append(heard)
        here = heard[1]
    return found


def _surname(name: str) -> str:
    return fold(name).split()[-1]


def _calls(surname: str, blocks: Sequence[str], start: Place, end: Place) -> Iterator[tuple[Place, Place]]:
    """The places behind `start` and before `end` where somebody is called by name to speak."""
    for i in range(start[0], min(end[0] + 1, len(blocks))):
        said = words(blocks[i])
        for n, word in enumerate(said):
            if word.folded == surname and start <= (i, word.start) < end and (called := _called(said, n)) is not None:
                yield (i, said[called[0]].start if called[0] else 0), (i, said[called[1]].end)


def _called(said: Sequence[Word], n: int) -> tuple[int, int] | None:
    """First and last word of the hand-over round the name at word `n`; None where somebody is only spoken of."""
    before = [i for i in range(max(0, n - _BEFORE_NAME), n) if said[i].folded.rstrip(".") in _CUES]
    after = n + 1 < len(said) and said[n + 1].folded in _AFTER
    if not before and not after and len(said) > _SHORT:
        return None
    return (before[0] if before else max(0, n - 1) if len(said) > _SHORT else 0), n + after


def _behind(place: Place, blocks: Sequence[str]) -> Place:
    """The place itself, or the next block where only a few words are left in this one."""
    block, at = place
    return place if len(words(blocks[block][at:])) > _FEW else (block + 1, 0)


def _shared_out(names: Sequence[str], blocks: Sequence[str], start: Place, end: Place) -> tuple[Answer, ...]:
    """The blocks shared out evenly by their words: only a place to begin listening."""
    stop = end[0] + (end[1] > 0)
    lengths = [max(1, len(block.split())) for block in blocks[start[0] : stop]]
    if len(lengths) < len(names):
        return ()
    share = sum(lengths) / len(names)
    owner, said = [], 0
    for length in lengths:
        owner.append(min(len(names) - 1, int((said + length / 2) / share)))
        said += length
    firsts = [next((start[0] + i for i, one in enumerate(owner) if one == n), None) for n in range(len(names))]
    places = [(block, start[1] if block == start[0] else 0) for block in firsts if block is not None]
    if len(places) < len(names):
        return ()
    return tuple(
        Answer(name, here, there, False, "No name was heard: shared out evenly.")
        for name, here, there in zip(names, places, [*places[1:], end], strict=True)
    )
