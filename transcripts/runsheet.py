"""Pure: a run sheet against captions: where each question was asked, and who answered in which order. Everything is a proposal.

The organisers' sheet has the questions in their own words and the order in which the candidates speak; captions have the words as
they were heard, without names. A question is looked for behind the one before it; answers begin where the moderator names who is
next, and where no name is heard the stretch is shared out evenly and called unsure.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from transcripts.errors import BadFile
from transcripts.text import fold
from transcripts.wording import words

SURE, LIKELY = 80.0, 62.0
"""How alike, of 100, the captions are to a question that was found, and to one that may have been."""
MOST_QUESTIONS = 200
_NUMBERED = re.compile(r"^\s*(?:(?:question|pregunta)\s*)?(?:\d{1,3}\s*[.):-]|[-*•])\s*", re.IGNORECASE)
_NEAR = 5
_HAND_OVER = 25
"""Words of a caption block in which a name hands over the floor; in longer ones somebody is only spoken of, except at its end."""


@dataclass(frozen=True)
class Found:
    """Where a question was asked: in block `block` from code point `at` to the end of block `last`. `score` is of 100."""

    question: str
    block: int
    at: int
    last: int
    score: float

    @property
    def sure(self) -> bool:
        """Whether the words are so alike that nobody else's could be meant."""
        return self.score >= SURE


@dataclass(frozen=True)
class Answer:
    """A stretch of blocks (`first` up to and with `last`) proposed as one voice's; `why` is for the editor."""

    name: str
    first: int
    last: int
    sure: bool
    why: str


def questions(typed: str) -> tuple[str, ...]:
    """The questions of a run sheet, one a line, their numbers taken off. Raises BadFile for none or far too many."""
    found = tuple(plain for line in typed.split("\n") if (plain := " ".join(_NUMBERED.sub("", line).split())))
    if not found:
        raise BadFile("Paste the questions, one a line.")
    if len(found) > MOST_QUESTIONS:
        raise BadFile(f"These are {len(found)} lines; a run sheet has {MOST_QUESTIONS} questions at most.")
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
            f"There are {n} questions and {len(read)} lines of the order: give one line, or one for each question."
        )
    return tuple(read)


def find(asked: Sequence[str], blocks: Sequence[str]) -> tuple[Found | None, ...]:
    """Where each question was asked, in the order of the sheet; None where nothing like it was heard."""
    text = _Text(blocks)
    found: list[Found | None] = []
    here = 0
    for question in asked:
        place = text.search(question, here)
        found.append(place)
        if place is not None:
            here = text.starts[place.last + 1] if place.last + 1 < len(text.starts) else len(text.joined)
    return tuple(found)


def answers(
    found: Sequence[Found | None], order: Sequence[Sequence[str]], blocks: Sequence[str]
) -> tuple[tuple[Answer, ...], ...]:
    """Who answered each question where, in rotation; () where the question was not found or nobody stands in the order."""
    ends = [next((later.block for later in found[i + 1 :] if later), len(blocks)) for i in range(len(found))]
    return tuple(
        _answers(place, names, blocks, end) if place and names else ()
        for place, names, end in zip(found, order, ends, strict=True)
    )


class _Text:
    """The words of all blocks as one folded text, and the way back from its characters to block and code point."""

    def __init__(self, blocks: Sequence[str]) -> None:
        self.starts: list[int] = []
        self.at: list[int] = []
        self.place: list[tuple[int, int]] = []
        parts: list[str] = []
        size = 0
        for i, block in enumerate(blocks):
            self.starts.append(size)
            for word in words(block):
                self.at.append(size)
                self.place.append((i, word.start))
                parts.append(word.folded)
                size += len(word.folded) + 1
        self.joined = " ".join(parts)

    def search(self, question: str, after: int) -> Found | None:
        needle = " ".join(word.folded for word in words(question))
        hay = self.joined[after:]
        if not needle or len(hay) < len(needle) // 2:
            return None
        best = fuzz.partial_ratio_alignment(needle, hay, score_cutoff=LIKELY)
        if best is None or not self.at:
            return None
        first = max(0, bisect_right(self.at, after + best.dest_start) - 1)
        last = max(first, bisect_right(self.at, after + max(best.dest_start, best.dest_end - 1)) - 1)
        score, first, last = self._trimmed(needle, first, last)
        block, at = self.place[first]
        return Found(question, block, at if _inside(self.place, first) else 0, self.place[last][0], score)

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


def _inside(place: Sequence[tuple[int, int]], word: int) -> bool:
    """Whether other words of the same block stand before this one."""
    return word > 0 and place[word - 1][0] == place[word][0]


def _named(part: str, names: Sequence[str], line: int) -> str:
    plain = fold(part)
    fits = [name for name in names if plain == fold(name)] or [
        name for name in names if plain in fold(name).split()[-2:]
    ]
    if len(fits) != 1:
        raise BadFile(f"“{part.strip()}” is nobody, or not one alone, among: {', '.join(names)}.", line)
    return fits[0]


def _answers(place: Found, names: Sequence[str], blocks: Sequence[str], end: int) -> tuple[Answer, ...]:
    first = place.last + 1
    if end - first < len(names):
        return ()
    begins = _handed_over(names, blocks, place.last, end)
    if begins is None:
        return _shared_out(names, blocks, first, end)
    stops = [*(start - 1 for start in begins[1:]), end - 1]
    return tuple(
        Answer(name, start, stop, True, "The moderator names them before it.")
        for name, start, stop in zip(names, begins, stops, strict=True)
    )


def _handed_over(names: Sequence[str], blocks: Sequence[str], start: int, end: int) -> list[int] | None:
    """The block behind each hand-over, in order; None where somebody's is not heard."""
    begins: list[int] = []
    here = start
    for name in names:
        surname = fold(name).split()[-1]
        heard = next((i for i in range(here, end - 1) if surname in _hand_over(blocks[i])), None)
        if heard is None:
            return None
        begins.append(heard + 1)
        here = heard + 1
    return begins


def _hand_over(block: str) -> set[str]:
    said = [word.folded for word in words(block)]
    return set(said if len(said) <= _HAND_OVER else said[-_HAND_OVER:])


def _shared_out(names: Sequence[str], blocks: Sequence[str], first: int, end: int) -> tuple[Answer, ...]:
    """The blocks shared out evenly by their words: only a place to begin listening."""
    lengths = [max(1, len(block.split())) for block in blocks[first:end]]
    share = sum(lengths) / len(names)
    owner = []
    said = 0
    for length in lengths:
        owner.append(min(len(names) - 1, int((said + length / 2) / share)))
        said += length
    stretches = [[first + i for i, one in enumerate(owner) if one == n] for n in range(len(names))]
    return tuple(
        Answer(name, at[0], at[-1], False, "No name was heard: shared out evenly.")
        for name, at in zip(names, stretches, strict=True)
        if at
    )
