"""Transcripts pasted from meeting and transcription services: a line with a name and a time, the words below or beside.

The formats differ in how that line is printed; each recognises its own (a `Match`) and everything else is here. Times
are either offsets into the recording or the time of day: decided once for a file, and said.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from transcripts.errors import BadFile
from transcripts.formats.format import EXACT, first_lines
from transcripts.formats.labels import is_scene, is_time
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem
from transcripts.messages import Message
from transcripts.vocabulary import Grade, Severity, TurnKind

TIME = r"(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}(?:[.,][0-9]{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?"
"""A printed time: 0:03, 1:02:03, 00:00:03.250, 10:31:07 AM."""

STARTED = r".{1,80} (?:started|stopped|inició|detuvo) (?:la )?transcrip(?:tion|ción)"
"""The line in which Teams says who had it written down; for matching without case."""

CREDIT = r"\W*Transcribed by (?:https?://)?(?:www\.)?otter\.ai/?\W*"
"""The line in which Otter names itself; for matching without case."""

_SENTENCE = re.compile(r"[a-zß-öø-ÿ]{4,}[.!?] |[.!?] [a-zß-öø-ÿ]")
_PARTS = re.compile(r"([0-9:]+)(?:[.,]([0-9]{1,3}))?\s?([AaPp])?")
_DATE = re.compile(
    r"(?:[^\W\d_]{3,10},? )?(?:[^\W\d_]{3,10}\.? [0-9]{1,2},? [0-9]{4}|[0-9]{1,2}\.? (?:de )?[^\W\d_]{3,10}\.?,? (?:de )?[0-9]{4}"
    r"|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4})\b.{0,60}"
)
_DAY_MS = 24 * 3_600_000
_HALF_A_DAY_MS = _DAY_MS // 2
_NO_RECORDING_MS = 5 * 3_600_000
_FIRST_MINUTES_MS = 30 * 60_000
_LINES_A_BLOCK = 25
_MOST_LETTERS = 80
_MOST_WORDS = 10


@dataclass(frozen=True)
class Stamp:
    """A line that begins a block: who is printed on it (None: only a time), when, and the words beside it."""

    label: str | None
    time: str | None
    words: str = ""


Match = Callable[[str], Stamp | None]
"""Recognises the stamp on a line without white space around it; None for any other line."""

Item = tuple[int, Stamp | str]
"""A line of the file, by its number from 1: a stamp, or a line of words (empty where a paragraph ends)."""


@dataclass
class _Block:
    """A stamp, the line it stands on, and the lines of words under it."""

    stamp: Stamp
    line: int
    words: list[str]

    def text(self) -> str:
        """The words: lines joined, paragraphs apart."""
        paragraphs: list[list[str]] = [[]]
        for words in (self.stamp.words, *self.words):
            if words:
                paragraphs[-1].append(words)
            elif paragraphs[-1]:
                paragraphs.append([])
        return "\n\n".join(" ".join(part) for part in paragraphs if part)


@dataclass
class _Page:
    """What was read so far: lines above the first block, the blocks, and lines of the service itself."""

    above: list[str] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)
    service: list[str] = field(default_factory=list)


def unmarked(line: str) -> str:
    """A line without the marks of Markdown round a name, and with single spaces where it has no-break ones."""
    return line.replace("**", "").replace("__", "").lstrip("#").strip().replace("\N{NO-BREAK SPACE}", " ")


def is_label(text: str) -> bool:
    """Whether a printed name or role may be this long and look like this, with no sentence in it."""
    words = text.split()
    if not words or len(text) > _MOST_LETTERS or len(words) > _MOST_WORDS:
        return False
    if not text[0].isalnum() or not any(char.isalpha() for char in text):
        return False
    return text[-1] not in ",;:!?" and "://" not in text and not _SENTENCE.search(text)


def density(text: str, match: Match) -> float:
    """The share of the first lines that blocks of this pattern explain; 0 for fewer than two blocks, or sparse ones."""
    lines = first_lines(text)
    stamped = [i for i, line in enumerate(lines) if match(line) is not None]
    if len(stamped) < 2 or len(stamped) * _LINES_A_BLOCK < len(lines):
        return 0.0
    return min(0.95, (len(lines) - stamped[0]) / len(lines))


def certainty(text: str, match: Match) -> float:
    """EXACT where a stamp that only one service prints explains most lines; else its density."""
    found = density(text, match)
    return EXACT if found > 0.5 else found


def items(text: str, match: Match) -> Iterator[Item]:
    """The lines of a file, stamps recognised."""
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.replace("\N{NO-BREAK SPACE}", " ").strip()
        stamp = match(line) if line else None
        yield number, stamp if stamp is not None else " ".join(line.split())


def record(
    name: str, grade: Grade, lines: Iterable[Item], service: re.Pattern[str] | None = None, of_day: bool = False
) -> ParsedRecord:
    """The record of a pasted transcript: one turn a printed block, in the order printed.

    `service` matches lines the service added about itself. `of_day`: this service prints the time of day, so only a
    file that begins in its first half hour is read as offsets. Raises BadFile where no line is a stamp.
    """
    page = _page(lines, service)
    if not page.blocks:
        raise BadFile("No line in this file has a name and a time in the way of this format.")
    starts, which = _starts([block.stamp.time for block in page.blocks], of_day)
    problems = [
        *_about(page),
        *([which] if which else []),
        *_about_order(page.blocks, starts),
    ]
    turns = []
    for block, start in zip(page.blocks, starts, strict=True):
        text = block.text()
        if any(map(str.isalnum, text)):
            kind = TurnKind.SCENE if is_scene(text) else TurnKind.SPEECH
            turns.append(ParsedTurn(block.stamp.label, text, kind, start, line=block.line))
        else:
            problems.append(Problem(block.line, Severity.WARNING, "No words stand under this name and time."))
    if not turns:
        raise BadFile("There are names and times in this file, but no words.")
    return ParsedRecord(name, grade, tuple(turns), (), tuple(problems), _header(page.above))


def _page(lines: Iterable[Item], service: re.Pattern[str] | None) -> _Page:
    page = _Page()
    for number, item in lines:
        if isinstance(item, Stamp):
            page.blocks.append(_Block(item, number, []))
        elif item and service is not None and service.fullmatch(item):
            page.service.append(item)
        elif page.blocks:
            page.blocks[-1].words.append("" if is_time(item) else item)
        elif item:
            page.above.append(item)
    return page


def _header(above: Sequence[str]) -> dict[str, str]:
    """The date among the lines above the words, and the first that is none as the title."""
    date = next((line for line in above if _DATE.fullmatch(line)), None)
    title = next((line for line in above if not _DATE.fullmatch(line)), None)
    return {key: line for key, line in (("title", title), ("date", date)) if line}


def _starts(printed: Sequence[str | None], of_day: bool) -> tuple[list[int | None], Problem | None]:
    """When each block begins, in ms from the start of the recording or from the first; and which, in words."""
    times = [_milliseconds(time) if time else None for time in printed]
    first = next((time for time in printed if time), None)
    if first is None:
        return times, None
    halves = any(time and time.rstrip(".")[-1] in "mM" for time in printed)
    late = _milliseconds(first) >= (_FIRST_MINUTES_MS if of_day else _NO_RECORDING_MS)
    if halves or (late and first.count(":") == 2):
        counted = Problem(
            None,
            Severity.INFO,
            "Times are the time of day: they were counted from the first, {first}.",
            {"first": first},
        )
        return list(_since_first(times)), counted
    return times, Problem(None, Severity.INFO, "Times were read as counted from the start of the recording.")


def _since_first(times: Sequence[int | None]) -> Iterator[int | None]:
    """Times of day as ms since the first; past midnight a day is added."""
    first = next(time for time in times if time is not None)
    days, before = 0, first
    for time in times:
        if time is not None:
            days += before - time > _HALF_A_DAY_MS
            before = time
        yield None if time is None else max(0, time - first + days * _DAY_MS)


def _milliseconds(printed: str) -> int:
    found = _PARTS.match(printed)
    if found is None:
        return 0
    seconds = 0
    for part in found[1].split(":"):
        seconds = seconds * 60 + int(part)
    if found[3]:
        seconds = seconds % (12 * 3600) + (12 * 3600 if found[3] in "pP" else 0)
    return seconds * 1000 + int((found[2] or "").ljust(3, "0"))


def _about(page: _Page) -> Iterator[Problem]:
    if page.above:
        yield Problem(
            None,
            Severity.INFO,
            "Lines above the first name were taken as a heading ({n}): “{line}”.",
            {"n": len(page.above), "line": page.above[0][:60]},
        )
    if page.service:
        yield Problem(
            None,
            Severity.INFO,
            "Lines the service added were left out ({n}), such as “{line}”.",
            {"n": len(page.service), "line": page.service[-1][:60]},
        )


def _about_order(blocks: Sequence[_Block], starts: Sequence[int | None]) -> Iterator[Problem]:
    before = 0
    back = []
    for block, start in zip(blocks, starts, strict=True):
        if start is not None:
            if start < before:
                back.append(block.line)
            before = start
    if back:
        more = Message(", and {n} times more", {"n": len(back) - 1}) if len(back) > 1 else ""
        yield Problem(
            back[0], Severity.WARNING, "Times go back here{more}. The order of the file was kept.", {"more": more}
        )
