"""Plain text: `NAME: words`, names on a line of their own, times beside the name, and prose in which nobody is named."""

from transcripts.formats.format import FLOOR, LOOKED_AT
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.plain_kept import is_ours, write
from transcripts.formats.plain_kept import read as read_ours
from transcripts.formats.report import signs_quotations
from transcripts.formats.sheet import read_sheet
from transcripts.formats.written import written

__all__ = ["MEDIA_TYPE", "NAME", "SUFFIX", "TIMED", "VERSION", "is_ours", "read", "sniff", "write"]

NAME = "plain"
VERSION = 4
SUFFIX = ".txt"
MEDIA_TYPE = "text/plain"
TIMED = False

_EXPLAINED = 4
"""How many lines a label explains: its own and three under it."""


def sniff(text: str, name: str | None) -> float:
    """The share of the first lines that a believed label explains; the floor for other prose, and for what quotes people."""
    sheet = read_sheet("\n".join(text.split("\n", LOOKED_AT * 3)[: LOOKED_AT * 3]))
    seen = min(len(sheet.lines), LOOKED_AT)
    if not sheet.labels:
        return FLOOR if seen else 0.0
    if signs_quotations([label.rest for label in sheet.labels.values()]):
        return FLOOR
    explained = {j for i in sheet.labels for j in range(i, min(i + _EXPLAINED, seen))}
    return max(FLOOR, 0.95 * len(explained) / max(seen - len(sheet.header.lines), 1))


def read(text: str) -> ParsedRecord:
    """The turns of a plain text. Raises BadFile where it holds no words."""
    return read_ours(NAME, text) if is_ours(text) else written(NAME, text)
