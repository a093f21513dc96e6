"""Documents as people and services make them, for tests: fictional, and built here so that every part of them is known."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from fpdf import FPDF

Talk = Sequence[tuple[str, str]]

TALK: Talk = [
    ("MODERATOR", "Good evening, and welcome to the Alder Falls library. The first question is about the ferry."),
    ("IDA QUILL", "Thank you. The ferry is how my street gets to work. I would keep the late boat."),
    ("OREN MASK", "The late boat sails empty. I would sell it, and mend the slip."),
    ("MODERATOR", "Ms. Quill, a reply?"),
    ("IDA QUILL", "It is empty because nobody knows that it sails."),
    ("OREN MASK", "Then I would print a timetable."),
]


def docx(build: Callable[["Page"], None]) -> bytes:
    """A Word document that `build` writes."""
    page = Page()
    build(page)
    _forget(page)
    held = io.BytesIO()
    page.document.save(held)
    return held.getvalue()


def _forget(page: "Page") -> None:
    """Take the styles of the library's template that no test uses out: reading eight thousand elements takes a third of a second."""
    styles = page.document.styles
    for style in [one for one in styles if one.name not in STYLES]:
        styles.element.remove(style.element)


STYLES = ("Normal", "Heading 2", "Header", "Footer", "Default Paragraph Font", "Normal Table")


class Page:
    """A Word document being written, paragraph by paragraph."""

    def __init__(self) -> None:
        self.document = Document()

    def say(self, words: str, bold: str = "") -> None:
        """A paragraph; `bold` stands before its words."""
        paragraph = self.document.add_paragraph()
        if bold:
            paragraph.add_run(bold).bold = True
        paragraph.add_run(words)

    def heading(self, words: str) -> None:
        self.document.add_heading(words, 2)

    def margins(self, above: str, below: str) -> None:
        """What is printed on every page."""
        section = self.document.sections[0]
        section.header.paragraphs[0].text = above
        section.footer.paragraphs[0].text = below

    def tracked(self, before: str, deleted: str, inserted: str, after: str) -> None:
        """A paragraph in which words were struck out and others put in."""
        paragraph = self.document.add_paragraph(before)
        by = 'w:id="1" w:author="Desk" w:date="2026-01-01T00:00:00Z"'
        gone = f'<w:r><w:delText xml:space="preserve">{deleted}</w:delText></w:r>'
        came = f'<w:r><w:t xml:space="preserve">{inserted}</w:t></w:r>'
        for change in (f"<w:del {nsdecls('w')} {by}>{gone}</w:del>", f"<w:ins {nsdecls('w')} {by}>{came}</w:ins>"):
            paragraph._p.append(parse_xml(change))
        paragraph.add_run(after)

    def table(self, rows: Talk) -> None:
        table = self.document.add_table(rows=0, cols=2)
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words


def replaced(data: bytes, name: str, part: bytes) -> bytes:
    """An archive with one part exchanged."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, part if info.filename == name else old.read(info.filename))
    return held.getvalue()


def pdf(build: Callable[["Sheets"], None], encrypted: bool = False) -> bytes:
    """A PDF that `build` prints."""
    sheets = Sheets()
    sheets.set_compression(False)
    sheets.set_creation_date(datetime(2026, 1, 1, tzinfo=UTC))
    sheets.set_font("Helvetica", size=11)
    if encrypted:
        sheets.set_encryption("owner", "reader")
    build(sheets)
    return bytes(sheets.output())


class Sheets(FPDF):
    """Pages being printed: `above` and `below` stand on each of them."""

    above = ""
    below = ""

    def header(self) -> None:
        if self.above:
            self.cell(0, 8, self.above, align="C", new_x="LMARGIN", new_y="NEXT")
            self.ln(4)

    def footer(self) -> None:
        if self.below:
            self.set_y(-14)
            self.cell(0, 8, self.below.format(self.page_no()), align="C")

    def talk(self, talk: Talk, bold: bool = False) -> None:
        """Turns as paragraphs, the names bold or not."""
        for label, words in talk:
            self.set_font(style="B" if bold else "")
            self.write(5, f"{label}: ")
            self.set_font(style="")
            self.write(5, words)
            self.ln(9)
