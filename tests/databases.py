"""Databases with the present schema, as copies of one that was migrated: a migration for every test would take half of the run."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg.rows import TupleRow
from psycopg.sql import SQL, Identifier

from tracker.db import Database
from tracker.schema import upgrade

MIGRATED = "migrated"
_numbers = count(1)


class Cluster(NamedTuple):
    """A throw-away PostgreSQL server listening on a socket of its own; one of its databases is MIGRATED."""

    socket_dir: Path
    control: psycopg.Connection[TupleRow]
    """Commits each statement; kept open, for every new connection is a new process of the server."""

    @contextmanager
    def new(self, template: str = "template1") -> Iterator[str]:
        """The address of a new database, empty or a copy of `template`, which goes when it is not needed any more."""
        name = f"t{next(_numbers)}"
        self._create(name, template)
        if template == MIGRATED:
            _next_change[name] = self.control.execute(NEXT_CHANGE).fetchone()
        yield address_of(self.socket_dir, name)
        self.control.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def migrate(self) -> None:
        """Make the database that others are copies of."""
        self._create(MIGRATED, "template1")
        with Database(address_of(self.socket_dir, MIGRATED)) as database:
            upgrade(database)

    def _create(self, name: str, template: str) -> None:
        """Files are copied as files, less than half the work of logging each page; before version 15 there is no other way."""
        how = "STRATEGY file_copy" if self.control.info.server_version >= 150_000 else ""
        create = SQL("CREATE DATABASE {} TEMPLATE {} ").format(Identifier(name), Identifier(template))
        self.control.execute(create + SQL(how))


def address_of(socket_dir: Path, name: str) -> str:
    """The address of a database of the server that listens there."""
    return f"postgresql://postgres@/{name}?host={socket_dir}"


def migrated_file(path: Path) -> str:
    """The address of an SQLite database with the present schema, made at `path`."""
    shutil.copyfile(_migrated() / "tracker.db", path)
    _made[path] = path.stat().st_mtime_ns
    return f"sqlite:///{path}"


_made: dict[Path, int] = {}
"""When each of these files was last written, in ns."""


NEXT_CHANGE = "SELECT pg_snapshot_xmax(pg_current_snapshot())"
"""The number that the next transaction of the whole PostgreSQL server gets which writes anything; those that only read get none."""
_next_change: dict[str, TupleRow | None] = {}
"""What NEXT_CHANGE was when each of these PostgreSQL databases had been made, by name."""


def is_untouched(database: Database) -> bool:
    """Whether this is a copy of the migrated database to which nothing was ever written; on PostgreSQL no other one either.

    An SQLite file is not opened: that would end locks.
    """
    if not database.is_sqlite:
        name = str(database.url.database)
        with driven(database) as connection:
            return name in _next_change and connection.execute(NEXT_CHANGE).fetchone() == _next_change[name]
    path = Path(str(database.url.database))
    log = path.with_name(f"{path.name}-wal")
    return not (log.exists() and log.stat().st_size) and path.stat().st_mtime_ns == _made.get(path)


def copy_database(source: Path, target: Path) -> None:
    """Put what stands in one SQLite database into another, whoever has either open."""
    with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as other:
        other.execute("PRAGMA synchronous=OFF")
        held.backup(other)


class Contents(NamedTuple):
    """The rows of a PostgreSQL database by table, as COPY writes them, and the last numbers its sequences gave."""

    rows: dict[str, bytes]
    numbers: dict[str, int]


@contextmanager
def driven(database: Database) -> Iterator[psycopg.Connection[TupleRow]]:
    """A connection of the pool of a PostgreSQL database as its driver has it, in a transaction that ends with the block."""
    held = database.writer.raw_connection()
    try:
        connection = held.driver_connection
        assert isinstance(connection, psycopg.Connection)
        with connection.transaction():
            yield connection
    finally:
        held.close()


def contents_of(database: Database) -> Contents:
    """What stands in a PostgreSQL database."""
    rows = {}
    with driven(database) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (name,) in tables:
            with connection.cursor().copy(SQL("COPY {} TO STDOUT").format(Identifier(name))) as out:
                rows[name] = b"".join(bytes(part) for part in out)
        given = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
        return Contents(rows, dict(connection.execute(given).fetchall()))


def put_contents(database: Database, before: Contents, after: Contents) -> None:
    """Bring a PostgreSQL database from what stood in it to what stands in another, without its keys and triggers."""
    with driven(database) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        for name, rows in after.rows.items():
            if rows != before.rows[name]:
                if before.rows[name]:
                    connection.execute(SQL("DELETE FROM {}").format(Identifier(name)))
                with connection.cursor().copy(SQL("COPY {} FROM STDIN").format(Identifier(name))) as into:
                    into.write(rows)
        last = [(name, number) for name, number in after.numbers.items() if number != before.numbers.get(name)]
        connection.cursor().executemany("SELECT setval(%s::regclass, %s)", last)


_kept: list[tempfile.TemporaryDirectory[str]] = []
"""Folders that live as long as the process."""


@cache
def _migrated() -> Path:
    _kept.append(tempfile.TemporaryDirectory(prefix="migrated-"))
    folder = Path(_kept[-1].name)
    with Database(f"sqlite:///{folder / 'tracker.db'}") as database:
        upgrade(database)
    return folder
