"""The words by which topics are suggested: the tree as it is held, with what editors changed of it, and the history of that."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy
from sqlmodel import Session, col, func, select

from positions.models import Topic, TopicAlias, TopicRedirect, TopicRetag, TopicWord
from positions.topic_tree import Alias, TreeTopic, WordChange, curated
from transcripts.bilingual import Bilingual, both
from transcripts.models import Record


@dataclass(frozen=True)
class WordLine:
    """A change of a topic's words: put on the list as `grade`, taken off (None), or another change taken back (`undoes`).

    `topic` is another one where that was merged into this.
    """

    id: int
    topic: str
    change: WordChange
    by: str
    at: datetime
    undoes: int | None
    undone: bool


@dataclass(frozen=True)
class Retagging:
    """How far the worker has come with a topic: forums gone over, and how many there are."""

    done: int
    forums: int


def tree(session: Session) -> tuple[TreeTopic, ...]:
    """The topics held as the rules see them: names and other names, changed words, those merged into them. Four statements.

    The name of a topic that did not come with the product counts as one of its words.
    """
    topics = session.exec(select(Topic).order_by(col(Topic.position), col(Topic.id))).all()
    slugs = {topic.id: topic.slug for topic in topics}
    names: dict[int | None, list[Alias]] = defaultdict(list)
    called = select(TopicAlias.topic_id, TopicAlias.lang, TopicAlias.alias, TopicAlias.exact_case)
    for topic_id, *name in session.execute(called.order_by(col(TopicAlias.id))):  # thousands: as rows, not as objects
        names[topic_id].append(Alias(*name))
    absorbed: dict[int | None, list[str]] = defaultdict(list)
    for redirect in session.exec(select(TopicRedirect).order_by(col(TopicRedirect.slug))):
        absorbed[redirect.topic_id].append(redirect.slug)
    changes = _in_force(session.exec(select(TopicWord).order_by(col(TopicWord.id))).all())
    ours = {topic.slug for topic in curated()}
    return tuple(
        TreeTopic(
            slug=one.slug,
            parent=slugs.get(one.parent_id),
            name=Bilingual(one.name_en, one.name_es),
            summary=both(one.summary_en, one.summary_es),
            aliases=(*(() if one.slug in ours else _named(one)), *names[one.id]),
            changes=tuple(change for slug, change in changes if slug == one.slug or slug in absorbed[one.id]),
            absorbed=tuple(absorbed[one.id]),
        )
        for one in topics
    )


def history(session: Session, topic: TreeTopic) -> tuple[WordLine, ...]:
    """Every change of a topic's words and of those merged into it, the latest first. One statement."""
    of = col(TopicWord.topic).in_((topic.slug, *topic.absorbed))
    rows = session.exec(select(TopicWord).where(of).order_by(col(TopicWord.id).desc())).all()
    undone = {row.undoes_id for row in rows}
    return tuple(
        WordLine(row.id or 0, row.topic, _change(row), row.by, row.at, row.undoes_id, row.id in undone) for row in rows
    )


def retagging(session: Session, slug: str) -> Retagging | None:
    """How far the worker has come; None where nothing waits. One statement."""
    forums = sqlalchemy.select(func.count(func.distinct(col(Record.forum_id))))
    gone_over = forums.where(col(Record.forum_id) <= col(TopicRetag.forum_id)).correlate(TopicRetag).scalar_subquery()
    asked = sqlalchemy.select(gone_over, forums.scalar_subquery()).select_from(TopicRetag)
    row = session.execute(asked.where(col(TopicRetag.topic) == slug)).one_or_none()
    return Retagging(*row) if row else None


def waits(session: Session) -> bool:
    """Whether any topic waits to be gone over. One statement."""
    return session.exec(select(TopicRetag.topic).limit(1)).first() is not None


def _in_force(rows: Iterable[TopicWord]) -> list[tuple[str, WordChange]]:
    held = list(rows)
    undone = {row.undoes_id for row in held}
    return [(row.topic, _change(row)) for row in held if row.undoes_id is None and row.id not in undone]


def _change(row: TopicWord) -> WordChange:
    return WordChange(row.lang, row.pattern, row.grade)


def _named(topic: Topic) -> tuple[Alias, ...]:
    return Alias("en", topic.name_en), Alias("es", topic.name_es)
