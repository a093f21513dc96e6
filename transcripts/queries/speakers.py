"""Speakers: a person with the forums where they were heard, and a voice nobody has named yet."""

from dataclasses import dataclass

import sqlalchemy
from sqlalchemy import and_, func
from sqlmodel import Session, col, select

from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound
from transcripts.models import Person, PersonAlias, Record, Speaker, SpeakerLabel, Turn
from transcripts.people_tables import PersonRedirect
from transcripts.queries import forums, turns
from transcripts.queries.forums import HEARD, ForumLine
from transcripts.queries.records import shown
from transcripts.queries.turns import Turns


@dataclass(frozen=True)
class Appearance:
    """A person's role at one forum, and how much of what they said may be shown."""

    forum: ForumLine
    speaker_id: int
    role: str
    turns: int
    words: int


@dataclass(frozen=True)
class PersonView:
    """A person and everywhere they were heard, the newest forum first."""

    id: int
    slug: str
    name: str
    sort_name: str
    aliases: tuple[str, ...]
    appearances: tuple[Appearance, ...]

    @property
    def turns(self) -> int:
        """How many turns of theirs may be shown."""
        return sum(appearance.turns for appearance in self.appearances)


@dataclass(frozen=True)
class PersonLine:
    """A person in a list, with counts over every forum."""

    slug: str
    name: str
    sort_name: str
    forums: int
    turns: int


@dataclass(frozen=True)
class VoiceView:
    """One voice at one forum that is linked to nobody; `why` says why."""

    id: int
    name: str
    role: str
    credit: Bilingual | None
    labels: tuple[str, ...]
    why: str
    forum: ForumLine
    turns: int


def by_slug(session: Session, slug: str) -> PersonView:
    """A person and everywhere they were heard. Raises NotFound."""
    person = session.exec(select(Person).where(Person.slug == slug)).one_or_none()
    if person is None or person.id is None:
        raise NotFound("There is nobody under the name “{slug}”.", slug=slug)
    aliases = session.exec(
        select(PersonAlias.alias)
        .where(PersonAlias.person_id == person.id, col(PersonAlias.forum_id).is_(None))
        .order_by(col(PersonAlias.id))
    )
    return PersonView(
        id=person.id,
        slug=person.slug,
        name=person.name,
        sort_name=person.sort_name,
        aliases=tuple(dict.fromkeys(aliases)),
        appearances=_appearances(session, person.id),
    )


def moved_to(session: Session, slug: str) -> str | None:
    """The slug of the person that somebody of this slug turned out to be; None where nobody did."""
    led = select(Person.slug).join(PersonRedirect, col(PersonRedirect.person_id) == col(Person.id))
    return session.exec(led.where(PersonRedirect.slug == slug)).one_or_none()


def listed(session: Session) -> tuple[PersonLine, ...]:
    """Everybody we know, by name as sorted in a register."""
    rows = session.execute(
        sqlalchemy.select(
            col(Person.slug),
            col(Person.name),
            col(Person.sort_name),
            func.count(func.distinct(Speaker.forum_id)),
            func.count(col(Record.id)),
        )
        .outerjoin(Speaker, col(Speaker.person_id) == col(Person.id))
        .outerjoin(Turn, and_(col(Turn.speaker_id) == col(Speaker.id), col(Turn.kind).in_(HEARD)))
        .outerjoin(Record, and_(col(Record.id) == col(Turn.record_id), shown()))
        .group_by(col(Person.id))
        .order_by(col(Person.sort_name), col(Person.id))
    )
    return tuple(PersonLine(*row) for row in rows)


def turns_of(session: Session, person_id: int, page: int = 1, size: int = 20) -> Turns:
    """What a person said, the newest forum first."""
    return turns.paged(session, and_(col(Speaker.person_id) == person_id, col(Turn.kind).in_(HEARD)), page, size)


def voice(session: Session, speaker_id: int) -> VoiceView:
    """One voice at one forum, whether or not it is linked. Raises NotFound."""
    speaker = session.get(Speaker, speaker_id)
    if speaker is None or speaker.id is None:
        raise NotFound("There is no such voice.")
    labels = session.exec(
        select(SpeakerLabel.label).where(SpeakerLabel.speaker_id == speaker_id).order_by(col(SpeakerLabel.id))
    )
    return VoiceView(
        id=speaker.id,
        name=speaker.name,
        role=speaker.role,
        credit=both(speaker.credit_en, speaker.credit_es),
        labels=tuple(labels),
        why=speaker.why,
        forum=forums.lines(session, [speaker.forum_id])[speaker.forum_id],
        turns=turns_of_voice(session, speaker_id, 1, 1).total,
    )


def turns_of_voice(session: Session, speaker_id: int, page: int = 1, size: int = 20) -> Turns:
    """What one voice said at its forum."""
    return turns.paged(session, and_(col(Speaker.id) == speaker_id, col(Turn.kind).in_(HEARD)), page, size)


def _appearances(session: Session, person_id: int) -> tuple[Appearance, ...]:
    counted = (
        select(Turn.speaker_id, func.count(col(Turn.id)).label("turns"), func.sum(Turn.words).label("words"))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(Turn.kind).in_(HEARD), shown())
        .group_by(col(Turn.speaker_id))
        .subquery()
    )
    rows = session.exec(
        select(Speaker, counted.c.turns, counted.c.words)
        .outerjoin(counted, counted.c.speaker_id == Speaker.id)
        .where(Speaker.person_id == person_id)
    ).all()
    named = forums.lines(session, {speaker.forum_id for speaker, _, _ in rows})
    found = [
        Appearance(named[speaker.forum_id], speaker.id or 0, speaker.role, said or 0, words or 0)
        for speaker, said, words in rows
    ]
    return tuple(sorted(found, key=lambda a: (a.forum.held_on, a.forum.id), reverse=True))
