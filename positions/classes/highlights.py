"""Pure: a text with marks on it as pieces a page can print one after the other, each with the marks that lie on it.

Marks overlap as people make them; `<mark>` elements do not. The text is cut at every edge of a mark, never within what a reader sees
as one letter, because marks stand on whole letters (`spans`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Piece:
    """[start, end) of a text in code points, its words, and the numbers of the marks on it, in their order; none for bare text."""

    start: int
    end: int
    text: str
    marks: tuple[int, ...]


def pieces(text: str, marks: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """The text cut at the edges of `marks` (half-open, code points); joined again the pieces are the text."""
    edges = sorted({0, len(text), *(edge for span in marks for edge in span)})
    return tuple(
        Piece(start, end, text[start:end], tuple(n for n, span in enumerate(marks) if span[0] <= start < span[1]))
        for start, end in pairwise(edges)
    )
