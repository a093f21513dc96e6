"""Topics that stand on turns: those of one turn, and those of a forum with their counts. Rejected tags are left out."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy
from sqlmodel import Session, col, func, select

from positions.models import Tag, Topic
from transcripts.bilingual import Bilingual
from transcripts.exchanges import Exchange as Found
from transcripts.models import Exchange, ExchangeTurn, Forum, Record, Turn
from transcripts.queries import reports
from transcripts.queries.records import shown
from transcripts.vocabulary import Part


@dataclass(frozen=True)
class TagLine:
    """A topic on a turn, why it is there, and whether an editor has confirmed it (`suggested` or `confirmed`).

    `questioned`: somebody reported it, and readers see so.
    """

    slug: str
    name: Bilingual
    reason: str
    status: str
    id: int = 0
    questioned: bool = False


@dataclass(frozen=True)
class TopicCount:
    """A topic and how many turns of a forum speak of it."""

    slug: str
    name: Bilingual
    turns: int


def topics_of_turn(session: Session, turn_id: int) -> tuple[TagLine, ...]:
    """The topics of one turn, in the order of the tree."""
    rows = session.exec(
        select(Tag, Topic, reports.is_questioned("tag", col(Tag.id)))
        .join(Topic, col(Topic.id) == col(Tag.topic_id))
        .where(Tag.turn_id == turn_id, Tag.status != "rejected")
        .order_by(col(Topic.position))
    )
    return tuple(
        TagLine(
            topic.slug,
            Bilingual(topic.name_en, topic.name_es),
            tag.reason,
            tag.status,
            tag.id or 0,
            questioned,
        )
        for tag, topic, questioned in rows
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


@dataclass(frozen=True)
class HeardTurn:
    """A turn as the rules that suggest topics see it."""

    id: int
    text: str
    label: str | None
    kind: str


@dataclass(frozen=True)
class HeardRecord:
    """The turns of one record in order, and its exchanges in order."""

    turns: tuple[HeardTurn, ...]
    exchanges: tuple[Found, ...]


def heard(session: Session, *forum_ids: int) -> tuple[HeardRecord, ...]:
    """What was said at forums, record by record, as the rules that suggest topics want it. Two statements."""
    rows = session.execute(
        select(Turn.record_id, Turn.id, Turn.text, Turn.label)
        .add_columns(col(Turn.kind), col(Turn.forum_id))
        .where(col(Turn.forum_id).in_(forum_ids), col(Turn.status) == "current")
        .order_by(col(Turn.record_id), col(Turn.position))
    )
    records: dict[tuple[int, int], list[HeardTurn]] = defaultdict(list)
    for record_id, turn_id, text, label, kind, forum_id in rows:
        records[forum_id, record_id].append(HeardTurn(turn_id, text, label, kind))
    parts: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for forum_id, *part in session.execute(
        sqlalchemy.select(col(Exchange.forum_id), col(ExchangeTurn.exchange_id))
        .add_columns(col(ExchangeTurn.turn_id), col(ExchangeTurn.part))
        .join(Exchange, col(Exchange.id) == col(ExchangeTurn.exchange_id))
        .where(col(Exchange.forum_id).in_(forum_ids))
        .order_by(col(Exchange.position), col(Exchange.id))
    ):
        parts[forum_id].append((part[0], part[1], part[2]))
    return tuple(
        HeardRecord(tuple(turns), _exchanges(turns, parts[forum_id])) for (forum_id, _), turns in records.items()
    )


@dataclass(frozen=True)
class OnFile:
    """Forums to look at (by id) and how many turns they hold; `forums` and `turns` are all that is on file."""

    forum_ids: tuple[int, ...]
    looked_at: int
    forums: int
    turns: int


def on_file(session: Session, skip: int, enough: int) -> OnFile:
    """The newest forums after the first `skip`, whole, until they hold `enough` turns: one at least. One statement."""
    count = func.count(col(Turn.id))
    rows = session.execute(
        sqlalchemy.select(col(Turn.forum_id), count)
        .join(Forum, col(Forum.id) == col(Turn.forum_id))
        .where(col(Turn.status) == "current")
        .group_by(col(Turn.forum_id), col(Forum.held_on))
        .order_by(col(Forum.held_on).desc(), col(Turn.forum_id).desc())
    ).all()
    chosen: list[int] = []
    looked_at = 0
    for forum_id, turns in rows[skip:]:
        if chosen and looked_at + turns > enough:
            break
        chosen.append(forum_id)
        looked_at += turns
    return OnFile(tuple(chosen), looked_at, len(rows), sum(turns for _, turns in rows))


def of_topic(session: Session, forum_ids: Collection[int], slug: str) -> tuple[Tag, ...]:
    """Every tag of one topic at some forums, rejected ones too. One statement."""
    return tuple(
        session.exec(
            select(Tag)
            .join(Topic, col(Topic.id) == col(Tag.topic_id))
            .join(Turn, col(Turn.id) == col(Tag.turn_id))
            .where(Topic.slug == slug, col(Turn.forum_id).in_(forum_ids), col(Turn.status) == "current")
            .order_by(col(Tag.id))
        )
    )


def _exchanges(turns: list[HeardTurn], parts: Sequence[tuple[int, int, str]]) -> tuple[Found, ...]:
    places = {turn.id: at for at, turn in enumerate(turns)}
    held: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for exchange_id, turn_id, part in parts:
        if turn_id in places:
            held[exchange_id][part].append(places[turn_id])
    return tuple(
        Found(
            question=one[Part.QUESTION][0],
            lead_in=tuple(one[Part.LEAD_IN]),
            answers=tuple(one[Part.ANSWER]),
            follow_ups=tuple(one[Part.FOLLOW_UP]),
            rebuttals=tuple(one[Part.REBUTTAL]),
        )
        for one in held.values()
        if one[Part.QUESTION]
    )
