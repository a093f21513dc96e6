"""Word documents: as people write them, as Teams and others export them, and as we write them.

Tracked insertions are read and deletions are not; headers, footers, footnotes, comments and pictures are left out.
A document that we wrote says in the style of each paragraph what it is (`styles.py`), and reads back as it was.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

from selectolax.lexbor import LexborNode

from transcripts.errors import BadFile
from transcripts.formats import archives
from transcripts.formats.docx.styles import MAP, as_written, is_ours, paragraphs
from transcripts.formats.docx.writing import write
from transcripts.formats.format import EXACT
from transcripts.formats.hypertext import parsed, rendered, unmarked
from transcripts.formats.parsed import ParsedRecord, Problem
from transcripts.formats.printed import Paragraph
from transcripts.formats.printed import paragraphs as printed_in
from transcripts.formats.stamped import CREDIT, STARTED, TIME, Stamp, density, is_label, items, record
from transcripts.formats.written import written
from transcripts.text import clean
from transcripts.vocabulary import Grade, Severity

__all__ = ["MEDIA_TYPE", "NAME", "SUFFIX", "TIMED", "VERSION", "lines", "read", "sniff", "write"]

NAME = "docx"
VERSION = 1
SUFFIX = ".docx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TIMED = False

MOST_TAGS = 250_000
"""XML tags of all parts that hold words: 4,000 turns are 50,000."""
MOST_CHARACTERS = 20_000_000

_DOCUMENT = "word/document.xml"
_READ = re.compile(r"word/[^/]+\.xml|word/_rels/[^/]+|\[Content_Types\]\.xml|_rels/\.rels")
_STAMP = re.compile(rf"(?P<label>\S.{{0,80}}?)(?:\t\s{{0,40}}| {{2,40}})(?P<time>{TIME})")
_SERVICE = re.compile(rf"{STARTED}|{CREDIT}", re.IGNORECASE)
_TRACKED = re.compile(rb"<w:(?:ins|del|moveTo|moveFrom)\s")
_LEAST_STAMPED = 0.5


def sniff(data: bytes, name: str | None) -> float:
    """EXACT for an archive that holds a Word document."""
    return EXACT if _DOCUMENT in archives.names(data) else 0.0


def read(data: bytes) -> ParsedRecord:
    """The turns of a document. Raises BadFile where it is hostile, damaged, too large or without words."""
    tracked = _looked_over(data)
    body = parsed(_html(data))
    found = as_written(NAME, body) if is_ours(body) else _by_print(body)
    return replace(found, problems=(*_about(body, tracked), *found.problems))


def lines(data: bytes) -> Sequence[str]:
    """The lines of the document: of one we wrote, its paragraphs. Raises BadFile as `read` does."""
    _looked_over(data)
    body = parsed(_html(data))
    return paragraphs(body) if is_ours(body) else unmarked(_printed(body)).split("\n")


def printed(data: bytes) -> tuple[tuple[Paragraph, ...], tuple[Problem, ...]]:
    """The paragraphs of a document, whoever speaks in them, and what was left out. Raises BadFile as `read` does."""
    tracked = _looked_over(data)
    body = parsed(_html(data))
    return printed_in(clean(rendered(body, _notes(body)).text)), tuple(_about(body, tracked))


def _looked_over(data: bytes) -> bool:
    """Whether changes are tracked in the document. Raises BadFile for one that is not to be opened."""
    with archives.checked(data) as archive:
        parts = [name for name in archive.namelist() if _READ.fullmatch(name)]
        if _DOCUMENT not in parts:
            raise BadFile("This is no Word document (.docx). If it is an older one (.doc), save it as .docx first.")
        tags = sum(archives.part(archive, name).count(b"<") for name in parts)
        if tags > MOST_TAGS:
            raise BadFile("This document has more paragraphs than we read at once. Divide it and import the parts.")
        return _TRACKED.search(archives.part(archive, _DOCUMENT)) is not None


def _html(data: bytes) -> str:
    """The document as HTML, without its pictures."""
    import mammoth

    try:
        result = mammoth.convert_to_html(
            BytesIO(data), style_map=MAP, convert_image=lambda image: [], ignore_empty_paragraphs=False
        )
    except Exception as error:  # whatever it stumbles over, the file is to blame: its archive and its XML are sound
        raise BadFile("This document cannot be read: it is damaged. Open it in Word and save it again.") from error
    html = str(result.value)
    if len(html) > MOST_CHARACTERS:
        raise BadFile(
            "This document has more than {most} million characters, the most we read.",
            most=MOST_CHARACTERS // 1_000_000,
        )
    return html


def _by_print(body: LexborNode) -> ParsedRecord:
    """The record by what is printed: names beside times as services export them, or names as people write them."""
    text = _printed(body)
    if density(text, _stamp) >= _LEAST_STAMPED:
        return record(NAME, Grade.MACHINE, items(text, _stamp), _SERVICE)
    found = written(NAME, text)
    turns = tuple(replace(turn, text=unmarked(turn.text).replace("\t", " ")) for turn in found.turns)
    return replace(found, turns=turns)


def _printed(body: LexborNode) -> str:
    return clean(rendered(body, _notes(body), spaced=True).text)


def _stamp(line: str) -> Stamp | None:
    found = _STAMP.fullmatch(line.replace("**", ""))
    if found is None or not is_label(found["label"].strip()):
        return None
    return Stamp(found["label"].strip(), found["time"])


def _notes(body: LexborNode) -> frozenset[int]:
    """Footnotes, endnotes and comments, and the marks that point to them."""
    found = body.css(
        'li[id^="footnote-"], li[id^="endnote-"], dt[id^="comment-"], a[id^="footnote-ref"], a[id^="endnote-ref"]'
    )
    return frozenset(node.mem_id for node in found)


def _about(body: LexborNode, tracked: bool) -> Iterator[Problem]:
    if tracked:
        yield Problem(
            None,
            Severity.WARNING,
            "Changes are tracked in this document: what was inserted was read, and what was deleted was not.",
        )
    notes = len(body.css('li[id^="footnote-"], li[id^="endnote-"]'))
    if notes:
        yield Problem(None, Severity.INFO, "Notes at the foot of the pages were left out ({n}).", {"n": notes})
