"""The index of a site: what gets into it, how it is kept true, what doctor says of it."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import col, select

from tests.tracker import heard
from tests.tracker.heard import key
from tests.transcripts.records import stored, turn_saying
from tracker import indexing
from tracker.config import Config
from tracker.db import Database
from transcripts import correcting, undoing
from transcripts.amending import Reason
from transcripts.errors import Conflict
from transcripts.models import Correction, Turn
from transcripts.queries import documents
from transcripts.queries.documents import Spoken
from transcripts.search import outbox
from transcripts.search.engine import Request, SearchEngine, Sort
from transcripts.search.plan import Every, Keyword, Plan, Stems

BECAUSE = Reason("The recording says so", "Ana")
FOUND = ["quoted", "ask", "marsh", "quill", "spanish", "nobody"]
"""In the order of date and place."""


@pytest.fixture(params=["tantivy", "whoosh"])
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Config:
    return Config(home=tmp_path, database_url="", search=request.param)


@pytest.fixture
def heard_database(database: Database) -> Database:
    with database.write() as session:
        heard.store(session)
    return database


@pytest.fixture
def engine(heard_database: Database, config: Config) -> SearchEngine:
    """Built anew from the database."""
    engine = indexing.open_engine(config)
    indexing.reindex(heard_database, engine)
    return engine


def found(engine: SearchEngine, plan: Plan | None = None) -> list[str]:
    engine.refresh()
    return [hit.key for hit in engine.search(Request(plan or Every(), sort=Sort.OLDEST, limit=100)).hits]


def keys(*names: str) -> list[str]:
    return [key(name) for name in names]


def test_an_index_of_another_version_is_built_anew(
    engine: SearchEngine, heard_database: Database, config: Config
) -> None:
    state = config.index_dir / "state.json"
    state.write_text(state.read_text().replace('"schema": ', '"schema": 9'))
    assert indexing.drain(heard_database, engine) == len(FOUND)
    assert found(engine) == keys(*FOUND)


def test_only_words_that_may_be_found_are_indexed(engine: SearchEngine, heard_database: Database) -> None:
    assert found(engine) == keys(*FOUND)
    with heard_database.read() as session:
        assert documents.count(session) == len(FOUND)


@pytest.mark.parametrize(
    ("field", "value", "names"),
    [
        ("speaker", "ada-marsh", ["quoted", "marsh"]),
        ("speaker", "mayor marsh", ["marsh"]),
        ("speaker", "usher", ["ask"]),
        ("topic", "policing", ["marsh"]),
        ("topic", "housing", ["quill"]),
        ("forum", "debate", ["quoted"]),
        ("contest", "mayor-2026", ["ask", "marsh", "quill", "spanish", "nobody"]),
        ("party", "harbor party", ["marsh"]),
        ("party", "orchard", []),
        ("role", "moderator", ["ask"]),
        ("place", "westmark", ["ask", "marsh", "quill", "spanish", "nobody"]),
        ("lang", "es", ["spanish"]),
        ("grade", "recap", ["quoted"]),
        ("has", "video", ["ask", "marsh", "quill", "spanish", "nobody"]),
    ],
)
def test_every_filter_finds_its_turns(engine: SearchEngine, field: str, value: str, names: list[str]) -> None:
    assert found(engine, Keyword(field, value)) == keys(*names)


def test_the_question_is_not_indexed_with_its_answer(engine: SearchEngine) -> None:
    assert found(engine, Stems(("en:mani",))) == keys("ask")


def test_a_change_reaches_the_index_through_the_outbox(heard_database: Database, engine: SearchEngine) -> None:
    with heard_database.write() as session:
        session.get_one(Turn, 3).text = "Nothing but zeppelins."
        session.get_one(Turn, 2).status = "withdrawn"
        outbox.enqueue(session, keys("quill", "marsh", "quill"))
    assert indexing.drain(heard_database, engine) == 2
    assert found(engine, Stems(("en:zeppelin",))) == keys("quill")
    assert key("marsh") not in found(engine)
    with heard_database.read() as session:
        assert outbox.pending(session) == 0


def test_a_change_that_is_rolled_back_is_not_announced(heard_database: Database) -> None:
    with pytest.raises(RuntimeError), heard_database.write() as session:
        outbox.enqueue(session, keys("quill"))
        raise RuntimeError
    with heard_database.read() as session:
        assert outbox.pending(session) == 0


def test_all_turns_of_a_forum_can_be_announced(heard_database: Database) -> None:
    with heard_database.write() as session:
        outbox.enqueue_forums(session, [2])
        assert outbox.next_batch(session, 10).keys == (key("quoted"), key("narrated"))


def test_only_the_rows_that_were_read_are_taken_off(heard_database: Database) -> None:
    with heard_database.write() as session:
        outbox.enqueue(session, keys("ask", "marsh"))
        batch = outbox.next_batch(session, 1)
        outbox.enqueue(session, keys("ask"))
        outbox.done(session, batch)
        assert outbox.next_batch(session, 10).keys == tuple(keys("marsh", "ask"))


def test_a_missing_index_is_built_whole(heard_database: Database, config: Config) -> None:
    assert indexing.catch_up(heard_database, config)
    assert found(indexing.open_engine(config)) == keys(*FOUND)


def test_reindexing_takes_off_what_waited_and_tells_how_far_it_is(heard_database: Database, config: Config) -> None:
    with heard_database.write() as session:
        outbox.enqueue(session, keys("ask"))
    told: list[tuple[int, int]] = []
    assert indexing.reindex(heard_database, indexing.open_engine(config), lambda *done: told.append(done)) == len(FOUND)
    assert told[-1] == (len(FOUND), len(FOUND))
    assert indexing.problems(heard_database, config) == []


def test_a_second_writer_waits_and_then_leaves_it_to_the_worker(
    heard_database: Database, engine: SearchEngine, config: Config
) -> None:
    with heard_database.write() as session:
        outbox.enqueue(session, keys("ask"))
    engine.lock()
    with pytest.raises(Conflict):
        indexing.drain(heard_database, indexing.open_engine(config))
    assert not indexing.catch_up(heard_database, config, seconds=0.3)
    engine.close()
    assert indexing.catch_up(heard_database, config, seconds=5)


def test_the_worker_keeps_up(heard_database: Database, engine: SearchEngine, config: Config) -> None:
    stop = threading.Event()
    worker = threading.Thread(target=indexing.work, args=(heard_database, config, stop))
    worker.start()
    try:
        with heard_database.write() as session:
            session.get_one(Turn, 1).text = "Zeppelins?"
            outbox.enqueue(session, keys("ask"))
        until = time.monotonic() + 5
        while not found(engine, Stems(("en:zeppelin",))) and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        stop.set()
        worker.join()
    assert found(engine, Stems(("en:zeppelin",))) == keys("ask")


def test_doctor_is_told_what_is_wrong(heard_database: Database, config: Config) -> None:
    assert [problem.do for problem in indexing.problems(heard_database, config)] == ["Run: tracker reindex"]
    engine = indexing.open_engine(config)
    indexing.reindex(heard_database, engine)
    assert indexing.problems(heard_database, config) == []
    with heard_database.write() as session:
        outbox.enqueue(session, keys("ask"))
    assert "1 changes" in indexing.problems(heard_database, config)[0].what
    indexing.drain(heard_database, engine)
    engine.delete(keys("ask"))
    engine.commit()
    assert "holds 5 of 6" in indexing.problems(heard_database, config)[0].what
    (config.index_dir / "state.json").write_text("{")
    assert "cannot be read" in indexing.problems(heard_database, config)[0].what


def test_an_engine_that_is_not_installed_is_named(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(indexing._ENGINES, config.search, ("transcripts.search.no_such_engine", "X"))
    with pytest.raises(Exception, match="not installed"):
        indexing.open_engine(config)


def test_each_engine_has_an_index_of_its_own(config: Config) -> None:
    other = replace(config, search="whoosh" if config.search == "tantivy" else "tantivy")
    assert config.index_dir != other.index_dir


def test_words_came_in_with_their_file_however_they_are_divided_or_joined_since(database: Database) -> None:
    stored(database)
    came = {turn.came for turn in all_of_them(database)}
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        second = correcting.split(session, turn.key, turn.version, turn.text.index("Nobody"), BECAUSE)
    with database.write() as session:
        third = correcting.split(session, second, 1, len("Nobody should"), BECAUSE)
    with database.write() as session:
        correcting.merge(session, (second, 2), (third, 1), BECAUSE)
    with database.write() as session:
        kept = select(Correction.id).join(Turn, col(Turn.id) == col(Correction.turn_id)).where(Turn.key == second)
        undoing.undo(session, session.exec(kept.where(Correction.kind == "merge")).one() or 0, 3, BECAUSE)
    found = all_of_them(database)
    assert {one.key for one in found} > {turn.key, second, third}
    assert {one.came for one in found} == came
    with database.read() as session:
        assert {one.came for one in documents.of_turns(session, [third])} == came
        assert len({one.added for one in indexing.documents_of(session, found)}) == len(found)


def all_of_them(database: Database) -> list[Spoken]:
    with database.read() as session:
        return [turn for some in documents.every(session, 100) for turn in some]
