"""Pure: what of a passage a mark may stand on. Offsets are code points, half-open; no mark cuts what a reader sees as one letter."""

from collections.abc import Sequence

import regex

from transcripts.errors import Refusal

_LETTER = regex.compile(r"\X")  # extended grapheme clusters, Unicode annex 29

NO_PLACE = "These words are not in this answer; choose them anew."


def fitted(text: str, sentences: Sequence[tuple[int, int]], unit: str, span: tuple[int, int]) -> tuple[int, int]:
    """Where a mark on `span` stands: the whole answer, the sentences it touches, or the words with their letters whole.

    Raises Refusal for a place outside the text, or one without a letter.
    """
    start, end = span
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise Refusal(NO_PLACE)
    if unit == "turn":
        return 0, len(text)
    if unit == "sentence":
        touched = [one for one in sentences if one[0] < end and start < one[1]]
        if not touched:
            raise Refusal(NO_PLACE)
        return touched[0][0], touched[-1][1]
    return whole_letters(text, start, end)


def whole_letters(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) without white space at its edges, grown where it would cut a grapheme cluster."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    begins, ends = start, end
    for letter in _LETTER.finditer(text, max(0, start - 64)):
        if letter.start() < start < letter.end():
            begins = letter.start()
        if letter.start() < end < letter.end():
            ends = letter.end()
        if letter.end() >= end:
            break
    return begins, ends


def from_utf16(text: str, offset: int) -> int:
    """The code point at a UTF-16 offset, as browsers count; an offset inside a surrogate pair is the letter's beginning."""
    units = 0
    for n, letter in enumerate(text):
        units += 1 + (ord(letter) > 0xFFFF)
        if units > offset:
            return n
    return len(text)


def to_utf16(text: str, point: int) -> int:
    """The UTF-16 offset of a code point."""
    return point + sum(ord(letter) > 0xFFFF for letter in text[:point])
