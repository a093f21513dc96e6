"""Taking away what students wrote, for good: rows are deleted, nothing is marked as deleted. Each is one step of a transaction.

A nomination outlives its class: it holds what may be said in public, and no student.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col, select

from positions.classes import membership, rooms
from positions.classes.membership import Seat
from positions.classes.models import (
    Allocation,
    Assignment,
    AssignmentTag,
    AssignmentTurn,
    Ballot,
    BroughtIn,
    ClassDecision,
    ClassMember,
    ClassReply,
    ClassRoom,
    ClassSignIn,
    HandedIn,
    Mark,
    MarkAct,
    Nomination,
    Submission,
)
from transcripts.annotation_models import Annotation, AnnotationAnchor, AnnotationBody
from transcripts.errors import Conflict

STEP = 5_000
"""Ids named in one statement."""
NOTHING_LEFT = "There is nothing of yours that was not handed in. What was handed in, your teacher can take away."


def mine(session: Session, seat: Seat) -> bool:
    """Take away a student's work on every assignment they never handed in; with none handed in, the student too.

    Returns whether the student is gone. Raises Conflict where everything they have was handed in.
    """
    given = select(Submission.assignment_id).where(Submission.member_id == seat.member, Submission.n > 0)
    handed_in = set(session.exec(given))
    if not handed_in:
        member(session, seat.member)
        return True
    asked = select(Assignment.id).where(Assignment.class_id == seat.class_id)
    others = [id for id in session.exec(asked) if id is not None and id not in handed_in]
    if not _anything(session, seat.member, others):
        raise Conflict(NOTHING_LEFT)
    _work(session, seat.member, others)
    return False


def student(session: Session, teacher: int, key: str, of: str) -> None:
    """Take a student out of a class with everything they wrote. Raises NotFound."""
    held = rooms.held(session, teacher, key)
    member(session, membership.member_of(session, held.id or 0, of).id or 0)


def room(session: Session, teacher: int, key: str) -> None:
    """Take a class away with everything in it. Raises NotFound."""
    _room(session, rooms.held(session, teacher, key).id or 0)


def due(session: Session, today: date) -> list[str]:
    """Take away every class whose day has come; returns their keys."""
    found = session.exec(select(ClassRoom).where(ClassRoom.purge_on <= today)).all()
    for one in found:
        _room(session, one.id or 0)
    return [one.key for one in found]


def member(session: Session, id: int) -> None:
    """Take a member away with everything they wrote."""
    asked = select(Assignment.id).join(ClassMember, col(ClassMember.class_id) == col(Assignment.class_id))
    assignments = [one for one in session.exec(asked.where(ClassMember.id == id)) if one is not None]
    _work(session, id, assignments)
    _delete(session, ClassSignIn, col(ClassSignIn.member_id) == id)
    _delete(session, ClassMember, col(ClassMember.id) == id)


def _work(session: Session, member: int, assignments: Sequence[int]) -> None:
    """Everything a student wrote on these assignments. What others said about their marks stays, about the answer."""
    of = col(Mark.member_id) == member, col(Mark.assignment_id).in_(assignments)
    acted = col(MarkAct.member_id) == member, col(MarkAct.assignment_id).in_(assignments)
    marks = {*session.exec(select(Mark.annotation_id).where(*of))}
    marks |= {*session.exec(select(MarkAct.annotation_id).where(*acted))}
    turns = select(AssignmentTurn.id).where(col(AssignmentTurn.assignment_id).in_(assignments))
    _delete(session, ClassReply, col(ClassReply.member_id) == member, col(ClassReply.assignment_id).in_(assignments))
    _delete(session, Ballot, col(Ballot.member_id) == member, col(Ballot.class_turn_id).in_(turns))
    _delete(session, Allocation, col(Allocation.member_id) == member, col(Allocation.class_turn_id).in_(turns))
    given = col(Submission.member_id) == member, col(Submission.assignment_id).in_(assignments)
    _delete(session, HandedIn, col(HandedIn.submission_id).in_(select(Submission.id).where(*given)))
    _delete(session, Submission, *given)
    brought = col(BroughtIn.member_id) == member, col(BroughtIn.assignment_id).in_(assignments)
    _delete(session, BroughtIn, *brought)
    _delete(session, MarkAct, *acted)
    _delete(session, Mark, *of)
    _annotations(session, sorted(marks))


def _room(session: Session, class_id: int) -> None:
    assignments = [id for id in session.exec(select(Assignment.id).where(Assignment.class_id == class_id)) if id]
    inside = col(AssignmentTurn.assignment_id).in_(assignments)
    turns = select(AssignmentTurn.id).where(inside)
    given = select(Submission.id).where(col(Submission.assignment_id).in_(assignments))
    decided = select(ClassDecision.id).where(col(ClassDecision.assignment_id).in_(assignments))
    marks = {*session.exec(select(Mark.annotation_id).where(col(Mark.assignment_id).in_(assignments)))}
    marks |= {*session.exec(select(MarkAct.annotation_id).where(col(MarkAct.assignment_id).in_(assignments)))}
    outlives = update(Nomination).where(col(Nomination.decision_id).in_(decided)).values(decision_id=None)
    session.execute(outlives)
    _delete(session, ClassDecision, col(ClassDecision.assignment_id).in_(assignments))
    _delete(session, ClassReply, col(ClassReply.assignment_id).in_(assignments))
    _delete(session, Ballot, col(Ballot.class_turn_id).in_(turns))
    _delete(session, Allocation, col(Allocation.class_turn_id).in_(turns))
    _delete(session, HandedIn, col(HandedIn.submission_id).in_(given))
    _delete(session, Submission, col(Submission.assignment_id).in_(assignments))
    _delete(session, BroughtIn, col(BroughtIn.assignment_id).in_(assignments))
    _delete(session, MarkAct, col(MarkAct.assignment_id).in_(assignments))
    _delete(session, Mark, col(Mark.assignment_id).in_(assignments))
    _annotations(session, sorted(marks))
    _delete(session, AssignmentTurn, inside)
    _delete(session, AssignmentTag, col(AssignmentTag.assignment_id).in_(assignments))
    _delete(session, Assignment, col(Assignment.class_id) == class_id)
    members = select(ClassMember.id).where(ClassMember.class_id == class_id)
    _delete(session, ClassSignIn, col(ClassSignIn.member_id).in_(members))
    _delete(session, ClassMember, col(ClassMember.class_id) == class_id)
    _delete(session, ClassRoom, col(ClassRoom.id) == class_id)


def _annotations(session: Session, ids: Sequence[int]) -> None:
    """Annotations with their wordings and places. What others said about one stays, about the answer it stood on."""
    for at in range(0, len(ids), STEP):
        some = ids[at : at + STEP]
        session.execute(update(ClassReply).where(col(ClassReply.annotation_id).in_(some)).values(annotation_id=None))
        _delete(session, AnnotationBody, col(AnnotationBody.annotation_id).in_(some))
        _delete(session, AnnotationAnchor, col(AnnotationAnchor.annotation_id).in_(some))
        _delete(session, Annotation, col(Annotation.id).in_(some))


def _anything(session: Session, member: int, assignments: Sequence[int]) -> bool:
    """Whether a student has written anything on these assignments."""
    found = (
        select(table.member_id).where(table.member_id == member, col(table.assignment_id).in_(assignments)).limit(1)
        for table in (Mark, MarkAct, ClassReply, Submission)
    )
    return any(session.exec(asked).first() is not None for asked in found)


def _delete(session: Session, table: type[SQLModel], *where: Any) -> None:
    session.execute(delete(table).where(*where).execution_options(synchronize_session=False))
