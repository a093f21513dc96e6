"""Trint, Happy Scribe and others: a time and a name on one line, in either order, and the words below."""

import re

from transcripts.formats.format import first_lines
from transcripts.formats.labels import Shape, shape_of
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.stamped import TIME, Stamp, density, is_label, items, record, unmarked
from transcripts.vocabulary import Grade

NAME = "trint"
VERSION = 1

_WHOLE = r"[0-9]{1,3}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,3})?"
"""A time with hours: without brackets or a dash round it, anything shorter could be a time that was spoken of."""

_STAMP = re.compile(
    rf"(?:[\[(](?P<time>{TIME})[\])]|(?P<whole>{_WHOLE}))(?: ?[-–—|•] ?| )(?P<label>\S.{{0,80}})"
    rf"|(?P<who>\S.{{0,80}}?)(?:,? | ?[-–—|•] ?)(?:[\[(](?P<at>{TIME})[\])]|(?P<till>{_WHOLE}))"
)
_MOST_STAMPS = 0.6
_MOST_NAMES = 0.7


def sniff(text: str, name: str | None) -> float:
    """The density of lines with a time and a name, where words stand below them and names come again."""
    lines = first_lines(text)
    labels = [stamp.label for line in lines if (stamp := _stamp(line))]
    beside = len(labels) > _MOST_STAMPS * len(lines)
    if beside or (len(labels) > 4 and len(set(labels)) > _MOST_NAMES * len(labels)):
        return 0.0
    return density(text, _stamp)


def read(text: str) -> ParsedRecord:
    """One turn a printed name. Raises BadFile where no line is a time and a name."""
    return record(NAME, Grade.PUBLISHED, items(text, _stamp))


def _stamp(line: str) -> Stamp | None:
    found = _STAMP.fullmatch(unmarked(line))
    if found is None:
        return None
    label = (found["label"] or "").rstrip(": ") or (found["who"] or "").strip()
    if not is_label(label) or shape_of(label) is Shape.OTHER:
        return None
    return Stamp(label, found["time"] or found["whole"] or found["at"] or found["till"])
