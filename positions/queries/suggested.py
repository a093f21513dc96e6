"""The queue of suggested topics, and what editors decided of them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, func, select

from positions.models import Tag, TagDecision, Topic
from transcripts.bilingual import Bilingual
from transcripts.models import Forum, Record, Turn
from transcripts.queries.records import shown

PAGE = 50
"""Acts on a page of the history."""
LIKELY = {"very": (0.8, 1.01), "likely": (0.6, 0.8), "perhaps": (0.0, 0.6)}
"""How likely a suggestion is, by name: from, and below."""


@dataclass(frozen=True)
class SuggestedTag:
    """A topic suggested for a turn and why; `weight` is how likely it is (0 to 1), None where the rules did not say."""

    id: int
    turn_id: int
    topic: str
    name: Bilingual
    reason: str
    weight: float | None


@dataclass(frozen=True)
class Wanted:
    """Which suggestions: of one topic, of one forum (by slug), as likely as a key of LIKELY; None for all."""

    topic: str | None = None
    forum: str | None = None
    likely: str | None = None


@dataclass(frozen=True)
class DecisionLine:
    """What was decided of one topic on one turn; statuses, None where there was or is no tag."""

    turn_id: int
    turn_key: str
    topic: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class DecisionAct:
    """What was decided together; `undoes` an earlier act, or `undone` by a later one."""

    act: str
    by: str
    at: datetime
    undoes: bool
    undone: bool
    lines: tuple[DecisionLine, ...]


def queue(session: Session, wanted: Wanted, page: int, size: int) -> tuple[int, tuple[SuggestedTag, ...]]:
    """How many suggestions wait, and a page of them by topic and forum. Two statements."""
    asked = (
        select(Tag, Topic)
        .join(Topic, col(Topic.id) == col(Tag.topic_id))
        .join(Turn, col(Turn.id) == col(Tag.turn_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .join(Forum, col(Forum.id) == col(Turn.forum_id))
        .where(Tag.status == "suggested", shown(), _which(wanted))
    )
    total = session.exec(select(func.count()).select_from(asked.with_only_columns(col(Tag.id)).subquery())).one()
    order = (col(Topic.position), col(Forum.held_on).desc(), col(Turn.forum_id), col(Turn.position), col(Tag.id))
    rows = session.exec(asked.order_by(*order).offset((page - 1) * size).limit(size)).all()
    return total, tuple(
        SuggestedTag(
            tag.id or 0, tag.turn_id, topic.slug, Bilingual(topic.name_en, topic.name_es), tag.reason, tag.weight
        )
        for tag, topic in rows
    )


def history(session: Session, page: int) -> tuple[tuple[DecisionAct, ...], bool]:
    """A page of what was decided, the latest first, and whether there is more. Three statements."""
    latest = func.max(col(TagDecision.id)).desc()
    ids = select(TagDecision.act).group_by(col(TagDecision.act)).order_by(latest)
    acts = session.exec(ids.offset((page - 1) * PAGE).limit(PAGE + 1)).all()
    shown_acts = acts[:PAGE]
    rows: dict[str, list[tuple[TagDecision, str]]] = defaultdict(list)
    for row, key in session.exec(
        select(TagDecision, Turn.key)
        .join(Turn, col(Turn.id) == col(TagDecision.turn_id))
        .where(col(TagDecision.act).in_(shown_acts))
        .order_by(col(TagDecision.id))
    ):
        rows[row.act].append((row, key))
    undone = set(session.exec(select(TagDecision.undoes).where(col(TagDecision.undoes).in_(shown_acts))))
    return tuple(_act(rows[act], act in undone) for act in shown_acts), len(acts) > PAGE


def _act(rows: list[tuple[TagDecision, str]], undone: bool) -> DecisionAct:
    first = rows[0][0]
    lines = tuple(DecisionLine(row.turn_id, key, row.topic, row.before, row.after) for row, key in rows)
    return DecisionAct(first.act, first.by, first.at, first.undoes is not None, undone, lines)


def _which(wanted: Wanted) -> ColumnElement[bool]:
    least, below = LIKELY.get(wanted.likely or "", (0.0, 1.01))
    weight = func.coalesce(col(Tag.weight), 0.0)
    parts = [weight >= least, weight < below]
    if wanted.topic:
        parts.append(col(Topic.slug) == wanted.topic)
    if wanted.forum:
        parts.append(col(Forum.slug) == wanted.forum)
    return and_(*parts)
