"""YouTube's “Show transcript” panel, copied: times and words on alternate lines, or both on one; nobody is named.

The panel copies what it reads out to people who listen (“1 minute, 5 seconds”) and the titles of chapters: neither was
spoken. Pages of other services that print a time before each caption look the same and are read the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transcripts.errors import BadFile
from transcripts.formats.captions import record
from transcripts.formats.cues import Cue
from transcripts.formats.format import first_lines
from transcripts.formats.labels import Shape, possible_label, shape_of
from transcripts.formats.markup import Span
from transcripts.formats.parsed import ParsedRecord, Problem
from transcripts.vocabulary import Severity

NAME = "youtube"
VERSION = 2

_UNIT = r"[0-9]+ (?:hours?|horas?|minutes?|minutos?|seconds?|segundos?)"
_SPOKEN = rf"{_UNIT}(?:(?:,? y |, | and | ){_UNIT}){{0,2}}"
_CLOCK = r"(?:[0-9]{1,2}:)?[0-9]{1,2}:[0-9]{2}"
_END = rf"\s*(?:-->|[-–—])\s*{_CLOCK}(?:[.,][0-9]{{1,3}}\b)?"
"""Until when: `[00:00.000 --> 00:04.000]`, as Whisper prints to a screen."""
_TIME = rf"[\[(]?(?P<time>{_CLOCK})(?:[.,][0-9]{{1,3}}\b)?(?:{_END})?(?![.,:][0-9])[\])]?"
_LINE = re.compile(rf"(?:[-*•] )?{_TIME}\s*(?P<words>.*)")
_READ_OUT = re.compile(rf"{_SPOKEN}(?P<words>.*)")
_NUMBER = re.compile(r"([0-9]+) ([hms])", re.IGNORECASE)
_SERVICE = re.compile(
    r"(?:show|search|close) transcript|search in video|sync to video time|follow along using the transcript\.?"
    r"|(?:english|spanish|español|inglés) \([^()]{1,40}\)|(?:mostrar|buscar en la|buscar|cerrar) transcripción",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"(?:chapter|capítulo) [0-9]+: (?P<title>.+)", re.IGNORECASE)
_ABOVE = re.compile(r"transcript|transcripción|chapters?|capítulos?|all|todo|select language\W*", re.IGNORECASE)
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_NAMED = 0.6
_MANY = 0.2
_TITLE_LETTERS = 80
_A_WORD_MS = 330


@dataclass
class _Segment:
    """One line of the panel: when, and the lines of words, each with its number from 1."""

    ms: int
    line: int
    words: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class _Panel:
    """What the panel holds: its segments, the lines above the first, what it says of itself, what it reads out."""

    above: list[str] = field(default_factory=list)
    segments: list[_Segment] = field(default_factory=list)
    service: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


def sniff(text: str, name: str | None) -> float:
    """The share of lines that are a time, words beside a time, or words under one; 0 where names follow the times."""
    lines = first_lines(text)
    found = [_LINE.fullmatch(line) for line in lines]
    words = [match["words"] for match in found if match]
    beside = [text for text in words if text and not _READ_OUT.fullmatch(text)]
    named = sum(_is_named(text) for text in beside)
    if len(words) < 2 or named > _NAMED * len(words):
        return 0.0
    explained = 0
    under = False
    for match, line in zip(found, lines, strict=True):
        read_out = _READ_OUT.fullmatch(line) is not None
        explained += match is not None or under or read_out
        under = (under and read_out) or (match is not None and not match["words"])
    return min(0.95, explained / len(lines))


def read(text: str) -> ParsedRecord:
    """Timed paragraphs. Raises BadFile where no line begins with a time."""
    panel = _panel(text.split("\n"))
    if not panel.segments:
        raise BadFile("No line in this text begins with a time such as 0:00.")
    titles = panel.titles or _without_titles(panel.segments)
    _without_dashes(panel.segments)
    header = {"title": panel.above[0]} if panel.above else {}
    if titles:
        header["chapters"] = "; ".join(titles)
    return record(NAME, _cues(panel.segments), _about(panel, titles), header)


def _is_named(words: str) -> bool:
    label = possible_label(words)
    return label is not None and not label.tight and shape_of(label.label) is not Shape.OTHER


def _panel(lines: Sequence[str]) -> _Panel:
    panel = _Panel()
    style = _style(lines)
    for number, raw in enumerate(lines, start=1):
        line = " ".join(raw.split())
        found = _stamp(line, style)
        if found:
            panel.segments.append(_Segment(_seconds(found["time"]) * 1000, number))
            line = found["words"]
        if style.read_out and panel.segments:
            line = _spoken_off(line, panel.segments[-1].ms)
        if line:
            _keep(panel, number, line)
    return panel


def _keep(panel: _Panel, number: int, line: str) -> None:
    """Puts a line without its time where it belongs."""
    segment = panel.segments[-1] if panel.segments else None
    chapter = _CHAPTER.fullmatch(line) if segment is None or segment.words else None
    if chapter:
        panel.titles.append(chapter["title"])
    elif _SERVICE.fullmatch(line) or (segment is None and _ABOVE.fullmatch(line)):
        panel.service.append(line)
    elif segment is None:
        panel.above.append(line)
    else:
        segment.words.append((number, line))


@dataclass(frozen=True)
class _Style:
    """How this panel was copied: times read out beside or under them; times on lines of their own."""

    read_out: bool
    apart: bool


def _style(lines: Sequence[str]) -> _Style:
    """Decided once: then `40 seconds` after 0:40 is no word, and `7:30 is when we close` is no time."""
    times = spoken = alone = 0
    ms: int | None = None
    for raw in lines:
        line = " ".join(raw.split())
        found = _LINE.fullmatch(line)
        if found:
            ms = _seconds(found["time"]) * 1000
            times += 1
            line = found["words"]
            alone += not line or _is_read_out(line)
        if line and ms is not None:
            spoken += _spoken_off(line, ms) != line
            ms = None
    return _Style(spoken > times / 2, alone > times / 2)


def _stamp(line: str, style: _Style) -> re.Match[str] | None:
    """The time at the start of a line, where this panel prints times so."""
    found = _LINE.fullmatch(line) if line else None
    if found is None or not found["words"]:
        return found
    spoken = _spoken_off(found["words"], _seconds(found["time"]) * 1000) != found["words"]
    return found if spoken or not (style.apart or style.read_out) else None


def _is_read_out(words: str) -> bool:
    found = _READ_OUT.fullmatch(words)
    return found is not None and not found["words"]


def _spoken_off(words: str, ms: int) -> str:
    """The words without the time read out before them; only where it is the time printed."""
    found = _READ_OUT.fullmatch(words)
    if found is None:
        return words
    spoken = words[: found.start("words")]
    seconds = sum(int(number) * _SECONDS[unit.lower()] for number, unit in _NUMBER.findall(spoken))
    return found["words"].strip() if seconds * 1000 == ms else words


def _seconds(printed: str) -> int:
    seconds = 0
    for part in printed.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds


def _without_titles(segments: Sequence[_Segment]) -> list[str]:
    """Takes out the titles of chapters: a rare second line under a time that ends no sentence. Captions of two lines stay."""
    longer = [segment for segment in segments if len(segment.words) > 1]
    if len(longer) > _MANY * len(segments):
        return []
    titles = []
    for segment in longer:
        last = segment.words[-1][1]
        if len(last) <= _TITLE_LETTERS and last[0].isalnum() and not last[0].islower() and last[-1] not in ".,;:?!…-":
            titles.append(segment.words.pop()[1])
    return titles


def _without_dashes(segments: Sequence[_Segment]) -> None:
    """A dash after every time parts it from the words; it says nothing about voices."""
    dashed = [segment for segment in segments if segment.words and segment.words[0][1].startswith(("- ", "– ", "— "))]
    if len(dashed) > 0.9 * len(segments):
        for segment in dashed:
            number, words = segment.words[0]
            segment.words[0] = (number, words[2:])


def _cues(segments: Sequence[_Segment]) -> list[Cue]:
    """Captions that last until the next; where the last word of each begins is reckoned from how many there are."""
    cues = []
    for i, segment in enumerate(segments):
        text = "\n".join(words for _, words in segment.words)
        speaking = len(text.split()) * _A_WORD_MS
        end = segments[i + 1].ms if i + 1 < len(segments) else segment.ms + speaking
        line = segment.words[0][0] if segment.words else segment.line
        spans = (Span(None, text),) if text else ()
        cues.append(Cue(segment.ms, max(segment.ms, end), spans, line, last_word_ms=segment.ms + speaking))
    return cues


def _about(panel: _Panel, titles: Sequence[str]) -> list[Problem]:
    found = [Problem(None, Severity.INFO, "Times were read as counted from the start of the recording.")]
    if titles:
        found.append(
            Problem(
                None,
                Severity.INFO,
                "Titles of chapters ({n}) are not part of the words: “{title}”.",
                {"n": len(titles), "title": titles[0][:60]},
            )
        )
    if panel.above:
        found.append(
            Problem(
                None,
                Severity.INFO,
                "Lines above the first time were taken as a heading ({n}): “{line}”.",
                {"n": len(panel.above), "line": panel.above[0][:60]},
            )
        )
    if panel.service:
        found.append(
            Problem(
                None,
                Severity.INFO,
                "Lines of the page itself were left out ({n}), such as “{line}”.",
                {"n": len(panel.service), "line": panel.service[-1][:60]},
            )
        )
    return found
