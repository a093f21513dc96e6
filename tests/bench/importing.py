"""How many turns a second are parsed, stored, and stored with topics and index, on generated forums of 300 turns."""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlmodel import Session

from tests.bench.forums import forum_text
from tests.bench.report import Row
from tests.world import config_in
from tracker import indexing, schema
from tracker.config import Config
from tracker.db import Database
from tracker.intake import NewForum, add_forum, store_and_interpret
from transcripts import formats, importing
from transcripts.importing import Choices, Received

TURNS = 300
WARM = 2
"""Forums stored before the clock starts."""
FORUMS = {"tantivy": 40, "whoosh": 8}


def run() -> Iterator[Row]:
    """Parsing with the word count as its baseline; storing on SQLite; storing, tagging and indexing with each engine."""
    texts = [forum_text(seed, TURNS) for seed in range(max(FORUMS.values()))]
    yield _parsed(texts)
    for engine, count in FORUMS.items():
        yield _stored(engine, texts[:count])


def _parsed(texts: list[str]) -> Row:
    """Baseline: the same bytes decoded and split into words, nothing understood."""
    data = [text.encode() for text in texts]
    begun = time.perf_counter()
    turns = sum(len(formats.read(one, "forum.txt").turns) for one in data)
    took = time.perf_counter() - begun
    begun = time.perf_counter()
    for one in data:
        one.decode().split()
    split = time.perf_counter() - begun
    return Row("parsed", turns / took, "/s", turns, budget=5_000, baseline=turns / split)


def _stored(engine: str, texts: list[str]) -> Row:
    """Read beforehand, since parsing has a budget of its own. Baseline: the same stored and tagged, not indexed."""
    with tempfile.TemporaryDirectory() as folder:
        config = replace(config_in(Path(folder)), search=engine)
        database = Database(config.database_url)
        schema.upgrade(database)
        _prepare(database, config)
        files = [importing.receive(text.encode(), f"{seed}.txt") for seed, text in enumerate(texts)]
        for seed in range(WARM):
            _store(database, 1000 + seed, importing.receive(forum_text(1000 + seed, TURNS).encode(), "warm.txt"))
        assert indexing.catch_up(database, config, 600)
        begun = time.perf_counter()
        turns = sum(_store(database, seed, file) for seed, file in enumerate(files))
        stored = time.perf_counter() - begun
        assert indexing.catch_up(database, config, 600)
        took = time.perf_counter() - begun
        database.dispose()
    least = 1_500 if engine == "tantivy" else 400
    return Row(
        f"stored, tagged and indexed with {engine}", turns / took, "/s", turns, budget=least, baseline=turns / stored
    )


def _prepare(database: Database, config: Config) -> None:
    """The tree of topics, and an empty index, stand before the clock starts."""
    from positions.topic_tree import curated
    from positions.topics import load_tree

    with database.write() as session:
        load_tree(session, curated())
    indexing.catch_up(database, config)


def _store(database: Database, seed: int, file: Received) -> int:
    with database.write() as session:
        return stored_forum(session, seed, file)


def stored_forum(session: Session, seed: int, file: Received) -> int:
    """One generated forum, stored the way every file is; returns its turns."""
    forum = add_forum(session, NewForum(f"Generated forum {seed}", date(2020, 1, 1), "Nowhere", "UTC"))
    store_and_interpret(session, [file], forum, Choices())
    return len(file.record.turns)
