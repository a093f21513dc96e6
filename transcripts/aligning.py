"""Pure: two sources of one forum laid side by side: the words of one, the times of the other, and where they differ.

The words are aligned by Levenshtein distance over folded words (rapidfuzz); a caption's words are taken to be spoken evenly between its
start and its end. Times are given only where words of the very turn were matched: nothing is interpolated across a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from transcripts.wording import Word, words

FEWEST = 0.5
"""A turn gets times where at least this share of its words was matched."""
CONTEXT = 4
"""Words shown before and after a difference."""


@dataclass(frozen=True)
class Timed:
    """A block of captions: its words between two times, ms from the start of the recording."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class Span:
    """When a turn was spoken, ms; `share` of its words was matched, 0 to 1."""

    start_ms: int
    end_ms: int
    share: float


@dataclass(frozen=True)
class Difference:
    """Where the two differ: `ours` stands in turn `turn`, `theirs` was heard in the captions; either may be empty."""

    turn: int
    before: str
    ours: str
    theirs: str
    at_ms: int


@dataclass(frozen=True)
class Alignment:
    """For each turn its times, None where too little of it was heard; and every difference, in order."""

    spans: tuple[Span | None, ...]
    differences: tuple[Difference, ...]

    @property
    def found(self) -> int:
        """How many turns got times."""
        return sum(span is not None for span in self.spans)


def align(texts: Sequence[str], timed: Sequence[Timed]) -> Alignment:
    """Lay the words of turns beside captions. Both are in the order they were spoken."""
    ours = [(i, word) for i, text in enumerate(texts) for word in words(text)]
    theirs = [(at, word) for block in timed for at, word in _spoken(block)]
    codes = Levenshtein.opcodes([word.folded for _, word in ours], [word.folded for _, word in theirs])
    heard: list[list[int]] = [[] for _ in texts]
    differences: list[Difference] = []
    for code in codes:
        if code.tag == "equal":
            for a, b in zip(range(code.src_start, code.src_end), range(code.dest_start, code.dest_end), strict=True):
                heard[ours[a][0]].append(theirs[b][0])
        elif ours and theirs:
            differences.append(
                _difference(ours, theirs, (code.src_start, code.src_end), (code.dest_start, code.dest_end))
            )
    counts = [0] * len(texts)
    for i, _ in ours:
        counts[i] += 1
    spans = tuple(_span(times, count) for times, count in zip(heard, counts, strict=True))
    return Alignment(spans, tuple(differences))


def _spoken(block: Timed) -> list[tuple[int, Word]]:
    """Each word of a block with the time it is taken to begin."""
    found = words(block.text)
    step = (block.end_ms - block.start_ms) / max(1, len(found))
    return [(round(block.start_ms + i * step), word) for i, word in enumerate(found)]


def _span(times: Sequence[int], count: int) -> Span | None:
    share = len(times) / count if count else 0.0
    return Span(min(times), max(times), round(share, 2)) if times and share >= FEWEST else None


def _difference(
    ours: Sequence[tuple[int, Word]], theirs: Sequence[tuple[int, Word]], src: tuple[int, int], dest: tuple[int, int]
) -> Difference:
    turn = ours[min(src[0], len(ours) - 1)][0]
    before = [word.text for i, word in ours[max(0, src[0] - CONTEXT) : src[0]] if i == turn]
    return Difference(
        turn,
        " ".join(before),
        " ".join(word.text for _, word in ours[src[0] : src[1]]),
        " ".join(word.text for _, word in theirs[dest[0] : dest[1]]),
        theirs[min(dest[0], len(theirs) - 1)][0],
    )
