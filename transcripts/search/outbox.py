"""What the indexes have yet to hear of: a table written in the transaction that changed it, so that nothing is lost between.

There is an index (a shelf) of turns, and there may be others of other things with keys like theirs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy
from sqlalchemy import insert
from sqlmodel import Session, SQLModel, col, delete, func, select

from transcripts.models import OutboxEntry, Turn

STEP = 10_000
"""Rows named in one statement: databases limit them."""


TURNS = "turns"
"""The shelf of what was said."""

REBUILD = "*"
"""In place of a key: the index must be built anew, because its files hold words that were withheld."""


@dataclass(frozen=True)
class Batch:
    """Entries read together: the turns to index again, each once, and the rows to take off when that is done."""

    rows: tuple[int, ...]
    keys: tuple[str, ...]


def enqueue(session: Session, keys: Iterable[str], shelf: str = TURNS) -> None:
    """The index must look at these again: they are new, changed, tagged anew or withdrawn. Part of the caller's change."""
    rows = [{"shelf": shelf, "turn_key": key} for key in dict.fromkeys(keys)]
    if rows:
        session.execute(insert(SQLModel.metadata.tables["outbox"]), rows)  # past the unit of work: twice as fast


def enqueue_forums(session: Session, forums: Sequence[int]) -> None:
    """The index must look at every turn of these forums (by id) again: their races, places or videos changed."""
    turns = select(Turn.key).where(col(Turn.forum_id).in_(forums)).order_by(col(Turn.id))
    enqueue(session, session.exec(turns).all())


def next_batch(session: Session, limit: int, shelf: str = TURNS) -> Batch:
    """The oldest entries, at most `limit`."""
    asked = select(OutboxEntry.seq, OutboxEntry.turn_key).where(OutboxEntry.shelf == shelf)
    entries = session.exec(asked.order_by(col(OutboxEntry.seq)).limit(limit)).all()
    return Batch(tuple(seq or 0 for seq, _ in entries), tuple(dict.fromkeys(key for _, key in entries)))


def done(session: Session, batch: Batch) -> None:
    """Take a batch off by its rows: rows that others commit meanwhile stay, whatever their number."""
    for start in range(0, len(batch.rows), STEP):
        session.execute(delete(OutboxEntry).where(col(OutboxEntry.seq).in_(batch.rows[start : start + STEP])))


_REBUILD = (
    select(OutboxEntry.seq)
    .where(OutboxEntry.turn_key == REBUILD, OutboxEntry.shelf == sqlalchemy.bindparam("shelf"))
    .limit(1)
)
"""Put together once: it is asked with every search."""


def rebuild_waits(session: Session, shelf: str = TURNS) -> bool:
    """Whether the index must be built anew."""
    return session.connection().execute(_REBUILD, {"shelf": shelf}).first() is not None


def hidden(session: Session, shelf: str = TURNS) -> frozenset[str]:
    """Keys that search must not show although the index knows them: words were withheld, and it still has them."""
    if not rebuild_waits(session, shelf):
        return frozenset()
    return frozenset(session.exec(select(OutboxEntry.turn_key).where(OutboxEntry.shelf == shelf)))


def pending(session: Session, shelf: str = TURNS) -> int:
    """How many entries wait."""
    return session.exec(select(func.count()).select_from(OutboxEntry).where(OutboxEntry.shelf == shelf)).one()
