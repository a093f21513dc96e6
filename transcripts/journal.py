"""What a change did, cell by cell, so that it can be taken back exactly, or refused where somebody changed the same since.

A person is written down by slug: ids of people who were merged and separated again are others.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, SQLModel, col, select, update

from transcripts import aliases
from transcripts.errors import Conflict
from transcripts.models import Person
from transcripts.people_tables import Attribution

STEP = 5_000
"""Rows named in one statement: databases limit them."""

Value = int | str | bool | None


@dataclass(frozen=True)
class Cells:
    """One column of rows of one table, from one value to another."""

    table: str
    column: str
    ids: tuple[int, ...]
    before: Value
    after: Value


@dataclass
class Journal:
    """The cells changed so far in one step of a transaction."""

    session: Session
    cells: list[Cells] = field(default_factory=list)

    def set(self, model: type[SQLModel], column: str, ids: Sequence[int], after: Value) -> None:
        """Give a column of some rows a value and write down what stood there; rows that have it already are left alone."""
        table = SQLModel.metadata.tables[str(model.__tablename__)]
        held: dict[Value, list[int]] = defaultdict(list)
        for some in _steps(ids):
            for id, before in self.session.execute(select(table.c.id, table.c[column]).where(table.c.id.in_(some))):
                held[before].append(id)
        for before, rows in held.items():
            if before != after:
                said = (_said(self.session, column, before), _said(self.session, column, after))
                self.cells.append(Cells(table.name, column, tuple(rows), *said))
                _write(self.session, table, column, rows, after)

    def take_back(self, cells: Sequence[Cells]) -> None:
        """Put back what stood in these cells. Raises Conflict where one of them was changed since."""
        for one in reversed(cells):
            table = SQLModel.metadata.tables[one.table]
            after, before = (_meant(self.session, one.column, value) for value in (one.after, one.before))
            for some in _steps(one.ids):
                rows = self.session.execute(select(table.c[one.column]).where(table.c.id.in_(some))).all()
                if len(rows) != len(some) or any(value != after for (value,) in rows):
                    raise Conflict("Somebody changed the same since; take that back first.")
            self.cells.append(Cells(one.table, one.column, one.ids, one.after, one.before))
            _write(self.session, table, one.column, one.ids, before)

    def ids(self, model: type[SQLModel]) -> tuple[int, ...]:
        """Every row of a table this step touched."""
        name = str(model.__tablename__)
        return tuple(dict.fromkeys(id for one in self.cells if one.table == name for id in one.ids))


def written(cells: Sequence[Cells]) -> str:
    """Cells as JSON, to be stored."""
    return json.dumps([[one.table, one.column, one.ids, one.before, one.after] for one in cells], ensure_ascii=False)


def read(stored: str) -> list[Cells]:
    """Cells as they were stored."""
    return [Cells(table, column, tuple(ids), before, after) for table, column, ids, before, after in json.loads(stored)]


def moved(session: Session, attribution_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """By the id of each of these changes of who a voice is, the turns (ids) that it gave to another voice."""
    asked = select(Attribution.id, Attribution.cells).where(col(Attribution.id).in_(attribution_ids))
    return {
        id or 0: frozenset(turn for one in read(cells) if one.table == "turn" for turn in one.ids)
        for id, cells in (session.exec(asked) if attribution_ids else ())
    }


def _write(session: Session, table: Any, column: str, ids: Sequence[int], value: Value) -> None:
    for some in _steps(ids):
        session.execute(update(table).where(table.c.id.in_(some)).values({column: value}))
    session.expire_all()


def _steps(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + STEP] for start in range(0, len(ids), STEP))


def _said(session: Session, column: str, value: Value) -> Value:
    if column != "person_id" or value is None:
        return value
    return session.exec(select(Person.slug).where(col(Person.id) == value)).one()


def _meant(session: Session, column: str, value: Value) -> Value:
    return value if column != "person_id" or value is None else aliases.person(session, str(value)).id
