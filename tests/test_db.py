from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel, select

from tracker.db import Database, stamp_of
from transcripts.models import Person


def test_a_write_is_seen_by_the_next_read(database: Database) -> None:
    with database.write() as session:
        session.add(Person(slug="ada", name="Ada", sort_name="Ada"))
    with database.read() as session:
        assert [person.slug for person in session.exec(select(Person))] == ["ada"]


def test_a_refused_write_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.write() as session:
        session.add(Person(slug="ada", name="Ada", sort_name="Ada"))
        session.flush()
        raise RuntimeError
    with database.read() as session:
        assert session.exec(select(Person)).all() == []


def test_pages_cannot_write_on_sqlite(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'tracker.db'}")
    SQLModel.metadata.create_all(database.writer)
    with database.read() as session:
        session.add(Person(slug="ada", name="Ada", sort_name="Ada"))
        with pytest.raises(OperationalError, match="readonly"):
            session.flush()
    database.dispose()


def test_the_stamp_is_another_after_every_commit(database: Database) -> None:
    with Database(database.url.render_as_string(hide_password=False)) as other:
        before = other.stamp()
        with database.read() as session:
            session.exec(select(Person)).all()
        assert other.stamp() == before or not database.is_sqlite  # PostgreSQL's own housekeeping counts too
        with database.write() as session:
            session.add(Person(slug="ada", name="Ada", sort_name="Ada"))
        assert other.stamp() != before


def test_what_a_session_reads_is_as_new_as_its_stamp(database: Database) -> None:
    with database.read() as session:
        old = stamp_of(session)
        with database.write() as writing:
            assert stamp_of(writing) is None  # of what is not committed yet nothing may be kept
            writing.add(Person(slug="ada", name="Ada", sort_name="Ada"))
    with database.read() as session:
        assert stamp_of(session) != old
