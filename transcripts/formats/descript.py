"""Descript, and Sonix like it: `[00:00:03] Name: words`, or the time in brackets after the colon."""

import re
from collections import Counter

from transcripts.formats.format import first_lines
from transcripts.formats.labels import Shape, shape_of
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.stamped import TIME, Stamp, certainty, is_label, items, record, unmarked
from transcripts.vocabulary import Grade

NAME = "descript"
VERSION = 1

_STAMP = re.compile(
    rf"(?:[\[(](?P<time>{TIME})[\])]|(?P<bare>{TIME}))\s*(?P<label>[^\W\d_][^:\[\]]{{0,80}}?)\s?:(?:\s+(?P<words>.*))?"
    rf"|(?P<who>[^\W\d_][^:\[\]]{{0,80}}?)\s?:\s*\[(?P<at>{TIME})\]\s*(?P<said>.*)"
)
_TIMED = re.compile(rf"[\[(]?{TIME}\b.*")
_NAMED = 0.6


def sniff(text: str, name: str | None) -> float:
    """EXACT where most lines that begin with a time go on with a name and a colon."""
    lines = first_lines(text)
    named = sum(_stamp(line) is not None for line in lines)
    other = sum(_TIMED.fullmatch(line) is not None and _stamp(line) is None for line in lines)
    return certainty(text, _stamp) if named >= _NAMED * (named + other) else 0.0


def read(text: str) -> ParsedRecord:
    """One turn a printed name. Raises BadFile where no line is a time and a name."""
    stamps = [stamp for line in text.split("\n") if (stamp := _stamp(line.strip()))]
    seen = Counter(stamp.label for stamp in stamps)
    return record(NAME, Grade.PUBLISHED, items(text, lambda line: _believed(_stamp(line), seen)))


def _believed(stamp: Stamp | None, seen: Counter[str | None]) -> Stamp | None:
    """A name that looks like one, or that comes again; another time with a colon after it is a voice nobody named."""
    if stamp is None or seen[stamp.label] > 1 or shape_of(stamp.label or "") is not Shape.OTHER:
        return stamp
    return Stamp(None, stamp.time, f"{stamp.label}: {stamp.words}")


def _stamp(line: str) -> Stamp | None:
    found = _STAMP.fullmatch(unmarked(line))
    if found is None:
        return None
    label = (found["label"] or found["who"]).strip()
    words = " ".join((found["words"] or found["said"] or "").split())
    chat = label.startswith("From ") and " to " in label
    return Stamp(label, found["time"] or found["bare"] or found["at"], words) if is_label(label) and not chat else None
