"""What may be read of an assignment, by whom: the only way from the tables of classes to a page, a list, a count or an export.

Whoever is not of the class gets NotFound, as for an assignment that never was.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, select

from positions.classes import sheet
from positions.classes.models import (
    Allocation,
    Assignment,
    AssignmentTag,
    AssignmentTurn,
    ClassMember,
    ClassRoom,
    Mark,
    MarkAct,
    Submission,
)
from positions.classes.sheet import MarkView, Passage, Sheet, Tag, Work
from positions.classes.visibility import Policy, Rule, Scope, State, Viewer, Written, may_read, peers_open
from transcripts.annotation_models import Annotation, AnnotationBody
from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound
from transcripts.models import Forum, TurnVersion
from transcripts.queries import turns
from transcripts.queries.turns import TurnView

GONE = "There is no such assignment."


@dataclass(frozen=True)
class Kept:
    """One thing a student did: put, take or say, on which words, with which tag; `undone`: it was taken back; `undoes`: it is that."""

    at: datetime
    act: str
    exact: str
    tag: int | None
    undone: bool
    undoes: bool


def for_member(session: Session, key: str, class_id: int, member: int) -> tuple[Sheet, Viewer]:
    """An assignment of a student's own class, and that student as a viewer of it. Raises NotFound. Six statements."""
    found = _sheet(session, Assignment.key == key, Assignment.class_id == class_id)
    state = session.exec(
        select(Submission.state).where(Submission.assignment_id == found.id, Submission.member_id == member)
    ).first()
    return found, Viewer(member=member, handed_in=state == State.SUBMITTED)


def for_teacher(session: Session, key: str, teacher: int) -> tuple[Sheet, Viewer]:
    """An assignment of one of a teacher's own classes, and the teacher as a viewer of it. Raises NotFound. Five statements."""
    return _sheet(session, Assignment.key == key, ClassRoom.teacher == teacher), Viewer(teacher=True)


def marks(
    session: Session, found: Sheet, viewer: Viewer, at: datetime, passage: int | None = None
) -> tuple[MarkView, ...]:
    """The marks on an assignment, or on one passage of it, that this viewer may read at `at` (UTC), in the order of the text.

    One statement, which does not even fetch what is not open to a student yet.
    """
    asked = _MARKS.where(col(Mark.assignment_id) == found.id)
    if passage is not None:
        asked = asked.where(col(Mark.class_turn_id) == passage)
    if not peers_open(viewer, found.rule, at):
        asked = asked.where(col(Mark.member_id) == (viewer.member or 0))
    rows = session.execute(asked)
    order = {one.id: one.position for one in found.passages}
    seen = [
        mark
        for mark, written in (_mark(row, viewer) for row in rows)
        if mark.passage in order and may_read(viewer, written, found.rule, at)
    ]
    return tuple(sorted(seen, key=lambda one: (order[one.passage], one.start, one.end, one.id)))


def works(session: Session, found: Sheet, viewer: Viewer, at: datetime) -> tuple[Work, ...]:
    """Where the students' work stands: all of it for the teacher; for a student their own, and whom else they may know of.

    By pseudonym. A classmate's draft is not told, not even that it is there. Two statements.
    """
    open_to = peers_open(viewer, found.rule, at)
    asked = (
        select(ClassMember.id, ClassMember.pseudonym, Submission)
        .outerjoin(
            Submission,
            sqlalchemy.and_(
                col(Submission.member_id) == col(ClassMember.id), col(Submission.assignment_id) == found.id
            ),
        )
        .where(col(ClassMember.class_id) == found.class_id, col(ClassMember.joined_on).is_not(None))
        .order_by(col(ClassMember.pseudonym))
    )
    rows = session.exec(asked if open_to else asked.where(ClassMember.id == viewer.member)).all()
    given = _given(session, found)
    seen = []
    for member, who, submission in rows:
        work = _work(member or 0, who, submission, found, given)
        if viewer.teacher or member == viewer.member or (open_to and work.handed_in):
            seen.append(work)
    return tuple(seen)


def work_of(session: Session, found: Sheet, viewer: Viewer, at: datetime) -> Work:
    """The own work of a student who looks."""
    return next(one for one in works(session, found, viewer, at) if one.member == viewer.member)


def history(session: Session, found: Sheet, viewer: Viewer) -> tuple[Kept, ...]:
    """What a student did to their own marks, the last first. Two statements."""
    rows = session.exec(
        select(MarkAct, Mark)
        .join(Mark, col(Mark.annotation_id) == col(MarkAct.annotation_id))
        .where(MarkAct.assignment_id == found.id, MarkAct.member_id == (viewer.member or 0))
        .order_by(col(MarkAct.id).desc())
    ).all()
    undone = {act.undoes_id for act, _ in rows}
    texts = {one.id: one.text for one in found.passages}
    return tuple(
        Kept(
            act.at,
            act.act,
            texts.get(mark.class_turn_id, "")[mark.start : mark.end],
            mark.tag_id,
            act.id in undone,
            act.undoes_id is not None,
        )
        for act, mark in rows
    )


_SEEN: tuple[Any, ...] = (Mark, Annotation, ClassMember.pseudonym, Submission.state, AnnotationBody.text)

_MARKS: sqlalchemy.Select[Any] = (
    sqlalchemy.select(*_SEEN)
    .join(Annotation, col(Annotation.id) == col(Mark.annotation_id))
    .join(ClassMember, col(ClassMember.id) == col(Mark.member_id))
    .outerjoin(
        Submission,
        sqlalchemy.and_(
            col(Submission.assignment_id) == col(Mark.assignment_id), col(Submission.member_id) == col(Mark.member_id)
        ),
    )
    .outerjoin(
        AnnotationBody,
        sqlalchemy.and_(
            col(AnnotationBody.annotation_id) == col(Annotation.id),
            col(AnnotationBody.version) == col(Annotation.version),
            col(AnnotationBody.purpose).in_(("commenting", "questioning", "assessing")),
        ),
    )
    .where(col(Annotation.deleted_at).is_(None))
)


def _mark(row: Any, viewer: Viewer) -> tuple[MarkView, Written]:
    mark, annotation, who, state, text = row
    state, scope = State(state or State.DRAFT), Scope(mark.scope)
    hidden = mark.hidden_at is not None
    view = MarkView(
        id=annotation.id,
        key=annotation.key,
        member=mark.member_id,
        who=who,
        passage=mark.class_turn_id,
        tag=mark.tag_id,
        start=mark.start,
        end=mark.end,
        comment=text or "",
        purpose=annotation.motivation,
        scope=scope,
        state=state,
        hidden=hidden,
        version=annotation.version,
        at=annotation.created_at,
        changed_at=annotation.modified_at,
    )
    return view, Written(mark.member_id, scope, state, hidden)


def _work(
    member: int, who: str, submission: Submission | None, found: Sheet, given: Mapping[int, frozenset[int]] | None
) -> Work:
    first = submission.first_handed_in_at if submission else None
    return Work(
        member=member,
        who=who,
        state=State(submission.state) if submission else State.DRAFT,
        n=submission.n if submission else 0,
        handed_in_at=submission.handed_in_at if submission else None,
        first_at=first,
        until=submission.until if submission else None,
        remark=submission.remark if submission else "",
        independent=_independent(found, first),
        given=None if given is None else given.get(member, frozenset()),
    )


def _independent(found: Sheet, first: datetime | None) -> bool:
    """Whether work was handed in before classmates' could be read, by the teacher's reveal or by the day that was set."""
    opened = [found.revealed_at, found.rule.seen_from if found.rule.policy == Policy.UNTIL else None]
    return first is not None and all(first <= at for at in opened if at is not None)


def _given(session: Session, found: Sheet) -> dict[int, frozenset[int]] | None:
    if found.raters is None:
        return None
    rows = session.exec(
        select(Allocation.member_id, Allocation.class_turn_id)
        .join(AssignmentTurn, col(AssignmentTurn.id) == col(Allocation.class_turn_id))
        .where(col(AssignmentTurn.assignment_id) == found.id)
    )
    by_member: dict[int, set[int]] = defaultdict(set)
    for member, passage in rows:
        by_member[member].add(passage)
    return {member: frozenset(passages) for member, passages in by_member.items()}


def _sheet(session: Session, *where: Any) -> Sheet:
    row = session.exec(
        select(Assignment, ClassRoom, Forum)
        .join(ClassRoom, col(ClassRoom.id) == col(Assignment.class_id))
        .join(Forum, col(Forum.id) == col(Assignment.forum_id))
        .where(*where)
    ).first()
    if row is None:
        raise NotFound(GONE)
    one, room, forum = row
    assert one.id is not None and room.id is not None
    return Sheet(
        id=one.id,
        key=one.key,
        title=one.title,
        instructions=one.instructions,
        preset=one.preset,
        unit=one.unit,
        exclusive=one.exclusive,
        rule=Rule(Policy(one.policy), one.seen_from, one.revealed_at is not None),
        names_hidden=one.names_hidden,
        comments=one.comments and room.comments,
        replies=one.replies and room.comments,
        raters=one.raters,
        least=one.least,
        due_at=one.due_at,
        revealed_at=one.revealed_at,
        class_id=room.id,
        class_key=room.key,
        class_title=room.title,
        lang=room.lang,
        teacher=room.teacher,
        paused=room.paused_at is not None,
        forum=forum.slug,
        forum_title=Bilingual(forum.title_en, forum.title_es),
        passages=_passages(session, one.id),
        tags=_tags(session, one.id),
    )


def _passages(session: Session, assignment_id: int) -> tuple[Passage, ...]:
    rows = session.exec(
        select(AssignmentTurn, TurnVersion.text)
        .join(
            TurnVersion,
            sqlalchemy.and_(
                col(TurnVersion.turn_id) == col(AssignmentTurn.turn_id),
                col(TurnVersion.n) == col(AssignmentTurn.turn_version),
            ),
        )
        .where(col(AssignmentTurn.assignment_id) == assignment_id)
        .order_by(col(AssignmentTurn.position))
    ).all()
    standing = turns.by_ids(session, [one.turn_id for one, _ in rows])
    heard = [one.turn_id for one, _ in rows if not one.asked] + [one.turn_id for one, _ in rows]
    letters = sheet.letters([standing[id].speaker_id for id in heard if id in standing])
    return tuple(_passage(one, text, standing.get(one.turn_id), letters) for one, text in rows)


def _passage(one: AssignmentTurn, text: str, turn: TurnView | None, letters: Mapping[int | None, str]) -> Passage:
    assert one.id is not None
    if turn is None:
        place = (one.id, one.turn_id, "", one.turn_version, one.position, one.asked)
        return Passage(*place, text="", lang="en", speaker_id=None, speaker=None, label=None, letter="?", gone=True)
    return Passage(
        id=one.id,
        turn_id=one.turn_id,
        key=turn.key,
        version=one.turn_version,
        position=one.position,
        asked=one.asked,
        text=text,
        lang=turn.lang,
        speaker_id=turn.speaker_id,
        speaker=turn.speaker_name,
        label=turn.label,
        letter=letters[turn.speaker_id],
        start_ms=turn.start_ms,
        video_url=turn.video_url,
        corrected=turn.version != one.turn_version,
    )


def _tags(session: Session, assignment_id: int) -> tuple[Tag, ...]:
    rows: Sequence[AssignmentTag] = session.exec(
        select(AssignmentTag)
        .where(AssignmentTag.assignment_id == assignment_id)
        .order_by(col(AssignmentTag.position), col(AssignmentTag.id))
    ).all()
    return tuple(
        Tag(
            id=row.id or 0,
            key=row.key,
            name=Bilingual(row.name_en, row.name_es),
            description=both(row.description_en, row.description_es) or Bilingual(""),
            includes=row.includes,
            excludes=row.excludes,
            parent=row.parent,
            topic=row.topic,
        )
        for row in rows
    )
