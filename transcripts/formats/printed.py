"""Pure: the paragraphs of a document as they are printed, with their page and whether they are headings.

Documents, pages and plain text are read out the same way as for a transcript; here no voice is looked for in them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transcripts.formats.hypertext import unmarked

_HEADING = re.compile(r"#{1,6} +(?=\S)")
_ITEM = re.compile(r"(?:[•◦▪‣●○■*–—-]|\(?(?:\d{1,2}|[a-z])[.)])\s+(?=\S)")
_ENDS = tuple('.!?:;…”"’)')


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a document; `page` begins at 1, None where the file has no pages."""

    text: str
    page: int | None = None
    heading: bool = False


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text in which empty lines set them apart; a line that begins with `## ` is a heading. Line ends stay."""
    return tuple(_joined(block, "\n", None) for block in _blocks(text.split("\n")))


def paragraphs_of_pages(text: str, pages: Sequence[int]) -> tuple[Paragraph, ...]:
    """The same of pages whose lines end where the paper does: `pages` is the page of each line, the first one a paragraph's.

    An item of a list is a paragraph, and so is what follows a sentence that ends with its page.
    """
    found: list[Paragraph] = []
    held: list[str] = []
    began = 0
    for n, line in enumerate(text.split("\n")):
        page = pages[min(n, len(pages) - 1)] if pages else 1
        turned = bool(held) and page != began and held[-1].endswith(_ENDS)
        if held and (not line or turned or _ITEM.match(line) or _is_heading(line) != _is_heading(held[-1])):
            found.append(_joined(held, " ", began))
            held = []
        if line:
            began = began if held else page
            held.append(line)
    return (*found, _joined(held, " ", began)) if held else tuple(found)


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """The lines between empty ones; a heading is a block of its own."""
    blocks: list[list[str]] = []
    apart = True
    for line in lines:
        if not line.strip():
            apart = True
        elif apart or _is_heading(line) or _is_heading(blocks[-1][-1]):
            blocks.append([line])
            apart = False
        else:
            blocks[-1].append(line)
    return blocks


def _joined(lines: Sequence[str], between: str, page: int | None) -> Paragraph:
    heading = _is_heading(lines[0])
    words = (" ".join(_HEADING.sub("", line, count=1).split()) for line in lines)
    return Paragraph(unmarked(between.join(words)), page, heading)


def _is_heading(line: str) -> bool:
    return _HEADING.match(line) is not None
