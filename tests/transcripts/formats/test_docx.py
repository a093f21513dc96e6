"""Word documents: as people write them, as Teams exports them, as we write them; and those that are not to be opened."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transcripts.formats.documents import TALK, Page, docx, replaced
from tests.transcripts.formats.test_archives import packed
from transcripts import formats
from transcripts.errors import BadFile
from transcripts.formats import docx as word
from transcripts.formats.parsed import ParsedRecord, ParsedTurn
from transcripts.vocabulary import Grade, Severity, TurnKind

DOCUMENT = "word/document.xml"


def said(record: ParsedRecord) -> list[tuple[str | None, str]]:
    return [(turn.label, turn.text) for turn in record.turns]


def read(data: bytes) -> ParsedRecord:
    record = formats.read(data, "minutes.docx")
    assert record.format == "docx"
    return record


def test_names_in_bold_before_their_words() -> None:
    def build(page: Page) -> None:
        page.margins("ALDER FALLS FORUM", "Page 1")
        for label, words in TALK:
            page.say(f" {words}", f"{label}:")

    assert said(read(docx(build))) == list(TALK)


def test_a_name_in_bold_without_a_colon() -> None:
    def build(page: Page) -> None:
        for label, words in TALK:
            page.say(f" {words}", label.title())

    assert said(read(docx(build))) == [(label.title(), words) for label, words in TALK]


def test_bold_words_that_are_no_names_stay_as_they_are() -> None:
    def build(page: Page) -> None:
        for label, words in TALK:
            page.say(f"{label}: {words}")
        page.say(" Parks stay open.", "Budget First")

    assert read(docx(build)).turns[-1].text.endswith("Budget First Parks stay open.")


def test_names_on_lines_of_their_own() -> None:
    def build(page: Page) -> None:
        for label, words in TALK:
            page.say("", label)
            page.say(words)

    assert said(read(docx(build))) == list(TALK)


def test_rows_of_a_table() -> None:
    data = docx(lambda page: page.table([("Speaker", "Words"), *TALK]))
    assert said(read(data)) == list(TALK)


def test_insertions_are_read_and_deletions_are_not() -> None:
    def build(page: Page) -> None:
        for label, words in TALK:
            page.say(f"{label}: {words}")
        page.tracked("OREN MASK: I would ", "never", "always", " pay.")

    record = read(docx(build))
    assert record.turns[-1] == ParsedTurn("OREN MASK", "I would always pay.", line=13)
    assert [problem.severity for problem in record.problems if "tracked" in problem.message] == [Severity.WARNING]


def test_a_heading_is_nobodys_and_nobody_is_sure_to_go_on_under_it() -> None:
    def build(page: Page) -> None:
        for label, words in TALK:
            page.say(f"{label}: {words}")
        page.heading("Closing statements")
        page.say("We thank the library.")

    *_, heading, after = read(docx(build)).turns
    assert (heading.label, heading.kind, heading.text) == (None, TurnKind.PROCEDURE, "Closing statements")
    assert (after.label, after.text) == (None, "We thank the library.")


def test_a_meeting_as_teams_exports_it() -> None:
    def build(page: Page) -> None:
        page.say("Ferry board", "")
        page.say("Ida Quill started transcription")
        for i, (label, words) in enumerate(TALK):
            paragraph = page.document.add_paragraph()
            paragraph.add_run(label.title()).bold = True
            paragraph.add_run(f"   0:{i + 3:02d}")
            paragraph.add_run().add_break()
            paragraph.add_run(words)
        page.say("Ida Quill stopped transcription")

    record = read(docx(build))
    assert said(record) == [(label.title(), words) for label, words in TALK]
    assert [turn.start_ms for turn in record.turns] == [3000, 4000, 5000, 6000, 7000, 8000]
    assert (record.grade, record.header["title"]) == (Grade.MACHINE, "Ferry board")


def test_characters_that_no_document_holds_are_left_out() -> None:
    record = ParsedRecord("plain", Grade.PUBLISHED, (ParsedTurn("A\0b\ud800", "x\x01y\ufffe\0z"),))
    assert said(read(word.write(record))) == [("Ab", "xyz")]


def test_a_paragraph_somebody_added_to_our_document_is_nobodys() -> None:
    ours = word.write(ParsedRecord("plain", Grade.PUBLISHED, (ParsedTurn("Ida", "One."), ParsedTurn("Oren", "Two."))))
    with zipfile.ZipFile(io.BytesIO(ours)) as archive:
        xml = archive.read(DOCUMENT).replace(b"<w:sectPr", b"<w:p><w:r><w:t>OREN: Three.</w:t></w:r></w:p><w:sectPr", 1)
    record = read(replaced(ours, DOCUMENT, xml))
    assert said(record) == [("Ida", "One."), ("Oren", "Two."), (None, "OREN: Three.")]
    assert [problem.severity for problem in record.problems] == [Severity.WARNING]


ORDINARY = docx(lambda page: page.say("Some words."))
OPENING = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
CLOSING = b"</w:body></w:document>"


def body(xml: bytes) -> bytes:
    """A document whose body is this XML."""
    return replaced(ORDINARY, DOCUMENT, OPENING + xml + CLOSING)


def said_once(words: bytes) -> bytes:
    return b"<w:p><w:r><w:t>" + words + b"</w:t></w:r></w:p>"


CELLS = (b"<w:tbl><w:tr><w:tc>" * 3000, b"</w:tc></w:tr></w:tbl>" * 3000)
HOSTILE = {
    "paragraphs without end": (body(b"<w:p/>" * 2_000_000), "grows too much|more than|larger than"),
    "as many, less alike": (body(b"".join(b'<w:p w:a="%d"/>' % i for i in range(300_000))), "more paragraphs"),
    "one endless word": (body(said_once(b"a" * 30_000_000)), "grows too much|more than"),
    "no words": (body(b""), "no words"),
    "no XML": (replaced(ORDINARY, DOCUMENT, b"\x00\x01 words"), "damaged"),
    "cut off": (replaced(ORDINARY, DOCUMENT, OPENING + b"<w:p>"), "damaged"),
    "another root": (replaced(ORDINARY, DOCUMENT, b"<a/>"), "damaged|no words"),
    "doctype": (replaced(ORDINARY, DOCUMENT, b'<!DOCTYPE a [<!ENTITY b "c">]>' + OPENING + CLOSING), "DOCTYPE"),
    "external": (
        replaced(ORDINARY, DOCUMENT, b'<!DOCTYPE a SYSTEM "file:///etc/passwd">' + OPENING + CLOSING),
        "DOCTYPE",
    ),
    "only the document": (packed([(DOCUMENT, OPENING + CLOSING)]), "no words"),
    "no styles": (replaced(ORDINARY, "word/styles.xml", b"<"), "damaged"),
    "broken links": (replaced(ORDINARY, "word/_rels/document.xml.rels", b"<a"), "damaged"),
    "nested": (body(CELLS[0] + said_once(b"deep") + CELLS[1]), "damaged"),
    "an older document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word document.*password"),
    "a zipped picture": (packed([("a.png", b"\x89PNG")]), "zipped file"),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_document_is_refused_with_its_reason(case: str) -> None:
    data, reason = HOSTILE[case]
    with pytest.raises(BadFile, match=reason):
        formats.read(data, "minutes.docx")


def test_a_document_named_docx_that_is_none_is_refused() -> None:
    for data in (b"Some words.", packed([("a.xml", b"<a/>")])):
        with pytest.raises(BadFile, match="damaged|no Word document"):
            formats.read(data, format="docx")


PLAIN = OPENING + said_once(b"IDA: Good evening.") + said_once(b"OREN: So.") * 2 + CLOSING
PIECES = st.sampled_from(
    [
        said_once(b"IDA: x"),
        b"<w:p>",
        b"</w:p>",
        b"<w:tbl><w:tr><w:tc>",
        b"<w:br/>",
        b"<w:tab/>",
        b"&amp;",
        b"<w:sdt/>",
        b"<w:t/>",
    ]
)


@given(st.lists(PIECES | st.binary(max_size=20), max_size=8).map(b"".join), st.integers(0, len(PLAIN)), st.booleans())
def test_hostile_xml_is_a_record_or_a_refusal(noise: bytes, at: int, over: bool) -> None:
    rest = PLAIN[at + len(noise) * over :]
    for data in (packed([(DOCUMENT, PLAIN[:at] + noise + rest)]), packed([(DOCUMENT, PLAIN)])[:at] + noise + rest):
        try:
            assert word.read(data).turns
        except BadFile as refused:
            assert refused.reason
