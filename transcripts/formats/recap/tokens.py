"""A paragraph as words and marks with each quotation as one token, and the sentences of it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from transcripts.formats.recap.marks import Paragraph, Part
from transcripts.formats.recap.words import ABBREVIATIONS, ADVERBS

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:[’'\-‐‑.&][^\W_]+)*(?:(?<=s)[’'](?!\w))?"
    r"|\.{2,}|--+|[^\w\s]|_"
)
TERMINAL = frozenset(".?!…")
"""Marks a quotation ends its sentence with."""

_ENDS = frozenset({".", "!", "?", "…", "..", "...", "...."})
_DATELINE = re.compile(
    r"\s*[A-ZÀ-Þ][A-ZÀ-Þ.,’' /-]{2,40}(?:,? [A-Z][\w.]+){0,3}(?:,? \d{1,2})?(?: \([^()]{1,40}\))?\s*(?:—|–|--|-)\s+"
)


class Token(NamedTuple):
    """A word, a mark, or a whole quotation (`part` is its number). Offsets are code points of the whole text."""

    text: str
    lower: str
    start: int
    end: int
    word: bool = True
    capital: bool = False
    part: int | None = None
    last: str = ""
    """The mark a quotation ends with inside its marks, past any nested in it."""

    @property
    def participle(self) -> bool:
        """Whether the word looks like one: saying, diciendo."""
        return self.lower.endswith(("ing", "ando", "iendo")) and len(self.text) > 4

    @property
    def adverb(self) -> bool:
        """Whether the word is one that may stand between a subject and its verb: also, quietly, además."""
        return self.part is None and (
            self.lower in ADVERBS or (not self.capital and len(self.text) > 4 and self.text.endswith(("ly", "mente")))
        )


def _token(text: str, start: int) -> Token:
    return Token(text, text.casefold(), start, start + len(text), text[0].isalnum(), text[0].isupper())


def read(text: str, paragraph: Paragraph, parts: Sequence[tuple[int, Part]]) -> list[Token]:
    """The tokens of a paragraph; `parts` are the quotations in it with their numbers. A dateline is left out."""
    found: list[Token] = []
    dateline = _DATELINE.match(text, paragraph.start, paragraph.end)
    place = dateline.end() if dateline and (not parts or dateline.end() <= parts[0][1].start) else paragraph.start
    for number, part in parts:
        _words(text, place, part.start, found)
        found.append(Token("“”", "“”", part.start, part.end, False, False, number, _last_char(text, part)))
        place = part.end
    _words(text, place, paragraph.end, found)
    return found


def _words(text: str, start: int, end: int, found: list[Token]) -> None:
    for match in _TOKEN.finditer(text, start, end):
        if match[0] == "." and found and found[-1].end == match.start() and _abbreviated(found[-1]):
            last = found.pop()
            found.append(_token(last.text + ".", last.start))
        else:
            found.append(_token(match[0], match.start()))


def _abbreviated(token: Token) -> bool:
    """Whether a full stop after the word is part of it: Sen., St., the J of John J. Smith."""
    return token.lower in ABBREVIATIONS and token.capital or (len(token.text) == 1 and token.capital)


def ends_sentence(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sentence ends with the mark at `at`."""
    if tokens[at].text not in _ENDS or tokens[at].part is not None:
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.part is not None or after.capital or after.text[0].isdigit():
        return True
    return after.text in "¿¡—–-[(" and tokens[at].text != "…"


def _last_char(text: str, part: Part) -> str:
    inner = text[max(part.inner[0], part.inner[1] - 8) : part.inner[1]].rstrip("”’\"'»)] ")
    return inner[-1:] if inner else ""
