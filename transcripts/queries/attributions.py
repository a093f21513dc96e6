"""What editors said about who a voice is: every change in public, the newest first."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlmodel import Session, col

from transcripts.errors import NotFound
from transcripts.models import Person, Record, Speaker, SpeakerLabel
from transcripts.people_tables import Attribution
from transcripts.queries import forums
from transcripts.queries.forums import ForumLine
from transcripts.vocabulary import Right


@dataclass(frozen=True)
class AttributionLine:
    """One change: `before` and `after` are the persons (or roles) as readers see them, empty for nobody.

    `undone` says that another change took it back; `undoes_id` is the change that this one took back.
    """

    id: int
    forum: ForumLine
    speaker_id: int
    voice: str
    kind: str
    label: str | None
    before: str
    after: str
    why: str
    by: str
    at: datetime
    undoes_id: int | None
    undone: bool


@dataclass(frozen=True)
class LabelHeld:
    """The voice a printed label stands for at a forum: the slug of its person, its role; `seen` is for `attributing`."""

    speaker_id: int
    person: str | None
    role: str
    several: bool
    seen: int


def of_label(session: Session, forum_id: int | None, label: str) -> LabelHeld | None:
    """The voice of a label; None where the forum has no such label."""
    seen = select(func.max(Attribution.id)).where(col(Attribution.speaker_id) == col(Speaker.id)).scalar_subquery()
    asked = (
        select(col(Speaker.id), col(Person.slug), col(Speaker.role), col(SpeakerLabel.several), func.coalesce(seen, 0))
        .join(SpeakerLabel, col(SpeakerLabel.speaker_id) == col(Speaker.id))
        .outerjoin(Person, col(Person.id) == col(Speaker.person_id))
        .where(col(SpeakerLabel.forum_id) == forum_id, col(SpeakerLabel.label) == label)
    )
    row = session.execute(asked).first()
    return LabelHeld(*row) if row else None


def latest(session: Session, n: int) -> tuple[AttributionLine, ...]:
    """The last n changes."""
    return _lines(session, None, n)


def which(session: Session, touched: ColumnElement[bool], n: int, skip: int = 0) -> tuple[AttributionLine, ...]:
    """The last n changes before the last `skip` among those where `touched` holds."""
    return _lines(session, touched, n, skip)


def of_ids(session: Session, ids: Collection[int]) -> dict[int, AttributionLine]:
    """Those changes, by id."""
    return {line.id: line for line in _lines(session, col(Attribution.id).in_(ids))} if ids else {}


def by_id(session: Session, id: int) -> AttributionLine:
    """One change. Raises NotFound."""
    found = of_ids(session, [id])
    if not found:
        raise NotFound("There is no such change.")
    return found[id]


def of_forum(session: Session, forum_id: int) -> tuple[AttributionLine, ...]:
    """Every change at one forum."""
    return _lines(session, col(Attribution.forum_id) == forum_id)


def of_voice(session: Session, speaker_id: int) -> tuple[AttributionLine, ...]:
    """Every change of one voice; the first one's id is what an editor has `seen`."""
    return _lines(session, col(Attribution.speaker_id) == speaker_id)


def of_voices(session: Session, speaker_ids: Collection[int]) -> dict[int, tuple[AttributionLine, ...]]:
    """The changes of several voices, by the voice's id, the newest first."""
    found: dict[int, list[AttributionLine]] = defaultdict(list)
    for line in _lines(session, col(Attribution.speaker_id).in_(speaker_ids)) if speaker_ids else ():
        found[line.speaker_id].append(line)
    return {speaker_id: tuple(lines) for speaker_id, lines in found.items()}


def public() -> ColumnElement[bool]:
    """Whether a change may be shown: something of its forum may."""
    return exists().where(
        col(Record.forum_id) == col(Attribution.forum_id), col(Record.publishing_right) != Right.PRIVATE
    )


def _lines(
    session: Session, touched: ColumnElement[bool] | None, n: int | None = None, skip: int | None = None
) -> tuple[AttributionLine, ...]:
    """Only of forums of which something may be shown. Two statements and those of the forums."""
    later = select(col(Attribution.undoes_id)).where(col(Attribution.undoes_id).is_not(None))
    asked = (
        select(Attribution, col(Speaker.name), col(Attribution.id).in_(later))
        .join(Speaker, col(Speaker.id) == col(Attribution.speaker_id))
        .where(public())
        .order_by(col(Attribution.at).desc(), col(Attribution.id).desc())
        .offset(skip)
        .limit(n)
    )
    rows = session.execute(asked if touched is None else asked.where(touched)).all()
    held = forums.lines(session, {row.forum_id for row, _, _ in rows})
    return tuple(
        AttributionLine(
            id=row.id or 0,
            forum=held[row.forum_id],
            speaker_id=row.speaker_id,
            voice=voice,
            kind=row.kind,
            label=row.label,
            before=row.before,
            after=row.after,
            why=row.why,
            by=row.by,
            at=row.at,
            undoes_id=row.undoes_id,
            undone=bool(undone),
        )
        for row, voice, undone in rows
    )
