"""The PDF of a printed guide: embedded type (Source Sans Pro), the QR code of the pinned comparison on every sheet.

It has a title, a language and bookmarks, but no tags: the library tags pictures only. The page is the accessible version and says so.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import font_source_sans_pro
import segno
from fpdf import FPDF
from fpdf.fonts import TTFFont
from PIL import Image

from tracker.i18n import LANGUAGES
from tracker.printing import layout
from tracker.printing.content import Part, Style
from tracker.printing.layout import FACES, MARGIN, NUMBER, QR, WIDTH, Line, Sheet

FAMILY = "Source Sans"
FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
FILES = {"": "SourceSansPro-Regular.ttf", "B": "SourceSansPro-Bold.ttf"}
NO_LETTER = "☐"
UNSEEN = ("Cc", "Cf")
"""Categories of characters that control others and show nothing."""


@dataclass(frozen=True)
class Printed:
    """A guide as a file. `lost`: letters that the type does not have, each printed as a replacement character."""

    data: bytes
    pages: int
    lost: str


def pdf(parts: Sequence[Part]) -> Printed:
    """All parts in one file, each under a bookmark of its language where there are several."""
    paper = _Paper()
    made = layout.sheets(parts, paper.measure)
    paper.file.set_lang(parts[0].lang)
    paper.file.set_title(parts[0].title)
    begun: set[str] = set()
    for sheet in made:
        paper.print(sheet)
        if len(parts) > 1 and sheet.part.lang not in begun:
            begun.add(sheet.part.lang)
            paper.file.start_section(LANGUAGES[sheet.part.lang])
        if sheet.section:
            paper.file.start_section(paper.fit(sheet.section), level=len(begun) and 1)
    return Printed(bytes(paper.file.output()), len(made), "".join(sorted(paper.lost)))


class _Paper:
    """The file being made, and the letters its type has."""

    def __init__(self) -> None:
        self.file = FPDF(unit="mm", format="letter")
        self.file.set_auto_page_break(False)
        self.file.set_creator("Said & Done · Dicho y hecho")
        for style, name in FILES.items():
            self.file.add_font(FAMILY, style, FOLDER / name)
        self.lost: set[str] = set()
        self.measure = cache(self._measure)
        has = map(chr, self._face(bold=False).cmap)
        self._letters = frozenset(letter for letter in has if unicodedata.category(letter) not in UNSEEN)
        self._codes: dict[str, Image.Image] = {}

    def fit(self, text: str) -> str:
        """The text as it can be printed; what the type lacks is kept in `lost`."""
        composed = unicodedata.normalize("NFC", text)
        if self._letters.issuperset(composed):
            return composed
        seen = (letter for letter in composed if unicodedata.category(letter) not in UNSEEN)
        return "".join(letter if letter in self._letters else self._without(letter) for letter in seen)

    def print(self, sheet: Sheet) -> None:
        """One side: frames and rules first, words over them."""
        self.file.add_page()
        self.file.set_draw_color(170)
        self.file.set_line_width(0.2)
        for frame in sheet.frames:
            self.file.rect(frame.x, frame.y, frame.width, frame.height)
        for y in sheet.rules:
            self.file.line(MARGIN, y, WIDTH - MARGIN, y)
        self.file.image(self._code(sheet.part.address), WIDTH - MARGIN - QR, MARGIN, QR, QR)
        self.file.link(WIDTH - MARGIN - QR, MARGIN, QR, QR, sheet.part.address)
        for line in sheet.lines:
            self._line(line)
        if self.lost:
            self._line(Line(MARGIN, NUMBER, Style.SMALL, sheet.part.lost.format(letter=NO_LETTER)))

    def _line(self, line: Line) -> None:
        face = FACES[line.style]
        self.file.set_font(FAMILY, "B" if face.bold else "", face.size)
        self.file.set_text_color(face.grey)
        self.file.text(line.x, line.y, self.fit(line.text))

    def _measure(self, style: Style, text: str) -> float:
        """The advance of every letter; the letters are set without kerning."""
        face = FACES[style]
        widths = self._face(face.bold).cw
        return sum(widths[ord(letter)] for letter in self.fit(text)) * face.size / 1000 / self.file.k

    def _face(self, bold: bool) -> TTFFont:
        found = self.file.fonts[f"{FAMILY.lower()}{'B' if bold else ''}"]
        assert isinstance(found, TTFFont)
        return found

    def _without(self, letter: str) -> str:
        self.lost.add(letter)
        return NO_LETTER

    def _code(self, address: str) -> Image.Image:
        """The QR code of an address, made once."""
        if address not in self._codes:
            made = BytesIO()
            segno.make(address, error="m").save(made, kind="png", scale=8, border=2)
            self._codes[address] = Image.open(made)
        return self._codes[address]
