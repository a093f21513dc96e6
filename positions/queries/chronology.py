"""The topics of one person over time, with their first and latest words on each."""

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy
from sqlmodel import Session, and_, col

from positions.chronology import Passage, Strand, strands
from positions.models import Tag, Topic
from transcripts.bilingual import Bilingual
from transcripts.models import Forum, Record, Speaker, Turn
from transcripts.queries import forums, theirs, turns
from transcripts.queries.forums import HEARD, ForumLine
from transcripts.queries.records import shown
from transcripts.queries.theirs import Named
from transcripts.queries.turns import TurnView


@dataclass(frozen=True)
class Told:
    """A topic, where and how often they spoke of it."""

    slug: str
    name: Bilingual
    strand: Strand


@dataclass(frozen=True)
class Chronology:
    """Topics in the order of the tree; forums by id; the words at the ends of each topic at each forum, by the id of their turn.

    `heard` counts passages by forum, `tagged` those that have a topic.
    """

    person: Named
    forums: dict[int, ForumLine]
    topics: tuple[Told, ...]
    words: dict[int, TurnView]
    heard: dict[int, int]
    tagged: int


def of_person(session: Session, slug: str) -> Chronology:
    """What may be shown of published records. Raises NotFound. A constant number of statements."""
    person = theirs.named(session, slug)
    passages = _passages(session, person.id)
    tree = session.scalars(sqlalchemy.select(Topic).order_by(col(Topic.position), col(Topic.id))).all()
    found = strands(passages, [topic.id or 0 for topic in tree])
    names = {topic.id: (topic.slug, Bilingual(topic.name_en, topic.name_es)) for topic in tree}
    heard: dict[int, int] = defaultdict(int)
    for passage in passages:
        heard[passage.forum] += 1
    return Chronology(
        person=person,
        forums=forums.lines(session, set(heard)),
        topics=tuple(Told(*names[one.topic], one) for one in found),
        words=turns.by_ids(session, {turn for one in found for at in one.at for turn in (at.first, at.latest)}),
        heard=dict(heard),
        tagged=sum(bool(passage.topics) for passage in passages),
    )


def _passages(session: Session, person_id: int) -> list[Passage]:
    """Every passage of theirs in the order of time, with its topics. One statement."""
    rows = session.execute(
        sqlalchemy.select(col(Turn.id), col(Turn.forum_id), col(Tag.topic_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .join(Forum, col(Forum.id) == col(Turn.forum_id))
        .join(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .outerjoin(Tag, and_(col(Tag.turn_id) == col(Turn.id), col(Tag.status) != "rejected"))
        .where(col(Speaker.person_id) == person_id, col(Turn.kind).in_(HEARD), col(Record.is_published), shown())
        .order_by(col(Forum.held_on), col(Forum.id), col(Turn.position), col(Turn.id))
    )
    topics: dict[tuple[int, int], set[int]] = defaultdict(set)
    for turn_id, forum_id, topic_id in rows:
        topics[turn_id, forum_id] |= set() if topic_id is None else {topic_id}
    return [Passage(turn, forum, frozenset(on)) for (turn, forum), on in topics.items()]
