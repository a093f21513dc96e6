"""PDF files: pages printed in the ways of clerks and broadcasters, and those that are not to be read."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transcripts.formats.documents import TALK, Sheets, pdf
from transcripts import formats
from transcripts.errors import BadFile
from transcripts.formats import pdf as portable
from transcripts.formats.parsed import ParsedRecord
from transcripts.vocabulary import Severity

LONG = [(label, f"{words} " * 12) for label, words in TALK] * 3


def said(record: ParsedRecord) -> list[tuple[str | None, str]]:
    return [(turn.label, " ".join(turn.text.split())) for turn in record.turns]


def read(data: bytes) -> ParsedRecord:
    record = formats.read(data, "minutes.pdf")
    assert record.format == "pdf"
    return record


@pytest.mark.parametrize("bold", [True, False])
def test_turns_over_several_pages_without_what_each_page_prints(bold: bool) -> None:
    def build(sheets: Sheets) -> None:
        sheets.above, sheets.below = "ALDER FALLS FORUM", "Minutes of 3 May 2026, page {}"
        sheets.add_page()
        sheets.talk(LONG, bold)

    record = read(pdf(build))
    assert said(record) == [(label, " ".join(words.split())) for label, words in LONG]
    assert sum("page after page" in problem.message for problem in record.problems) == 2


def test_two_columns_are_read_one_after_the_other() -> None:
    def build(sheets: Sheets) -> None:
        sheets.add_page()
        with sheets.text_columns(ncols=2, gutter=8) as columns:
            for label, words in LONG:
                columns.write(f"{label}: {words}\n\n")

    assert said(read(pdf(build))) == [(label, " ".join(words.split())) for label, words in LONG]


def test_numbers_down_the_margin_are_no_words() -> None:
    lines = [line for label, words in TALK * 2 for line in f"{label}: {words.replace('. ', '.|')}".split("|")]

    def build(sheets: Sheets) -> None:
        sheets.add_page()
        for number, line in enumerate(lines, start=1):
            sheets.cell(0, 6, f"{number:>2}   {line}", new_x="LMARGIN", new_y="NEXT")

    assert said(read(pdf(build))) == list(TALK) * 2


def test_a_word_divided_at_the_end_of_a_line_is_one_word() -> None:
    def build(sheets: Sheets) -> None:
        sheets.add_page()
        sheets.talk(TALK)
        for line in (
            "IDA QUILL: I would mend the break-",
            "water, and life-long habits. A life-",
            "long habit is hard.",
        ):
            sheets.cell(0, 5, line, new_x="LMARGIN", new_y="NEXT")

    words = " ".join(read(pdf(build)).turns[-1].text.split())
    assert words == "I would mend the breakwater, and life-long habits. A life-long habit is hard."


def test_a_page_that_is_a_picture_is_said() -> None:
    def build(sheets: Sheets) -> None:
        sheets.add_page()
        sheets.talk(TALK)
        sheets.add_page()
        sheets.rect(20, 20, 100, 100, style="F")

    warnings = [problem.message for problem in read(pdf(build)).problems if problem.severity is Severity.WARNING]
    assert warnings == ["There is no text on 1 pages, perhaps pictures of it: 2."]


def scan(sheets: Sheets) -> None:
    sheets.add_page()
    sheets.rect(20, 20, 100, 100, style="F")


def print_talk(sheets: Sheets) -> None:
    sheets.add_page()
    sheets.talk(TALK)


ORDINARY = pdf(print_talk)


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A PDF of one page with this packed content, written by hand."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R" + more + b"]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter[/FlateDecode]>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % (i, part) for i, part in enumerate(parts, start=1))
    return body + b"trailer<</Root 1 0 R>>\n%%EOF"


HOSTILE = {
    "a scan": (pdf(scan), "pictures.*recognised"),
    "a password": (pdf(print_talk, encrypted=True), "password"),
    "cut off": (ORDINARY[:600], "damaged|pictures"),
    "only a head": (b"%PDF-1.7", "damaged"),
    "a head and noise": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
    "a page that is its own parent": (stream(zlib.compress(b""), b" 2 0 R"), "damaged|pictures"),
    "a stream that grows": (stream(zlib.compress(b" " * 30_000_000)), "pictures|damaged"),
    "words without end": (
        stream(zlib.compress(b"BT /F 9 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 200_000 + b"ET")),
        "characters|damaged|pictures",
    ),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_pdf_is_refused_with_its_reason(case: str) -> None:
    data, reason = HOSTILE[case]
    with pytest.raises(BadFile, match=reason):
        formats.read(data, "minutes.pdf")


def test_what_is_named_pdf_and_is_none_is_refused() -> None:
    with pytest.raises(BadFile, match="no PDF"):
        formats.read(b"Some words.", format="pdf")


@given(st.integers(0, len(ORDINARY)), st.binary(max_size=40), st.booleans())
def test_hostile_damage_is_a_record_or_a_refusal(at: int, noise: bytes, over: bool) -> None:
    try:
        assert portable.read(ORDINARY[:at] + noise + ORDINARY[at + len(noise) * over :]).turns
    except BadFile as refused:
        assert refused.reason


WORD = st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=2, max_size=9)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from(["IDA", "OREN"]), st.lists(WORD, min_size=1, max_size=40)), min_size=3, max_size=20
    )
)
def test_every_word_stays_with_the_name_above_it(talk: list[tuple[str, list[str]]]) -> None:
    turns = [(label, " ".join(["So", *words, "it is."])) for label, words in talk]

    def build(sheets: Sheets) -> None:
        sheets.add_page()
        sheets.talk([("MODERATOR", "We begin now."), *turns, ("MODERATOR", "We end now.")], bold=True)

    assert said(read(pdf(build)))[1:-1] == turns
