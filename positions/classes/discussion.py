"""What a class said, voted and decided over an assignment together, as far as the one who looks may read it.

Everything here went through `visibility.may_read`, as marks and works do (`reading`).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import true
from sqlmodel import Session, col, select

from positions.classes.models import Ballot, ClassDecision, ClassMember, ClassReply, Mark
from positions.classes.results import ClassAnswer
from positions.classes.sheet import Sheet
from positions.classes.visibility import Scope, State, Viewer, Written, may_read

TOGETHER = Written(None, Scope.CLASS, State.SUBMITTED)
"""What the class decided: read as what its teacher says to all."""


@dataclass(frozen=True)
class Said:
    """Something said about an answer, or about one mark on it (`mark`, an annotation). `who` is None for the teacher.

    `seed`: it stood there from the beginning. `at` is UTC.
    """

    key: str
    passage: int
    mark: int | None
    member: int | None
    who: str | None
    text: str
    seed: bool
    hidden: bool
    at: datetime


def said(session: Session, sheet: Sheet, viewer: Viewer, at: datetime, seeds: bool = False) -> tuple[Said, ...]:
    """What was said about the answers, the earliest first; with `seeds` only what stands there while students mark. One statement.

    What the teacher says of one mark is for its student alone.
    """
    rows = session.exec(
        select(ClassReply, ClassMember.pseudonym, Mark.member_id)
        .outerjoin(ClassMember, col(ClassMember.id) == col(ClassReply.member_id))
        .outerjoin(Mark, col(Mark.annotation_id) == col(ClassReply.annotation_id))
        .where(col(ClassReply.assignment_id) == sheet.id, col(ClassReply.seed) if seeds else true())
        .order_by(col(ClassReply.seed).desc(), col(ClassReply.id))
    )
    told = []
    for row, who, marked in rows:
        hidden = row.hidden_at is not None
        author = row.member_id if row.annotation_id is None else (row.member_id or marked)
        if may_read(viewer, Written(author, Scope(row.scope), State.SUBMITTED, hidden, row.seed), sheet.rule, at):
            place = (row.key, row.class_turn_id, row.annotation_id)
            told.append(Said(*place, row.member_id, who, row.text, row.seed, hidden, row.at))
    return tuple(told)


def decisions(session: Session, sheet: Sheet, viewer: Viewer, at: datetime) -> dict[int, ClassAnswer]:
    """Passage → the class answer that stands. One statement, none for whoever may not know yet."""
    if not may_read(viewer, TOGETHER, sheet.rule, at):
        return {}
    rows = session.exec(
        select(ClassDecision).where(ClassDecision.assignment_id == sheet.id).order_by(col(ClassDecision.id))
    )
    last: dict[int, dict[int, ClassDecision]] = defaultdict(dict)
    for row in rows:
        last[row.class_turn_id][row.tag_id] = row
    return {passage: _answer(passage, by_tag) for passage, by_tag in last.items()}


def ballots(session: Session, sheet: Sheet, viewer: Viewer, at: datetime) -> dict[int, Mapping[int, frozenset[int]]]:
    """Passage → student → the tags they vote for; none of them is a vote too. One statement."""
    rows = session.exec(select(Ballot).where(col(Ballot.class_turn_id).in_([passage.id for passage in sheet.answers])))
    found: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        if may_read(viewer, Written(row.member_id, Scope.CLASS, State.SUBMITTED), sheet.rule, at):
            votes = found[row.class_turn_id][row.member_id]
            if row.present:
                votes.add(row.tag_id)
    return {
        passage: {member: frozenset(tags) for member, tags in by_member.items()} for passage, by_member in found.items()
    }


def _answer(passage: int, by_tag: Mapping[int, ClassDecision]) -> ClassAnswer:
    newest = max(by_tag.values(), key=lambda row: row.id or 0)
    return ClassAnswer(
        passage,
        frozenset(tag for tag, row in by_tag.items() if row.present),
        newest.rule,
        newest.reason,
        {tag: (row.for_it, row.of) for tag, row in by_tag.items()},
        {tag: row.id or 0 for tag, row in by_tag.items()},
    )
