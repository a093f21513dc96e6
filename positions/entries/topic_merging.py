"""Two topics that are one: what stood under the one stands under the other, the old address leads on, all of it can be taken back."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy
from sqlmodel import Session, SQLModel, col, select, update

from positions.entries import topics
from positions.entries.entry import Doc, Kind, by_slug, needed
from positions.followthrough import moving
from positions.models import Proposition, Tag, Topic, TopicAlias, TopicRedirect
from positions.queries import table
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Turn
from transcripts.search.outbox import enqueue
from transcripts.text import fold


def read(session: Session, slug: str) -> Doc | None:
    """Into which topic one was merged; None where it was not."""
    row = session.get(TopicRedirect, slug)
    return {"merged": session.get_one(Topic, row.topic_id).slug} if row else None


def write(session: Session, slug: str, doc: Doc) -> None:
    """Merge one topic into another. Raises NotFound; Refusal where the tree would get a third level."""
    gone, kept = needed(session, Topic, slug, "topic"), needed(session, Topic, doc["merged"], "topic")
    refuse(session, gone, kept)
    told = topics.read(session, slug)
    moved = {
        "topic": told,
        "statements": _move(session, Proposition, "topic_id", gone, kept),
        "children": _move(session, Topic, "parent_id", gone, kept),
        "redirects": _lead(session, gone, kept),
        "dropped": _drop_repeated(session, gone, kept),
        "tags": _move(session, Tag, "topic_id", gone, kept),
        "deeds": moving.hand_over(session, "topic", gone.id or 0, kept.id or 0),
        "names": _take_names(session, gone, kept),
    }
    for alias in session.exec(select(TopicAlias).where(TopicAlias.topic_id == gone.id)).all():
        session.delete(alias)
    session.flush()
    session.delete(gone)
    kept.edited = True
    session.add_all(
        (kept, TopicRedirect(slug=slug, topic_id=kept.id or 0, moved=json.dumps(moved, ensure_ascii=False)))
    )
    session.flush()
    _search_anew(session, kept)


def remove(session: Session, slug: str) -> None:
    """Separate two topics again: what was moved goes back, unless it was given to another since. Raises NotFound, Conflict."""
    row = session.get(TopicRedirect, slug)
    if row is None:
        raise NotFound("The topic “{slug}” was not merged.", slug=slug)
    if by_slug(session, Topic, slug) is not None:
        raise Conflict("There is another topic “{slug}” by now.", slug=slug)
    kept, moved = session.get_one(Topic, row.topic_id), json.loads(row.moved)
    session.delete(row)
    session.flush()
    topics.write(session, slug, moved["topic"])
    back = needed(session, Topic, slug, "topic")
    for model, column, ids in (
        (Proposition, "topic_id", moved["statements"]),
        (Topic, "parent_id", moved["children"]),
        (Tag, "topic_id", moved["tags"]),
    ):
        _move(session, model, column, kept, back, ids)
    moving.give(session, moved.get("deeds", {}), kept.id or 0, back.id or 0)
    still = col(TopicRedirect.slug).in_(moved["redirects"]) & (col(TopicRedirect.topic_id) == kept.id)
    session.execute(update(TopicRedirect).where(still).values(topic_id=back.id))
    for alias in session.exec(select(TopicAlias).where(col(TopicAlias.id).in_(moved["names"]))).all():
        session.delete(alias)
    session.add_all(Tag(topic_id=back.id or 0, **tag) for tag in moved["dropped"])
    session.flush()
    session.expire_all()
    for topic in (kept, back):
        _search_anew(session, topic)


def refuse(session: Session, gone: Topic, kept: Topic) -> None:
    """Raise a Refusal where two topics cannot be merged as they stand in the tree."""
    if gone.id == kept.id:
        raise Refusal("These are one topic already.")
    below = session.exec(select(Topic.id).where(Topic.parent_id == gone.id)).first() is not None
    if below and kept.parent_id is not None:
        raise Refusal(
            "The tree has two levels: what stands under the first cannot stand under one of the second level."
        )


def _move(
    session: Session, model: type[SQLModel], column: str, here: Topic, there: Topic, ids: Sequence[int] | None = None
) -> list[int]:
    """Give the rows of one topic to another, of those ids where they are told. Returns the ids moved."""
    rows = table(model)
    owner = rows.c[column]
    which = owner == here.id if ids is None else (owner == here.id) & rows.c.id.in_(ids)
    found = list(session.scalars(sqlalchemy.select(rows.c.id).where(which)))
    session.execute(update(rows).where(which).values({column: there.id}))
    session.expire_all()
    return found


def _lead(session: Session, gone: Topic, kept: Topic) -> list[str]:
    found = list(session.exec(select(TopicRedirect.slug).where(TopicRedirect.topic_id == gone.id)))
    session.execute(update(TopicRedirect).where(col(TopicRedirect.topic_id) == gone.id).values(topic_id=kept.id))
    return found


def _drop_repeated(session: Session, gone: Topic, kept: Topic) -> list[dict[str, Any]]:
    """Take away the tags on turns that have the other topic too; returned as they were."""
    there = select(Tag.turn_id).where(Tag.topic_id == kept.id)
    rows = session.exec(select(Tag).where(Tag.topic_id == gone.id, col(Tag.turn_id).in_(there))).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return [row.model_dump(exclude={"id", "topic_id"}) for row in rows]


def _take_names(session: Session, gone: Topic, kept: Topic) -> list[int]:
    """The survivor goes by every name of the other; returns the ids of the names it did not have."""
    rows = session.exec(select(TopicAlias).where(TopicAlias.topic_id == gone.id)).all()
    names = [("en", gone.name_en, False), ("es", gone.name_es, False)]
    names += [(row.lang, row.alias, row.exact_case) for row in rows]
    held = {(row.lang, row.folded) for row in session.exec(select(TopicAlias).where(TopicAlias.topic_id == kept.id))}
    held |= {("en", fold(kept.name_en)), ("es", fold(kept.name_es))}
    fresh = {(lang, fold(text)): (lang, text, exact) for lang, text, exact in names if (lang, fold(text)) not in held}
    added = [
        TopicAlias(topic_id=kept.id or 0, lang=lang, alias=text, folded=fold(text), exact_case=exact)
        for lang, text, exact in fresh.values()
    ]
    session.add_all(added)
    session.flush()
    return [row.id or 0 for row in added]


def _search_anew(session: Session, topic: Topic) -> None:
    tagged = select(Tag.turn_id).where(Tag.topic_id == topic.id)
    enqueue(session, session.exec(select(Turn.key).where(col(Turn.id).in_(tagged))).all())


KIND = Kind(read, write, remove)
