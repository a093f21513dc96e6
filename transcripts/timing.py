"""The writer of times taken from another source: each turn gets a version that says whose times they are. The words stay as they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from transcripts import aligning, amending
from transcripts.aligning import Alignment, Timed
from transcripts.amending import Reason
from transcripts.errors import BadFile, Conflict, Refusal
from transcripts.formats.parsed import ParsedRecord
from transcripts.models import Turn, now
from transcripts.search import outbox
from transcripts.vocabulary import SPOKEN

Clock = Callable[[], datetime]
CHANGED = "Somebody changed this transcript meanwhile. Look at the times again."


@dataclass(frozen=True)
class Laid:
    """The turns of a record beside a source with times."""

    turns: tuple[Turn, ...]
    alignment: Alignment


def lay(session: Session, record_id: int, source: ParsedRecord) -> Laid:
    """Lay a record's words beside a source's times. Writes nothing. Raises BadFile for a source without times."""
    timed = [
        Timed(turn.text, turn.start_ms, turn.end_ms)
        for turn in source.turns
        if turn.start_ms is not None and turn.end_ms is not None and turn.end_ms > turn.start_ms
    ]
    if not timed:
        raise BadFile("This file has no times with a beginning and an end. Give the captions of the recording.")
    turns = session.exec(
        select(Turn)
        .where(Turn.record_id == record_id, Turn.status == "current", col(Turn.kind).in_(SPOKEN))
        .order_by(col(Turn.position), col(Turn.id))
    ).all()
    return Laid(tuple(turns), aligning.align([turn.text for turn in turns], timed))


def take(
    session: Session, record_id: int, times: Sequence[tuple[str, int, int, int]], reason: Reason, clock: Clock = now
) -> int:
    """Give turns their times, each as (key, version seen, start, end), ms; returns how many changed.

    Raises Conflict where a turn is not what was seen, Refusal for times that make no sense.
    """
    held = {
        turn.key: turn
        for turn in session.exec(
            select(Turn).where(Turn.record_id == record_id, Turn.status == "current").with_for_update()
        )
    }
    changed = []
    for key, version, start, end in times:
        turn = held.get(key)
        if turn is None or turn.version != version:
            raise Conflict(CHANGED)
        if not 0 <= start <= end:
            raise Refusal("A passage cannot end before it begins.")
        if (turn.start_ms, turn.end_ms) != (start, end):
            checked, source = turn.review, amending.record_of(session, turn)
            turn.start_ms, turn.end_ms, turn.times_fixed = start, end, True
            amending.version(session, turn, source, reason, clock())
            turn.review = checked
            session.add(turn)
            changed.append(key)
    session.flush()
    outbox.enqueue(session, changed)
    return len(changed)
