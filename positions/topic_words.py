"""The writer of what editors change of the words of a topic: put on its list, taken off, taken back. Nothing is overwritten.

Each change makes the worker go over what is on file for that topic (`go_over`), a forum a transaction; only suggestions change.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from positions import tags
from positions.models import Topic, TopicRetag, TopicWord
from positions.queries import topic_words as queries
from positions.tagging.lexicon import wrong_with
from positions.topic_tree import TreeTopic, WordChange, curated
from positions.topics import load_tree
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Record, now

Clock = Callable[[], datetime]


def in_force(session: Session) -> tuple[TreeTopic, ...]:
    """The tree by which topics are suggested now; what came with the product and is not held yet is stored first."""
    held = queries.tree(session)
    known = {slug for topic in held for slug in (topic.slug, *topic.absorbed)}
    if all(topic.slug in known for topic in curated()):
        return held
    load_tree(session, curated())
    return queries.tree(session)


def version(session: Session, topic: TreeTopic) -> int:
    """What an editor saw of the words of a topic: the last change; 0 where there is none."""
    return max((line.id for line in queries.history(session, topic)), default=0)


def change(session: Session, slug: str, seen: int, changes: Sequence[WordChange], by: str, clock: Clock = now) -> None:
    """Put patterns on a topic's list or take them off; with none the topic is only gone over anew.

    Raises NotFound for the topic, Refusal for what is no pattern, Conflict where somebody changed the words meanwhile.
    """
    topic = _topic(session, slug)
    if version(session, topic) != seen:
        raise Conflict("Somebody changed these words meanwhile. Look at what stands there now, then decide anew.")
    for one in changes:
        if wrong_with(one.pattern):
            raise Refusal("“{pattern}” is no word or phrase that can stand on a list.", pattern=one.pattern)
    at = clock()
    session.add_all(
        TopicWord(topic=slug, lang=one.lang, pattern=one.pattern, grade=one.grade, by=by, at=at) for one in changes
    )
    _begin(session, slug)


def undo(session: Session, slug: str, id: int, by: str, clock: Clock = now) -> None:
    """Take one change back. Raises NotFound, or Conflict where it was taken back already."""
    line = next((one for one in queries.history(session, _topic(session, slug)) if one.id == id), None)
    if line is None or line.undoes is not None:
        raise NotFound("There is no such change.")
    if line.undone:
        raise Conflict("This was taken back already.")
    told = line.change
    row = TopicWord(
        topic=line.topic, lang=told.lang, pattern=told.pattern, grade=told.grade, by=by, at=clock(), undoes_id=id
    )
    session.add(row)
    _begin(session, slug)


def go_over(session: Session) -> bool:
    """Bring the suggestions of one topic at one forum into line, the next that waits; False where none does.

    One step of the caller's transaction. What people confirmed or rejected stays.
    """
    waiting = select(TopicRetag).order_by(col(TopicRetag.topic)).limit(1).with_for_update()
    row = session.exec(waiting).first()
    if row is None:
        return False
    forum_id = session.exec(select(func.min(Record.forum_id)).where(col(Record.forum_id) > row.forum_id)).one()
    tree = queries.tree(session)
    if forum_id is None or all(topic.slug != row.topic for topic in tree):
        session.delete(row)
    else:
        tags.suggest_for_forum(session, forum_id, tree, row.topic)
        row.forum_id = forum_id
        session.add(row)
    session.flush()
    return True


def _topic(session: Session, slug: str) -> TreeTopic:
    """A topic with its words, held until the transaction ends so that two editors come one after the other."""
    if session.exec(select(Topic.id).where(Topic.slug == slug).with_for_update()).first() is None:
        raise NotFound("There is no topic “{slug}”.", slug=slug)
    return next(topic for topic in queries.tree(session) if topic.slug == slug)


def _begin(session: Session, slug: str) -> None:
    """The worker begins anew with this topic."""
    row = session.exec(select(TopicRetag).where(TopicRetag.topic == slug).with_for_update()).first()
    if row is None:
        session.add(TopicRetag(topic=slug))
    else:
        row.forum_id = 0
        session.add(row)
    session.flush()
