"""What every format module offers, and the one scale on which formats are compared."""

from collections.abc import Sequence
from typing import Protocol

from transcripts.formats.parsed import ParsedRecord

EXACT = 1.0
"""A header that only this format has, such as WEBVTT on the first line."""

FLOOR = 0.05
"""Readable prose without any pattern: what plain text claims for itself, below every format that sees a pattern."""

LOOKED_AT = 200
"""How many lines that are not blank a `sniff` looks at."""


class Format(Protocol):
    """A module of `transcripts.formats` that reads text: two functions and two constants, listed in `transcripts.formats.TEXT`."""

    @property
    def NAME(self) -> str:
        """The name a person types after --format."""

    @property
    def VERSION(self) -> int:
        """Raised by one whenever the same bytes may yield other turns than before."""

    def sniff(self, text: str, name: str | None) -> float:
        """How sure this format is of the text, 0 to 1; `name` is the file's name, where known.

        EXACT for a header nobody else has. Otherwise the density of the pattern: the share of the first LOOKED_AT
        lines that are not blank which the pattern explains, a label line and the words under it alike, never above
        0.95. A pattern that explains fewer than two blocks is no pattern: 0.
        """

    def read(self, text: str) -> ParsedRecord:
        """The record in the text (NFC, LF). Raises BadFile where nothing of this format is in it."""


class BinaryFormat(Protocol):
    """A module that reads bytes which are no text (a document, a workbook), listed in `transcripts.formats.BINARY`."""

    @property
    def NAME(self) -> str:
        """The name a person types after --format."""

    @property
    def VERSION(self) -> int:
        """Raised by one whenever the same bytes may yield other turns than before."""

    def sniff(self, data: bytes, name: str | None) -> float:
        """EXACT where the first bytes, or the members of the archive, are this format's alone; else 0. Never raises."""

    def read(self, data: bytes) -> ParsedRecord:
        """The record in the bytes. Lines count from 1 in the text that stands in the document, as it is read out of it.

        Limits what it opens by itself, before opening it. Raises BadFile for whatever cannot be read, and nothing else.
        """

    def lines(self, data: bytes) -> Sequence[str]:
        """The lines that a record of these bytes counts, the first of them 1. Raises BadFile as `read` does."""


class Writer(Protocol):
    """A format that can carry a record of ours, listed in `transcripts.formats.WRITERS`: `read(write(record))` is that record.

    What a format cannot carry stands in its module and in docs/export.md.
    """

    @property
    def NAME(self) -> str:
        """The name a person types after --format, to read and to write."""

    @property
    def SUFFIX(self) -> str:
        """What the name of its files ends with, such as `.vtt`."""

    @property
    def MEDIA_TYPE(self) -> str:
        """The content type of its files, without a charset."""

    @property
    def TIMED(self) -> bool:
        """Whether it cannot do without a time for everything, and holds one recording only."""

    def write(self, record: ParsedRecord) -> bytes:
        """The record as a file. Raises Refusal, with a sentence, where the format cannot do without what is not known."""


class TextWriter(Format, Writer, Protocol):
    """A text format that knows the files it has written itself, whatever their words look like."""

    def is_ours(self, text: str) -> bool:
        """Whether a text is a file written by `write`."""


def first_lines(text: str) -> Sequence[str]:
    """The first LOOKED_AT lines that are not blank, stripped: what a `sniff` looks at, however large the file."""
    found: list[str] = []
    start = 0
    while len(found) < LOOKED_AT and start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].strip()
        if line:
            found.append(line)
        start = end + 1
    return found
