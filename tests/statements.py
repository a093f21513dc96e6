"""SQL compiled once per process, not once per database: a statement of a page takes longer to compile than to run."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from tracker import db

MOST = 4_000
"""Statements kept; the whole suite has fewer."""


@contextmanager
def kept_statements() -> Iterator[None]:
    """Let all engines of `tracker.db` share what they compile. What is kept goes by its dialect, so those of one kind count as equal."""
    kept: Any = LRUCache(MOST)
    create = db.create_engine

    def create_engine(*asked: Any, **told: Any) -> Engine:
        engine: Engine = create(*asked, **told)
        engine._compiled_cache = kept
        return engine

    with ExitStack() as patches:
        patches.enter_context(mock.patch.object(db, "create_engine", create_engine))
        for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
            patches.enter_context(mock.patch.object(kind, "__eq__", lambda one, other: type(one) is type(other)))
            patches.enter_context(mock.patch.object(kind, "__hash__", lambda one: hash(type(one))))
        yield
