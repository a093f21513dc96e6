"""Withheld words are gone from everything that can be read, at once and for good, and a corrected file does not bring them back."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy import LargeBinary
from sqlmodel import Session, SQLModel, col, select

from positions import withholding
from positions.followthrough.models.commitments import Commitment, CommitmentEvent
from positions.models import Evidence
from tests.databases import migrated_file
from tests.transcripts.records import EVENING, add_forum, stored, turn_saying
from tests.world import config_in
from tracker import create_app, indexing, intake
from tracker.config import Config
from tracker.db import Database
from transcripts import annotating, correcting, folders, importing, undoing
from transcripts.amending import Reason
from transcripts.annotating import Body
from transcripts.errors import Refusal
from transcripts.importing import Choices
from transcripts.models import Correction, Forum, Organisation, SourceFile, Turn
from transcripts.queries import citations, withheld
from transcripts.reanchoring import unfaithful
from transcripts.search import outbox

CANARY = "Xanthippe Quokkasdottir"
FOLDER = "c" * 32
WORDS = re.compile(rb"xanthippe|quokkasdottir", re.IGNORECASE)
HEARD = f"""{EVENING}
RESIDENT: Good evening, my name is {CANARY} and I rent a room by the river.

{CANARY.upper()}: May I add something? My rent went up by a third this spring.

QUILL: Thank you, Ms. Quokkasdottir. And thank you, Xanthippe
Quokkasdottir's neighbours.
"""
BECAUSE = Reason("A private person asked for it", "Ana", "the person")
ADDRESS = re.compile(r'(?:href|src|action)="([^"#]+)')


def plant(config: Config) -> Database:
    """A site that holds the words wherever words can be: turns, labels, versions, corrections, notes, evidence, files, index."""
    database = Database(migrated_file(config.home / "tracker.db"))
    with database.write() as session:
        forum = add_forum(session, "rose-street")
        files = [importing.receive(HEARD.encode(), f"{CANARY}.txt")]
        intake.store_and_interpret(session, files, forum, Choices())
    turn = turn_saying(database, "I rent a room")
    with database.write() as session:
        words = turn.text.replace("a room", "two rooms")
        correcting.reword(session, turn.key, 1, words, Reason(f"{CANARY} told us", "Ana", CANARY))
        where = turn.text.index(CANARY)
        span = (where - 8, where + len(CANARY) + 6)
        annotating.annotate(session, "Heron 12", turn.key, 1, span, [Body("commenting", f"Is {CANARY} here?")])
        folders.start(session, FOLDER, f"What {CANARY} said")
        folders.add(session, FOLDER, citations.of_turn(session, turn.key, 1, *span), f"{CANARY} again")
        promise(session, turn, span)
    indexing.catch_up(database, config)
    return database


def promise(session: Session, turn: Turn, span: tuple[int, int]) -> None:
    """A commitment that rests on words of a turn and tells of them."""
    body = Organisation(slug="harbor-board", name="Harbor Board")
    session.add(body)
    session.flush()
    made = Commitment(
        slug="rooms",
        kind="promise",
        title_en=f"A room for {CANARY}",
        organisation_id=body.id,
        said_on=date(2026, 9, 1),
        origin_kind="quotation",
        turn_id=turn.id,
        turn_version=1,
        start=span[0],
        end=span[1],
    )
    session.add(made)
    session.flush()
    event = {
        "commitment_id": made.id,
        "axis": "progress",
        "value": "proposed",
        "on": date(2026, 9, 2),
        "turn_id": turn.id,
    }
    told = {"key": "E" * 26, "recorded_by": "Ana", "text_en": f"{CANARY} was offered one"}
    session.add(CommitmentEvent(**event, **told))


def rows(database: Database) -> Iterator[tuple[str, bytes]]:
    """Every value of every table, as bytes."""
    with database.read() as session:
        for table in SQLModel.metadata.sorted_tables:
            for row in session.execute(table.select()):
                for column, value in zip(table.columns, row, strict=True):
                    data = value if isinstance(column.type, LargeBinary) else str(value).encode()
                    yield f"{table.name}.{column.name}", data or b""


def crawl(app: Flask, session: Session) -> Iterator[tuple[str, bytes]]:
    """Every page there is a way to, in both languages, and every address the words themselves are asked at."""
    client = app.test_client()
    keys = session.exec(select(Turn.key)).all()
    waiting = ["/", "/es/", "/forums", "/search?q=Xanthippe", f"/search?q=%22{CANARY.replace(' ', '+')}%22"]
    waiting += [f"/folders/{FOLDER}", f"/folders/shared/{folders.share_secret(FOLDER)}/csv"]
    waiting += [f"/turns/{key}" for key in keys] + [f"/turns/{key}?words=0-30&v=1" for key in keys]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in seen or len(seen) > 600:
            continue
        seen.add(path)
        answer = client.get(path)
        yield path, b" ".join([answer.data, str(answer.headers).encode()])
        if answer.mimetype == "text/html":
            for address in ADDRESS.findall(answer.text):
                parts = urlsplit(urljoin(f"http://localhost{path}", address.replace("&amp;", "&")))
                if parts.netloc == "localhost" and "Xanthippe" not in parts.query:
                    waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_no_output_holds_withheld_words(tmp_path: Path, engine: str) -> None:
    config = replace(config_in(tmp_path), search=engine)
    database = plant(config)
    places = {place for place, data in rows(database) if WORDS.search(data)}
    assert places >= {
        "turn.text", "turn.label", "turn_version.text", "correction.before", "correction.why", "source_file.data",
        "annotation_body.text", "annotation_anchor.exact", "speaker.name", "speaker_label.label", "record_file.filename",
        "quote_folder.title", "folder_quote.note", "commitment.title_en", "commitment_event.text_en",
    }  # fmt: skip
    turn = turn_saying(database, "two rooms")
    app = create_app(config)
    with database.write() as session:
        withholding.withhold(session, turn.key, 2, CANARY.lower(), "name", BECAUSE)
    found = app.test_client().get(f"/search?q={CANARY.split(maxsplit=1)[0]}").data
    assert b"two rooms" not in found, "search hides it although the index has not heard yet"
    assert indexing.catch_up(database, config)
    quokka = turn_saying(database, "Thank you, Ms.")
    with database.write() as session:
        withholding.withhold(session, quokka.key, quokka.version, "Quokkasdottir", "name", BECAUSE)
    assert indexing.catch_up(database, config)
    assert [place for place, data in rows(database) if WORDS.search(data)] == []
    assert [
        path.name for path in config.index_dir.rglob("*") if path.is_file() and WORDS.search(path.read_bytes())
    ] == []
    with database.read() as session:
        leaks = [path for path, body in crawl(app, session) if WORDS.search(body)]
        assert [path for path in leaks if "/search" not in path] == []
        assert not any(b"two rooms" in app.test_client().get(path).data for path in leaks)
        assert [unfaithful(session, table) for table in (Evidence, annotating.AnnotationAnchor)] == [[], []]
        stones = withheld.of_forum(session, turn.forum_id)
    assert [(one.why, one.requested_by) for one in stones] == [(BECAUSE.why, "the person")] * 2
    assert len({one.digest for one in stones}) == 2
    app.extensions["database"].dispose()
    database.dispose()


def test_a_corrected_file_does_not_bring_them_back(database: Database) -> None:
    stored(database, HEARD)
    turn = turn_saying(database, "I rent a room")
    with database.write() as session:
        withholding.withhold(session, turn.key, 1, CANARY, "name", BECAUSE)
        hidden = outbox.hidden(session)
    assert turn.key in hidden
    after = turn_saying(database, "I rent a room")
    assert (after.key, after.version) == (turn.key, 2)
    assert after.text == turn.text.replace(CANARY, "[name withheld]")
    with database.read() as session:
        preview_of = importing.preview(
            session,
            [importing.receive(HEARD.encode(), "a.txt")],
            session.exec(select(Forum)).one(),
            Choices(reparse=True),
        )
    assert any("withheld before" in problem.message for problem in preview_of.problems)
    again = stored(database, HEARD.replace("cheap", "small"), filename=f"{CANARY}.txt")
    assert (again.counts["withdrawn"], again.counts["new"], again.counts["reworded"]) == (0, 0, 1)
    assert not [place for place, data in rows(database) if b"Xanthippe" in data]
    with database.read() as session:
        for file in session.exec(select(SourceFile)):
            assert file.data == b"" and file.withheld_at is not None and file.size > 0


def test_they_cannot_be_written_or_brought_back(database: Database) -> None:
    stored(database, HEARD)
    turn = turn_saying(database, "I rent a room")
    with database.write() as session:
        withholding.withhold(session, turn.key, 1, CANARY, "name", BECAUSE)
        done = session.exec(select(Correction).where(Correction.turn_id == turn.id).order_by(col(Correction.id))).one()
    assert (done.kind, done.before, done.after) == ("withhold", "", "[name withheld]")
    with pytest.raises(Refusal, match="withheld"), database.write() as session:
        correcting.reword(session, turn.key, 2, turn.text, BECAUSE)
    with pytest.raises(Refusal, match="kept nowhere"), database.write() as session:
        undoing.undo(session, done.id or 0, 2, BECAUSE)
    with pytest.raises(Refusal, match="do not stand there"), database.write() as session:
        withholding.withhold(session, turn.key, 2, CANARY, "name", BECAUSE)


def test_what_was_marked_keeps_its_words_round_the_mark(database: Database) -> None:
    stored(database, HEARD)
    turn = turn_saying(database, "I rent a room")
    start = turn.text.index("I rent")
    with database.write() as session:
        key = annotating.annotate(session, "Heron", turn.key, 1, (start, start + 13), [Body("commenting", "x")])
        withholding.withhold(session, turn.key, 1, CANARY, "name", BECAUSE)
    with database.read() as session:
        places = session.exec(select(annotating.AnnotationAnchor).order_by(col(annotating.AnnotationAnchor.id))).all()
        assert [(one.exact, one.turn_version, one.status) for one in places] == [
            ("I rent a room", 1, "exact"),
            ("I rent a room", 2, "exact"),
        ]
        assert key and unfaithful(session, annotating.AnnotationAnchor) == []


def test_a_reason_that_tells_them_is_refused(database: Database) -> None:
    stored(database, HEARD)
    turn = turn_saying(database, "I rent a room")
    with pytest.raises(Refusal, match="Do not repeat"), database.write() as session:
        withholding.withhold(session, turn.key, 1, CANARY, "name", Reason(f"{CANARY} asked", "Ana"))
    with pytest.raises(Refusal, match="name or an address"), database.write() as session:
        withholding.withhold(session, turn.key, 1, CANARY, "secret", BECAUSE)
