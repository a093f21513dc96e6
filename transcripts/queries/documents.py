"""What the search index takes from the record: the words that may be found, and who said them where."""

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import Select, and_, case, func
from sqlmodel import Session, col, select

from transcripts.models import Correction, Forum, MediaPart, Person, Record, Speaker, Turn, TurnVersion
from transcripts.queries.records import shown
from transcripts.vocabulary import TurnKind

FOUND = (TurnKind.SPEECH, TurnKind.RECAP_QUOTE, TurnKind.PARAPHRASE)
"""The kinds of turn search finds: somebody's words. Procedure, scenes and the narration of a report are not."""


@dataclass(frozen=True)
class Spoken:
    """One turn that search may find. `voice` is the name printed at the forum, `person` the linked person's.

    `came` is when its words came into the record: a part of a divided turn came in with the whole.
    """

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
    came: datetime


def of_turns(session: Session, keys: Sequence[str]) -> tuple[Spoken, ...]:
    """Those of the turns that search may find. Two statements where none of them is part of a divided turn."""
    return _read(session, session.execute(_spoken().where(col(Turn.key).in_(keys))).all())


def every(session: Session, size: int, last: int = 0) -> Iterator[tuple[Spoken, ...]]:
    """All turns that search may find, `size` at a time, in the order they were stored: those behind the id `last`."""
    while True:
        rows = session.execute(_spoken().where(col(Turn.id) > last).order_by(col(Turn.id)).limit(size)).all()
        if not rows:
            return
        yield _read(session, rows)
        last = rows[-1][0]


def count(session: Session) -> int:
    """How many turns search should find."""
    return session.exec(
        select(func.count(col(Turn.id))).join(Record, col(Record.id) == col(Turn.record_id)).where(_findable())
    ).one()


def _read(session: Session, rows: Sequence[Any]) -> tuple[Spoken, ...]:
    spoken = tuple(Spoken(*row) for row in rows)
    wholes = _wholes(session, {turn.turn_id for turn in spoken})
    came = _came(session, set(wholes.values()))
    return tuple(replace(one, came=came[wholes[one.turn_id]]) if one.turn_id in wholes else one for one in spoken)


def _wholes(session: Session, ids: Set[int]) -> dict[int, int]:
    """For each part of a divided turn, the turn it came in as, however often that was divided. One statement for each time and one.

    Taking back that two turns were joined divides nothing: either came in by itself.
    """
    divided = select(Correction.other_id, Correction.turn_id).where(
        Correction.kind == "split", col(Correction.undoes_id).is_(None)
    )
    above: dict[int, int] = {}
    asked = set(ids)
    while asked:
        found = {
            part or 0: whole for part, whole in session.execute(divided.where(col(Correction.other_id).in_(asked)))
        }
        asked = set(found.values()) - above.keys()
        above |= found
    wholes = {}
    for id in ids & above.keys():
        whole = above[id]
        while whole in above:
            whole = above[whole]
        wholes[id] = whole
    return wholes


def _came(session: Session, ids: Collection[int]) -> dict[int, datetime]:
    if not ids:
        return {}
    first = select(TurnVersion.turn_id, TurnVersion.at).where(TurnVersion.n == 1, col(TurnVersion.turn_id).in_(ids))
    return dict(session.execute(first).all())


def _findable() -> Any:
    return and_(col(Turn.kind).in_(FOUND), col(Record.is_published), shown())


_PART_VIDEO = (
    sqlalchemy.select(col(MediaPart.video_url))
    .where(col(MediaPart.forum_id) == col(Turn.forum_id), col(MediaPart.part) == col(Turn.part))
    .scalar_subquery()
)
_FIRST = (
    sqlalchemy.select(col(TurnVersion.at))
    .where(col(TurnVersion.turn_id) == col(Turn.id), col(TurnVersion.n) == 1)
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
    func.coalesce(_FIRST, col(Record.imported_at)),
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
