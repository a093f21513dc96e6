"""Forums: the latest, one with everything a page says about it, and the short line that stands beside a turn."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func
from sqlmodel import Session, col, select

from transcripts import addresses
from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound
from transcripts.models import (
    Forum,
    ForumOrganisation,
    MediaPart,
    Organisation,
    Person,
    Record,
    Source,
    Speaker,
    SpeakerLabel,
    Turn,
)
from transcripts.queries import records
from transcripts.queries.records import RecordLine, SourceLine, shown
from transcripts.vocabulary import Role, TurnKind

HEARD = (TurnKind.SPEECH, TurnKind.RECAP_QUOTE)
"""The kinds of turn that are somebody's words: in a transcript, and in a report."""


@dataclass(frozen=True)
class ForumLine:
    """A forum in one line. `held_on` is its local day in `zone`."""

    id: int
    slug: str
    title: Bilingual
    kind: str
    held_on: date
    zone: str
    venue: str | None
    city: str | None
    language: str
    video_url: str | None
    fictional: bool


@dataclass(frozen=True)
class Listed:
    """A forum in a list: its published record (None before the first import) and how much may be shown of it."""

    forum: ForumLine
    record: RecordLine | None
    turns: int
    words: int


@dataclass(frozen=True)
class OrganisationLine:
    """A body and everything it was to the forum (organiser, host, publisher, questioners)."""

    slug: str
    name: str
    roles: tuple[str, ...]
    interest: Bilingual | None
    url: str | None


@dataclass(frozen=True)
class SpeakerLine:
    """One voice at one forum. `person_slug` is None for a voice that is not linked, and `why` says why.

    `turns` and `words` count speech that may be shown, in the published record only.
    """

    id: int
    name: str
    role: str
    person_slug: str | None
    sort_name: str
    credit: Bilingual | None
    labels: tuple[str, ...]
    why: str
    turns: int
    words: int


@dataclass(frozen=True)
class ForumView:
    """Everything a forum's page says above its transcript. `records` are those that stand, the published one first."""

    line: ForumLine
    attendance: int | None
    summary: Bilingual | None
    organisations: tuple[OrganisationLine, ...]
    sources: tuple[SourceLine, ...]
    records: tuple[RecordLine, ...]
    speakers: tuple[SpeakerLine, ...]
    videos: dict[int, str]

    @property
    def published(self) -> RecordLine | None:
        """The record readers see; None while nothing has been imported."""
        return next((record for record in self.records if record.is_published), None)

    def with_role(self, role: Role) -> tuple[SpeakerLine, ...]:
        """The speakers who had that role here, by name as sorted in a register."""
        return tuple(sorted((s for s in self.speakers if s.role == role), key=lambda s: (s.sort_name, s.id)))


def line(forum: Forum) -> ForumLine:
    """One row of `forum` as readers see it."""
    assert forum.id is not None
    return ForumLine(
        id=forum.id,
        slug=forum.slug,
        title=Bilingual(forum.title_en, forum.title_es),
        kind=forum.kind,
        held_on=forum.held_on,
        zone=forum.zone,
        venue=forum.venue,
        city=forum.city,
        language=forum.language,
        video_url=addresses.linked(forum.video_url),
        fictional=forum.fictional,
    )


def lines(session: Session, ids: Collection[int]) -> dict[int, ForumLine]:
    """Forums by their id."""
    if not ids:
        return {}
    return {found.id: found for found in map(line, session.exec(select(Forum).where(col(Forum.id).in_(ids))))}


def latest(session: Session, n: int) -> tuple[Listed, ...]:
    """The n forums held last, the newest first."""
    return _listed(session, select(Forum.id).order_by(col(Forum.held_on).desc(), col(Forum.id).desc()).limit(n))


def every(session: Session) -> tuple[Listed, ...]:
    """All forums, the newest first."""
    return _listed(session, select(Forum.id))


def by_slug(session: Session, slug: str) -> ForumView:
    """Everything about one forum but its words. Raises NotFound."""
    forum = session.exec(select(Forum).where(Forum.slug == slug)).one_or_none()
    if forum is None or forum.id is None:
        raise NotFound("There is no forum “{slug}”.", slug=slug)
    standing = records.of_forum(session, forum.id)
    published = next((record.id for record in standing if record.is_published), None)
    held = {record.source.id for record in standing if record.source}
    sources = session.exec(select(Source).where(Source.forum_id == forum.id).order_by(col(Source.id)))
    videos = session.exec(select(MediaPart.part, MediaPart.video_url).where(MediaPart.forum_id == forum.id))
    return ForumView(
        line=line(forum),
        attendance=forum.attendance,
        summary=both(forum.summary_en, forum.summary_es),
        organisations=_organisations(session, forum.id),
        sources=tuple(records.source_line(source, source.id in held) for source in sources),
        records=standing,
        speakers=_speakers(session, forum.id, published),
        videos=dict(videos.all()),
    )


def _listed(session: Session, ids: Select[Any]) -> tuple[Listed, ...]:
    counted = (
        select(Record.id, func.count(col(Turn.id)).label("turns"), func.sum(Turn.words).label("words"))
        .join(Turn, and_(col(Turn.record_id) == col(Record.id), shown()))
        .where(col(Record.is_published))
        .group_by(col(Record.id))
        .subquery()
    )
    rows = session.exec(
        select(Forum, Record.id, counted.c.turns, counted.c.words)
        .outerjoin(Record, and_(col(Record.forum_id) == col(Forum.id), col(Record.is_published)))
        .outerjoin(counted, counted.c.id == Record.id)
        .where(col(Forum.id).in_(ids))
        .order_by(col(Forum.held_on).desc(), col(Forum.id).desc())
    ).all()
    published = records.lines(session, {record_id for _, record_id, _, _ in rows if record_id is not None})
    return tuple(
        Listed(line(forum), published.get(record_id) if record_id else None, turns or 0, words or 0)
        for forum, record_id, turns, words in rows
    )


def _organisations(session: Session, forum_id: int) -> tuple[OrganisationLine, ...]:
    rows = session.exec(
        select(Organisation, ForumOrganisation.role)
        .join(ForumOrganisation, col(ForumOrganisation.organisation_id) == col(Organisation.id))
        .where(ForumOrganisation.forum_id == forum_id)
        .order_by(col(Organisation.name), col(ForumOrganisation.role))
    )
    roles: dict[str, list[str]] = defaultdict(list)
    bodies: dict[str, Organisation] = {}
    for body, role in rows:
        roles[body.slug].append(role)
        bodies[body.slug] = body
    return tuple(
        OrganisationLine(slug, body.name, tuple(roles[slug]), both(body.interest_en, body.interest_es), body.url)
        for slug, body in bodies.items()
    )


def _speakers(session: Session, forum_id: int, record_id: int | None) -> tuple[SpeakerLine, ...]:
    labels: dict[int, list[str]] = defaultdict(list)
    for speaker_id, label in session.exec(
        select(SpeakerLabel.speaker_id, SpeakerLabel.label)
        .where(SpeakerLabel.forum_id == forum_id)
        .order_by(col(SpeakerLabel.id))
    ):
        labels[speaker_id].append(label)
    counted = (
        select(Turn.speaker_id, func.count(col(Turn.id)).label("turns"), func.sum(Turn.words).label("words"))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(Turn.record_id) == record_id, col(Turn.kind).in_(HEARD), shown())
        .group_by(col(Turn.speaker_id))
        .subquery()
    )
    rows = session.exec(
        select(Speaker, Person, counted.c.turns, counted.c.words)
        .outerjoin(Person, col(Person.id) == col(Speaker.person_id))
        .outerjoin(counted, counted.c.speaker_id == Speaker.id)
        .where(Speaker.forum_id == forum_id, col(Speaker.joined_to_id).is_(None))
        .order_by(col(Speaker.id))
    )
    return tuple(
        SpeakerLine(
            id=speaker.id or 0,
            name=person.name if person else speaker.name,
            role=speaker.role,
            person_slug=person.slug if person else None,
            sort_name=person.sort_name if person else speaker.name,
            credit=both(speaker.credit_en, speaker.credit_es),
            labels=tuple(labels[speaker.id or 0]),
            why=speaker.why,
            turns=turns or 0,
            words=words or 0,
        )
        for speaker, person, turns, words in rows
    )
