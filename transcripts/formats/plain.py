"""Plain text: `NAME: words`, names on a line of their own, and prose in which nobody is named."""

from transcripts.formats.format import FLOOR
from transcripts.formats.parsed import ParsedRecord, ParsedTurn
from transcripts.vocabulary import Grade

NAME = "plain"
VERSION = 1


def sniff(text: str, name: str | None) -> float:
    """The floor for readable prose; the density of labels once they are read."""
    return FLOOR if text.strip() else 0.0


def read(text: str) -> ParsedRecord:
    """Paragraphs with an unknown voice."""
    turns = tuple(ParsedTurn(None, part.strip()) for part in text.split("\n\n") if part.strip())
    return ParsedRecord(NAME, Grade.PUBLISHED, turns)
