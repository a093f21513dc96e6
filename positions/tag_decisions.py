"""The writer of what editors decide of suggested topics: confirmed, rejected, moved, and taken back. The rules never undo it.

Each function is one step of the caller's transaction; what is decided together is one act. Turns whose topics changed are
indexed again.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, select
from ulid import ULID

from positions.models import Tag, TagDecision, Topic
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Turn, now
from transcripts.search.outbox import enqueue

Clock = Callable[[], datetime]
MOST = 500
"""Suggestions decided together, at most."""
PUT_HERE = "an editor put it here"
"""The reason of a topic that no rule suggested."""


def decide(
    session: Session, tag_ids: Collection[int], verdict: Literal["confirmed", "rejected"], by: str, clock: Clock = now
) -> str:
    """Confirm or reject suggestions; returns the act. Raises Conflict where one is no suggestion (any more)."""
    step = _Step(session, by, clock())
    for tag, slug in _suggested(session, tag_ids):
        step.give(tag, slug, verdict)
    return step.done()


def move(session: Session, tag_ids: Collection[int], topic: str, by: str, clock: Clock = now) -> str:
    """Say that turns speak of another topic instead: that one is confirmed, the suggested one rejected.

    Returns the act. Raises NotFound for the topic, Refusal where it is the suggested one, Conflict as `decide` does.
    """
    to = session.exec(select(Topic).where(Topic.slug == topic)).one_or_none()
    if to is None:
        raise NotFound("There is no topic “{topic}”.", topic=topic)
    step = _Step(session, by, clock())
    for tag, slug in _suggested(session, tag_ids):
        if tag.topic_id == to.id:
            raise Refusal("It stands under this topic already: confirm it instead.")
        step.give(tag, slug, "rejected")
        held = session.exec(select(Tag).where(Tag.turn_id == tag.turn_id, Tag.topic_id == to.id)).one_or_none()
        if held is None:
            step.put(tag.turn_id, to)
        elif held.status != "confirmed":
            step.give(held, to.slug, "confirmed")
    return step.done()


def put(session: Session, turn_id: int, topic: str, by: str, clock: Clock = now) -> str:
    """Say that a turn speaks of a topic, whatever rules or editors said of it before; returns the act. Raises NotFound."""
    found = session.exec(select(Topic).where(Topic.slug == topic)).one_or_none()
    if found is None:
        raise NotFound("There is no topic “{topic}”.", topic=topic)
    step = _Step(session, by, clock())
    asked = select(Tag).where(Tag.turn_id == turn_id, Tag.topic_id == found.id)
    held = session.exec(asked.with_for_update()).one_or_none()
    if held is None:
        step.put(turn_id, found)
    elif held.status != "confirmed":
        step.give(held, topic, "confirmed")
    return step.done()


def undo(session: Session, act: str, by: str, clock: Clock = now) -> None:
    """Take an act back whole. Raises NotFound, or Conflict where it was taken back already or decided anew since."""
    rows = session.exec(select(TagDecision).where(TagDecision.act == act).order_by(col(TagDecision.id).desc())).all()
    if not rows:
        raise NotFound("There is no such decision.")
    if session.exec(select(TagDecision.id).where(TagDecision.undoes == act)).first() is not None:
        raise Conflict("This was taken back already.")
    step = _Step(session, by, clock(), undoes=act)
    for row in rows:
        which = select(Tag).join(Topic, col(Topic.id) == col(Tag.topic_id))
        tag = session.exec(which.where(Tag.turn_id == row.turn_id, Topic.slug == row.topic).with_for_update()).first()
        if (tag.status if tag else None) != row.after:
            raise Conflict("This was decided anew since; take the later decision back first.")
        if tag is not None:
            step.give(tag, row.topic, row.before)
    step.done()


class _Step:
    """One act under way."""

    def __init__(self, session: Session, by: str, at: datetime, undoes: str | None = None) -> None:
        self.session, self.by, self.at, self.undoes = session, by, at, undoes
        self.act = str(ULID())
        self.turns: set[int] = set()

    def give(self, tag: Tag, topic: str, status: str | None) -> None:
        """Another status; None takes the tag away."""
        self._keep(tag.turn_id, topic, tag.status, status)
        if status is None:
            self.session.delete(tag)
        else:
            tag.status = status

    def put(self, turn_id: int, topic: Topic) -> None:
        """A topic that no rule suggested."""
        self.session.add(
            Tag(turn_id=turn_id, topic_id=topic.id or 0, reason=PUT_HERE, put_by="editor", status="confirmed")
        )
        self._keep(turn_id, topic.slug, None, "confirmed")

    def done(self) -> str:
        """Write it and tell the index."""
        self.session.flush()
        enqueue(self.session, self.session.exec(select(Turn.key).where(col(Turn.id).in_(self.turns))))
        return self.act

    def _keep(self, turn_id: int, topic: str, before: str | None, after: str | None) -> None:
        self.turns.add(turn_id)
        self.session.add(
            TagDecision(
                act=self.act,
                turn_id=turn_id,
                topic=topic,
                before=before,
                after=after,
                by=self.by,
                at=self.at,
                undoes=self.undoes,
            )
        )


def _suggested(session: Session, tag_ids: Collection[int]) -> Iterable[tuple[Tag, str]]:
    """These suggestions, locked until the transaction ends, with the slugs of their topics."""
    wanted = set(tag_ids)
    if not wanted or len(wanted) > MOST:
        raise Refusal("Tick between 1 and {most} suggestions.", most=MOST)
    rows = session.exec(
        select(Tag, Topic.slug)
        .join(Topic, col(Topic.id) == col(Tag.topic_id))
        .where(col(Tag.id).in_(wanted))
        .order_by(col(Tag.id))
        .with_for_update(of=Tag)
    ).all()
    if len(rows) != len(wanted) or any(tag.status != "suggested" for tag, _ in rows):
        raise Conflict(
            "One of these is no suggestion any more: somebody decided on it, or the words changed. Look again."
        )
    return rows
