"""What was done with the forms of the desk: every object before and after, by whom and why, and the way back.

An act may touch several objects (a pasted list makes people and candidacies) and is taken back whole, by an act of its own.
Public corrections of words, positions and merged people keep histories of their own; this one is for everything filled in.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, UniqueConstraint, text
from sqlmodel import Field, Session, SQLModel, col, func, select
from ulid import ULID

from positions.entries import KINDS as RECORD
from positions.entries import Doc, Kind
from tracker import site_entry
from transcripts.errors import Conflict, NotFound
from transcripts.messages import Message
from transcripts.models import now

LOCK = 7_317_002
"""The advisory lock under which PostgreSQL carries these acts out one by one, so that nobody overwrites what they did not see."""
PAGE = 50

KINDS: Mapping[str, Kind] = {**RECORD, "site": site_entry.KIND}
"""Every kind of object that forms write, by name."""


class Edit(SQLModel, table=True):
    """What an act did to one object: JSON documents, NULL where the object was or is not there.

    `about` names the object at whose page the act is told (race/<slug>); `undoes` is the act this one takes back.
    """

    __table_args__ = (UniqueConstraint("act", "kind", "key"), UniqueConstraint("undoes", "kind", "key"))
    id: int | None = Field(default=None, primary_key=True)
    act: str = Field(max_length=26, index=True)
    about: str = Field(max_length=160, index=True)
    kind: str = Field(max_length=16)
    key: str = Field(sa_type=Text)
    before: str | None = Field(default=None, sa_type=Text)
    after: str | None = Field(default=None, sa_type=Text)
    why: str = Field(default="", sa_type=Text)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now, index=True)
    undoes: str | None = Field(default=None, max_length=26)


@dataclass(frozen=True)
class Change:
    """What one object shall be; None takes it away."""

    kind: str
    key: str
    after: Doc | None


@dataclass(frozen=True)
class Author:
    """Who does something, and why where they say so."""

    by: str
    why: str = ""


@dataclass(frozen=True)
class Line:
    """One field of one object that an act changed; texts as they are printed, empty where there was nothing."""

    kind: str
    key: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Act:
    """One act as its page tells it. `undone` says that a later act took it back; `undoes` that it takes one back itself."""

    id: str
    about: str
    by: str
    why: str
    at: datetime
    undoes: bool
    undone: bool
    lines: tuple[Line, ...]


def held(session: Session, kind: str, key: str) -> Doc:
    """An object as it is now. Raises NotFound."""
    found = KINDS[kind].read(session, key)
    if found is None:
        raise NotFound("There is no {kind} “{key}”.", kind=Message(kind), key=key)
    return found


def version(doc: Doc) -> str:
    """A digest of everything an object says: what an editor saw, and what is there when they save."""
    return hashlib.sha256(_json(doc).encode()).hexdigest()[:16]


def carry_out(
    session: Session,
    about: str,
    changes: Sequence[Change],
    author: Author,
    seen: str | None = None,
    clock: Callable[[], datetime] = now,
) -> str:
    """Make every object what `changes` say and keep what they were, in the caller's transaction; returns the act.

    `seen` is the version of the first object that the editor saw. Raises Conflict where it is another by now, and what the
    writers raise.
    """
    _one_by_one(session)
    act = str(ULID())
    held = [KINDS[change.kind].read(session, change.key) for change in changes]
    if seen and (held[0] is None or version(held[0]) != seen):
        raise Conflict("Somebody changed this meanwhile. What you typed is still here: compare, then save again.")
    _write(session, _Step(act, about, author, clock()), list(zip(changes, held, strict=True)))
    return act


def undo(session: Session, act: str, author: Author, clock: Callable[[], datetime] = now) -> str:
    """Take an act back by a new one, in the caller's transaction; returns what it is about.

    Raises NotFound; Conflict where it was taken back already or one of its fields was changed since, with nothing changed.
    """
    _one_by_one(session)
    rows = session.exec(select(Edit).where(Edit.act == act).order_by(col(Edit.id).desc())).all()
    if not rows:
        raise NotFound("There is no such act.")
    if session.exec(select(Edit.id).where(Edit.undoes == act)).first() is not None:
        raise Conflict("This was taken back already.")
    backwards = [(row, KINDS[row.kind].read(session, row.key)) for row in rows]
    wanted = [(Change(row.kind, row.key, _before(row, present)), present) for row, present in backwards]
    _write(session, _Step(str(ULID()), rows[0].about, author, clock(), act), wanted)
    return rows[0].about


def history(session: Session, about: str | None, page: int = 1) -> tuple[tuple[Act, ...], bool]:
    """A page of acts about an object (or about everything), the latest first, and whether there are older ones."""
    ids = (
        select(Edit.act).group_by(Edit.act).order_by(func.max(Edit.id).desc()).offset((page - 1) * PAGE).limit(PAGE + 1)
    )
    acts = session.exec(ids.where(Edit.about == about) if about else ids).all()
    shown = acts[:PAGE]
    rows: dict[str, list[Edit]] = defaultdict(list)
    for row in session.exec(select(Edit).where(col(Edit.act).in_(shown)).order_by(col(Edit.id))):
        rows[row.act].append(row)
    undone = set(session.exec(select(Edit.undoes).where(col(Edit.undoes).in_(shown))))
    return tuple(_act(rows[act], act in undone) for act in shown), len(acts) > PAGE


def differences(before: Doc | None, after: Doc | None) -> dict[str, tuple[str, str]]:
    """The fields in which two documents differ, with both texts. Pure."""
    was, is_ = (dict(_flat(doc)) if doc else {} for doc in (before, after))
    names = dict.fromkeys((*was, *is_))
    return {name: (was.get(name, ""), is_.get(name, "")) for name in names if was.get(name, "") != is_.get(name, "")}


@dataclass(frozen=True)
class _Step:
    act: str
    about: str
    author: Author
    at: datetime
    undoes: str | None = None


def _write(session: Session, step: _Step, changes: Sequence[tuple[Change, Doc | None]]) -> None:
    """Make each object what it shall be, then write down what all of them are: one may be part of another."""
    for change, before in changes:
        if change.after is not None and change.after != before:
            KINDS[change.kind].write(session, change.key, change.after)
        elif change.after is None and before is not None:
            KINDS[change.kind].remove(session, change.key)
    for change, before in changes:
        after = KINDS[change.kind].read(session, change.key) if change.after is not None else None
        if after != before:
            session.add(_row(step, change, before, after))
    session.flush()


def _row(step: _Step, change: Change, before: Doc | None, after: Doc | None) -> Edit:
    return Edit(
        act=step.act,
        about=step.about,
        kind=change.kind,
        key=change.key,
        before=_json(before) if before is not None else None,
        after=_json(after) if after is not None else None,
        why=step.author.why,
        by=step.author.by,
        at=step.at,
        undoes=step.undoes,
    )


def _before(row: Edit, present: Doc | None) -> Doc | None:
    """What an object shall be when an act is taken back: the fields it changed as they were, everything else as it is now."""
    before, after = _docs(row)
    if before is None or after is None or present is None:
        if present != after:
            raise Conflict("This was changed since; take the later changes back first.")
        return before
    changed = [name for name in after if before.get(name) != after[name]]
    if any(present.get(name) != after[name] for name in changed):
        raise Conflict("The same was changed again since; take the later change back first.")
    return {**present, **{name: before.get(name) for name in changed}}


def _docs(row: Edit) -> tuple[Doc | None, Doc | None]:
    before: Doc | None = json.loads(row.before) if row.before is not None else None
    after: Doc | None = json.loads(row.after) if row.after is not None else None
    return before, after


def _act(rows: list[Edit], undone: bool) -> Act:
    first = rows[0]
    lines = [Line(row.kind, row.key, name, *texts) for row in rows for name, texts in differences(*_docs(row)).items()]
    return Act(first.act, first.about, first.by, first.why, first.at, first.undoes is not None, undone, tuple(lines))


def _flat(value: object, name: str = "") -> list[tuple[str, str]]:
    """A document as (field, text), in order: title.en; a list is one text, a line each."""
    if isinstance(value, dict):
        return [pair for key, inner in value.items() for pair in _flat(inner, f"{name}.{key}".strip("."))]
    if isinstance(value, list):
        return [(name, "\n".join(" · ".join(told for _, told in _flat(one) if told) for one in value))]
    return [(name, "" if value in (None, False) else "✓" if value is True else str(value))]


def _json(doc: Doc) -> str:
    return json.dumps(doc, ensure_ascii=False, sort_keys=True)


def _one_by_one(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
