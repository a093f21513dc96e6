"""The writer of reviews: machine → edited → reviewed, turn by turn and then for a whole record.

What was checked is one version of a turn: a change by an editor makes it *edited* again, a change by a file unchecked.
Every function is one step of the caller's transaction.
"""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, select

from transcripts import amending
from transcripts.desk_models import ReviewMark
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import CHECKED, Record, now
from transcripts.queries import reviews
from transcripts.vocabulary import Grade

Clock = Callable[[], datetime]


def mark(session: Session, key: str, version: int, state: str | None, by: str, clock: Clock = now) -> None:
    """Say how far the version of a turn the editor saw was checked: edited, reviewed, or None for not at all.

    Raises Conflict where it is another version by now.
    """
    turn = amending.current(session, key, version)
    if state not in (*CHECKED, None) or not by.strip():
        raise Refusal("Say whether it was edited or reviewed, and who says so.")
    turn.review = state
    session.add(turn)
    session.add(
        ReviewMark(record_id=turn.record_id, turn_id=turn.id, version=version, state=state or "none", by=by, at=clock())
    )
    session.flush()


def close(session: Session, record_id: int, seen: str, grade: Grade, by: str, clock: Clock = now) -> None:
    """Give a whole record its grade: edited, or reviewed once every word somebody says in it was. `seen` is its grade till now."""
    record = session.exec(
        select(Record).where(Record.id == record_id).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if record is None:
        raise NotFound("There is no such transcript.")
    if record.grade != seen:
        raise Conflict(
            "Somebody changed this meanwhile: you saw “{seen}”, it is “{grade}”.", seen=seen, grade=record.grade
        )
    if grade not in (Grade.EDITED, Grade.REVIEWED) or record.grade == Grade.RECAP or not by.strip():
        raise Refusal("A transcript becomes edited or reviewed, and somebody says so; a news report stays one.")
    done = reviews.progress(session, record_id)
    if grade == Grade.REVIEWED and done.reviewed < done.turns:
        raise Refusal(
            "{n} of {turns} turns were not checked against the recording yet.",
            n=done.turns - done.reviewed,
            turns=done.turns,
        )
    record.grade = grade
    session.add(record)
    session.add(ReviewMark(record_id=record_id, state=str(grade), by=by, at=clock()))
    session.flush()
