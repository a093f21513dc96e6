"""Rev: `Name (00:03):`, the words below or beside."""

import re

from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.stamped import TIME, Stamp, certainty, is_label, items, record, unmarked
from transcripts.vocabulary import Grade

NAME = "rev"
VERSION = 1

_STAMP = re.compile(rf"(?P<label>\S[^:]{{0,80}}?) ?\((?P<time>{TIME})\)\s?:\s*(?P<words>.*)")


def sniff(text: str, name: str | None) -> float:
    """EXACT where most lines stand under a time in brackets between a name and its colon."""
    return certainty(text, _stamp)


def read(text: str) -> ParsedRecord:
    """One turn a printed name. Raises BadFile where no line is a name and a time."""
    return record(NAME, Grade.PUBLISHED, items(text, _stamp))


def _stamp(line: str) -> Stamp | None:
    found = _STAMP.fullmatch(unmarked(line))
    if found is None or not is_label(found["label"]):
        return None
    return Stamp(found["label"], found["time"], " ".join(found["words"].split()))
