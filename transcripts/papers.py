"""Pure: a document that is no transcript (minutes, an agreement, a report) as its paragraphs: PDF, Word, a saved web page, text.

The readers of transcripts read it out; nobody's words are looked for in it.
"""

from dataclasses import dataclass
from pathlib import PurePath

from transcripts.errors import BadFile
from transcripts.formats import SURE, docx, html, pdf
from transcripts.formats.decoding import decode, refuse_size
from transcripts.formats.foreign import text_kind
from transcripts.formats.parsed import Problem
from transcripts.formats.printed import Paragraph, paragraphs
from transcripts.text import clean

MOST_PARAGRAPHS = 20_000
MOST_BYTES = 20 * 1024 * 1024
SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".txt", ".md")
"""What the name of a file that can be read as a document ends with."""


@dataclass(frozen=True)
class Paper:
    """A document as it was read: `pages` is None where the file has none; a scan has pages and no paragraphs."""

    media_type: str
    pages: int | None
    paragraphs: tuple[Paragraph, ...]
    problems: tuple[Problem, ...] = ()


def read(data: bytes, name: str) -> Paper:
    """The paragraphs of a file. Raises BadFile where it is of another kind, damaged, too large, or holds no words (a scan may)."""
    refuse_size(data)
    if len(data) > MOST_BYTES:
        raise BadFile("The file is larger than {most} MB, the most we keep of a document.", most=MOST_BYTES >> 20)
    paper = _read(data, name)
    if len(paper.paragraphs) > MOST_PARAGRAPHS:
        raise BadFile("This document has more than {most} paragraphs. Divide it.", most=MOST_PARAGRAPHS)
    if not paper.paragraphs and not paper.pages:
        raise BadFile("The file holds no words.")
    return paper


def plain_name(filename: str) -> str:
    """The name of a file without folders or anything that is no text."""
    return clean(PurePath(filename.replace("\\", "/")).name).strip() or "file"


def _read(data: bytes, name: str) -> Paper:
    if pdf.sniff(data, name) >= SURE:
        found, pages, problems = pdf.printed(data)
        return Paper("application/pdf", pages, found, problems)
    if docx.sniff(data, name) >= SURE:
        return Paper(docx.MEDIA_TYPE, None, *docx.printed(data))
    decoded = decode(data)
    if html.sniff(decoded.text, name) >= SURE:
        found, problems = html.printed(decoded.text)
        return Paper("text/html", None, found, (*decoded.problems, *problems))
    if text_kind(decoded.text):
        raise BadFile("This is no document: we keep PDF, Word (.docx), saved web pages and plain text.")
    return Paper("text/plain", None, paragraphs(decoded.text), decoded.problems)
