"""Two engines on one database: pages read, writers write one at a time.

SQLite in WAL mode: readers never wait; a writer takes a file lock first and then BEGIN IMMEDIATE, because DEFERRED
transactions fail under contention (measured 89-98 %) and lose updates silently. PostgreSQL needs neither.
"""

import fcntl
import threading
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.engine import make_url
from sqlmodel import Session, create_engine

from tracker.freezing.guard import Watch
from transcripts.errors import Refusal

BUSY_MS = 10_000
SNAPSHOT = text("SELECT pg_current_snapshot()")
"""Two transactions with the same answer see the same rows."""
_numbers = count()


class Database:
    """The place where sessions come from. `url` is an SQLAlchemy address; postgresql:// is driven by psycopg 3."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        if self.url.get_backend_name() not in ("sqlite", "postgresql"):
            raise Refusal(
                "TRACKER_DATABASE_URL names {name}; use SQLite or PostgreSQL.", name=self.url.get_backend_name()
            )
        if self.url.drivername == "postgresql":
            self.url = self.url.set(drivername="postgresql+psycopg")
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            _make_folder(Path(str(self.url.database)).parent)
        self.writer = self._engine(read_only=False)
        self.reader = self._engine(read_only=True) if self.is_sqlite else self.writer
        self._number = next(_numbers)
        self._watch: Any = None
        self._watching = threading.Lock()

    def _engine(self, read_only: bool) -> Engine:
        if not self.is_sqlite:
            return create_engine(self.url, pool_pre_ping=True, hide_parameters=True)
        told = {"timeout": BUSY_MS / 1000, "check_same_thread": False}
        engine = create_engine(self.url, connect_args=told, hide_parameters=True)  # no word of anybody's in an error
        event.listen(engine, "connect", _read_only_connection if read_only else _writing_connection)
        event.listen(engine, "begin", _begin_deferred if read_only else _begin_immediate)
        return engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for pages: one consistent view of the record; on SQLite it cannot write at all."""
        with Session(self.reader, expire_on_commit=False) as session:
            session.info["stamp"] = self.stamp() if self.is_sqlite else None  # PostgreSQL is asked when somebody asks
            yield session

    def stamp(self) -> Hashable:
        """Something that is another after every commit, whoever made it; it means nothing in another process.

        Taken before reading, it vouches for what is read: while it stays, reading again would find the same.
        """
        if not self.is_sqlite:
            with self.reader.connect() as connection:
                return str(connection.execute(SNAPSHOT).scalar_one())
        with self._watching:
            if self._watch is None:
                held = self.reader.raw_connection()
                held.detach()  # the number counts the commits that one and the same connection has seen
                self._watch = held.dbapi_connection
            return self._number, int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session for one change: committed whole when the block ends, rolled back whole when it raises.

        Raises `freezing.guard.Frozen` at its end where it changed a frozen race and nobody else agreed to that.
        """
        with self.turn_to_write(), Session(self.writer, expire_on_commit=False) as session, session.begin():
            watch = Watch(session)
            yield session
            watch.settle()

    @contextmanager
    def turn_to_write(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        with Path(f"{self.url.database}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def shrink_log(self) -> None:
        """Bring what was written into the database file and empty SQLite's log, where older pages still stand.

        A reader in the middle of a page can keep it for a moment: then the next call empties it. PostgreSQL has no such file.
        """
        if self.is_sqlite:
            with self.turn_to_write():
                self._by_itself("PRAGMA wal_checkpoint(TRUNCATE)")

    def rewrite(self, tables: Iterable[str]) -> None:
        """Write the database anew without the room of rows that were erased: the whole file, or `tables` on PostgreSQL."""
        if self.is_sqlite:
            with self.turn_to_write():
                self._by_itself("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            with self.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for name in tables:
                    connection.exec_driver_sql(f'VACUUM FULL "{name}"')

    def _by_itself(self, *statements: str) -> None:
        """Statements SQLite refuses inside a transaction."""
        held = self.writer.raw_connection()
        try:
            for statement in statements:
                held.cursor().execute(statement).fetchall()
        finally:
            held.close()

    def dispose(self) -> None:
        """Close every connection."""
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self.writer.dispose()
        self.reader.dispose()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.dispose()


def stamp_of(session: Session) -> Hashable | None:
    """The database's stamp before a session of `Database.read` read; None for any other session, of which nothing may be kept."""
    if "stamp" not in session.info:
        return None
    return session.info["stamp"] or str(session.execute(SNAPSHOT).scalar_one())


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            "The folder {folder} cannot be made ({error}). Set TRACKER_HOME to one that can.",
            folder=str(folder),
            error=error.strerror,
        ) from error


def _prepare(connection: Any) -> Any:
    connection.isolation_level = None  # SQLAlchemy's begin events decide, not the driver
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    return cursor


def _writing_connection(connection: Any, _record: Any) -> None:
    cursor = _prepare(connection)
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten, not only let go


def _read_only_connection(connection: Any, _record: Any) -> None:
    cursor = _prepare(connection)
    cursor.execute("PRAGMA query_only=ON")
    cursor.execute("PRAGMA mmap_size=268435456")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")


def init_app(app: Any, config: Any) -> None:
    """Give the application its database; pages reach it through `reading()`."""
    app.extensions["database"] = Database(config.database_url)


@contextmanager
def reading() -> Iterator[Session]:
    """A page's session on the application's database."""
    from flask import current_app

    database: Database = current_app.extensions["database"]
    with database.read() as session:
        yield session
