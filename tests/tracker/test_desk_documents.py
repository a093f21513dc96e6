"""The desk's documents: facts with history, files looked over in the guarded child before they become copies, failing addresses."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fpdf import FPDF
from sqlmodel import func, select

from positions.followthrough.models.documents import DocumentCopy, DocumentPassage, DocumentUpload, LinkCheck
from tests.bombs import docx, paragraph
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tracker import edits, indexing
from tracker.pages.desk import documents as desk_documents
from transcripts.models import SourceFile, now

FACTS = {
    "title_en": "Minutes of May",
    "title_es": "Acta de mayo",
    "kind": "minutes",
    "language": "en",
    "right": "whole",
}
AT = "/desk/documents/minutes-of-may"
MINUTES = docx(paragraph("The working group met.") + paragraph("No beds were added."))


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, database_url))
    yield desk
    desk.database.dispose()


@pytest.fixture
def editor(desk: Desk) -> Visitor:
    editor = desk.editor()
    assert editor.post("/desk/documents", FACTS).headers["Location"] == AT
    return editor


def send(editor: Visitor, data: bytes, name: str, **more: str) -> str:
    """The address at which a file is looked over."""
    answer = editor.post(f"{AT}/copies", {"file": (io.BytesIO(data), name), **more})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def count(desk: Desk, model: type) -> int:
    with desk.database.read() as session:
        return session.exec(select(func.count()).select_from(model)).one()


def test_facts_are_kept_with_their_history_and_can_be_taken_back(desk: Desk, editor: Visitor) -> None:
    page = editor.get(AT)
    (version,) = set(re.findall(r'name="version" value="(\w{16})"', page.text))
    changed = {**FACTS, "publisher": "Working group", "published_on": "2026-05", "right": "private", "version": version}
    assert editor.post(AT, changed).status_code == 303
    assert editor.post(AT, {**changed, "publisher": "Somebody else"}).status_code == 409
    wrong = editor.post(AT, {**FACTS, "published_on": "May", "url": "javascript:alert(1)", "kind": "novel"})
    assert wrong.status_code == 422 and "must be a year, a month or a day" not in wrong.text
    assert wrong.text.count("field-error") >= 2
    wrong = editor.post(AT, {**FACTS, "published_on": "May"})
    assert wrong.status_code == 422 and "Must be a year, a month or a day such as 2017" in wrong.text
    with desk.database.read() as session:
        (acts, _) = edits.history(session, "document/minutes-of-may")
        assert [act.by for act in acts] == ["Edith Editor", "Edith Editor"]
    assert editor.get("/desk/changes/document/minutes-of-may").status_code == 200
    with desk.database.write() as session:
        edits.undo(session, acts[0].id, edits.Author("Edith Editor"))
        assert edits.held(session, "document", "minutes-of-may")["right"] == "whole"


def test_a_file_is_looked_over_before_it_is_a_copy(desk: Desk, editor: Visitor) -> None:
    looking = send(editor, MINUTES, "../minutes of may.docx", captured_on="2026-05-05")
    page = editor.get(looking).text
    assert "2 paragraphs" in page and "No beds were added." in page and "May 5, 2026" in page
    assert (count(desk, DocumentCopy), count(desk, SourceFile), count(desk, DocumentUpload)) == (0, 0, 1)
    assert editor.post(looking).headers["Location"] == AT
    assert (count(desk, DocumentCopy), count(desk, DocumentPassage), count(desk, DocumentUpload)) == (1, 2, 0)
    assert "Copy 1, as it was on May 5, 2026 · minutes of may.docx" in editor.get(AT).text
    assert editor.get(looking).status_code == 404
    with desk.database.read() as session:
        (copy,) = session.exec(select(DocumentCopy)).all()
        assert (copy.recorded_by, copy.file_name) == ("Edith Editor", "minutes of may.docx")


def test_the_same_bytes_again_are_told_and_not_kept_again(desk: Desk, editor: Visitor) -> None:
    first, second = send(editor, MINUTES, "a.docx"), send(editor, MINUTES, "b.docx")
    assert editor.post(first).status_code == 303
    again = editor.post(second)
    assert again.status_code == 409 and "These very bytes are copy 1 already" in again.text
    refused = editor.post(f"{AT}/copies", {"file": (io.BytesIO(MINUTES), "c.docx")})
    assert refused.status_code == 409 and "nothing was kept again" in refused.text
    assert count(desk, DocumentCopy) == 1
    assert editor.post(f"{second}/throw-away").headers["Location"] == AT
    assert count(desk, DocumentUpload) == 0


def test_a_scan_says_what_it_is_and_may_be_kept(desk: Desk, editor: Visitor) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(10, 10, 50, 50)
    looking = send(editor, bytes(pdf.output()), "scan.pdf")
    assert "its pages are pictures" in editor.get(looking).text and "0 paragraphs · 1 page" in editor.get(looking).text
    assert editor.post(looking).status_code == 303
    assert "There is no text in this copy" in desk.nobody().get("/documents/minutes-of-may").text


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"%PDF-1.4 nothing", "a.pdf", "damaged"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "picture"),
        (b"", "a.txt", "empty"),
        (docx(paragraph("x") * 200_000), "bomb.docx", "."),
    ],
)
def test_what_cannot_be_read_comes_back_with_a_sentence(
    desk: Desk, editor: Visitor, data: bytes, name: str, told: str
) -> None:
    answer = editor.post(f"{AT}/copies", {"file": (io.BytesIO(data), name)})
    assert answer.status_code == 422 and told in answer.text
    assert (count(desk, DocumentUpload), count(desk, SourceFile)) == (0, 0)


def test_no_file_too_large_a_file_or_no_such_document(
    desk: Desk, editor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert editor.post(f"{AT}/copies").status_code == 422
    assert editor.post("/desk/documents/nothing/copies", {"file": (io.BytesIO(b"Words."), "a.txt")}).status_code == 404
    assert editor.get(f"{AT}/look/{'0' * 26}").status_code == 404
    assert editor.post(f"{AT}/look/{'0' * 26}").status_code == 404
    monkeypatch.setattr(desk_documents, "MOST_BYTES", 1_000)
    large = editor.post(f"{AT}/copies", {"file": (io.BytesIO(b"x" * 2_000), "a.txt")})
    assert large.status_code == 413


def test_what_is_private_leaves_search_when_the_form_is_kept(desk: Desk, editor: Visitor) -> None:
    assert editor.post(send(editor, MINUTES, "a.docx")).status_code == 303
    config = desk.app.config["TRACKER"]
    assert indexing.catch_up(desk.database, config)
    assert "No beds were added" in re.sub("<[^>]+>", "", desk.nobody().get("/search/documents?q=beds").text)
    assert editor.post(AT, {**FACTS, "right": "private"}).status_code == 303
    assert "No document we hold says this." in desk.nobody().get("/search/documents?q=beds").text or (
        "beds were added" not in desk.nobody().get("/search/documents?q=beds").text
    )
    assert indexing.catch_up(desk.database, config)
    assert "No document we hold says this." in desk.nobody().get("/search/documents?q=beds").text


def test_a_document_without_copies_can_be_taken_away(desk: Desk, editor: Visitor) -> None:
    assert editor.post(send(editor, MINUTES, "a.docx")).status_code == 303
    kept = editor.post(f"{AT}/remove")
    assert kept.status_code == 409 and "cannot be taken away" in kept.text
    assert editor.post("/desk/documents", {**FACTS, "title_en": "A letter"}).status_code == 303
    assert editor.post("/desk/documents/a-letter/remove").headers["Location"] == "/desk/documents"
    assert editor.get("/desk/documents/a-letter").status_code == 404


def test_files_that_nobody_kept_are_forgotten(desk: Desk, editor: Visitor) -> None:
    old = send(editor, MINUTES, "a.docx")
    with desk.database.write() as session:
        (row,) = session.exec(select(DocumentUpload)).all()
        row.sent_at = datetime.now(UTC) - timedelta(days=2)
        session.add(row)
    send(editor, b"Other words.", "b.txt")
    assert editor.get(old).status_code == 404 and count(desk, DocumentUpload) == 1


def test_addresses_that_do_not_answer_are_listed_with_where_they_stand(desk: Desk, editor: Visitor) -> None:
    assert "None that we know of." in editor.get("/desk/documents").text
    assert "TRACKER_LINK_CHECK=on" in editor.get("/desk/documents").text
    assert editor.post(AT, {**FACTS, "url": "https://town.example/minutes"}).status_code == 303
    with desk.database.write() as session:
        session.add(
            LinkCheck(url="https://town.example/minutes", checked_at=now(), reason="nobody", failing_since=now())
        )
    text = editor.get("/desk/documents").text
    assert "no such host" in text and 'href="/documents/minutes-of-may"' in text
