"""Handing in, giving back, more time, and the reveal. Each function is one step of the caller's transaction."""

import json
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from positions.classes import marking, reading
from positions.classes.marking import PAUSED
from positions.classes.models import Assignment, ClassMember, HandedIn, Submission
from positions.classes.sheet import MarkView, Sheet, Work
from positions.classes.visibility import Policy, State, Viewer
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import now

Clock = Callable[[], datetime]

REMARK = 1_000
"""Code points of what a teacher says when work is given back."""


def hand_in(session: Session, sheet: Sheet, member: int, clock: Clock = now) -> Work:
    """Hand a student's work in: it cannot be changed from now on, and a copy of its marks is kept. Once more changes nothing.

    Raises Refusal while fewer marks are there than the assignment asks for, or the class is paused.
    """
    row = marking.at_work(session, sheet.id, member)
    viewer, at = Viewer(member=member), clock()
    if row.state != State.SUBMITTED:
        if sheet.paused:
            raise Refusal(PAUSED)
        own = [one for one in reading.marks(session, sheet, viewer, at) if one.member == member]
        if len(own) < sheet.least:
            raise Refusal(
                "This assignment asks for {least} marks at least; you have put {n} so far.",
                least=sheet.least,
                n=len(own),
            )
        row.n, row.state, row.handed_in_at = row.n + 1, State.SUBMITTED, at
        row.first_handed_in_at = row.first_handed_in_at or at
        session.add(row)
        session.flush()
        assert row.id is not None
        session.add(HandedIn(submission_id=row.id, n=row.n, marks=_kept(sheet, own), at=at))
        session.flush()
    return reading.work_of(session, sheet, viewer, at)


def give_back(session: Session, sheet: Sheet, member: int, remark: str, clock: Clock = now) -> None:
    """Let a student go on with what was handed in, with the teacher's words. Raises NotFound, Conflict, Refusal."""
    row = _handed_in(session, sheet, member)
    if len(remark) > REMARK:
        raise Refusal("At most {n} characters.", n=REMARK)
    row.state, row.remark = State.RETURNED, remark.strip()
    session.add(row)
    session.flush()


def extend(session: Session, sheet: Sheet, member: int, until: datetime | None) -> None:
    """Give a student more time than the others, or take that back. Raises NotFound."""
    _of_class(session, sheet, member)
    row = marking.at_work(session, sheet.id, member)
    row.until = until
    session.add(row)
    session.flush()


def reveal(session: Session, sheet: Sheet, clock: Clock = now) -> None:
    """Let the class see what was handed in, from now on and for good. Once more changes nothing. Raises Refusal.

    Drafts stay their authors'; what is handed in for the first time afterwards is left out of the figures of agreement.
    """
    if sheet.rule.policy == Policy.PRIVATE:
        raise Refusal("In this assignment everybody’s work stays their own: there is nothing to reveal.")
    row = session.exec(select(Assignment).where(Assignment.id == sheet.id).with_for_update()).one()
    row.revealed_at = row.revealed_at or clock()
    session.add(row)
    session.flush()


def is_late(sheet: Sheet, work: Work) -> bool:
    """Whether work was handed in after its time."""
    due = work.until or sheet.due_at
    return due is not None and work.handed_in_at is not None and work.handed_in_at > due


def _handed_in(session: Session, sheet: Sheet, member: int) -> Submission:
    _of_class(session, sheet, member)
    row = marking.at_work(session, sheet.id, member)
    if row.state != State.SUBMITTED:
        raise Conflict("This work is not handed in (any more); nothing was changed.")
    return row


def _of_class(session: Session, sheet: Sheet, member: int) -> None:
    found = select(ClassMember.id).where(ClassMember.id == member, col(ClassMember.class_id) == sheet.class_id)
    if session.exec(found).first() is None:
        raise NotFound("There is no such student in this class.")


def _kept(sheet: Sheet, own: list[MarkView]) -> str:
    """The marks as they were handed in: tags by key, places by turn and version."""
    held = {one.id: one for one in sheet.passages}
    return json.dumps(
        [
            {
                "turn": held[one.passage].key,
                "version": held[one.passage].version,
                "start": one.start,
                "end": one.end,
                "tag": tag.key if (tag := sheet.tag(one.tag)) else None,
                "comment": one.comment,
                "scope": one.scope.value,
            }
            for one in own
        ],
        ensure_ascii=False,
    )
