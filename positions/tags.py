"""The writer of tags: suggestions come and go with the rules, what people confirmed or rejected is never touched."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import update
from sqlmodel import Session, col, delete, select

from positions.models import Tag, Topic
from positions.queries import tags as queries
from positions.tagging import suggest
from positions.topic_tree import TreeTopic
from positions.topics import load_tree
from transcripts.models import Turn
from transcripts.search.outbox import enqueue
from transcripts.storing import write_all

SUGGESTED = "suggested"
MANY = 500
"""Rows read or removed by one statement: both databases bound the number of parameters."""


class Suggested(Protocol):
    """A topic suggested for a turn, by its slug, why, and how likely it is (0 to 1)."""

    @property
    def slug(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def weight(self) -> float: ...


def suggest_for_forum(session: Session, forum_id: int, tree: Sequence[TreeTopic]) -> int:
    """Suggest topics for every current turn of a forum; returns how many turns have other topics now.

    Records are read each by itself, because what surrounds a turn counts. A tree that is not held yet is stored first.
    """
    known = set(session.exec(select(Topic.slug)))
    if any(topic.slug not in known for topic in tree):
        load_tree(session, tree)
    suggested: dict[int, Sequence[Suggested]] = {}
    for record in queries.heard(session, forum_id):
        found = suggest(record.turns, record.exchanges, tree)
        suggested |= {turn.id: hints for turn, hints in zip(record.turns, found, strict=True)}
    return keep(session, suggested)


def keep(session: Session, suggested: Mapping[int, Sequence[Suggested]]) -> int:
    """Bring the suggestions on these turns (by id) into line; returns how many turns have other topics now.

    A topic that is not in the tree held is left out. Turns that changed are indexed again.
    """
    topics = {slug: topic_id or 0 for slug, topic_id in session.exec(select(Topic.slug, Topic.id))}
    wanted = {
        (turn_id, topics[one.slug]): one for turn_id, found in suggested.items() for one in found if one.slug in topics
    }
    held = _held(session, list(suggested))
    new = [key for key in wanted if key not in held]
    gone = [key for key, tag in held.items() if tag.status == SUGGESTED and key not in wanted]
    if new:
        write_all(session, Tag, [_row(turn_id, topic_id, wanted[turn_id, topic_id]) for turn_id, topic_id in new])
    _remove(session, [held[key].id or 0 for key in gone])
    _give_reasons(session, [(held[key], wanted[key]) for key in wanted if key in held])
    changed = {turn_id for turn_id, _ in (*new, *gone)}
    _index_again(session, sorted(changed))
    return len(changed)


def _row(turn_id: int, topic_id: int, one: Suggested) -> dict[str, Any]:
    place = {"turn_id": turn_id, "topic_id": topic_id}
    return place | {"reason": one.reason, "weight": one.weight, "put_by": "rule", "status": SUGGESTED}


def _held(session: Session, turn_ids: Sequence[int]) -> dict[tuple[int, int], Tag]:
    found: dict[tuple[int, int], Tag] = {}
    for some in _slices(turn_ids):
        rows = session.exec(select(Tag).where(col(Tag.turn_id).in_(some)))
        found |= {(tag.turn_id, tag.topic_id): tag for tag in rows}
    return found


def _remove(session: Session, tag_ids: Sequence[int]) -> None:
    for some in _slices(tag_ids):
        session.exec(delete(Tag).where(col(Tag.id).in_(some)))


def _give_reasons(session: Session, tags: Sequence[tuple[Tag, Suggested]]) -> None:
    """The present reason for suggestions that stay, and how likely they are now."""
    rows = [
        {"id": tag.id, "reason": one.reason, "weight": one.weight}
        for tag, one in tags
        if tag.status == SUGGESTED and (tag.reason, tag.weight) != (one.reason, one.weight)
    ]
    if rows:
        session.execute(update(Tag), rows)


def _index_again(session: Session, turn_ids: Sequence[int]) -> None:
    for some in _slices(turn_ids):
        enqueue(session, session.exec(select(Turn.key).where(col(Turn.id).in_(some))))


def _slices(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + MANY] for start in range(0, len(ids), MANY)]
