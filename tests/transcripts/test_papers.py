"""Documents that are no transcripts: their paragraphs with pages and headings, what is told of them, and what is refused."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from fpdf import FPDF

from tests.bombs import BOMBS, Bomb
from tests.corpora import corpus
from transcripts import guarded, papers
from transcripts.errors import BadFile
from transcripts.formats.printed import Paragraph

DEMO = Path(__file__).resolve().parents[2] / "tracker" / "demo"


def of_demo(name: str) -> papers.Paper:
    return papers.read((DEMO / name).read_bytes(), name)


def test_a_pdf_has_pages_headings_and_paragraphs() -> None:
    paper = of_demo("port-linden-bridge-report-2026-q3.pdf")
    assert (paper.media_type, paper.pages) == ("application/pdf", 2)
    headings = [(one.page, one.text) for one in paper.paragraphs if one.heading]
    assert headings[0] == (1, "Bridge quarterly report: July to September 2026")
    assert headings[-1] == (2, "6. What is not known yet") and len(headings) == 7
    opened = next(one for one in paper.paragraphs if one.text.startswith("From the opening"))
    assert opened.text.endswith("there was not going to be a charge.") and opened.page == 1
    assert [one.said.template for one in paper.problems] == ["“{head}” is printed on page after page and was left out."]


def test_a_word_document_and_a_page_have_headings_and_no_pages() -> None:
    word, page = of_demo("port-linden-bridge-agreement.docx"), of_demo("port-linden-bridge-minutes-2026-05.html")
    assert (word.pages, page.pages, page.media_type) == (None, None, "text/html")
    assert [one.text for one in word.paragraphs if one.heading][:2] == [
        "Agreement on the Bridge pilot",
        "1. Who may be referred",
    ]
    assert page.paragraphs[0] == Paragraph("Bridge advisory board: minutes of 19 May 2026", None, True)
    assert not any("Boards and commissions" in one.text for one in page.paragraphs), (
        "what is around the words is left out"
    )


def test_plain_text_keeps_its_lines_and_knows_headings_of_markdown() -> None:
    text = b"# Minutes\nPresent: Ana.\nAbsent: Bo.\n\n\nThe board adjourned.\n"
    assert papers.read(text, "a.md").paragraphs == (
        Paragraph("Minutes", None, True),
        Paragraph("Present: Ana.\nAbsent: Bo."),
        Paragraph("The board adjourned."),
    )


def test_a_scan_is_kept_without_words_and_says_so() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(10, 10, 50, 50)
    paper = papers.read(bytes(pdf.output()), "scan.pdf")
    assert (paper.pages, paper.paragraphs) == (1, ())
    assert "pages are pictures" in str(paper.problems[0].said)


def test_a_paragraph_over_two_pages_stays_one_and_an_item_of_a_list_is_its_own() -> None:
    pdf = FPDF(format=(100, 60))
    pdf.set_auto_page_break(True, 5)
    pdf.set_font("helvetica", size=12)
    pdf.add_page()
    words = " ".join(f"word{n}" for n in range(70))
    pdf.multi_cell(0, 6, f"It begins here and {words}.\n1. First.\n2. Second.")
    paper = papers.read(bytes(pdf.output()), "a.pdf")
    assert [one.page for one in paper.paragraphs] == [1, paper.pages, paper.pages]
    assert paper.paragraphs[0].text == f"It begins here and {words}."
    assert [one.text for one in paper.paragraphs[1:]] == ["1. First.", "2. Second."]


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "a.pdf", "empty"),
        (b"%PDF-1.4 nothing", "a.pdf", "damaged"),
        (b'{"turns": [{"text": "x"}]}', "a.json", "no document"),
        (b"speaker,text\nAna,Hello\nBo,Hi\nAna,So\n", "a.csv", "no document"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "picture"),
        (b"x" * (papers.MOST_BYTES + 1), "a.txt", "larger than 20 MB"),
        (b"One.\n\n" * (papers.MOST_PARAGRAPHS + 1), "a.txt", "more than 20000 paragraphs"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes, name: str, told: str) -> None:
    with pytest.raises(BadFile, match=told):
        papers.read(data, name)


def test_a_document_of_a_stranger_is_read_the_same_in_the_child() -> None:
    document = Document()
    document.add_heading("Minutes", 1)
    document.add_paragraph("The board met.")
    kept = BytesIO()
    document.save(kept)
    assert guarded.paper(kept.getvalue(), "../minutes.docx") == papers.read(kept.getvalue(), "minutes.docx")
    with pytest.raises(BadFile, match="damaged"):
        guarded.paper(b"%PDF-1.4 nothing", "a.pdf")


HARD = [bomb for bomb in BOMBS if bomb.name.endswith((".pdf", ".docx"))][::8]


@pytest.mark.parametrize("bomb", HARD, ids=lambda bomb: bomb.what)
def test_a_bomb_is_a_document_or_a_refusal(bomb: Bomb) -> None:
    try:
        paper = guarded.paper(bomb.make(), bomb.name)
    except BadFile as refused:
        assert str(refused).endswith((".", "?")) and "Traceback" not in str(refused)
    else:
        assert all(one.text.strip() for one in paper.paragraphs)


@pytest.mark.corpora
def test_real_minutes_are_read_in_paragraphs() -> None:
    path = corpus("a17_winnipeg/2014-01-29_regular.pdf")
    paper = papers.read(path.read_bytes(), path.name)
    assert paper.pages == 35 and len(paper.paragraphs) > 300
    assert [one.page for one in paper.paragraphs] == sorted(one.page or 0 for one in paper.paragraphs)
    assert not any(one.text == "COUNCIL OF THE CITY OF WINNIPEG" for one in paper.paragraphs), (
        "a running head is no paragraph"
    )
