"""Captions that roll: each line shown two or three times as it moves up the screen. Every word is kept once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from transcripts.formats.cues import Cue
from transcripts.formats.markup import Span

_ENOUGH = 3
_LOOK_BACK = 60
_NEXT_TO_MS = 500
_SHARE = 0.25
_FILLER_MS = 120


@dataclass(frozen=True)
class _Shown:
    """What one caption shows: its words, and after how many of them each of its lines ends."""

    words: tuple[str, ...]
    line_ends: frozenset[int]


def unrolled(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """The cues without the words the caption before still showed, and how many words that were.

    Decided once for the file: only where a quarter of the captions repeat part of their neighbour is it rolling.
    Elsewhere two captions with the same words are two people, or one person twice, and both stay.
    """
    shown = [_shown(cue) for cue in cues]
    repeats = [0, *(_repeated(shown[i - 1], shown[i]) if _adjacent(cues, i) else 0 for i in range(1, len(cues)))]
    if not _rolls(cues, shown, repeats):
        return list(cues), 0
    kept = [_without(cue, count) if count else cue for cue, count in zip(cues, repeats, strict=True)]
    return kept, sum(repeats)


def _shown(cue: Cue) -> _Shown:
    words: list[str] = []
    ends: list[int] = []
    for line in cue.text.split("\n"):
        words += line.split()
        ends.append(len(words))
    return _Shown(tuple(words), frozenset(ends))


def _adjacent(cues: Sequence[Cue], i: int) -> bool:
    """Shown one right after the other, by nobody named: rolling captions have no voice spans."""
    before, cue = cues[i - 1], cues[i]
    plain = all(span.voice is None for span in (*before.spans, *cue.spans))
    return plain and before.start_ms <= cue.start_ms <= before.end_ms + _NEXT_TO_MS


def _repeated(before: _Shown, now: _Shown) -> int:
    """How many words at the start of `now` still stood at the end of `before`: whole lines, or enough words to be sure."""
    if before.words and before.words == now.words[: len(before.words)]:
        return len(before.words)
    for count in range(min(len(before.words), len(now.words), _LOOK_BACK), 0, -1):
        if before.words[-count] != now.words[0] or before.words[-count:] != now.words[:count]:
            continue
        if count >= _ENOUGH or count in now.line_ends:
            return count
    return 0


def _rolls(cues: Sequence[Cue], shown: Sequence[_Shown], repeats: Sequence[int]) -> bool:
    sure = 0
    for i in range(1, len(cues)):
        partly = 0 < repeats[i] < len(shown[i].words) or repeats[i] < len(shown[i - 1].words)
        filler = cues[i].end_ms - cues[i].start_ms <= _FILLER_MS
        sure += repeats[i] > 0 and (partly or filler)
    timed = any(cue.last_word_ms is not None for cue in cues)
    return sure >= (1 if timed else 2) and sure >= _SHARE * (len(cues) - 1)


def _without(cue: Cue, count: int) -> Cue:
    """The cue without its first `count` words; without any span where nothing is new."""
    left = count
    lines = []
    for line in cue.text.split("\n"):
        words = line.split()
        lines.append(" ".join(words[left:]))
        left = max(0, left - len(words))
    text = "\n".join(line for line in lines if line)
    return replace(cue, spans=(Span(None, text),) if text else ())
