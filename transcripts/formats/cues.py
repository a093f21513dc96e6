"""Timed captions as WebVTT and SRT write them: lines of a file to cues, tolerant of what people's files really hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transcripts.formats.markup import Span, last_word_time, spans
from transcripts.formats.parsed import Problem
from transcripts.messages import Message
from transcripts.vocabulary import Severity

_TIME = r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,6}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*-{{1,2}}>\s*{_TIME}(?!\S)\s*(.*)")
_BROKEN_TIMING = re.compile(r"\s*[0-9]{1,4}:[0-9][^>]{0,30}-->")
_SETTING = re.compile(r"[A-Za-z][A-Za-z0-9]*:\S+")
_COMMENT = re.compile(r"NOTE(?:\s|$)|(?:STYLE|REGION)\s*$")


@dataclass(frozen=True)
class Cue:
    """One caption: the words shown between two times (ms), where they stand in the file (from 1), and its own id.

    `last_word_ms` is when its last word begins, where speech software timed each word.
    """

    start_ms: int
    end_ms: int
    spans: tuple[Span, ...]
    line: int
    ref: str | None = None
    last_word_ms: int | None = None

    @property
    def text(self) -> str:
        """All its words, whoever speaks them, lines apart."""
        return "\n".join(span.text for span in self.spans)


@dataclass
class _Open:
    """A cue whose words are still being read."""

    start_ms: int
    end_ms: int
    line: int
    ref: str | None = None
    lines: list[tuple[int, str]] = field(default_factory=list)

    def closed(self) -> Cue:
        payload = "\n".join(text for _, text in self.lines)
        line = next((number for number, text in self.lines if text.strip()), self.line)
        return Cue(self.start_ms, self.end_ms, spans(payload), line, self.ref, _last_word(payload))


def read_cues(lines: Sequence[str], first: int = 0, comments: bool = False) -> tuple[list[Cue], list[Problem]]:
    """The cues in `lines` from index `first`, in the order they stand, and what was wrong with them.

    A line that holds a timing begins a cue even where the blank line before it is missing. Words after a blank line
    inside a cue stay with it. With `comments` blocks of NOTE, STYLE and REGION are passed over. Cues without words
    are kept: they count.
    """
    reader = _Reader(comments)
    for number in range(first, len(lines)):
        reader.take(number + 1, lines[number])
    return reader.finish()


def timing(line: str) -> tuple[int, int, str] | None:
    """Start and end in ms and what follows on the line, of a timing line; None for any other."""
    found = _TIMING.fullmatch(line) if "->" in line else None
    if found is None:
        return None
    parts = found.groups()
    return milliseconds(*parts[0:4]), milliseconds(*parts[4:8]), parts[8].strip()


def milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    """A printed time in ms; a fraction of any number of digits."""
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "").ljust(3, "0")[:3])


def _last_word(payload: str) -> int | None:
    printed = last_word_time(payload)
    return milliseconds(*printed) if printed else None


class _Reader:
    """Goes down the lines once, closing a cue when the next begins."""

    def __init__(self, comments: bool) -> None:
        self.comments = comments
        self.cues: list[Cue] = []
        self.problems: list[Problem] = []
        self.before = _Open(0, 0, 1)
        self.open = self.before
        self.blank = True
        self.empty = True
        self.skipping = False
        self.parted: list[int] = []
        self.timed = False

    def take(self, number: int, line: str) -> None:
        blank = not line.strip()
        if self.skipping or (self.comments and self.blank and _COMMENT.match(line)):
            self.skipping = not blank and timing(line) is None
            if self.skipping or blank:
                self.blank = blank
                return
        times = timing(line)
        if times is not None:
            self._begin(number, *times)
        elif _BROKEN_TIMING.match(line):
            self._begin_untimed(number, line)
        elif not blank:
            self._words(number, line)
        self.blank, self.empty = blank, not line

    def finish(self) -> tuple[list[Cue], list[Problem]]:
        self._close(cut_off=True)
        if self.parted:
            self._notice(
                self.parted[0],
                "Words after a blank line were kept with their caption{more}.",
                Severity.INFO,
                more=_more(self.parted),
            )
        return (self.cues if self.timed else []), self.problems

    def _begin(self, number: int, start: int, end: int, rest: str) -> None:
        ref = self._identifier(number)
        self._close()
        self.timed = True
        if end < start:
            self._notice(number, "This caption ends before it begins; its end was set to its beginning.")
        self.open = _Open(start, max(start, end), number, ref)
        if rest and not all(_SETTING.fullmatch(word) for word in rest.split()):
            self.open.lines.append((number, rest))

    def _begin_untimed(self, number: int, line: str) -> None:
        """A caption whose time cannot be read is no caption: its words go on with the one before."""
        ref = self._identifier(number)
        self._notice(
            number,
            "The time “{time}” cannot be read; the words under it were kept with the caption before.",
            time=line.strip()[:60],
        )
        if self.open is self.before:
            self._close()
            self.open = _Open(0, 0, number, ref)

    def _words(self, number: int, line: str) -> None:
        if self.empty and self.open.lines and self.open is not self.before and not line.strip().isdigit():
            self.parted.append(number)
        self.open.lines.append((number, line))

    def _identifier(self, number: int) -> str | None:
        """The line right above a timing, where it is a number or begins the block: the cue's id, not its words."""
        lines = self.open.lines
        if not lines or lines[-1][0] != number - 1:
            return None
        text = lines[-1][1].strip()
        alone = len(lines) == 1 or lines[-2][0] != number - 2
        if text.isdigit() or (alone and self._starts_block(number - 1)):
            lines.pop()
            if self.parted and self.parted[-1] == number - 1:
                self.parted.pop()
            return text
        return None

    def _starts_block(self, number: int) -> bool:
        return self.open is self.before or number - 1 > self.open.line

    def _close(self, cut_off: bool = False) -> None:
        if self.open is self.before:
            if self.open.lines:
                words = self.open.lines[0][1].strip()[:60]
                self._notice(
                    self.open.lines[0][0], "Words before the first caption were left out: “{words}”.", words=words
                )
            return
        if cut_off and len(self.open.lines) > 1 and self.open.lines[-1][1].strip().isdigit():
            alone = self.open.lines[-1][0] - self.open.lines[-2][0] > 1
            if alone:
                self.open.lines.pop()
        self.cues.append(self.open.closed())

    def _notice(
        self, line: int, template: str, severity: Severity = Severity.WARNING, /, **values: str | Message
    ) -> None:
        self.problems.append(Problem(line, severity, template, values))


def _more(lines: Sequence[int]) -> Message | str:
    return Message(", here and in {n} more places", {"n": len(lines) - 1}) if len(lines) > 1 else ""
