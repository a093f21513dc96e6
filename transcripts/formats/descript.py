"""Descript, and Sonix like it: `[00:00:03] Name: words`, or the time in brackets after the colon."""

import re
from collections import Counter
from collections.abc import Iterator

from transcripts.formats.format import first_lines
from transcripts.formats.labels import Shape, shape_of
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.stamped import TIME, Item, Stamp, certainty, is_label, items, record, unmarked
from transcripts.vocabulary import Grade

NAME = "descript"
VERSION = 2

_END = rf"(?:\s?(?:-->|[-–—])\s?{TIME})"
"""Until when, where a range is printed."""

_STAMP = re.compile(
    rf"(?:[\[(](?P<time>{TIME}){_END}?[\])]|(?P<bare>{TIME}){_END}?(?: ?[-–—])?)"
    rf"\s*\[?(?P<label>[^\W\d_][^:\[\]]{{0,80}}?)\]?\s?:(?:\s+(?P<words>.*))?"
    rf"|(?P<who>[^\W\d_][^:\[\]]{{0,80}}?)\s?:\s*\[(?P<at>{TIME})\]\s*(?P<said>.*)"
)
_TIMED = re.compile(rf"[\[(]?{TIME}(?![0-9:])[\])]?\s*(?P<words>.*)")
_NAMED = 0.6


def sniff(text: str, name: str | None) -> float:
    """EXACT where most lines that begin with a time go on with a name and a colon."""
    lines = first_lines(text)
    named = sum(_stamp(line) is not None for line in lines)
    other = sum(_TIMED.fullmatch(line) is not None and _stamp(line) is None for line in lines)
    return certainty(text, _stamp) if named >= _NAMED * (named + other) else 0.0


def read(text: str) -> ParsedRecord:
    """One turn a printed name; a time without a name goes on with the voice above. Raises BadFile where nobody is named."""
    return record(NAME, Grade.PUBLISHED, _lines(text))


def _lines(text: str) -> Iterator[Item]:
    stamps = [stamp for line in text.split("\n") if (stamp := _stamp(line.strip()))]
    seen = Counter(stamp.label for stamp in stamps)
    for number, item in items(text, lambda line: _believed(_stamp(line), seen)):
        timed = _TIMED.fullmatch(item) if isinstance(item, str) and item[:1] in {"[", "("} else None
        yield number, timed["words"] if timed else item


def _believed(stamp: Stamp | None, seen: Counter[str | None]) -> Stamp | None:
    """A name that looks like one or comes again; any other colon is part of the words."""
    return stamp if stamp and (seen[stamp.label] > 1 or shape_of(stamp.label or "") is not Shape.OTHER) else None


def _stamp(line: str) -> Stamp | None:
    found = _STAMP.fullmatch(unmarked(line))
    if found is None:
        return None
    label = (found["label"] or found["who"]).strip()
    words = " ".join((found["words"] or found["said"] or "").split())
    chat = label.startswith("From ") and " to " in label
    return Stamp(label, found["time"] or found["bare"] or found["at"], words) if is_label(label) and not chat else None
