"""Databases with the present schema, as copies of one that was migrated: a migration for every test would take half of the run."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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
    return f"sqlite:///{path}"


_kept: list[tempfile.TemporaryDirectory[str]] = []
"""Folders that live as long as the process."""


@cache
def _migrated() -> Path:
    _kept.append(tempfile.TemporaryDirectory(prefix="migrated-"))
    folder = Path(_kept[-1].name)
    with Database(f"sqlite:///{folder / 'tracker.db'}") as database:
        upgrade(database)
    return folder
