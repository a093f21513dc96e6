"""WebVTT (W3C): captions of web video, and what Zoom, Teams and YouTube export under that name."""

import re
from collections.abc import Sequence
from dataclasses import replace

from transcripts.errors import BadFile
from transcripts.formats.captions import record
from transcripts.formats.cues import Cue, read_cues, timing
from transcripts.formats.format import EXACT
from transcripts.formats.markup import Span
from transcripts.formats.parsed import ParsedRecord, Problem
from transcripts.formats.webvtt_kept import is_ours, write
from transcripts.formats.webvtt_kept import read as read_ours
from transcripts.vocabulary import Severity

__all__ = ["MEDIA_TYPE", "NAME", "SUFFIX", "TIMED", "VERSION", "is_ours", "read", "sniff", "write"]

NAME = "webvtt"
VERSION = 3
SUFFIX = ".vtt"
MEDIA_TYPE = "text/vtt"
TIMED = True

_FIRST = re.compile(r"\s*WEBVTT(?![^\s])(.*)")
_PAIR = re.compile(r"([A-Za-z][A-Za-z0-9 -]{0,40}):\s*(\S.*)")
_WEBEX_ID = re.compile(r'[0-9]+ "(?P<name>[^"]*[^"\s][^"]*)"(?: \([0-9]+\))?')
_TEAMS_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:/\S+)?", re.IGNORECASE)


def sniff(text: str, name: str | None) -> float:
    """EXACT where the first words of the file are WEBVTT."""
    return EXACT if _FIRST.match(text) else 0.0


def read(text: str) -> ParsedRecord:
    """The turns of a WebVTT file. Raises BadFile where it holds no captions."""
    if is_ours(text):
        return read_ours(NAME, text)
    lines = text.split("\n")
    first, header = _header(lines)
    cues, problems = read_cues(lines, first, comments=True)
    if not cues:
        raise BadFile(
            "There are no captions in this WebVTT file: no line holds a time such as 00:01.000 --> 00:04.000."
        )
    if not _FIRST.match(text):
        problems.insert(0, Problem(1, Severity.WARNING, "The first line should be WEBVTT and is not."))
    return record(NAME, _named_by_id(cues), problems, header, by_software=_by_software(cues, header))


def _header(lines: Sequence[str]) -> tuple[int, dict[str, str]]:
    """Where the captions begin, and the `Kind: captions` lines above them."""
    header: dict[str, str] = {}
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    title = _FIRST.match(lines[start])
    if title is None:
        return 0, header
    words = title[1].strip(" \t-–—")
    if words:
        header["title"] = words
    for i in range(start + 1, len(lines)):
        line = lines[i].strip()
        if not line or timing(line) is not None or (i + 1 < len(lines) and timing(lines[i + 1]) is not None):
            return i, header
        pair = _PAIR.fullmatch(line)
        if pair:
            header[pair[1]] = pair[2]
    return len(lines), header


def _named_by_id(cues: Sequence[Cue]) -> Sequence[Cue]:
    """Webex names the speaker in the id of the caption: `1 "Mary O'Neil" (302349)`."""
    named = [_WEBEX_ID.fullmatch(cue.ref) if cue.ref else None for cue in cues]
    if sum(found is not None for found in named) * 2 < len(cues):
        return cues
    return [
        replace(cue, spans=tuple(Span(span.voice or found["name"].strip(), span.text) for span in cue.spans))
        if found
        else cue
        for cue, found in zip(cues, named, strict=True)
    ]


def _by_software(cues: Sequence[Cue], header: dict[str, str]) -> bool:
    """YouTube says `Kind: captions`, speech software times each word, Teams numbers its captions by GUID."""
    kind = next((value for key, value in header.items() if key.lower() == "kind"), "")
    if kind.lower() in {"captions", "asr"}:
        return True
    return any(cue.last_word_ms is not None or (cue.ref and _TEAMS_ID.fullmatch(cue.ref)) for cue in cues)
