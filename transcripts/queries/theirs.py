"""What the record says of one person beside their words: where they were heard, what became of questions, what was changed.

A turn is theirs where it is given to one of their voices now, or was in an earlier version: what was said of it was said of them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_
from sqlmodel import Session, col, select

from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound
from transcripts.models import (
    CHECKED,
    Correction,
    Exchange,
    ExchangeState,
    Forum,
    Person,
    PersonAlias,
    Record,
    Source,
    Speaker,
    Turn,
    TurnVersion,
)
from transcripts.people_tables import Attribution
from transcripts.queries.attributions import public
from transcripts.queries.forums import HEARD, ForumLine, line
from transcripts.queries.records import ever_shown, shown
from transcripts.vocabulary import ANSWERED


@dataclass(frozen=True)
class Named:
    """A person and the other names they go by everywhere."""

    id: int
    slug: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class HeardAt:
    """One voice of theirs: its role, and how much may be shown of what it said. `grade` is None while nothing is imported.

    `checked` counts what an editor went through, `answered` the questions they answered; `voice` is the name the file prints.
    """

    forum: ForumLine
    voice_id: int
    voice: str
    role: str
    credit: Bilingual | None
    grade: str | None
    source: str | None
    right: str | None
    turns: int
    words: int
    checked: int
    answered: int


@dataclass(frozen=True)
class StateLine:
    """A question they did not answer and what became of it; `set_by` is `rule` or `editor`."""

    forum: ForumLine
    key: str
    question: str
    lang: str
    state: str
    set_by: str
    note: Bilingual | None


def named(session: Session, slug: str) -> Named:
    """Who this is. Raises NotFound. Two statements."""
    person = session.exec(select(Person).where(Person.slug == slug)).one_or_none()
    if person is None or person.id is None:
        raise NotFound("There is nobody under the name “{slug}”.", slug=slug)
    everywhere = PersonAlias.person_id == person.id, col(PersonAlias.forum_id).is_(None)
    aliases = session.exec(select(PersonAlias.alias).where(*everywhere).order_by(col(PersonAlias.id)))
    return Named(person.id, person.slug, person.name, tuple(dict.fromkeys(aliases)))


def heard_at(session: Session, person_id: int) -> tuple[HeardAt, ...]:
    """Every voice of theirs, the newest forum first. One statement."""
    counted = (
        select(Turn.speaker_id, func.count(col(Turn.id)).label("turns"), func.sum(Turn.words).label("words"))
        .add_columns(func.sum(sqlalchemy.case((_checked(), 1), else_=0)).label("checked"))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(Turn.kind).in_(HEARD), shown())
        .group_by(col(Turn.speaker_id))
        .subquery()
    )
    answered = (
        select(func.count())
        .where(col(ExchangeState.speaker_id) == col(Speaker.id), ExchangeState.state == ANSWERED)
        .scalar_subquery()
    )
    rows = session.execute(
        sqlalchemy.select(Speaker, Forum, Record, Source, counted, answered)
        .join(Forum, col(Forum.id) == col(Speaker.forum_id))
        .outerjoin(Record, and_(col(Record.forum_id) == col(Forum.id), col(Record.is_published)))
        .outerjoin(Source, col(Source.id) == col(Record.source_id))
        .outerjoin(counted, counted.c.speaker_id == col(Speaker.id))
        .where(col(Speaker.person_id) == person_id)
        .order_by(col(Forum.held_on).desc(), col(Forum.id).desc(), col(Speaker.id))
    )
    return tuple(_heard(*row) for row in rows)


def _heard(
    voice: Speaker,
    forum: Forum,
    record: Record | None,
    source: Source | None,
    _voice_id: int | None,
    turns: int | None,
    words: int | None,
    checked: int | None,
    answered: int,
) -> HeardAt:
    return HeardAt(
        forum=line(forum),
        voice_id=voice.id or 0,
        voice=voice.name,
        role=voice.role,
        credit=both(voice.credit_en, voice.credit_es),
        grade=record.grade if record else None,
        source=(source.publisher or source.title) if source else None,
        right=record.publishing_right if record else None,
        turns=turns or 0,
        words=words or 0,
        checked=checked or 0,
        answered=answered,
    )


def _checked() -> ColumnElement[bool]:
    return func.coalesce(col(Turn.review), col(Record.grade)).in_(CHECKED)


def ever(person_id: int) -> Select[*tuple[Any, ...]]:
    """The ids of turns that are theirs or were."""
    voices = sqlalchemy.select(col(Speaker.id)).where(col(Speaker.person_id) == person_id)
    once = sqlalchemy.select(col(TurnVersion.turn_id)).where(col(TurnVersion.speaker_id).in_(voices))
    return sqlalchemy.select(col(Turn.id)).where(or_(col(Turn.speaker_id).in_(voices), col(Turn.id).in_(once)))


def unanswered(person_id: int) -> Select[*tuple[Any, ...]]:
    """The questions put to them that they did not answer, the newest forum first."""
    return (
        sqlalchemy.select(ExchangeState, Exchange, Turn, Forum)
        .join(Speaker, col(Speaker.id) == col(ExchangeState.speaker_id))
        .join(Exchange, col(Exchange.id) == col(ExchangeState.exchange_id))
        .join(Turn, col(Turn.id) == col(Exchange.question_turn_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .join(Forum, col(Forum.id) == col(Exchange.forum_id))
        .where(col(Speaker.person_id) == person_id, col(ExchangeState.state) != ANSWERED, shown())
        .order_by(col(Forum.held_on).desc(), col(Forum.id).desc(), col(Exchange.position), col(Exchange.id))
    )


def states(session: Session, person_id: int, n: int, skip: int) -> tuple[StateLine, ...]:
    """A part of `unanswered`, as readers see it. One statement."""
    rows = session.execute(unanswered(person_id).offset(skip).limit(n))
    return tuple(
        StateLine(
            forum=line(forum),
            key=turn.key,
            question=turn.text,
            lang=turn.lang,
            state=state.state,
            set_by=state.set_by,
            note=both(state.note_en, state.note_es),
        )
        for state, _, turn, forum in rows
    )


def corrected(person_id: int, voices: Collection[int]) -> ColumnElement[bool]:
    """Which corrections touch them: of their turns, and of what became of a question put to one of these voices."""
    told = [col(Correction.detail).contains(f'"speaker": {voice},', autoescape=True) for voice in voices]
    theirs = ever(person_id)
    return or_(
        col(Correction.turn_id).in_(theirs),
        col(Correction.other_id).in_(theirs),
        and_(col(Correction.kind) == "state", or_(sqlalchemy.false(), *told)),
    )


def identified(person: Named) -> ColumnElement[bool]:
    """Which changes of who a voice is touch them: of their voices, and those by which a voice became or ceased to be theirs."""
    voices = sqlalchemy.select(col(Speaker.id)).where(col(Speaker.person_id) == person.id)
    return or_(
        col(Attribution.speaker_id).in_(voices), col(Attribution.cells).contains(f'"{person.slug}"', autoescape=True)
    )


def counted(person: Named, voices: Collection[int]) -> dict[str, ScalarSelect[int]]:
    """How many questions not answered, corrections and changes of a voice there are to show, to be asked with other counts."""
    questions = unanswered(person.id).with_only_columns(col(Exchange.id)).order_by(None)
    corrections = (
        sqlalchemy.select(func.count())
        .select_from(Correction)
        .join(Turn, col(Turn.id) == col(Correction.turn_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(ever_shown(), corrected(person.id, voices))
    )
    changes = sqlalchemy.select(func.count()).select_from(Attribution).where(public(), identified(person))
    return {
        "questions": sqlalchemy.select(func.count()).select_from(questions.subquery()).scalar_subquery(),
        "corrections": corrections.scalar_subquery(),
        "changes": changes.scalar_subquery(),
    }
