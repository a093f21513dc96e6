"""One quotation as it was pasted: its pieces, and what the marks between them allow to lie there in the record.

An ellipsis (… or ..., bare or in brackets) and a quotation closed and opened again (“…,” he said, “…”) mark that words were left out.
Words in [square brackets] are the quoting author's: they need not stand in the record, and stand for a few words of it.
"""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from transcripts.checking.words import Word, compared
from transcripts.text import is_note

LONGEST = 600
"""Words looked at of one quotation; what is longer is a speech, and is read beside its transcript."""
BRACKET = 12
"""Words of the record that words in brackets can stand for."""

_OMITTED = re.compile(
    r"[\[(]\s*(?:…|\.(?:\s?\.){1,3})\s*[\])]|\.?\s?…|\.(?:[ \u00a0]?\.){2,3}|\*[ \u00a0]\*[ \u00a0]\*|\x00"
)
_BRACKETED = re.compile(r"([^\W_]*)\[([^\[\]\n]{1,200})\]([^\W_]*)")
_CAPITAL = re.compile(r"\[([^\W\d_])\](?=[^\W_])")
_SIC = frozenset({"sic", "sic."})

Mark = Literal["", "omission", "bracket"]
BREAK = "\x00"
"""Stands where a quotation was closed and opened again, between its parts."""


@dataclass(frozen=True)
class Piece:
    """Words that have to stand together. `before` is the mark between this piece and the last, `added` the words in brackets there."""

    words: tuple[Word, ...]
    before: Mark = ""
    added: tuple[Word, ...] = ()

    @property
    def same(self) -> list[str]:
        """The words as they are compared."""
        return [word.same for word in self.words]


@dataclass(frozen=True)
class Quotation:
    """What is looked for. `opens`: it begins like a sentence, with a capital and no ellipsis; `cut`: its first LONGEST words only."""

    text: str
    pieces: tuple[Piece, ...]
    opens: bool = False
    cut: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        """All its words in order, those in brackets left out."""
        return tuple(word for piece in self.pieces for word in piece.words)

    @property
    def size(self) -> int:
        """How many printed words that is: don't is one."""
        return len({word.start for word in self.words})


def read(text: str) -> Quotation:
    """A quotation in its pieces; places are code points of the answer's `text`. BREAK parts what was closed and opened again."""
    text = _CAPITAL.sub(r"  \1", text)
    marks = [_Marked(found.start(), found.end(), "omission") for found in _OMITTED.finditer(text)]
    for found in _BRACKETED.finditer(text):
        if not _OMITTED.fullmatch(f"[{found[2]}]") and not is_note(found[2]) and found[2].lower() not in _SIC:
            said = tuple(compared(f"{found[1]}{found[2]}{found[3]}"))
            marks.append(_Marked(found.start(), found.end(), "bracket", said))
    pieces: list[Piece] = []
    at, last = 0, _Marked(0, 0, "")
    for mark in [*sorted(marks), _Marked(len(text), len(text), "")]:
        words = tuple(
            word._replace(start=word.start + at, end=word.end + at) for word in compared(text[at : mark.start])
        )
        if words:
            pieces.append(Piece(words, last.mark, last.added) if pieces else Piece(words))
            last = mark
        else:
            last = last.joined(mark)
        at = max(at, mark.end)
    first = pieces[0].words[0].start if pieces else 0
    opens = bool(pieces) and text[first].isupper() and not any(mark.start < first for mark in marks)
    return Quotation(text, _cut(pieces), opens, sum(len(piece.words) for piece in pieces) > LONGEST)


class _Marked(NamedTuple):
    """A mark at a half-open place, and the words in it where it is a bracket."""

    start: int
    end: int
    mark: Mark
    added: tuple[Word, ...] = ()

    def joined(self, other: "_Marked") -> "_Marked":
        """Two marks with no words between them: an ellipsis lets more lie there than a bracket."""
        mark: Mark = "omission" if "omission" in (self.mark, other.mark) else other.mark or self.mark
        return _Marked(self.start, other.end, mark, (*self.added, *other.added))


def _cut(pieces: list[Piece]) -> tuple[Piece, ...]:
    kept: list[Piece] = []
    left = LONGEST
    for piece in pieces:
        if left > 0:
            kept.append(Piece(piece.words[:left], piece.before, piece.added))
            left -= len(piece.words)
    return tuple(kept)
