"""Take away what was made of things that go: everything of follow-through that refers to them, by whatever way."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, or_
from sqlmodel import Session, SQLModel, delete, select

from positions.followthrough import models

OURS = frozenset(str(model.__tablename__) for model in models.TABLES)
"""The names of the tables of follow-through."""

Ids = Select[Any] | set[int]
Going = Mapping[str, Ids]
"""Table → the ids of its rows that go."""


def remove(session: Session, going: Going) -> int:
    """Remove rows of follow-through that go or refer to one that does; rows of other tables are the caller's. Returns how many went."""
    ours = [table for table in SQLModel.metadata.sorted_tables if table.name in OURS]
    doomed: dict[str, Ids] = dict(going)
    for table in ours:
        if "id" in table.c:
            doomed[table.name] = _found(session, table, doomed)
    return sum(_delete(session, table, doomed) for table in reversed(ours))


def _found(session: Session, table: Table, doomed: Going) -> set[int]:
    """The rows of a table that go: tables come in an order in which each refers to earlier ones, and some to themselves."""
    named = doomed.get(table.name, set())
    which = [column.in_(ids) for column, ids in _ways(table, doomed)]
    found = set(session.scalars(select(table.c.id).where(or_(table.c.id.in_(named), *which))))
    while more := set(session.scalars(select(table.c.id).where(_again(table, found)))) - found:
        found |= more
    return found


def _again(table: Table, found: set[int]) -> ColumnElement[bool]:
    """Rows that take back one of these."""
    return table.c.withdraws_id.in_(found) if "withdraws_id" in table.c else table.c.id.in_(())


def _ways(table: Table, doomed: Going) -> list[tuple[ColumnElement[int], Ids]]:
    return [
        (key.parent, doomed[key.column.table.name])
        for key in table.foreign_keys
        if key.column.table.name in doomed and key.column.table is not table
    ]


def _delete(session: Session, table: Table, doomed: Going) -> int:
    which = (
        [table.c.id.in_(doomed[table.name])]
        if "id" in table.c
        else [column.in_(ids) for column, ids in _ways(table, doomed)]
    )
    return session.connection().execute(delete(table).where(or_(*which))).rowcount if which else 0
