"""PDF files with text: the lines of their pages in order, without what is printed on every page, read like plain text.

Words divided at the end of a line are put together. Pages that are pictures hold no words: those are said, and a file
of nothing else is refused.
"""

import ctypes
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from transcripts.errors import BadFile
from transcripts.formats.format import EXACT
from transcripts.formats.hypertext import unmarked
from transcripts.formats.parsed import ParsedRecord, Problem
from transcripts.formats.printed import Paragraph, paragraphs_of_pages
from transcripts.formats.written import written
from transcripts.text import clean
from transcripts.vocabulary import Severity

NAME = "pdf"
VERSION = 1

MOST_PAGES = 2_000
MOST_CHARACTERS = 5_000_000

_START = b"%PDF-"
_BEFORE = 1024
_DIVIDED = "\ufffe"
"""What the library gives for a hyphen at the end of a line, where it has put the two parts of the word together."""
_PARTS = re.compile(r"(\w+)(?:\ufffe|-\n)(\w+)")
_WORD = re.compile(r"\w+(?:-\w+)*")
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.14
"""The share of a page, from its edge, in which what stands on every page is looked for."""
_GAP = 1.45
"""Lines further apart than this, in the usual distances of lines, are paragraphs apart."""
_LARGER = 1.2
"""How much higher than the usual line a heading is printed."""
_LEAST = 3
_BOLD = 600
_MOST_LABEL = 120
_SCAN = "There is no text in this PDF: its pages are pictures. Nothing in it can be found by search."
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}


@dataclass(frozen=True)
class _Line:
    """A line of a page: its words, page (from 1), and where it stands: distances from the foot, in shares of the height."""

    text: str
    page: int
    bottom: float
    top: float

    @property
    def head(self) -> str:
        """The words with every number alike: what is printed on every page, whatever it counts."""
        return " ".join(_DIGITS.sub("#", self.text).split())


def sniff(data: bytes, name: str | None) -> float:
    """EXACT where the first bytes say so."""
    return EXACT if _START in data[:_BEFORE] else 0.0


def read(data: bytes) -> ParsedRecord:
    """The turns in the text of a PDF. Raises BadFile where it is damaged, locked, too large, or holds pictures of words."""
    lines, bare = _lines(data)
    if not lines:
        raise BadFile(
            "The pages of this PDF are pictures: there is no text in them. Have the text recognised (OCR) and send that,"
            " or type it."
        )
    kept, heads = _without_heads(lines)
    text, pages = _text(kept)
    record = written(NAME, clean(text))
    told = (
        Problem(
            one.line,
            one.severity,
            "Page {page}: {problem}",
            {"page": pages[min(one.line, len(pages)) - 1], "problem": one.said},
        )
        if one.line
        else one
        for one in record.problems
    )
    turns = tuple(replace(turn, text=unmarked(turn.text)) for turn in record.turns)
    return replace(record, turns=turns, problems=(*_about(bare, heads), *told))


def lines(data: bytes) -> Sequence[str]:
    """The lines read out of the pages, without what every page prints. Raises BadFile as `read` does."""
    text, _ = _text(_without_heads(_lines(data)[0])[0])
    return unmarked(clean(text)).split("\n")


def printed(data: bytes) -> tuple[tuple[Paragraph, ...], int, tuple[Problem, ...]]:
    """The paragraphs of the pages, how many pages there are, and what is to be known of them; none where all are pictures.

    Lines printed larger than the rest are headings. Raises BadFile where the file is damaged, locked or too large.
    """
    found, bare = _lines(data)
    pages = max([*bare, *(line.page for line in found)], default=0)
    if not found:
        return (), pages, (Problem(None, Severity.WARNING, _SCAN),)
    kept, heads = _without_heads(found)
    text, page_of = _text(_headed(kept))
    return paragraphs_of_pages(clean(text), page_of), pages, tuple(_about(bare, heads))


def _headed(lines: Sequence[_Line]) -> list[_Line]:
    """The lines with those marked as headings that are printed larger than the rest, as in Markdown."""
    usual = median([line.top - line.bottom for line in lines])
    return [
        replace(line, text=f"## {line.text}") if line.top - line.bottom > usual * _LARGER else line for line in lines
    ]


def _about(bare: Sequence[int], heads: Sequence[str]) -> Iterator[Problem]:
    if bare:
        listed = ", ".join(map(str, bare[:20]))
        yield Problem(
            None,
            Severity.WARNING,
            "There is no text on {n} pages, perhaps pictures of it: {listed}.",
            {"n": len(bare), "listed": listed},
        )
    for head in heads:
        yield Problem(None, Severity.INFO, "“{head}” is printed on page after page and was left out.", {"head": head})


def _lines(data: bytes) -> tuple[list[_Line], list[int]]:
    """The lines of all pages in order, and the pages without any."""
    import pypdfium2

    if _START not in data[:_BEFORE]:
        raise BadFile("This is no PDF.")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise BadFile("This PDF is protected with a password. Save it without one and send that.") from error
        raise BadFile("This PDF is damaged. Open it, print it to a new PDF and send that.") from error
    found: list[_Line] = []
    bare: list[int] = []
    try:
        if len(document) > MOST_PAGES:
            raise BadFile(
                "This PDF has {n} pages; we read at most {most}. Divide it.", n=len(document), most=MOST_PAGES
            )
        characters = 0
        for number in range(len(document)):
            lines, count = _of_page(document, number)
            characters += count
            if characters > MOST_CHARACTERS:
                raise BadFile(
                    "This PDF has more than {most} million characters, the most we read.",
                    most=MOST_CHARACTERS // 1_000_000,
                )
            found += lines
            bare += [] if lines else [number + 1]
    except pypdfium2.PdfiumError as error:
        raise BadFile("A page of this PDF is damaged. Open it, print it to a new PDF and send that.") from error
    finally:
        document.close()
    return found, bare


def _of_page(document: Any, number: int) -> tuple[list[_Line], int]:
    """The lines of one page that hold words, and how many characters it has."""
    page = document[number]
    textpage = page.get_textpage()
    height = page.get_height() or 1.0
    if textpage.count_chars() > MOST_CHARACTERS:
        raise BadFile(
            "Page {number} of this PDF has more characters than a book: we do not read it.", number=number + 1
        )
    text = textpage.get_text_range().replace("\x00", "\ufffd")
    lines: list[_Line] = []
    at = 0
    for raw in text.split("\r\n"):
        words = raw.strip()
        if words:
            first = at + len(raw) - len(raw.lstrip())
            bottom, top = _box(textpage, first, at + len(raw.rstrip()) - 1)
            lines.append(
                _Line(
                    " ".join(_marked(textpage, words, first).translate(_LIGATURES).split()),
                    number + 1,
                    bottom / height,
                    top / height,
                )
            )
        at += len(raw) + 2
    textpage.close()
    page.close()
    return lines, len(text)


def _marked(textpage: Any, words: str, first: int) -> str:
    """A line whose name is printed bold before words that are not, marked as in Markdown: `**Name:** words`."""
    colon = words.find(":", 1, _MOST_LABEL)
    after = next((i for i in range(colon + 1, len(words)) if not words[i].isspace()), 0)
    if colon < 0 or not after or not _is_bold(textpage, first) or _is_bold(textpage, first + after):
        return words
    return f"**{words[:colon]}:** {words[colon + 1 :].strip()}"


def _is_bold(textpage: Any, at: int) -> bool:
    """Whether a character is in a bold font, by its weight or its name."""
    from pypdfium2 import raw

    if raw.FPDFText_GetFontWeight(textpage.raw, at) >= _BOLD:
        return True
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage.raw, at, name, len(name), flags)
    return b"bold" in name.value.lower()


def _box(textpage: Any, first: int, last: int) -> tuple[float, float]:
    """The lower and the upper edge of a line, from its first character and its last."""
    import pypdfium2

    edges: list[tuple[float, float]] = []
    for at in {first, last}:
        try:
            _, bottom, _, top = textpage.get_charbox(at, loose=True)
        except (pypdfium2.PdfiumError, ctypes.ArgumentError, IndexError, ValueError):
            continue  # a character that the page does not place
        edges.append((bottom, top))
    return (min(bottom for bottom, _ in edges), max(top for _, top in edges)) if edges else (0.5, 0.5)


def _without_heads(lines: Sequence[_Line]) -> tuple[list[_Line], list[str]]:
    """The lines without those that stand at the edge of page after page, and these, once each."""
    pages = len({line.page for line in lines})
    at_edge = [line for line in lines if line.bottom < _MARGIN or line.top > 1 - _MARGIN]
    where: dict[str, set[int]] = defaultdict(set)
    for line in at_edge:
        where[line.head].add(line.page)
    least = 2 if pages == 2 else _LEAST
    again = {
        head
        for head, seen in where.items()
        if len(seen) >= least and (len(seen) * 4 >= pages or "#" in head) and (pages > 2 or "#" in head)
    }
    edge = {id(line) for line in at_edge if line.head in again}
    gone = [line for line in lines if id(line) in edge]
    shown = {line.head: line.text for line in reversed(gone)}
    return [line for line in lines if id(line) not in edge], sorted(shown.values())


def _text(lines: Sequence[_Line]) -> tuple[str, list[int]]:
    """The lines as plain text, paragraphs apart, and the page of each line of it."""
    steps = [
        before.bottom - line.bottom
        for before, line in zip(lines, lines[1:], strict=False)
        if before.page == line.page and before.bottom > line.bottom
    ]
    usual = median(steps) if steps else 1.0
    text: list[str] = []
    pages: list[int] = []
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        apart = before is not None and before.page == line.page and before.bottom - line.bottom > usual * _GAP
        if i and (apart or line.text.startswith("**")):
            text.append("")
            pages.append(line.page)
        text.append(line.text)
        pages.append(line.page)
    return _rejoined("\n".join(text)), pages


def _rejoined(text: str) -> str:
    """The words that a line end divides put together: with their hyphen where the file also prints them so in a line."""
    printed = Counter(word.casefold() for word in _WORD.findall(text))

    def whole(found: re.Match[str]) -> str:
        end = "" if found[0].count("\n") == 0 else "\n"
        kept = f"{found[1]}-{found[2]}"
        hyphen = printed[kept.casefold()] > printed[(found[1] + found[2]).casefold()] or not found[2][0].islower()
        return (kept if hyphen else found[1] + found[2]) + end

    return _PARTS.sub(whole, text).replace(_DIVIDED, "-")
