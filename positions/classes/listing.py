"""A teacher's classes and a class's assignments, as lists of them: nothing of what students made of one."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy
from sqlmodel import Session, col, select

from positions.classes.models import Assignment, ClassRoom, Submission
from positions.classes.visibility import State
from transcripts.bilingual import Bilingual
from transcripts.errors import NotFound
from transcripts.models import Forum


@dataclass(frozen=True)
class Listed:
    """An assignment in a list. `state` is that of the student who looks, None for the teacher."""

    key: str
    title: str
    forum_title: Bilingual
    due_at: datetime | None
    revealed: bool
    state: State | None


@dataclass(frozen=True)
class Room:
    """A teacher's own class, for pages about what it is given."""

    id: int
    key: str
    title: str
    lang: str
    comments: bool
    paused: bool


def room(session: Session, key: str, teacher: int) -> Room:
    """A class of this teacher. Raises NotFound."""
    one = session.exec(select(ClassRoom).where(ClassRoom.key == key, ClassRoom.teacher == teacher)).first()
    if one is None:
        raise NotFound("There is no such class.")
    return _room(one)


def rooms_of(session: Session, teacher: int) -> tuple[Room, ...]:
    """A teacher's own classes, the newest first."""
    rows = session.exec(select(ClassRoom).where(ClassRoom.teacher == teacher).order_by(col(ClassRoom.id).desc()))
    return tuple(_room(one) for one in rows)


def _room(one: ClassRoom) -> Room:
    assert one.id is not None
    return Room(one.id, one.key, one.title, one.lang, one.comments, one.paused_at is not None)


def assignments_of(session: Session, class_id: int, member: int | None = None) -> tuple[Listed, ...]:
    """The assignments of a class, the newest first; with the state of one student's work where `member` is given."""
    rows = session.exec(
        select(Assignment, Forum.title_en, Forum.title_es, Submission.state)
        .join(Forum, col(Forum.id) == col(Assignment.forum_id))
        .outerjoin(
            Submission,
            sqlalchemy.and_(
                col(Submission.assignment_id) == col(Assignment.id),
                col(Submission.member_id) == (member if member is not None else -1),
            ),
        )
        .where(col(Assignment.class_id) == class_id)
        .order_by(col(Assignment.id).desc())
    )
    return tuple(
        Listed(
            one.key,
            one.title,
            Bilingual(en, es),
            one.due_at,
            one.revealed_at is not None,
            None if member is None else State(state or State.DRAFT),
        )
        for one, en, es, state in rows
    )
