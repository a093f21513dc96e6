"""What the search index takes from the record: the words that may be found, and who said them where."""

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import Select, and_, case, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from transcripts.models import Correction, Forum, MediaPart, Person, Record, Speaker, Turn, TurnVersion
from transcripts.queries.records import ever_shown, shown
from transcripts.vocabulary import TurnKind

FOUND = (TurnKind.SPEECH, TurnKind.RECAP_QUOTE, TurnKind.PARAPHRASE)
"""The kinds of turn search finds: somebody's words. Procedure, scenes and the narration of a report are not."""


@dataclass(frozen=True)
class Spoken:
    """One turn that search may find. `voice` is the name printed at the forum and `voice_id` its id, `person` the linked person's.

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
    voice_id: int | None


def of_turns(session: Session, keys: Sequence[str]) -> tuple[Spoken, ...]:
    """Those of the turns that search may find. Two statements where none of them is part of a divided turn."""
    return _read(session, session.execute(_found().where(col(Turn.key).in_(keys))).all())


def every(session: Session, size: int, last: int = 0) -> Iterator[tuple[Spoken, ...]]:
    """All turns that search may find, `size` at a time, in the order they were stored: those behind the id `last`."""
    while True:
        rows = session.execute(_found().where(col(Turn.id) > last).order_by(col(Turn.id)).limit(size)).all()
        if not rows:
            return
        yield _read(session, rows)
        last = rows[-1][0]


def count(session: Session) -> int:
    """How many turns search should find."""
    return session.exec(
        select(func.count(col(Turn.id))).join(Record, col(Record.id) == col(Turn.record_id)).where(_findable())
    ).one()


def of_voices(session: Session, speaker_ids: Collection[int], turn_ids: Collection[int], n: int) -> tuple[Spoken, ...]:
    """What some voices said, and some other turns, as far as search may find them: n in all at most, the latest first. Two statements."""
    if not speaker_ids and not turn_ids:
        return ()
    asked = _found().where(or_(col(Turn.speaker_id).in_(speaker_ids), col(Turn.id).in_(turn_ids)))
    return _read(session, session.execute(asked.order_by(col(Turn.id).desc()).limit(n)).all())


def as_they_were(session: Session, correction_ids: Collection[int]) -> dict[int, Spoken]:
    """By the id of a correction, the turn in its words, its voice and its kind before it: where search could find that. One statement.

    Words that were withheld since are in no version.
    """
    if not correction_ids:
        return {}
    before = and_(
        col(TurnVersion.turn_id) == col(Correction.turn_id), col(TurnVersion.n) == col(Correction.version) - 1
    )
    asked = (
        _spoken(TurnVersion)
        .join(Correction, before)
        .add_columns(col(Correction.id))
        .where(
            col(Correction.id).in_(correction_ids),
            col(TurnVersion.kind).in_(FOUND),
            col(Record.is_published),
            ever_shown(),
        )
    )
    return {row[-1]: Spoken(*row[:-1]) for row in session.execute(asked)}


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


def _found() -> Select[Any]:
    return _spoken().where(_findable())


def _findable() -> Any:
    return and_(col(Turn.kind).in_(FOUND), col(Record.is_published), shown())


_PART_VIDEO = (
    sqlalchemy.select(col(MediaPart.video_url))
    .where(col(MediaPart.forum_id) == col(Turn.forum_id), col(MediaPart.part) == col(Turn.part))
    .scalar_subquery()
)
_WHOLE_VIDEO = case((col(Turn.part) == 0, col(Forum.video_url)))
_FIRST = aliased(TurnVersion)
_CAME = (
    sqlalchemy.select(col(_FIRST.at)).where(col(_FIRST.turn_id) == col(Turn.id), col(_FIRST.n) == 1).scalar_subquery()
)


def _spoken(words: type[Turn] | type[TurnVersion] = Turn) -> Select[Any]:
    """The columns of Spoken, in its order, with the words, the kind and the voice of the turn as it is or of a version of it."""
    columns: tuple[Any, ...] = (
        col(Turn.id),
        col(Turn.forum_id),
        col(Turn.key),
        col(Turn.position),
        col(words.kind),
        col(words.text),
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
        func.coalesce(_CAME, col(Record.imported_at)),
        col(Speaker.id),
    )
    asked = sqlalchemy.select(*columns).select_from(Turn)
    if words is TurnVersion:
        asked = asked.join(TurnVersion, col(TurnVersion.turn_id) == col(Turn.id))
    return (
        asked.join(Forum, col(Forum.id) == col(Turn.forum_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .outerjoin(Speaker, col(Speaker.id) == col(words.speaker_id))
        .outerjoin(Person, col(Person.id) == col(Speaker.person_id))
    )
