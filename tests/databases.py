"""Databases with the present schema, as copies of one that was migrated: a migration for every test would take half of the run."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import LiteralString, NamedTuple

import psycopg

from tracker.db import Database
from tracker.schema import upgrade

MIGRATED = "migrated"
_numbers = count(1)


class Cluster(NamedTuple):
    """A throw-away PostgreSQL server listening on a socket of its own; one of its databases is MIGRATED."""

    socket_dir: Path

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.socket_dir}"

    @contextmanager
    def new(self, template: str = "template1") -> Iterator[str]:
        """The address of a new database, empty or a copy of `template`, which goes when it is not needed any more."""
        name = f"t{next(_numbers)}"
        self._create(name, template)
        yield self.url(name)
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def migrate(self) -> None:
        """Make the database that others are copies of."""
        self._create(MIGRATED, "template1")
        with Database(self.url(MIGRATED)) as database:
            upgrade(database)

    def _create(self, name: str, template: str) -> None:
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")

    def _run(self, statement: LiteralString) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def migrated_file(path: Path) -> str:
    """The address of an SQLite database with the present schema, made at `path`."""
    shutil.copyfile(_migrated() / "tracker.db", path)
    _made[path] = path.stat().st_mtime_ns
    return f"sqlite:///{path}"


_made: dict[Path, int] = {}
"""When each of these files was last written, in ns."""


def is_untouched(database: Database) -> bool:
    """Whether this is a database of `migrated_file` to which nothing was ever written. The file is not opened: that would end locks."""
    if not database.is_sqlite:
        return False
    path = Path(str(database.url.database))
    log = path.with_name(f"{path.name}-wal")
    return not (log.exists() and log.stat().st_size) and path.stat().st_mtime_ns == _made.get(path)


def copy_database(source: Path, target: Path) -> None:
    """Put what stands in one SQLite database into another, whoever has either open."""
    with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as other:
        other.execute("PRAGMA synchronous=OFF")
        held.backup(other)


_kept: list[tempfile.TemporaryDirectory[str]] = []
"""Folders that live as long as the process."""


@cache
def _migrated() -> Path:
    _kept.append(tempfile.TemporaryDirectory(prefix="migrated-"))
    folder = Path(_kept[-1].name)
    with Database(f"sqlite:///{folder / 'tracker.db'}") as database:
        upgrade(database)
    return folder
