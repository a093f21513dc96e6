"""Documents come in: what is known of them, copies of them with their passages, and the same again changes nothing."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from positions import loading
from positions.entries import KINDS
from positions.followthrough.models.documents import Document, DocumentCopy, DocumentPassage
from positions.keeping import Tally
from positions.load_document import read_document
from tracker.db import Database
from tracker.intake import file_reader
from transcripts.errors import BadFile, Conflict
from transcripts.models import SourceFile

DEMO = Path(__file__).resolve().parents[3] / "tracker" / "demo"
ONE = """\
documents:
  - slug: town-minutes
    kind: minutes
    title: {en: Minutes of the board, es: Acta de la junta}
    publisher: The board
    published_on: "2026-05"
    file: minutes.md
    captured_on: 2026-06-01
"""


def load(session: Session, text: str, folder: Path) -> Tally:
    document, located = read_document(text.encode())
    return loading.load(session, document, located, lambda *_: False, read_file=file_reader(folder))


def test_the_documents_of_the_demonstration_load_and_load_again(database: Database) -> None:
    text = (DEMO / "documents.yaml").read_text()
    with database.write() as session:
        tally = load(session, text, DEMO)
        assert (tally.added["documents"], tally.added["copies of documents"]) == (6, 4)
    with database.write() as session:
        assert load(session, text, DEMO).nothing
        site = session.exec(select(Document).where(Document.slug == "lead-watch-site")).one()
        assert (site.url, site.published_on, site.publishing_right) == (None, "2018", "quotations")
        copies = session.exec(select(DocumentCopy)).all()
        assert {(copy.n, copy.pages) for copy in copies} == {(1, None), (1, 2)}
        keys = session.exec(select(DocumentPassage.key)).all()
        assert len(set(keys)) == len(keys) > 40 and {len(key) for key in keys} == {26}
        assert session.get_one(SourceFile, copies[0].sha256).size > 0


def test_other_bytes_are_another_copy_and_no_copy_ever_changes(database: Database, tmp_path: Path) -> None:
    (tmp_path / "minutes.md").write_text("The board met.")
    with database.write() as session:
        load(session, ONE, tmp_path)
        before = session.exec(select(DocumentPassage.key)).all()
    (tmp_path / "minutes.md").write_text("The board met.\n\nIt adjourned.")
    with database.write() as session:
        tally = load(session, ONE.replace("2026-06-01", "2026-07-01"), tmp_path)
        assert (tally.same["documents"], tally.added["copies of documents"]) == (1, 1)
        copies = session.exec(select(DocumentCopy).order_by(DocumentCopy.n)).all()
        assert [(one.n, one.captured_on) for one in copies] == [(1, date(2026, 6, 1)), (2, date(2026, 7, 1))]
        passages = session.exec(select(DocumentPassage).order_by(DocumentPassage.id)).all()
        assert [one.key for one in passages][:1] == before and len(passages) == 3


def test_a_file_that_is_not_there_or_not_readable_names_its_line(database: Database, tmp_path: Path) -> None:
    with database.write() as session, pytest.raises(BadFile, match=r"Line 7: documents → file.*cannot be read"):
        load(session, ONE, tmp_path)
    (tmp_path / "minutes.md").write_bytes(b"\x89PNG\r\n\x1a\n")
    with database.write() as session, pytest.raises(BadFile, match="documents → file.*picture"):
        load(session, ONE, tmp_path)


def test_a_document_of_the_desk_is_read_written_and_taken_away(database: Database, tmp_path: Path) -> None:
    kind = KINDS["document"]
    with database.write() as session:
        assert kind.read(session, "town-letter") is None
        kind.write(session, "town-letter", {"kind": "letter", "title": {"en": "A letter", "es": None}})
        held = kind.read(session, "town-letter")
        assert held and (held["right"], held["language"], held["fictional"]) == ("whole", "en", False)
        kind.write(session, "town-letter", {**held, "archived_on": "2026-06-01", "right": "private"})
        assert kind.read(session, "town-letter") == {**held, "archived_on": "2026-06-01", "right": "private"}
        kind.remove(session, "town-letter")
        assert kind.read(session, "town-letter") is None
        (tmp_path / "minutes.md").write_text("The board met.")
        load(session, ONE, tmp_path)
        with pytest.raises(Conflict, match="cannot be taken away"):
            kind.remove(session, "town-minutes")
