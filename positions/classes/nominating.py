"""Class answers on their way into the record: put forward by a teacher, accepted or declined by an editor.

Nothing of a class is public otherwise. A nomination says how many of how many, never who, and outlives the class.
Each writer is one step of the caller's transaction.
"""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from positions import tag_decisions
from positions.classes.models import Nomination
from positions.classes.results import PUBLIC_FROM, ClassAnswer
from positions.classes.sheet import Sheet
from positions.models import Topic
from positions.queries import topics
from transcripts.bilingual import Bilingual
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Turn, now
from transcripts.queries import turns
from transcripts.queries.turns import TurnView

Clock = Callable[[], datetime]

REASON = 500
MOST_SHOWN = 200


@dataclass(frozen=True)
class Nominated:
    """A class answer put forward: the turn as it stands (None where it was removed), the topic, how many of how many, by which rule.

    `by` is the teacher, for editors only; `decided_by` the editor.
    """

    key: str
    turn: TurnView | None
    topic: str
    name: Bilingual
    rule: str
    for_it: int
    of: int
    reason: str
    by: str
    at: datetime
    state: str
    decided_by: str | None


@dataclass(frozen=True)
class Became:
    """What became of a class answer that was put forward, and why it was declined."""

    state: str
    reason: str


@dataclass(frozen=True)
class Accepted:
    """What readers are told of a topic that a class put forward: by how many, and which editor accepted it."""

    topic: str
    of: int
    by: str


def nominate(session: Session, sheet: Sheet, answer: ClassAnswer, tag_id: int, by: str, clock: Clock = now) -> str:
    """Put one tag of a class answer forward for the record; returns the nomination's key. Raises Refusal, Conflict."""
    passage, tag = sheet.passage(answer.passage), sheet.tag(tag_id)
    if tag is None or tag.topic is None or tag_id not in answer.tags:
        raise Refusal("Only a tag that stands for a topic and is part of the class answer can be put forward.")
    if passage.gone:
        raise Refusal("These words were removed from the record.")
    for_it, of = answer.figures[tag_id]
    if of < PUBLIC_FROM:
        raise Refusal("At least {n} students must stand behind what a class puts forward.", n=PUBLIC_FROM)
    again = select(Nomination.id).where(
        Nomination.turn == passage.key, Nomination.topic == tag.topic, col(Nomination.state) != "declined"
    )
    same = select(Nomination.id).where(Nomination.decision_id == answer.decisions[tag_id])
    if session.exec(again).first() is not None or session.exec(same).first() is not None:
        raise Conflict("This was put forward already.")
    key = secrets.token_urlsafe(16)
    session.add(
        Nomination(
            key=key,
            decision_id=answer.decisions[tag_id],
            turn=passage.key,
            topic=tag.topic,
            said=answer.rule,
            for_it=for_it,
            of=of,
            by=by,
            at=clock(),
        )
    )
    session.flush()
    return key


def accept(session: Session, key: str, by: str, clock: Clock = now) -> str:
    """Put the topic on the turn, confirmed, on an editor's word; returns the key of the turn. Raises NotFound, Conflict."""
    row = _waiting(session, key)
    turn = session.exec(select(Turn).where(Turn.key == row.turn)).one_or_none()
    if turn is None or turn.id is None or turn.status != "current":
        raise Conflict("These words were removed from the record; decline it.")
    tag_decisions.put(session, turn.id, topics.moved_to(session, row.topic) or row.topic, by, clock)
    _decided(session, row, "accepted", by, clock())
    return row.turn


def decline(session: Session, key: str, by: str, reason: str, clock: Clock = now) -> None:
    """Leave the record as it is, and say why. Raises NotFound, Conflict, Refusal."""
    row = _waiting(session, key)
    if not reason.strip():
        raise Refusal("Say why: the class’s teacher reads the reason.")
    row.reason = reason.strip()[:REASON]
    _decided(session, row, "declined", by, clock())


def queue(session: Session) -> tuple[Nominated, ...]:
    """What classes put forward: what waits first, then what was decided, the latest first. Three statements."""
    rows = session.exec(
        select(Nomination).order_by(col(Nomination.state) != "nominated", col(Nomination.id).desc()).limit(MOST_SHOWN)
    ).all()
    return _told(session, rows)


def of_decisions(session: Session, decisions: Collection[int]) -> dict[int, Became]:
    """Decision → what became of it where it was put forward. One statement."""
    rows = session.exec(select(Nomination).where(col(Nomination.decision_id).in_(decisions)))
    return {row.decision_id or 0: Became(row.state, row.reason) for row in rows}


def accepted(session: Session, turn: str) -> dict[str, Accepted]:
    """Topic → what readers are told of it, of the topics classes put on a turn (by its key). One statement."""
    rows = session.exec(
        select(Nomination).where(Nomination.turn == turn, Nomination.state == "accepted").order_by(col(Nomination.id))
    )
    return {row.topic: Accepted(row.topic, row.of, row.decided_by or "") for row in rows}


def _told(session: Session, rows: Collection[Nomination]) -> tuple[Nominated, ...]:
    words = {turn.key: turn for turn in turns.by_keys(session, list(dict.fromkeys(row.turn for row in rows)))}
    found = session.exec(select(Topic).where(col(Topic.slug).in_({row.topic for row in rows})))
    names = {topic.slug: Bilingual(topic.name_en, topic.name_es) for topic in found}
    return tuple(
        Nominated(
            row.key,
            words.get(row.turn),
            row.topic,
            names.get(row.topic, Bilingual(row.topic)),
            row.said,
            row.for_it,
            row.of,
            row.reason,
            row.by,
            row.at,
            row.state,
            row.decided_by,
        )
        for row in rows
    )


def _waiting(session: Session, key: str) -> Nomination:
    row = session.exec(select(Nomination).where(Nomination.key == key).with_for_update()).one_or_none()
    if row is None:
        raise NotFound("There is no such nomination.")
    if row.state != "nominated":
        raise Conflict("Somebody decided on this already.")
    return row


def _decided(session: Session, row: Nomination, state: str, by: str, at: datetime) -> None:
    row.state, row.decided_by, row.decided_at = state, by, at
    session.add(row)
    session.flush()
