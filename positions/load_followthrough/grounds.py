"""What something rests on, as an entry says it and as columns hold it (`models.Cited`)."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from positions.followthrough.models.documents import Document
from positions.followthrough.models.grounds import Cited
from positions.followthrough_entries.grounds import Cited as Entry
from positions.load_stances import find
from positions.quoted_words import find_once
from positions.stances import QUOTABLE
from transcripts.errors import Conflict, NotFound
from transcripts.models import Forum, Source, Turn

Columns = dict[str, Any]
NOTHING: Columns = dict.fromkeys(
    ("document_id", "source_id", "turn_id", "turn_version", "start", "end", "place"),
)
"""The columns of something that rests on nothing."""


def columns(session: Session, cited: Entry | None) -> Columns:
    """The columns of what an entry names. Raises NotFound and Conflict, saying which name is not known."""
    if cited is None:
        return dict(NOTHING)
    return {**NOTHING, **_named(session, cited), "place": cited.place}


def entries(session: Session, rows: Sequence[Cited]) -> Callable[[Cited], dict[str, Any] | None]:
    """`entry` for many rows: what all of them rest on is read in at most four statements."""
    held: list[SQLModel] = []  # the session finds again what is held, and asks for nothing twice
    for model, ids in (
        (Document, {row.document_id for row in rows}),
        (Source, {row.source_id for row in rows}),
        (Turn, {row.turn_id for row in rows}),
    ):
        if named := ids - {None}:
            held.extend(session.exec(select(model).where(col(model.id).in_(named))))
    forums = {one.forum_id for one in held if isinstance(one, Source)}
    if forums:
        found = session.exec(select(Forum).where(col(Forum.id).in_(forums))).all()
        held.extend(found)

    def told(row: Cited) -> dict[str, Any] | None:
        return entry(session, row) if held else None

    return told


def entry(session: Session, row: Cited) -> dict[str, Any] | None:
    """The same as an entry names it, from columns; None where they hold nothing."""
    place = {"place": row.place} if row.place else {}
    if row.document_id is not None:
        return {"document": session.get_one(Document, row.document_id).slug, **place}
    if row.source_id is not None:
        source = session.get_one(Source, row.source_id)
        return {"forum": session.get_one(Forum, source.forum_id).slug, "source": source.key, **place}
    if row.turn_id is not None:
        words = {"start": row.start, "end": row.end} if row.start is not None else {}
        key = session.get_one(Turn, row.turn_id).key
        return {"turn": key, "version": row.turn_version, **words, **place}
    return None


def _named(session: Session, cited: Entry) -> Columns:
    if cited.document is not None:
        return {"document_id": find(session, Document, cited.document, "documents").id}
    if cited.source is not None:
        return {"source_id": _source(session, str(cited.forum), cited.source)}
    if cited.words is not None:
        return _said(session, str(cited.forum), cited.words)
    return _of_turn(session, cited)


def _source(session: Session, forum: str, key: str) -> int:
    forum_id = find(session, Forum, forum, "forums").id
    found = session.exec(select(Source.id).where(Source.forum_id == forum_id, Source.key == key)).one_or_none()
    if found is None:
        raise NotFound("“{forum}” has no source “{key}”; its key must stand under its sources.", forum=forum, key=key)
    return found


def _said(session: Session, forum: str, words: str) -> Columns:
    forum_id = find(session, Forum, forum, "forums").id
    turns = session.exec(
        select(Turn)
        .where(Turn.forum_id == forum_id, Turn.status == "current", col(Turn.kind).in_(QUOTABLE))
        .order_by(col(Turn.position))
    ).all()
    n, found = find_once(words, [turn.text for turn in turns])
    turn = turns[n]
    return {"turn_id": turn.id, "turn_version": turn.version, "start": found.start, "end": found.end}


def _of_turn(session: Session, cited: Entry) -> Columns:
    turn = session.exec(select(Turn).where(Turn.key == cited.turn)).one_or_none()
    if turn is None or turn.kind not in QUOTABLE:
        raise NotFound("There are no words somebody spoke under the key “{key}”.", key=str(cited.turn))
    version = cited.version or turn.version
    if version > turn.version:
        raise NotFound("“{key}” has no version {n}.", key=turn.key, n=version)
    if cited.end is not None and version == turn.version and cited.end > len(turn.text):
        raise Conflict("The words you chose are not in this place; choose them anew.")
    return {"turn_id": turn.id, "turn_version": version, "start": cited.start, "end": cited.end}
