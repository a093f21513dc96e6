"""The search indexes of a site: opened, kept up to date by one writer at a time, built anew, and looked after.

There are two: of what was said, and of what stands in documents. A document has no speaker: it is told of beside what people
said and counts nowhere among it (ARCHITECTURE.md). Whoever holds the lock of an index drains its part of the outbox: the
worker beside the server, or a command that has just stored something.
"""

import importlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import NamedTuple, cast

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from positions.followthrough.queries import passages
from positions.followthrough.queries.passages import FoundIn
from positions.queries import parties, tags
from tracker.config import Config
from tracker.db import Database
from tracker.telling import queue
from transcripts.errors import Conflict, Refusal
from transcripts.queries import documents
from transcripts.queries.documents import Spoken
from transcripts.search import outbox
from transcripts.search.documents import Document, added_of, order_of
from transcripts.search.engine import SearchEngine
from transcripts.search.store import Missing, Outdated, Unusable

BATCH = 2_000
"""Turns read and indexed together."""
WAIT = 10.0
"""Seconds a command waits for the index before it leaves the rest to the worker."""
POLL = 0.5
"""Seconds between two looks at the outbox."""
PATIENCE = 5.0
"""Seconds after which a worker that could not index tries again."""
MANY_FOR_WHOOSH = 50_000

_ENGINES = {
    "tantivy": ("transcripts.search.tantivy_engine", "TantivyEngine"),
    "whoosh": ("transcripts.search.whoosh_engine", "WhooshEngine"),
}


class IndexProblem(NamedTuple):
    """Something wrong with the index, and what to do about it."""

    what: str
    do: str


@dataclass(frozen=True)
class Shelf:
    """One index: its name in the outbox, its folder beside the first, and what it holds.

    `of` gives those of some keys that may be found, `every` all in batches, `heard` is told which keys were looked at.
    """

    name: str
    folder: str
    count: Callable[[Session], int]
    of: Callable[[Session, Sequence[str]], list[Document]]
    every: Callable[[Session, int], Iterator[list[Document]]]
    heard: Callable[[Session, Sequence[str]], None]


def open_engine(config: Config, shelf: Shelf | None = None) -> SearchEngine:
    """The engine of this site, of what was said unless another shelf is named; the other engine is never imported.

    Raises Refusal where it is not installed.
    """
    module, name = _ENGINES[config.search]
    try:
        engine = getattr(importlib.import_module(module), name)
    except ImportError as error:
        raise Refusal(
            "The search engine {engine} is not installed here. Set TRACKER_SEARCH=whoosh.", engine=config.search
        ) from error
    return cast(SearchEngine, engine(config.index_dir / (shelf or TURNS).folder))


def drain(database: Database, engine: SearchEngine, until: float = float("inf"), shelf: Shelf | None = None) -> int:
    """Tell the index of a shelf of what waits in the outbox, batch by batch, until `time.monotonic()` passes `until`.

    Returns how many keys it looked at. An index that is missing, or of another version, is built whole. Raises Conflict while
    another process writes it, Unusable where it is damaged.
    """
    shelf, looked_at = shelf or TURNS, 0
    while time.monotonic() < until:
        if _must_rebuild(database, shelf):
            return looked_at + reindex(database, engine, shelf=shelf)
        engine.lock()
        try:
            count = _drain_once(database, engine, shelf)
        except (Missing, Outdated):
            return reindex(database, engine, shelf=shelf)
        finally:
            engine.close()
        looked_at += count
        if not count:
            break
    return looked_at


def _waiting(database: Database, shelf: Shelf) -> int:
    with database.read() as session:
        return outbox.pending(session, shelf.name)


def _must_rebuild(database: Database, shelf: Shelf) -> bool:
    with database.read() as session:
        return outbox.rebuild_waits(session, shelf.name)


def _drain_once(database: Database, engine: SearchEngine, shelf: Shelf) -> int:
    """One batch, read while the writer's place is held, so that nobody can index older words afterwards."""
    engine.refresh()
    with database.read() as session:
        batch = outbox.next_batch(session, BATCH, shelf.name)
        found = shelf.of(session, batch.keys)
    if not batch.rows:
        return 0
    held = {document.key for document in found}
    engine.upsert(found)
    engine.delete(key for key in batch.keys if key not in held)
    engine.commit()
    with database.write() as session:
        outbox.done(session, batch)
        shelf.heard(session, batch.keys)
    return len(batch.keys)


def reindex(
    database: Database,
    engine: SearchEngine,
    progress: Callable[[int, int], None] = lambda done, total: None,
    shelf: Shelf | None = None,
) -> int:
    """Build an index whole from the database; the present one is read until the new one is ready. Returns how much it holds.

    `progress` is told how much is done and how much there is. Raises Conflict while another process writes it.
    """
    shelf = shelf or TURNS
    engine.start_over()
    try:
        with database.read() as session:
            waiting = outbox.next_batch(session, 2**31, shelf.name)
            total, count = shelf.count(session), 0
            for found in shelf.every(session, BATCH):
                engine.upsert(found)
                count += len(found)
                progress(count, total)
        engine.commit()
    finally:
        engine.close()
    with database.write() as session:
        outbox.done(session, waiting)
        shelf.heard(session, waiting.keys)
    return count


def catch_up(database: Database, config: Config, seconds: float = WAIT) -> bool:
    """After a command has stored something: wait at most so long until search knows it; False leaves it to the worker."""
    until = time.monotonic() + seconds
    done = [_caught_up(database, config, shelf, until) for shelf in SHELVES]
    return all(done)


def _caught_up(database: Database, config: Config, shelf: Shelf, until: float) -> bool:
    engine = open_engine(config, shelf)
    while True:
        try:
            drain(database, engine, until, shelf)
        except Conflict:
            time.sleep(0.1)
        if not _waiting(database, shelf):
            return True
        if time.monotonic() >= until:
            return False


def work(database: Database, config: Config, stop: Event) -> None:
    """Keep the indexes up to date until told to stop: the worker beside the server.

    A damaged index is left to `doctor`; a database or disk that fails for a while is asked again later.
    """
    engines = [(shelf, open_engine(config, shelf)) for shelf in SHELVES]
    seen: set[str] = set()
    while not stop.wait(POLL):
        try:
            for shelf, engine in engines:
                if _waiting(database, shelf) or shelf.name not in seen:
                    drain(database, engine, shelf=shelf)
                    seen.add(shelf.name)
        except (Conflict, Unusable, OSError, SQLAlchemyError) as trouble:
            logging.getLogger(__name__).warning("The search index waits: %s", trouble)
            stop.wait(PATIENCE)


def problems(database: Database, config: Config) -> list[IndexProblem]:
    """What is wrong with the indexes of a site, for `tracker doctor`."""
    with database.read() as session:
        counts = [(shelf, shelf.count(session), outbox.pending(session, shelf.name)) for shelf in SHELVES]
    expected, waiting = sum(count for _, count, _ in counts), sum(waits for _, _, waits in counts)
    try:
        held = sum(_held(config, shelf) for shelf, count, waits in counts if count or waits)
    except Refusal as refusal:
        return [IndexProblem(str(refusal), "Run: tracker reindex")]
    found = []
    if waiting:
        found.append(
            IndexProblem(
                f"{waiting} changes are not in the search index yet.", "Run: tracker serve, or tracker reindex"
            )
        )
    elif held != expected:
        found.append(IndexProblem(f"The search index holds {held} of {expected} passages.", "Run: tracker reindex"))
    if config.search == "whoosh" and expected > MANY_FOR_WHOOSH:
        found.append(
            IndexProblem(
                f"Whoosh is slow with {expected} passages.", "Set TRACKER_SEARCH=tantivy and run: tracker reindex"
            )
        )
    return found


def _held(config: Config, shelf: Shelf) -> int:
    engine = open_engine(config, shelf)
    try:
        return engine.health().count
    finally:
        engine.close()


def documents_of(session: Session, spoken: Sequence[Spoken]) -> list[Document]:
    """Turns as search sees them, with what the interpretation says of them. Two statements."""
    topics = tags.slugs_by_turn(session, [turn.turn_id for turn in spoken])
    held = parties.by_forum(session, {turn.forum_id for turn in spoken})
    return [_document(turn, topics.get(turn.turn_id, ()), held.get(turn.forum_id, ())) for turn in spoken]


def _document(turn: Spoken, topics: Sequence[str], held: Iterable[parties.RaceOfForum]) -> Document:
    stands_for = (name for race in held for name in race.parties.get(turn.person_id or 0, ()))
    places = (place for place in (turn.city, *(race.place for race in held)) if place)
    return Document(
        key=turn.key,
        forum=turn.forum,
        order=order_of(turn.held_on, turn.forum_id, turn.position),
        date=turn.held_on,
        text=turn.text,
        speaker=turn.person_slug or "",
        speaker_name=turn.person or turn.voice or "",
        also_named=turn.voice or "",
        role=turn.role or "",
        contests=tuple(race.slug for race in held),
        party=tuple(dict.fromkeys(stands_for)),
        place=tuple(dict.fromkeys(places)),
        lang=turn.lang,
        grade=turn.grade,
        kind=turn.kind,
        has_video=turn.has_video,
        topics=tuple(topics),
        added=added_of(turn.came, turn.turn_id),
    )


def _turns(session: Session, keys: Sequence[str]) -> list[Document]:
    return documents_of(session, documents.of_turns(session, keys))


def _every_turn(session: Session, size: int) -> Iterator[list[Document]]:
    return (documents_of(session, spoken) for spoken in documents.every(session, size))


def _passage(found: FoundIn) -> Document:
    """A paragraph of a document as search sees it: `forum` is its document, and nobody speaks."""
    return Document(
        key=found.key,
        forum=found.document,
        order=order_of(found.day, found.document_id, found.position),
        date=found.day,
        text=found.text,
        lang=found.language,
        kind="passage",
        added=found.id,
    )


def _passages(session: Session, keys: Sequence[str]) -> list[Document]:
    return list(map(_passage, passages.by_keys(session, keys)))


def _every_passage(session: Session, size: int) -> Iterator[list[Document]]:
    return (list(map(_passage, found)) for found in passages.every(session, size))


TURNS = Shelf(outbox.TURNS, "", documents.count, _turns, _every_turn, queue.forward)
PASSAGES = Shelf(passages.SHELF, "documents", passages.count, _passages, _every_passage, lambda session, keys: None)
SHELVES = (TURNS, PASSAGES)
