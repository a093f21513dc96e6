"""Pure: what speech software heard, word by word, to a record: cut where its voice changes, also inside a segment.

Voices told apart by software are numbers of one file, not people. A change of voice for one word inside the speech of
another is a slip of the software and is undone, unless that word is a sentence of its own (“Yes.”).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from transcripts.errors import BadFile
from transcripts.formats.captions import record as captions
from transcripts.formats.captions import without_lines
from transcripts.formats.cues import Cue
from transcripts.formats.markup import Span
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem, Timed
from transcripts.text import clean
from transcripts.vocabulary import Severity

_AHEAD = 12
_STOPS = (".", "!", "?", "…")


@dataclass(frozen=True)
class Word:
    """A word as it was heard; its times (ms) and its voice are None where the software could not place it."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    voice: str | None = None


@dataclass(frozen=True)
class Segment:
    """Words heard without a break, with the times of the whole in ms, and its voice; `words` may be empty."""

    text: str
    start_ms: int
    end_ms: int
    voice: str | None = None
    words: tuple[Word, ...] = ()


def record(name: str, segments: Sequence[Segment], problems: Sequence[Problem], header: dict[str, str]) -> ParsedRecord:
    """The record of what software heard: its grade is `machine`. Raises BadFile where there are no words."""
    voiced = [_voiced(segment) for segment in segments]
    smoothed, flips = _smoothed(voiced)
    cues = [cue for segment in smoothed for cue in _cues(segment)]
    if not cues:
        raise BadFile("There are no words in this file.")
    said = list(problems)
    if flips:
        said.append(
            Problem(
                None,
                Severity.INFO,
                "Single words given to another voice in the middle of a sentence stay with it: {n}.",
                {"n": flips},
            )
        )
    numbered = [replace(cue, line=i) for i, cue in enumerate(cues, start=1)]
    found = without_lines(captions(name, numbered, said, header, by_software=True))
    return replace(found, turns=timed(found.turns, [word for segment in segments for word in segment.words]))


def words(text: str) -> str:
    """The words of a value of JSON: clean, with single spaces."""
    return " ".join(clean(text).split())


def timed(turns: Sequence[ParsedTurn], heard: Sequence[Word]) -> tuple[ParsedTurn, ...]:
    """The turns with the time of each word that is found in them in order; turns without one keep the times they have."""
    at = 0
    found = []
    for turn in turns:
        marks: list[Timed] = []
        place = 0
        for said in turn.text.split():
            place = turn.text.index(said, place)
            near = range(at, min(at + _AHEAD, len(heard)))
            match = next((i for i in near if words(heard[i].text) == said), None)
            if match is not None:
                at = match + 1
                start, end = heard[match].start_ms, heard[match].end_ms
                if start is not None and end is not None and end >= start:
                    marks.append(Timed(place, place + len(said), start, end))
            place += len(said)
        found.append(replace(turn, timed=tuple(marks)) if marks else turn)
    return tuple(found)


def _voiced(segment: Segment) -> Segment:
    """The segment with a voice for each word: one the software could not place goes with the word before it."""
    held: list[Word] = []
    first = next((word.voice for word in segment.words if word.voice), segment.voice)
    for word in segment.words:
        voice = word.voice or (held[-1].voice if held else first)
        held.append(replace(word, voice=voice))
    return replace(segment, words=tuple(held))


def _smoothed(segments: Sequence[Segment]) -> tuple[list[Segment], int]:
    """Runs of one word between words of one other voice are that voice's; and how many there were."""
    every = [word for segment in segments for word in segment.words]
    voices = [word.voice for word in every]
    flips = 0
    for i in range(1, len(every) - 1):
        before, voice, after = voices[i - 1], voices[i], voices[i + 1]
        if before is not None and before == after != voice and not _sentence(every[i - 1].text, every[i].text):
            voices[i] = before
            flips += 1
    given = iter(voices)
    return [
        replace(segment, words=tuple(replace(word, voice=next(given)) for word in segment.words))
        for segment in segments
    ], flips


def _sentence(before: str, word: str) -> bool:
    return before.rstrip().endswith(_STOPS) and word.rstrip().endswith(_STOPS)


def _cues(segment: Segment) -> Iterator[Cue]:
    """A segment as captions: one, or one for each run of words of one voice."""
    runs = [(voice, list(group)) for voice, group in groupby(segment.words, key=lambda word: word.voice)]
    if len(runs) < 2:
        voice = runs[0][0] if runs else segment.voice
        if words(segment.text):
            yield _cue(voice, words(segment.text), segment.start_ms, segment.end_ms)
        return
    texts = _cut(segment, [len(run) for _, run in runs])
    start = segment.start_ms
    for i, ((voice, run), text) in enumerate(zip(runs, texts, strict=True)):
        begins = next((word.start_ms for word in run if word.start_ms is not None), start)
        ends = next((word.end_ms for word in reversed(run) if word.end_ms is not None), None)
        end = segment.end_ms if ends is None and i == len(runs) - 1 else (begins if ends is None else ends)
        if text:
            yield _cue(voice, text, begins, end)
        start = max(begins, end)


def _cue(voice: str | None, text: str, start: int, end: int) -> Cue:
    return Cue(start, max(start, end), (Span(voice, text),), 1)


def _cut(segment: Segment, counts: Sequence[int]) -> list[str]:
    """The text of a segment cut after so many of its words; the words themselves where they do not stand in the text."""
    text = words(segment.text)
    ends: list[int] = []
    at = 0
    for word in segment.words:
        said = words(word.text)
        place = text.find(said, at)
        if place < 0 or place > at + 3:
            return _joined(segment, counts)
        at = place + len(said)
        ends.append(at)
    cuts = [0]
    for count in counts:
        cuts.append(cuts[-1] + count)
    places = [0, *(ends[cut - 1] for cut in cuts[1:-1]), len(text)]
    return [text[a:b].strip() for a, b in zip(places, places[1:], strict=False)]


def _joined(segment: Segment, counts: Sequence[int]) -> list[str]:
    heard = iter(segment.words)
    return [" ".join(filter(None, (words(next(heard).text) for _ in range(count)))) for count in counts]
