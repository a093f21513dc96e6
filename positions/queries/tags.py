"""Topics that stand on turns: those of one turn, and those of a forum with their counts. Rejected tags are left out."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from positions.models import Tag, Topic
from transcripts.bilingual import Bilingual
from transcripts.models import Record, Turn
from transcripts.queries.records import shown


@dataclass(frozen=True)
class TagLine:
    """A topic on a turn, why it is there, and whether an editor has confirmed it (`suggested` or `confirmed`)."""

    slug: str
    name: Bilingual
    reason: str
    status: str


@dataclass(frozen=True)
class TopicCount:
    """A topic and how many turns of a forum speak of it."""

    slug: str
    name: Bilingual
    turns: int


def topics_of_turn(session: Session, turn_id: int) -> tuple[TagLine, ...]:
    """The topics of one turn, in the order of the tree."""
    rows = session.exec(
        select(Tag, Topic)
        .join(Topic, col(Topic.id) == col(Tag.topic_id))
        .where(Tag.turn_id == turn_id, Tag.status != "rejected")
        .order_by(col(Topic.position))
    )
    return tuple(
        TagLine(topic.slug, Bilingual(topic.name_en, topic.name_es), tag.reason, tag.status) for tag, topic in rows
    )


def topics_of_forum(session: Session, forum_id: int) -> tuple[TopicCount, ...]:
    """The topics of a forum's published record, the most spoken of first."""
    counted = func.count(col(Tag.id))
    rows = session.exec(
        select(Topic, counted)
        .join(Tag, col(Tag.topic_id) == col(Topic.id))
        .join(Turn, col(Turn.id) == col(Tag.turn_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(Turn.forum_id == forum_id, Tag.status != "rejected", col(Record.is_published), shown())
        .group_by(col(Topic.id))
        .order_by(counted.desc(), col(Topic.position))
    )
    return tuple(TopicCount(topic.slug, Bilingual(topic.name_en, topic.name_es), turns) for topic, turns in rows)


def slugs_by_turn(session: Session, turn_ids: list[int]) -> dict[int, tuple[str, ...]]:
    """The topic slugs of many turns at once, in the order of the tree: for the search index and for exports."""
    rows = session.exec(
        select(Tag.turn_id, Topic.slug)
        .join(Topic, col(Topic.id) == col(Tag.topic_id))
        .where(col(Tag.turn_id).in_(turn_ids), Tag.status != "rejected")
        .order_by(col(Topic.position))
    )
    found: dict[int, list[str]] = {}
    for turn_id, slug in rows:
        found.setdefault(turn_id, []).append(slug)
    return {turn_id: tuple(slugs) for turn_id, slugs in found.items()}
