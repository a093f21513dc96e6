"""Topics: names and other names in both languages, their place in the tree."""

from sqlmodel import Session, col, func, select

from positions.entries.entry import Doc, Kind, both, by_slug, free_slug, needed, take_away
from positions.load_document import checked
from positions.load_schema import Topic as Entry
from positions.models import Topic, TopicAlias, TopicRedirect
from positions.topics import keep_topic


def read(session: Session, slug: str) -> Doc | None:
    """One topic with every name it goes by."""
    row = by_slug(session, Topic, slug)
    if row is None:
        return None
    parent = session.get(Topic, row.parent_id) if row.parent_id else None
    names = session.exec(select(TopicAlias).where(TopicAlias.topic_id == row.id).order_by(col(TopicAlias.id)))
    return {
        "slug": row.slug,
        "parent": parent.slug if parent else None,
        "position": row.position,
        "name": both(row.name_en, row.name_es),
        "summary": both(row.summary_en, row.summary_es),
        "aliases": [{"lang": one.lang, "text": one.alias, "exact_case": one.exact_case} for one in names],
    }


def write(session: Session, slug: str, doc: Doc) -> None:
    """Bring one topic into line; from now on the tree that comes with the product leaves it alone. Raises BadEntry, Refusal."""
    keep_topic(session, checked(Entry, {**doc, "slug": slug}))


def remove(session: Session, slug: str) -> None:
    """Take a topic away under which nothing stands. Raises NotFound, Conflict."""
    row = needed(session, Topic, slug, "topic")
    names = session.exec(select(TopicAlias).where(TopicAlias.topic_id == row.id)).all()
    take_away(session, (*names, row), row.name_en)


def new_slug(session: Session, name: str) -> str:
    """A free slug for a new topic."""
    taken = {*session.exec(select(Topic.slug)), *session.exec(select(TopicRedirect.slug))}
    return free_slug(name, taken, "topic")


def next_position(session: Session) -> int:
    """The place behind the last topic."""
    last = session.exec(select(func.max(col(Topic.position)))).one()
    return 0 if last is None else last + 1


KIND = Kind(read, write, remove)
