"""Otter: a name, two spaces and a time on one line, the words below; a last line that names the service."""

import re

from transcripts.formats.format import EXACT
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.stamped import CREDIT, TIME, Stamp, certainty, density, is_label, items, record
from transcripts.vocabulary import Grade

NAME = "otter"
VERSION = 1

_STAMP = re.compile(rf"(?P<label>\S(?:.{{0,80}}?\S)?) {{2}}(?P<time>{TIME})|(?P<alone>{TIME})")
_SERVICE = re.compile(CREDIT, re.IGNORECASE)
_LAST = 500


def sniff(text: str, name: str | None) -> float:
    """EXACT where the last line names the service or most lines stand under a name with two spaces before its time."""
    if any(_SERVICE.fullmatch(line) for line in text.rstrip()[-_LAST:].split("\n")) and density(text, _stamp):
        return EXACT
    return certainty(text, _named)


def read(text: str) -> ParsedRecord:
    """One turn a printed name. Raises BadFile where no line is a name and a time."""
    return record(NAME, Grade.MACHINE, items(text, _stamp), _SERVICE)


def _stamp(line: str) -> Stamp | None:
    """`Name  0:03`, or a time alone, as Otter prints it where it knows no speakers."""
    found = _STAMP.fullmatch(line)
    if found is None:
        return None
    if found["alone"]:
        return Stamp(None, found["alone"])
    return Stamp(found["label"], found["time"]) if is_label(found["label"]) else None


def _named(line: str) -> Stamp | None:
    stamp = _stamp(line)
    return stamp if stamp and stamp.label else None
