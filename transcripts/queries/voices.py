"""One voice at one forum as editors look at it: its labels, whom it is linked to and why, and some of its words."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, and_, col

from transcripts.errors import NotFound
from transcripts.models import Person, Record, Speaker, SpeakerLabel, Turn
from transcripts.people_tables import Attribution
from transcripts.queries import forums, turns
from transcripts.queries.forums import HEARD, ForumLine
from transcripts.queries.records import shown
from transcripts.queries.turns import TurnView
from transcripts.queries.unmatched import waiting

SAMPLES = 2
"""So many passages show what a voice sounds like."""


@dataclass(frozen=True)
class LabelLine:
    """A printed label of a voice, how many turns stand under it, and whether it stands for several people."""

    label: str
    turns: int
    several: bool


@dataclass(frozen=True)
class VoicePage:
    """A voice: `person_*` are None for nobody, `left_open` says an editor looked and knows nobody. `seen` is for `attributing`."""

    id: int
    name: str
    role: str
    why: str
    person_slug: str | None
    person_name: str | None
    forum: ForumLine
    labels: tuple[LabelLine, ...]
    left_open: bool
    seen: int


def by_id(session: Session, speaker_id: int) -> VoicePage:
    """One voice. Raises NotFound, also for one that was joined to another. Three statements."""
    seen = select(func.max(Attribution.id)).where(col(Attribution.speaker_id) == col(Speaker.id)).scalar_subquery()
    found = session.execute(
        select(Speaker, col(Person.slug), col(Person.name), func.coalesce(seen, 0), waiting(left_open=True))
        .outerjoin(Person, col(Person.id) == col(Speaker.person_id))
        .where(col(Speaker.id) == speaker_id, col(Speaker.joined_to_id).is_(None))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such voice.")
    speaker, slug, name, last, left_open = found
    return VoicePage(
        id=speaker_id,
        name=speaker.name,
        role=speaker.role,
        why=speaker.why,
        person_slug=slug,
        person_name=name,
        forum=forums.lines(session, [speaker.forum_id])[speaker.forum_id],
        labels=_labels(session, speaker_id),
        left_open=bool(left_open),
        seen=last,
    )


def samples(session: Session, speaker_ids: Collection[int]) -> dict[int, tuple[TurnView, ...]]:
    """The first passages of each of these voices that may be shown, by its id."""
    order = func.row_number().over(
        partition_by=col(Turn.speaker_id), order_by=(col(Turn.record_id), col(Turn.position))
    )
    ranked = (
        select(col(Turn.id).label("id"), order.label("n"))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(Turn.speaker_id).in_(speaker_ids), col(Turn.kind).in_(HEARD), shown())
        .subquery()
    )
    first = select(ranked.c.id).where(ranked.c.n <= SAMPLES)
    said: dict[int, list[TurnView]] = defaultdict(list)
    for turn in turns.views(session, turns.rows().where(col(Turn.id).in_(first))):
        said[turn.speaker_id or 0].append(turn)
    return {id: tuple(sorted(found, key=lambda turn: (turn.record.id, turn.position))) for id, found in said.items()}


def _labels(session: Session, speaker_id: int) -> tuple[LabelLine, ...]:
    own = and_(col(Turn.speaker_id) == col(SpeakerLabel.speaker_id), col(Turn.label) == col(SpeakerLabel.label))
    rows = session.execute(
        select(col(SpeakerLabel.label), func.count(col(Turn.id)), col(SpeakerLabel.several))
        .outerjoin(Turn, and_(own, col(Turn.status) == "current"))
        .where(col(SpeakerLabel.speaker_id) == speaker_id)
        .group_by(col(SpeakerLabel.id), col(SpeakerLabel.label), col(SpeakerLabel.several))
        .order_by(col(SpeakerLabel.id))
    )
    return tuple(LabelLine(label, count, several) for label, count, several in rows)
