"""Search with facets and snippets among 100,000 turns beside SQLite's FTS5, and how fast indexes are built."""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import insert

from positions.models import Tag, Topic
from tests.bench.report import Row, percentile
from tests.transcripts.search.engines import open_engine
from tests.transcripts.search.generated import World
from tracker import schema
from tracker.asking import ask
from tracker.db import Database
from transcripts.models import Forum, Person, Record, Speaker, Turn
from transcripts.search.documents import Document
from transcripts.search.engine import SearchEngine
from transcripts.search.finding import Asked
from transcripts.text import fingerprint

SEED = 100_000
TURNS = 100_000
WHOOSH_TURNS = 10_000
"""Whoosh's build rate hardly depends on the size, and it needs minutes for the whole."""
WARM = 45
HERE = Path(__file__).parent


class Query(NamedTuple):
    """One line of queries.txt."""

    kind: str
    ours: str
    match: str
    speaker: str
    first: str
    last: str


def run() -> Iterator[Row]:
    """Build rates, then every query on each engine: the 50th and 95th percentile, and the 95th of each kind."""
    world, documents = corpus()
    asked = queries()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        begun = time.perf_counter()
        baseline = _Fts5(home / "fts5.db", documents)
        baseline_rate = TURNS / (time.perf_counter() - begun)
        tantivy = open_engine("tantivy", home / "tantivy")
        yield Row("index build, tantivy", _build(tantivy, documents), "/s", TURNS, baseline=baseline_rate)
        whoosh = open_engine("whoosh", home / "whoosh")
        rate = _build(whoosh, documents[:WHOOSH_TURNS])
        yield Row("index build, whoosh", rate, "/s", WHOOSH_TURNS, baseline=baseline_rate)
        database = filled(home, world, documents)
        ours, theirs = timed(asked, lambda query: _search(database, tantivy, query), baseline.search)
        yield from _rows(asked, ours, theirs)
        database.dispose()


@cache
def corpus() -> tuple[World, list[Document]]:
    """The turns of every measurement, made once."""
    world = World(SEED)
    return world, list(world.turns(TURNS))


def queries() -> list[Query]:
    """The fixed queries, of nine kinds."""
    return [Query(*line.split("\t")) for line in (HERE / "queries.txt").read_text().splitlines()[1:]]


def _rows(queries: Sequence[Query], ours: Sequence[float], theirs: Sequence[float]) -> Iterator[Row]:
    n = len(queries)
    yield Row("search p50, facets + snippets, tantivy", percentile(ours, 0.5), "ms", n, None, percentile(theirs, 0.5))
    p95 = percentile(ours, 0.95)
    yield Row("search p95, facets + snippets, tantivy", p95, "ms", n, None, percentile(theirs, 0.95), 0.25)
    for kind in dict.fromkeys(query.kind for query in queries):
        mine, base = (
            [took for query, took in zip(queries, times, strict=True) if query.kind == kind] for times in (ours, theirs)
        )
        yield Row(f"  of these: {kind}, p95", percentile(mine, 0.95), "ms", len(mine), None, percentile(base, 0.95))


def timed(asked: Sequence[Query], *searches: Callable[[Query], object]) -> tuple[list[float], ...]:
    """ms of each query with each way of searching, one client, after every fifth has been asked once.

    The ways take turns at each query, so that a busy machine is busy for all of them.
    """
    times: tuple[list[float], ...] = tuple([] for _ in searches)
    for number, query in enumerate((*asked[:: len(asked) // WARM][:WARM], *asked), -WARM):
        for search, took in zip(searches, times, strict=True):
            begun = time.perf_counter()
            search(query)
            if number >= 0:
                took.append((time.perf_counter() - begun) * 1000)
    return times


def _search(database: Database, engine: SearchEngine, query: Query) -> object:
    """What the page asks: names, hits, snippets from the database's rows, facets with names."""
    with database.read() as session:
        return ask(session, engine, Asked(query.ours))


def _build(engine: SearchEngine, documents: Sequence[Document]) -> float:
    begun = time.perf_counter()
    engine.start_over()
    engine.upsert(documents)
    engine.commit()
    return len(documents) / (time.perf_counter() - begun)


class _Fts5:
    """The baseline, in a database of its own; the statements stand in fts5.sql."""

    def __init__(self, path: Path, documents: Sequence[Document]) -> None:
        parts = (HERE / "fts5.sql").read_text().split("-- name: ")[1:]
        self.sql = {name: sql for name, _, sql in (part.partition("\n") for part in parts)}
        self.connection = sqlite3.connect(path)
        self.connection.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY;" + self.sql["schema"]
        )
        self.connection.execute("CREATE TEMP TABLE found (id INTEGER PRIMARY KEY)")
        turns = list(enumerate(documents, 1))
        self.connection.executemany(
            "INSERT INTO spoken (rowid, text) VALUES (?, ?)", ((n, one.text) for n, one in turns)
        )
        self.connection.executemany(
            "INSERT INTO spoken_by VALUES (?, ?, ?, ?, ?, ?)",
            (
                (n, one.key, one.speaker or one.speaker_name, one.speaker_name, one.forum, one.date.isoformat())
                for n, one in turns
            ),
        )
        self.connection.executemany(
            "INSERT INTO about VALUES (?, ?)", ((n, topic) for n, one in turns for topic in one.topics)
        )
        self.connection.commit()

    def search(self, query: Query) -> object:
        filtered = "filtered_" if query.speaker else ""
        given = query._asdict()
        hits = self._all(f"{filtered}hits", given)
        self.connection.execute(self.sql["clear"])
        self.connection.execute(self.sql[f"{filtered}found"], given)
        total = self._all("total", given)
        return hits, total, [self._all(name, given) for name in (f"{filtered}speakers", "forums", "topics")]

    def _all(self, name: str, given: dict[str, str]) -> list[tuple[object, ...]]:
        return self.connection.execute(self.sql[name], given).fetchall()


def filled(home: Path, world: World, documents: Sequence[Document]) -> Database:
    """The same turns as the site holds them."""
    database = Database(f"sqlite:///{home / 'tracker.db'}")
    schema.upgrade(database)
    forums = {slug: number for number, (slug, _) in enumerate(world.forums, 1)}
    people = {slug: number for number, (slug, _) in enumerate(world.people, 1)}
    topics = {slug: number for number, slug in enumerate(world.topics, 1)}
    voices: dict[tuple[str, str], int] = {}
    turns, tags = [], []
    for number, one in enumerate(documents, 1):
        voice = voices.setdefault((one.forum, one.speaker or one.speaker_name), len(voices) + 1)
        turns.append(_turn(number, one, forums[one.forum], voice))
        tags += [{"turn_id": number, "topic_id": topics[topic], "reason": "word"} for topic in one.topics]
    with database.write() as session:
        session.execute(
            insert(Person),
            [{"id": people[slug], "slug": slug, "name": name, "sort_name": name} for slug, name in world.people],
        )
        session.execute(
            insert(Topic), [{"id": n, "slug": slug, "name_en": slug, "name_es": slug} for slug, n in topics.items()]
        )
        session.execute(
            insert(Forum),
            [{"id": forums[slug], "slug": slug, "title_en": slug, "held_on": day} for slug, day in world.forums],
        )
        session.execute(
            insert(Record),
            [{"id": n, "forum_id": n, "grade": "published", "is_published": True} for n in forums.values()],
        )
        session.execute(
            insert(Speaker),
            [
                {"id": n, "forum_id": forums[forum], "person_id": people.get(voice), "name": voice}
                for (forum, voice), n in voices.items()
            ],
        )
        session.execute(insert(Turn), turns)
        session.execute(insert(Tag), tags)
    return database


def _turn(number: int, one: Document, forum: int, voice: int) -> dict[str, object]:
    return {
        "id": number,
        "key": one.key,
        "forum_id": forum,
        "record_id": forum,
        "speaker_id": voice,
        "position": number,
        "kind": "speech",
        "label": one.speaker_name,
        "text": one.text,
        "lang": one.lang,
        "fingerprint": fingerprint(one.speaker_name, one.text),
    }
