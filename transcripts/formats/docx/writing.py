"""Pure: a record as a Word document, with a style for each kind of paragraph, so that it reads back as the same record."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from transcripts.formats import kept
from transcripts.formats.docx import styles
from transcripts.formats.parsed import ParsedRecord, ParsedTurn
from transcripts.text import clean
from transcripts.vocabulary import TurnKind

if TYPE_CHECKING:
    from docx.document import Document

_LONGEST = 255
"""Characters a property of a document may have."""
_ITALIC = frozenset({TurnKind.SCENE, TurnKind.NARRATION, TurnKind.PROCEDURE})


def write(record: ParsedRecord) -> bytes:
    """The record as a .docx file: what is known of the forum, then each turn under its label and times.

    It carries labels, words, kinds and times; not keys, languages, parts, the source's own ids and exchanges.
    Characters that no document can hold are left out.
    """
    from docx import Document

    document = Document()
    page = _Page(document, _define(document))
    document.core_properties.title = _single(record.header.get("title", ""))[:_LONGEST]
    for fact in kept.header_lines(record, styles.LAYOUT):
        page.say(styles.FACT, clean(fact))
    for turn in record.turns:
        page.turn(turn)
    held = BytesIO()
    document.save(held)
    return _undated(held)


def _undated(held: BytesIO) -> bytes:
    """The archive without the times at which its parts were packed: the same record is the same file."""
    packed = BytesIO()
    with ZipFile(held) as dated, ZipFile(packed, "w", ZIP_DEFLATED) as undated:
        for info in dated.infolist():
            undated.writestr(ZipInfo(info.filename), dated.read(info), ZIP_DEFLATED)
    return packed.getvalue()


def _define(document: "Document") -> dict[str, str]:
    """The styles, each as it looks and as it goes on; by name the key that paragraphs refer to."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    _forget(document)
    made = {name: document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) for name in styles.STYLES}
    for name, style in made.items():
        style.base_style = document.styles["Normal"]
        style.paragraph_format.space_after = Pt(0 if name in (styles.VOICE, styles.UNKNOWN, styles.FACT) else 6)
        style.paragraph_format.keep_with_next = name in (styles.VOICE, styles.UNKNOWN)
        style.font.bold = name == styles.VOICE
    for kind in TurnKind:
        for name in (styles.first(kind), styles.later(kind)):
            made[name].font.italic = kind in _ITALIC
            made[name].next_paragraph_style = made[styles.later(kind)]
    for name in (styles.VOICE, styles.UNKNOWN):
        made[name].next_paragraph_style = made[styles.first(TurnKind.SPEECH)]
    return {name: style.style_id for name, style in made.items()}


def _forget(document: "Document") -> None:
    """The 160 styles of the template that nothing in the document uses, and which every reader would have to read."""
    from docx.oxml.ns import qn

    known = document.styles.element
    for style in list(known):
        if style.tag in {qn("w:style"), qn("w:latentStyles")} and style.get(qn("w:default")) != "1":
            known.remove(style)


@dataclass(frozen=True)
class _Page:
    """The document being written, and the key of each style. Paragraphs are elements: looking up styles takes seconds."""

    document: "Document"
    keys: Mapping[str, str]

    def say(self, style: str, words: str) -> None:
        paragraph = self.document.element.body.add_p()
        paragraph.style = self.keys[style]
        paragraph.add_r().text = words

    def turn(self, turn: ParsedTurn) -> None:
        """The voice with its times, where either is known or words of a voice follow; then the words."""
        times = "" if turn.start_ms is None else f"\t{styles.printed_times(turn.start_ms, turn.end_ms)}"
        if turn.label is not None:
            self.say(styles.VOICE, _single(turn.label) + times)
        elif times or turn.kind is TurnKind.SPEECH:
            self.say(styles.UNKNOWN, styles.NOBODY + times)
        first, *others = clean(turn.text).split("\n\n")
        self.say(styles.first(turn.kind), first)
        for paragraph in others:
            self.say(styles.later(turn.kind), paragraph)


def _single(text: str) -> str:
    return " ".join(clean(text).split())
