"""Whatever files come, in whatever order: what is shown is what the last file says, and no key is ever lost."""

import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel, col, select

from tests.transcripts.records import add_forum, stored, turns
from tracker.db import Database
from transcripts import correcting, importing
from transcripts.correcting import Reason
from transcripts.errors import BadFile, Refusal
from transcripts.formats.parsed import ParsedRecord, ParsedTurn
from transcripts.importing import Choices
from transcripts.models import Correction, Forum, Record, TurnVersion
from transcripts.received import Received
from transcripts.vocabulary import Grade, TurnKind

NUMBER = count()
LABELS = st.sampled_from([None, "ADA", "BEN", "MS. BEN", "UNIDENTIFIED MALE", "ADA, MODERATOR", "Ñandú (?)", "=cmd()"])
WORDS = st.lists(
    st.sampled_from("we will not build four homes by the river and pay for them ¿qué? 😀 thank you .".split()),
    max_size=9,
).map(" ".join)
TURNS = st.builds(ParsedTurn, LABELS, WORDS, st.sampled_from([TurnKind.SPEECH, TurnKind.SCENE]))
FILES = st.lists(st.lists(TURNS, min_size=1, max_size=9), min_size=2, max_size=4)


@pytest.fixture(scope="module")
def shared() -> Iterator[Database]:
    """One SQLite database for every example: each makes a forum of its own."""
    with tempfile.TemporaryDirectory() as folder, Database(f"sqlite:///{Path(folder) / 'tracker.db'}") as database:
        SQLModel.metadata.create_all(database.writer)
        yield database


def as_file(found: list[ParsedTurn]) -> Received:
    digest = f"{abs(hash(tuple(found))):064x}"[-64:]
    return Received("made-up.txt", b"made up", digest, 1, ParsedRecord("plain", Grade.PUBLISHED, tuple(found)))


def bring(database: Database, slug: str, found: list[ParsedTurn]) -> None:
    with database.write() as session:
        forum = session.exec(select(Forum).where(Forum.slug == slug)).one_or_none() or add_forum(session, slug)
        importing.store(session, [as_file(found)], forum, Choices(replace=True))


def check(database: Database, slug: str) -> None:
    """What must hold of a forum at any time."""
    held = turns(database, slug)
    with database.read() as session:
        records = session.exec(select(Record).join(Forum).where(Forum.slug == slug)).all()
        versions = session.exec(
            select(TurnVersion).where(col(TurnVersion.turn_id).in_([turn.id for turn in held]))
        ).all()
        corrected = set(session.exec(select(Correction.turn_id)))
    latest = max(record.id or 0 for record in records)
    assert [record.is_published for record in records].count(True) == 1
    assert {turn.record_id for turn in held} == {latest}
    assert [turn.position for turn in held] == list(range(len(held)))
    for turn in held:
        mine = sorted((version for version in versions if version.turn_id == turn.id), key=lambda version: version.n)
        assert [version.n for version in mine] == list(range(1, turn.version + 1))
        assert (mine[-1].text, mine[-1].label) == (turn.text, turn.label)
        assert turn.status == "current" or turn.id in corrected
        assert (turn.merged_into_id is not None) == (turn.status == "merged")


@settings(max_examples=40)
@given(FILES)
def test_what_is_shown_is_what_the_last_file_says_and_keys_stay(
    shared: Database, files: list[list[ParsedTurn]]
) -> None:
    slug = f"forum-{next(NUMBER)}"
    seen: set[str] = set()
    for found in files:
        bring(shared, slug, found)
        check(shared, slug)
        held = turns(shared, slug)
        assert [(turn.label, turn.text) for turn in held if turn.status == "current"] == [
            (t.label, t.text) for t in found
        ]
        assert seen <= {turn.key for turn in held}
        seen = {turn.key for turn in held}


@settings(max_examples=40)
@given(FILES, st.data())
def test_editors_work_survives_every_file(shared: Database, files: list[list[ParsedTurn]], data: st.DataObject) -> None:
    slug = f"forum-{next(NUMBER)}"
    bring(shared, slug, files[0])
    kept: dict[str, tuple[str, str]] = {}
    for n, found in enumerate(files[1:]):
        current = [turn for turn in turns(shared, slug) if turn.status == "current" and turn.text]
        if current:
            turn = data.draw(st.sampled_from(current))
            words = f"editor said {slug} {n}"
            with shared.write() as session:
                if data.draw(st.booleans()):
                    correcting.reword(session, turn.key, turn.version, words, Reason("Heard so", "Ana"))
                    kept[turn.key] = ("reworded", words)
                else:
                    correcting.withdraw(session, turn.key, turn.version, Reason("Not said", "Ana"))
                    kept[turn.key] = ("withdrawn", "")
        bring(shared, slug, found)
        check(shared, slug)
        for turn in turns(shared, slug):
            how, words = kept.get(turn.key, ("", ""))
            assert how != "reworded" or turn.text == words
            assert how != "withdrawn" or turn.status == "withdrawn"


@settings(max_examples=40)
@given(st.text(max_size=400))
def test_any_text_is_stored_or_refused(shared: Database, text: str) -> None:
    slug = f"forum-{next(NUMBER)}"
    try:
        stored(shared, text, slug=slug)
    except BadFile:
        return
    check(shared, slug)
    assert stored(shared, text, slug=slug).changed is False


def test_a_refused_choice_stores_nothing(shared: Database) -> None:
    slug = f"forum-{next(NUMBER)}"
    with pytest.raises(Refusal), shared.write() as session:
        forum = add_forum(session, slug, held_on=date(2026, 1, 1))
        importing.store(session, [as_file([ParsedTurn("ADA", "words")])], forum, Choices(source_key="nowhere"))
    with shared.read() as session:
        assert session.exec(select(Forum).where(Forum.slug == slug)).one_or_none() is None
