"""What the search index takes from the record: the words that may be found, and who said them where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy
from sqlalchemy import Select, and_, case, func
from sqlmodel import Session, col, select

from transcripts.models import Forum, MediaPart, Person, Record, Speaker, Turn
from transcripts.queries.records import shown
from transcripts.vocabulary import TurnKind

FOUND = (TurnKind.SPEECH, TurnKind.RECAP_QUOTE, TurnKind.PARAPHRASE)
"""The kinds of turn search finds: somebody's words. Procedure, scenes and the narration of a report are not."""


@dataclass(frozen=True)
class Spoken:
    """One turn that search may find. `voice` is the name printed at the forum, `person` the linked person's."""

    turn_id: int
    forum_id: int
    key: str
    position: int
    kind: str
    text: str
    lang: str
    has_video: bool
    person_id: int | None
    person_slug: str | None
    person: str | None
    voice: str | None
    role: str | None
    forum: str
    held_on: date
    city: str | None
    grade: str


def of_turns(session: Session, keys: Sequence[str]) -> tuple[Spoken, ...]:
    """Those of the turns that search may find. One statement."""
    return tuple(Spoken(*row) for row in session.execute(_spoken().where(col(Turn.key).in_(keys))))


def every(session: Session, size: int) -> Iterator[tuple[Spoken, ...]]:
    """All turns that search may find, `size` at a time, in the order they were stored."""
    last = 0
    while True:
        rows = session.execute(_spoken().where(col(Turn.id) > last).order_by(col(Turn.id)).limit(size)).all()
        if not rows:
            return
        yield tuple(Spoken(*row) for row in rows)
        last = rows[-1][0]


def count(session: Session) -> int:
    """How many turns search should find."""
    return session.exec(
        select(func.count(col(Turn.id))).join(Record, col(Record.id) == col(Turn.record_id)).where(_findable())
    ).one()


def _findable() -> Any:
    return and_(col(Turn.kind).in_(FOUND), col(Record.is_published), shown())


_PART_VIDEO = (
    sqlalchemy.select(col(MediaPart.video_url))
    .where(col(MediaPart.forum_id) == col(Turn.forum_id), col(MediaPart.part) == col(Turn.part))
    .scalar_subquery()
)
_WHOLE_VIDEO = case((col(Turn.part) == 0, col(Forum.video_url)))

_COLUMNS: tuple[Any, ...] = (
    col(Turn.id),
    col(Turn.forum_id),
    col(Turn.key),
    col(Turn.position),
    col(Turn.kind),
    col(Turn.text),
    col(Turn.lang),
    func.coalesce(_PART_VIDEO, _WHOLE_VIDEO).is_not(None),
    col(Person.id),
    col(Person.slug),
    col(Person.name),
    col(Speaker.name),
    col(Speaker.role),
    col(Forum.slug),
    col(Forum.held_on),
    col(Forum.city),
    col(Record.grade),
)


def _spoken() -> Select[Any]:
    """The columns of Spoken, in its order."""
    return (
        sqlalchemy.select(*_COLUMNS)
        .select_from(Turn)
        .join(Forum, col(Forum.id) == col(Turn.forum_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .outerjoin(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .outerjoin(Person, col(Person.id) == col(Speaker.person_id))
        .where(_findable())
    )
