"""The voice pass: the blocks of a record as somebody listens through them, who was named, what a run sheet proposes."""

from dataclasses import dataclass

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from transcripts.desk_models import VoiceMark, VoiceProposal
from transcripts.models import Person, Record, Speaker, Turn
from transcripts.vocabulary import SPOKEN


@dataclass(frozen=True)
class Block:
    """One block of words. `speaker` is None while nobody is named; `proposed` is who a run sheet says it may be."""

    key: str
    version: int
    position: int
    text: str
    lang: str
    start_ms: int | None
    end_ms: int | None
    speaker_id: int | None
    speaker: str | None
    proposed_id: int | None
    proposed: str | None
    sure: bool
    why: str


@dataclass(frozen=True)
class Progress:
    """How far a pass has come: blocks of speech, those with a voice, those with a proposal; `marks` that can be taken back."""

    blocks: int
    named: int
    proposed: int
    marks: int


@dataclass(frozen=True)
class Voice:
    """Somebody who can be chosen by key. `value` is the voice's id, or the slug of a person who has none at this forum yet."""

    value: str
    name: str
    role: str
    person: str | None = None


def record_of(session: Session, forum_id: int) -> int | None:
    """The published record of a forum; None where there is none yet."""
    return session.exec(select(Record.id).where(Record.forum_id == forum_id, col(Record.is_published))).first()


def _speech(record_id: int) -> tuple[ColumnElement[bool], ...]:
    return col(Turn.record_id) == record_id, col(Turn.status) == "current", col(Turn.kind).in_(SPOKEN)


def blocks(session: Session, record_id: int, start: int, most: int) -> list[Block]:
    """Up to `most` blocks of speech from the one at index `start` (from 0) on."""
    named, maybe = aliased(Speaker), aliased(Speaker)
    rows = session.execute(
        sqlalchemy.select(
            Turn, col(named.name), col(maybe.id), col(maybe.name), col(VoiceProposal.sure), col(VoiceProposal.why)
        )
        .outerjoin(named, col(named.id) == col(Turn.speaker_id))
        .outerjoin(VoiceProposal, col(VoiceProposal.turn_id) == col(Turn.id))
        .outerjoin(maybe, col(maybe.id) == col(VoiceProposal.speaker_id))
        .where(*_speech(record_id))
        .order_by(col(Turn.position), col(Turn.id))
        .offset(start)
        .limit(most)
    )
    return [
        Block(
            turn.key,
            turn.version,
            turn.position,
            turn.text,
            turn.lang,
            turn.start_ms,
            turn.end_ms,
            turn.speaker_id,
            name,
            proposed_id,
            proposed,
            bool(sure),
            why or "",
        )
        for turn, name, proposed_id, proposed, sure, why in rows
    ]


def index_of(session: Session, record_id: int, key: str | None) -> int | None:
    """The index, among the blocks of speech, of the one with this key; None where there is none."""
    here = select(Turn.position).where(Turn.record_id == record_id, Turn.key == key).scalar_subquery()
    found = session.exec(
        select(func.count()).select_from(Turn).where(*_speech(record_id), col(Turn.position) < here)
    ).one()
    return found if key is not None else None


def unsure(session: Session, record_id: int, start: int) -> int | None:
    """The index of the first block from `start` on that nobody is named for; None where all of them are."""
    speech = _speech(record_id)
    order = (col(Turn.position), col(Turn.id))
    numbered = select(Turn.speaker_id, func.row_number().over(order_by=order).label("n")).where(*speech).subquery()
    asked = select(func.min(numbered.c.n)).where(numbered.c.n > start, numbered.c.speaker_id.is_(None))
    found = session.execute(asked).scalar_one()
    return None if found is None else int(found) - 1


def progress(session: Session, forum_id: int, record_id: int) -> Progress:
    """How far the pass of a forum has come."""
    speech = _speech(record_id)
    total, named = session.execute(select(func.count(), func.count(col(Turn.speaker_id))).where(*speech)).one()
    proposed = session.exec(
        select(func.count())
        .select_from(VoiceProposal)
        .join(Turn, col(Turn.id) == col(VoiceProposal.turn_id))
        .where(*speech)
    ).one()
    marks = session.exec(
        select(func.count())
        .select_from(VoiceMark)
        .where(VoiceMark.forum_id == forum_id, col(VoiceMark.undone_at).is_(None))
    ).one()
    return Progress(total, named, proposed, marks)


def last_marked(session: Session, forum_id: int) -> str | None:
    """The key of the block where the last mark stands: where to go on listening."""
    return session.exec(
        select(Turn.key)
        .join(VoiceMark, col(VoiceMark.turn_id) == col(Turn.id))
        .where(VoiceMark.forum_id == forum_id, col(VoiceMark.undone_at).is_(None))
        .order_by(col(VoiceMark.id).desc())
        .limit(1)
    ).first()


def voices(session: Session, forum_id: int) -> list[Voice]:
    """Every voice of a forum, in the order they were added."""
    rows = session.execute(
        sqlalchemy.select(col(Speaker.id), col(Speaker.name), col(Speaker.role), col(Person.slug))
        .outerjoin(Person, col(Person.id) == col(Speaker.person_id))
        .where(col(Speaker.forum_id) == forum_id, col(Speaker.joined_to_id).is_(None))
        .order_by(col(Speaker.id))
    )
    return [Voice(str(id), name, role, slug) for id, name, role, slug in rows]
