"""What every merge of two entries that are one has in common: what went over is written down, and handed out to take it back."""

import json
from collections.abc import Sequence

import sqlalchemy
from sqlmodel import Session, SQLModel, update

from positions.entries.entry import Doc, by_slug
from positions.models import EntryMerge
from positions.queries import table
from transcripts.errors import Conflict, NotFound


def read(session: Session, kind: str, slug: str) -> Doc | None:
    """Into what one of that kind was merged; None where it was not."""
    row = session.get(EntryMerge, (kind, slug))
    return {"merged": row.into_slug} if row else None


def keep(session: Session, kind: str, slug: str, into: str, moved: Doc) -> None:
    """Write down that one was merged into another, and what went over."""
    session.add(EntryMerge(kind=kind, slug=slug, into_slug=into, moved=json.dumps(moved, ensure_ascii=False)))
    session.flush()


def release(session: Session, kind: str, slug: str, model: type[SQLModel]) -> tuple[str, Doc]:
    """(where it leads, what went over), no longer written down. Raises NotFound; Conflict where the survivor was merged on."""
    row = session.get(EntryMerge, (kind, slug))
    if row is None:
        raise NotFound("“{slug}” was not merged.", slug=slug)
    if by_slug(session, model, row.into_slug) is None:
        raise Conflict("“{slug}” was merged on since; take that back first.", slug=row.into_slug)
    into, moved = row.into_slug, json.loads(row.moved)
    session.delete(row)
    session.flush()
    return into, moved


def move(
    session: Session, model: type[SQLModel], column: str, here: int, there: int, ids: Sequence[int] | None = None
) -> list[int]:
    """Give the rows of one owner to another, of those ids where they are told. Returns the ids moved."""
    rows = table(model)
    which = rows.c[column] == here if ids is None else (rows.c[column] == here) & rows.c.id.in_(ids)
    found = list(session.scalars(sqlalchemy.select(rows.c.id).where(which)))
    session.execute(update(rows).where(which).values({column: there}))
    session.expire_all()
    return found
