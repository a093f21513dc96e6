"""Corrections: what we changed in public, when and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import Session, col

from transcripts.models import Correction, Person, Record, Speaker, Turn
from transcripts.queries import forums
from transcripts.queries.forums import ForumLine
from transcripts.queries.records import ever_shown


@dataclass(frozen=True)
class CorrectionLine:
    """One change: `before` and `after` are the words (or the labels, for a reassignment); `after` is empty for a removal.

    `undoes` is the id of the correction this one takes back; `undone` says that another has taken back this one. `person` is
    (slug, name) of whose words they are now, None for a voice linked to nobody.
    """

    id: int
    forum: ForumLine
    turn_key: str
    turn_status: str
    kind: str
    before: str
    after: str
    why: str
    by: str
    at: datetime
    requested_by: str | None = None
    version: int | None = None
    undoes: int | None = None
    undone: bool = False
    person: tuple[str, str] | None = None


def latest(session: Session, n: int, skip: int = 0) -> tuple[CorrectionLine, ...]:
    """The last n corrections before the last `skip`, the newest first."""
    return _lines(session, _asked().offset(skip).limit(n))


def which(session: Session, touched: ColumnElement[bool], n: int, skip: int = 0) -> tuple[CorrectionLine, ...]:
    """The last n corrections before the last `skip` among those where `touched` holds, the newest first."""
    return _lines(session, _asked().where(touched).offset(skip).limit(n))


def of_ids(session: Session, ids: Collection[int]) -> dict[int, CorrectionLine]:
    """Those corrections, by id."""
    return {line.id: line for line in _lines(session, _asked().where(col(Correction.id).in_(ids)))} if ids else {}


def of_forum(session: Session, forum_id: int) -> tuple[CorrectionLine, ...]:
    """Every correction to a forum's record, the newest first."""
    return _lines(session, _asked().where(col(Correction.forum_id) == forum_id))


def of_turns(session: Session, turn_ids: Collection[int]) -> dict[int, tuple[CorrectionLine, ...]]:
    """Corrections by the id of their turn, the newest first; turns without any are left out."""
    if not turn_ids:
        return {}
    rows = session.execute(_asked().where(col(Correction.turn_id).in_(turn_ids))).all()
    found: dict[int, list[CorrectionLine]] = {}
    for (correction, *_), line in zip(rows, _with_forums(session, rows), strict=True):
        found.setdefault(correction.turn_id, []).append(line)
    return {turn_id: tuple(lines) for turn_id, lines in found.items()}


def _asked() -> Select[*tuple[Any, ...]]:
    later = select(col(Correction.undoes_id)).where(col(Correction.undoes_id).is_not(None))
    return (
        select(Correction, Turn, col(Correction.id).in_(later), Person)
        .join(Turn, col(Turn.id) == col(Correction.turn_id))
        .outerjoin(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .outerjoin(Person, col(Person.id) == col(Speaker.person_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(ever_shown())
        .order_by(col(Correction.at).desc(), col(Correction.id).desc())
    )


def _lines(session: Session, asked: Select[*tuple[Any, ...]]) -> tuple[CorrectionLine, ...]:
    return tuple(_with_forums(session, session.execute(asked).all()))


def _with_forums(session: Session, rows: Any) -> list[CorrectionLine]:
    named = forums.lines(session, {correction.forum_id for correction, *_ in rows})
    return [
        CorrectionLine(
            id=correction.id,
            forum=named[correction.forum_id],
            turn_key=turn.key,
            turn_status=turn.status,
            kind=correction.kind,
            before=correction.before,
            after=correction.after,
            why=correction.why,
            by=correction.by,
            at=correction.at,
            requested_by=correction.requested_by,
            version=correction.version,
            undoes=correction.undoes_id,
            undone=bool(undone),
            person=(person.slug, person.name) if person else None,
        )
        for correction, turn, undone, person in rows
    ]
