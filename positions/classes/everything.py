"""Everything the site holds of one student, for the student or for a parent who asks: also what was taken away and earlier wordings."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from positions.classes.models import (
    Assignment,
    AssignmentTag,
    AssignmentTurn,
    Ballot,
    ClassMember,
    ClassReply,
    ClassRoom,
    HandedIn,
    Mark,
    MarkAct,
    Submission,
)
from transcripts.annotation_models import Annotation, AnnotationBody
from transcripts.models import Forum, Turn, TurnVersion, now

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class MarkHeld:
    """A mark: the words it stands on, its tag, what it says and said before, and whether the student took it away."""

    turn: str
    version: int
    start: int
    end: int
    words: str
    tag: str | None
    says: tuple[str, ...]
    scope: str
    at: datetime
    taken_away: bool


@dataclass(frozen=True)
class WorkHeld:
    """What a student has on one assignment. `acts` are the single steps, `votes` tag → yes or no, as they stand."""

    assignment: str
    forum: str
    state: str | None
    handed_in: tuple[datetime, ...]
    teacher_says: str
    marks: tuple[MarkHeld, ...]
    replies: tuple[tuple[datetime, str], ...]
    votes: tuple[tuple[str, bool], ...]
    acts: tuple[tuple[datetime, str], ...]


@dataclass(frozen=True)
class Everything:
    """One student of one class."""

    class_title: str
    name: str
    joined_on: date | None
    given_out_on: date | None
    erased_on: date
    work: tuple[WorkHeld, ...]


def of_student(session: Session, member: int) -> Everything:
    """Everything of a student, assignment by assignment. The same number of statements however much there is."""
    one, room = session.exec(
        select(ClassMember, ClassRoom)
        .join(ClassRoom, col(ClassRoom.id) == col(ClassMember.class_id))
        .where(ClassMember.id == member)
    ).one()
    given = session.exec(
        select(Assignment, Forum.title_en, Submission)
        .join(Forum, col(Forum.id) == col(Assignment.forum_id))
        .outerjoin(
            Submission,
            (col(Submission.assignment_id) == col(Assignment.id)) & (col(Submission.member_id) == member),
        )
        .where(Assignment.class_id == one.class_id)
        .order_by(col(Assignment.id))
    ).all()
    parts = _parts(session, member)
    work = tuple(_work(assignment, forum, submission, parts) for assignment, forum, submission in given)
    return Everything(room.title, one.pseudonym, one.joined_on, one.exported_on, room.purge_on, work)


def give_out(session: Session, member: ClassMember, clock: Clock = now) -> Everything:
    """Everything of a student for a parent, drafts too: the day is kept, and the student is told."""
    member.exported_on = clock().date()
    session.add(member)
    session.flush()
    return of_student(session, member.id or 0)


def as_json(held: Everything) -> dict[str, Any]:
    """The same as JSON takes it; moments are UTC."""
    return dict(_plain(asdict(held)))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


Parts = Mapping[str, Mapping[int, list[Any]]]


def _work(assignment: Assignment, forum: str, submission: Submission | None, parts: Parts) -> WorkHeld:
    id = assignment.id or 0
    return WorkHeld(
        assignment=assignment.title,
        forum=forum,
        state=submission.state if submission else None,
        handed_in=tuple(parts["handed_in"].get(id, ())),
        teacher_says=submission.remark if submission else "",
        marks=tuple(parts["marks"].get(id, ())),
        replies=tuple(parts["replies"].get(id, ())),
        votes=tuple(parts["votes"].get(id, ())),
        acts=tuple(parts["acts"].get(id, ())),
    )


def _parts(session: Session, member: int) -> Parts:
    """What there is, by what it is and by assignment. Six statements."""
    parts: dict[str, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for assignment, mark in _marks(session, member):
        parts["marks"][assignment].append(mark)
    for reply in session.exec(select(ClassReply).where(ClassReply.member_id == member).order_by(col(ClassReply.id))):
        parts["replies"][reply.assignment_id].append((reply.at, reply.text))
    for act in session.exec(select(MarkAct).where(MarkAct.member_id == member).order_by(col(MarkAct.id))):
        parts["acts"][act.assignment_id].append((act.at, "undo" if act.undoes_id else act.act))
    handed_in = select(Submission.assignment_id, HandedIn.at).join(
        HandedIn, col(HandedIn.submission_id) == col(Submission.id)
    )
    for assignment, at in session.exec(handed_in.where(Submission.member_id == member).order_by(col(HandedIn.n))):
        parts["handed_in"][assignment].append(at)
    votes = select(AssignmentTag, Ballot.present).join(Ballot, col(Ballot.tag_id) == col(AssignmentTag.id))
    for tag, present in session.exec(votes.where(Ballot.member_id == member)):
        parts["votes"][tag.assignment_id].append((tag.name_en, present))
    return parts


def _marks(session: Session, member: int) -> list[tuple[int, MarkHeld]]:
    said: dict[int, list[str]] = defaultdict(list)
    bodies = select(AnnotationBody).join(Mark, col(Mark.annotation_id) == col(AnnotationBody.annotation_id))
    spoken = col(AnnotationBody.purpose).not_in(("tagging", "classifying"))
    for body in session.exec(bodies.where(Mark.member_id == member, spoken).order_by(col(AnnotationBody.id))):
        if body.text not in said[body.annotation_id]:
            said[body.annotation_id].append(body.text)
    rows = session.exec(
        select(Mark, Annotation, Turn.key, TurnVersion)
        .join(Annotation, col(Annotation.id) == col(Mark.annotation_id))
        .join(AssignmentTurn, col(AssignmentTurn.id) == col(Mark.class_turn_id))
        .join(Turn, col(Turn.id) == col(AssignmentTurn.turn_id))
        .join(
            TurnVersion,
            (col(TurnVersion.turn_id) == col(AssignmentTurn.turn_id))
            & (col(TurnVersion.n) == col(AssignmentTurn.turn_version)),
        )
        .where(Mark.member_id == member)
        .order_by(col(Mark.annotation_id))
    ).all()
    asked = select(AssignmentTag).join(Mark, col(Mark.tag_id) == col(AssignmentTag.id))
    tags = {tag.id: tag.name_en for tag in session.exec(asked.where(Mark.member_id == member).distinct())}
    return [
        (
            mark.assignment_id,
            MarkHeld(
                turn=key,
                version=version.n,
                start=mark.start,
                end=mark.end,
                words=version.text[mark.start : mark.end],
                tag=tags.get(mark.tag_id),
                says=tuple(said.get(mark.annotation_id, ())),
                scope=mark.scope,
                at=annotation.created_at,
                taken_away=annotation.deleted_at is not None,
            ),
        )
        for mark, annotation, key, version in rows
    ]
