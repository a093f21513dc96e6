"""The only writer of marks: put, take away, say something beside one, take back the last thing done.

Each function is one step of the caller's transaction. `op` is the browser's key of the save: one sent again changes nothing, so
that work done without a network can be sent until it arrives. A student writes into their own unhanded work only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from positions.classes import spans
from positions.classes.models import Allocation, Assignment, ClassRoom, Mark, MarkAct, Submission
from positions.classes.sheet import Passage, Sheet
from positions.classes.visibility import Scope, State
from transcripts import annotating
from transcripts.annotating import Body
from transcripts.annotation_models import Annotation, AnnotationBody
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import now
from transcripts.text import clean

Clock = Callable[[], datetime]

LONGEST = 2_000
"""Code points of a comment."""
MOST = 500
"""Marks of one student on one assignment."""
SPEAKING = ("commenting", "questioning", "assessing")

HANDED_IN = "You have handed this in. It can be changed again when your teacher returns it."
PAUSED = "Your teacher has paused the class. Nothing is lost; go on when it is open again."
NOT_YOURS = "This answer was given to others to judge."


class Paused(Refusal):
    """The class is paused: what was sent can be sent again, unchanged, when it goes on."""


@dataclass(frozen=True)
class Wish:
    """What a student wants to put: a tag, words beside it, or both, on [start, end) of a passage; `purpose` is of the words."""

    passage: int
    start: int
    end: int
    tag: int | None = None
    comment: str = ""
    purpose: str = "commenting"
    scope: Scope = Scope.CLASS


def put(session: Session, sheet: Sheet, member: int, op: str, wish: Wish, clock: Clock = now) -> str:
    """Put a mark; returns the key of its annotation. The same tag on the same words is there once, however often it is put.

    Where an answer takes one tag only, the one before goes. Raises Refusal, Conflict, NotFound.
    """
    work = _at_work(session, sheet, member)
    before = _done(session, member, op)
    if before is not None:
        return _key(session, before)
    passage = _passage(session, sheet, member, wish.passage)
    if wish.tag is not None and sheet.tag(wish.tag) is None:
        raise Refusal("This tag is not of this assignment.")
    said = _said(sheet, wish.comment, needed=wish.tag is None)
    start, end = spans.fitted(passage.text, passage.sentences, sheet.unit, (wish.start, wish.end))
    same = [one for one in _on(session, sheet, member, passage) if (one.start, one.end) == (start, end)]
    for one in same:
        if wish.tag is not None and one.tag_id == wish.tag and not said:
            return _key(session, one.annotation_id)
    if sheet.exclusive and wish.tag is not None:
        for one in same if sheet.unit != "turn" else _on(session, sheet, member, passage):
            if one.tag_id is not None:
                _remove(session, sheet, one, f"{op}-{one.annotation_id}"[:40], clock)
    if _count(session, sheet, member) >= MOST:
        raise Refusal("At most {n} marks on one assignment.", n=MOST)
    key = _annotate(session, sheet, member, passage, (start, end), wish, said, clock)
    annotation_id = session.exec(select(Annotation.id).where(Annotation.key == key)).one()
    assert annotation_id is not None and work.id is not None
    session.add(
        Mark(
            annotation_id=annotation_id,
            assignment_id=sheet.id,
            member_id=member,
            class_turn_id=passage.id,
            tag_id=wish.tag,
            start=start,
            end=end,
            scope=wish.scope,
            op=op,
        )
    )
    _note(session, sheet, member, annotation_id, "put", op, clock)
    return key


def take(session: Session, sheet: Sheet, member: int, op: str, key: str, clock: Clock = now) -> None:
    """Take an own mark away; one that is gone already stays gone. Raises Refusal, NotFound."""
    _at_work(session, sheet, member)
    if _done(session, member, op) is not None:
        return
    mark, annotation = _own(session, sheet, member, key)
    if annotation.deleted_at is None:
        _remove(session, sheet, mark, op, clock)


def say(session: Session, sheet: Sheet, member: int, op: str, key: str, text: str, clock: Clock = now) -> None:
    """Let an own mark say something (else); empty for nothing any more, where it has a tag. Raises Refusal, NotFound."""
    _at_work(session, sheet, member)
    if _done(session, member, op) is not None:
        return
    mark, annotation = _own(session, sheet, member, key)
    if annotation.deleted_at is not None:
        raise NotFound("There is no such note (any more).")
    said = _said(sheet, text, needed=mark.tag_id is None)
    bodies = _bodies(sheet, mark.tag_id, said, annotation.motivation)
    annotating.reword(session, _author(member), key, annotation.version, bodies, clock)
    _note(session, sheet, member, mark.annotation_id, "say", op, clock)


def undo(session: Session, sheet: Sheet, member: int, op: str, clock: Clock = now) -> str | None:
    """Take back the last thing this student did to their marks that stands; what it was, None where nothing is left."""
    _at_work(session, sheet, member)
    if _done(session, member, op) is not None:
        return None
    last = _last(session, sheet, member)
    if last is None:
        return None
    annotation = session.get_one(Annotation, last.annotation_id)
    if last.act == "put":
        annotation.deleted_at = clock()
    elif last.act == "take":
        annotation.deleted_at = None
    else:
        _before(session, annotation, member, clock)
    session.add(annotation)
    _note(session, sheet, member, last.annotation_id, last.act, op, clock, undoes=last.id)
    return last.act


def _last(session: Session, sheet: Sheet, member: int) -> MarkAct | None:
    """The last act that neither takes back another nor was taken back."""
    undone = select(MarkAct.undoes_id).where(
        MarkAct.assignment_id == sheet.id, MarkAct.member_id == member, col(MarkAct.undoes_id).is_not(None)
    )
    return session.exec(
        select(MarkAct)
        .where(
            MarkAct.assignment_id == sheet.id,
            MarkAct.member_id == member,
            col(MarkAct.undoes_id).is_(None),
            col(MarkAct.id).not_in(undone),
        )
        .order_by(col(MarkAct.id).desc())
    ).first()


def _before(session: Session, annotation: Annotation, member: int, clock: Clock) -> None:
    """Let an annotation say again what it said in the wording before."""
    rows = session.exec(
        select(AnnotationBody)
        .where(AnnotationBody.annotation_id == annotation.id, AnnotationBody.version == annotation.version - 1)
        .order_by(col(AnnotationBody.position))
    ).all()
    bodies = [Body(row.purpose, row.text, row.lang) for row in rows]
    annotating.reword(session, _author(member), annotation.key, annotation.version, bodies, clock)


def at_work(session: Session, assignment_id: int, member: int) -> Submission:
    """A student's work on an assignment, held until the end of the transaction: two saves of one student never overlap."""
    asked = select(Submission).where(Submission.assignment_id == assignment_id, Submission.member_id == member)
    work = session.exec(asked.with_for_update()).one_or_none()
    if work is None:
        work = Submission(assignment_id=assignment_id, member_id=member)
        session.add(work)
        session.flush()
    return work


def _at_work(session: Session, sheet: Sheet, member: int) -> Submission:
    work = at_work(session, sheet.id, member)
    paused: Any = session.exec(
        select(ClassRoom.paused_at)
        .join(Assignment, col(Assignment.class_id) == col(ClassRoom.id))
        .where(Assignment.id == sheet.id)
    ).one()
    if paused is not None:
        raise Paused(PAUSED)
    if work.state == State.SUBMITTED:
        raise Conflict(HANDED_IN)
    return work


def _passage(session: Session, sheet: Sheet, member: int, id: int) -> Passage:
    found = next((one for one in sheet.answers if one.id == id), None)
    if found is None:
        raise NotFound("There is no such answer in this assignment (any more).")
    if sheet.raters is not None and session.get(Allocation, (id, member)) is None:
        raise Refusal(NOT_YOURS)
    return found


def _said(sheet: Sheet, typed: str, *, needed: bool) -> str:
    said = clean(typed).strip()
    if said and not sheet.comments:
        raise Refusal("Comments are off in this class; a tag can be put without one.")
    if len(said) > LONGEST:
        raise Refusal("At most {n} characters.", n=LONGEST)
    if needed and not said:
        raise Refusal("Choose a tag or write something.")
    return said


def _annotate(
    session: Session,
    sheet: Sheet,
    member: int,
    passage: Passage,
    span: tuple[int, int],
    wish: Wish,
    said: str,
    clock: Clock,
) -> str:
    purpose = wish.purpose if wish.purpose in SPEAKING else "commenting"
    bodies = _bodies(sheet, wish.tag, said, purpose)
    return annotating.annotate(
        session, _author(member), passage.key, passage.version, span, bodies, "class", purpose, clock
    )


def _bodies(sheet: Sheet, tag_id: int | None, said: str, purpose: str) -> list[Body]:
    tag = sheet.tag(tag_id)
    bodies = [Body("classifying", tag.key)] if tag else []
    return [*bodies, Body(purpose, said, sheet.lang)] if said else bodies


def _on(session: Session, sheet: Sheet, member: int, passage: Passage) -> list[Mark]:
    return list(
        session.exec(
            select(Mark)
            .join(Annotation, col(Annotation.id) == col(Mark.annotation_id))
            .where(
                Mark.assignment_id == sheet.id,
                Mark.member_id == member,
                Mark.class_turn_id == passage.id,
                col(Annotation.deleted_at).is_(None),
            )
        )
    )


def _count(session: Session, sheet: Sheet, member: int) -> int:
    asked = select(func.count(col(Mark.annotation_id)))
    return session.exec(asked.where(Mark.assignment_id == sheet.id, Mark.member_id == member)).one()


def _remove(session: Session, sheet: Sheet, mark: Mark, op: str, clock: Clock) -> None:
    annotation = session.get_one(Annotation, mark.annotation_id)
    annotation.deleted_at = clock()
    session.add(annotation)
    _note(session, sheet, mark.member_id, mark.annotation_id, "take", op, clock)


def _own(session: Session, sheet: Sheet, member: int, key: str) -> tuple[Mark, Annotation]:
    found = session.exec(
        select(Mark, Annotation)
        .join(Annotation, col(Annotation.id) == col(Mark.annotation_id))
        .where(Annotation.key == key, Mark.assignment_id == sheet.id, Mark.member_id == member)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such note (any more).")
    return found


def _done(session: Session, member: int, op: str) -> int | None:
    """The annotation a save was about that arrived before."""
    if not 8 <= len(op) <= 40 or not op.isascii() or not op.isprintable():
        raise Refusal("This save has no key of its own. Load the page again.")
    return session.exec(select(MarkAct.annotation_id).where(MarkAct.member_id == member, MarkAct.op == op)).first()


def _key(session: Session, annotation_id: int) -> str:
    return session.get_one(Annotation, annotation_id).key


def _note(
    session: Session,
    sheet: Sheet,
    member: int,
    annotation_id: int,
    act: str,
    op: str,
    clock: Clock,
    undoes: int | None = None,
) -> None:
    session.add(
        MarkAct(
            assignment_id=sheet.id,
            member_id=member,
            annotation_id=annotation_id,
            act=act,
            op=op,
            undoes_id=undoes,
            at=clock(),
        )
    )
    session.flush()


def _author(member: int) -> str:
    """How an annotation names its student: by a number that is nobody's outside the class's own tables."""
    return f"class-member/{member}"
