"""The writer of tags: suggestions come and go with the rules, what people confirmed or rejected is never touched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

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
K = TypeVar("K")
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


@dataclass(frozen=True)
class Forecast:
    """What going over some forums would do to the suggestions of one topic, by the ids of turns.

    `stay` counts suggestions that are there and remain; `decided` what editors confirmed or rejected, which nothing touches.
    """

    gained: Mapping[int, Suggested]
    lost: tuple[int, ...]
    stay: int
    decided: int


def suggest_for_forum(session: Session, forum_id: int, tree: Sequence[TreeTopic], only: str | None = None) -> int:
    """Suggest topics for every current turn of a forum; returns how many turns have other topics now.

    Records are read each by itself, because what surrounds a turn counts. A tree that is not held yet is stored first. With
    `only` nothing but the suggestions of that topic changes.
    """
    known = set(session.exec(select(Topic.slug)))
    if any(topic.slug not in known for topic in tree):
        load_tree(session, tree)
    return keep(session, _suggested(session, [forum_id], tree), only)


def forecast(session: Session, forum_ids: Sequence[int], tree: Sequence[TreeTopic], topic: str) -> Forecast:
    """What `suggest_for_forum(…, only=topic)` would do at these forums. Writes nothing. Three statements."""
    wanted = {
        turn_id: one
        for turn_id, found in _suggested(session, forum_ids, tree).items()
        for one in found
        if one.slug == topic
    }
    held = {tag.turn_id: tag for tag in queries.of_topic(session, forum_ids, topic)}
    new, gone = _difference(held, wanted)
    kept = [tag for turn_id, tag in held.items() if tag.status == SUGGESTED and turn_id in wanted]
    decided = [tag for tag in held.values() if tag.status != SUGGESTED]
    return Forecast({turn_id: wanted[turn_id] for turn_id in new}, tuple(gone), len(kept), len(decided))


def _suggested(session: Session, forum_ids: Sequence[int], tree: Sequence[TreeTopic]) -> dict[int, Sequence[Suggested]]:
    suggested: dict[int, Sequence[Suggested]] = {}
    for record in queries.heard(session, *forum_ids):
        found = suggest(record.turns, record.exchanges, tree)
        suggested |= {turn.id: hints for turn, hints in zip(record.turns, found, strict=True)}
    return suggested


def _difference(held: Mapping[K, Tag], wanted: Mapping[K, Suggested]) -> tuple[list[K], list[K]]:
    """What is suggested newly, and the suggestions that go; what people decided is neither."""
    gone = [key for key, tag in held.items() if tag.status == SUGGESTED and key not in wanted]
    return [key for key in wanted if key not in held], gone


def keep(session: Session, suggested: Mapping[int, Sequence[Suggested]], only: str | None = None) -> int:
    """Bring the suggestions on these turns (by id) into line; returns how many turns have other topics now.

    A topic that is not in the tree held is left out, and with `only` every other one too. Turns that changed are indexed again.
    """
    every = session.exec(select(Topic.slug, Topic.id))
    topics = {slug: topic_id or 0 for slug, topic_id in every if only in (None, slug)}
    wanted = {
        (turn_id, topics[one.slug]): one for turn_id, found in suggested.items() for one in found if one.slug in topics
    }
    there = _held(session, list(suggested))
    held = there if only is None else {key: tag for key, tag in there.items() if key[1] in topics.values()}
    new, gone = _difference(held, wanted)
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
