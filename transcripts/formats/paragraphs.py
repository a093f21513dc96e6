"""Words with times to turns: one turn per voice, timed paragraphs where the voice is unknown.

Captions break where the screen is full. A reader's paragraph breaks at a pause or at the end of a sentence, after
30 to 120 words; where there is neither, at the longest gap.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from transcripts.text import count_words

_FEWEST = 30
_GOOD = 60
_PLENTY = 90
_MOST = 120
_SILENCE_MS = 8_000
_PAUSE_MS = 3_000
_STOP_MS = 1_200
_BREATH_MS = 500

_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[¿¡]*[^\W_])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"“‘])(?:mr|mrs|ms|dr|st|jr|sr|sra|dra|gov|sen|rep|gen|lt|sgt|capt|col|prof|rev|hon|pres|no|vs|etc|inc"
    r"|co|corp|dept|ave|blvd|ord|res|sec|art|prop|ed|lic|ing|[a-z]|(?:[a-z]\.)+[a-z])\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """Words of one voice with their times in ms. `pause_ms` is the silence before the next words; `line` counts from 1."""

    text: str
    start_ms: int
    end_ms: int
    pause_ms: int
    line: int
    ref: str | None = None


@dataclass(frozen=True)
class Piece:
    """A sentence, or as much of one as a caption holds."""

    text: str
    words: int
    start_ms: int
    end_ms: int
    pause_ms: int
    line: int
    ref: str | None

    @property
    def ends_sentence(self) -> bool:
        return self.text.rstrip("\"'”’)]")[-1:] in {".", "!", "?", "…"}


def paragraphs(run: Iterable[Said]) -> Iterator[list[Piece]]:
    """The words of one voice in paragraphs, in order; nothing added, nothing left out."""
    held: list[Piece] = []
    count = 0
    for piece in _pieces(run):
        while held and count + piece.words > _MOST:
            cut = _best_cut(held)
            yield held[:cut]
            held = held[cut:]
            count = sum(kept.words for kept in held)
        held.append(piece)
        count += piece.words
        if _ends_here(held, count):
            yield held
            held, count = [], 0
    if held:
        yield held


def joined(pieces: Sequence[Piece]) -> str:
    """The words of a paragraph with single spaces."""
    return " ".join(piece.text for piece in pieces)


def _ends_here(held: Sequence[Piece], count: int) -> bool:
    piece = held[-1]
    if piece.pause_ms >= _SILENCE_MS:
        return True
    if count >= _FEWEST and piece.pause_ms >= _PAUSE_MS:
        return True
    if piece.ends_sentence:
        return count >= _PLENTY or (count >= _GOOD and piece.pause_ms >= _BREATH_MS)
    return count >= _GOOD and piece.pause_ms >= _STOP_MS and not any(part.ends_sentence for part in held)


def _best_cut(held: Sequence[Piece]) -> int:
    """After how many pieces to break: after a sentence if one ends late enough, else at the longest pause."""
    best, best_score = len(held), (-1, -1, -1)
    count = 0
    for i, piece in enumerate(held, start=1):
        count += piece.words
        score = (int(piece.ends_sentence), min(piece.pause_ms, _PAUSE_MS), count)
        if count >= _FEWEST and score > best_score:
            best, best_score = i, score
    return best


def _pieces(run: Iterable[Said]) -> Iterator[Piece]:
    """Sentences, each with its share of the time of its caption by length."""
    for said in run:
        parts = list(_parts(said.text))
        whole = sum(map(len, parts)) or 1
        lasts = said.end_ms - said.start_ms
        done = 0
        for i, part in enumerate(parts):
            start = said.start_ms + lasts * done // whole
            done += len(part)
            end = said.start_ms + lasts * done // whole
            pause = said.pause_ms if i == len(parts) - 1 else 0
            yield Piece(part, count_words(part), start, end, pause, said.line, said.ref)


def _parts(text: str) -> Iterator[str]:
    """The sentences of a text; one of more than 120 words in runs of at most that."""
    for sentence in sentences(text):
        words = sentence.split()
        for i in range(0, len(words), _MOST):
            yield " ".join(words[i : i + _MOST])


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text in order; an abbreviation such as Dr. ends none."""
    begin = 0
    for end in _SENTENCE.finditer(text):
        if end[0][0] == "." and _ABBREVIATION.search(text[max(begin, end.start() - 12) : end.start() + 1]):
            continue
        yield text[begin : end.end()].strip()
        begin = end.end()
    if text[begin:].strip():
        yield text[begin:].strip()
