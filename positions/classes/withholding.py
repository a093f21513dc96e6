"""Words withheld from the record: taken out of what classes wrote about its forum, and marks carried over to what is left of the text.

One step of the caller's transaction, after `positions.withholding`. What a mark says, and where its words stand in the record, is the
record's own and done there.
"""

import json
from typing import Any

import sqlalchemy
from sqlmodel import Session, SQLModel, col, select

from positions.classes.models import (
    Assignment,
    AssignmentTag,
    AssignmentTurn,
    BroughtIn,
    ClassDecision,
    ClassReply,
    HandedIn,
    Mark,
    Nomination,
    Submission,
)
from transcripts import masking, withholding
from transcripts.models import Turn
from transcripts.withholding import Gone

TEXTS: tuple[tuple[type[SQLModel], tuple[str, ...]], ...] = (
    (
        AssignmentTag,
        ("name_en", "name_es", "description_en", "description_es", "includes", "excludes"),
    ),
    (BroughtIn, ("via", "words")),
    (ClassDecision, ("reason",)),
    (ClassReply, ("text",)),
    (Submission, ("remark",)),
)
"""What is written by hand about an assignment, by table."""


def take_out(session: Session, gone: Gone) -> None:
    """Take the words out of everything classes hold of the forum, for good."""
    _carry(session, gone)
    _handed_in(session, gone)
    ours = select(Assignment.id).where(Assignment.forum_id == gone.forum_id)
    withholding.mask_rows(session, Assignment, ("title", "instructions"), sqlalchemy.column("id").in_(ours), gone)
    for table, names in TEXTS:
        withholding.mask_rows(session, table, names, sqlalchemy.column("assignment_id").in_(ours), gone)
    turns = select(Turn.key).where(Turn.forum_id == gone.forum_id)
    withholding.mask_rows(session, Nomination, ("said", "reason"), sqlalchemy.column("turn").in_(turns), gone)
    session.expire_all()


def _carry(session: Session, gone: Gone) -> None:
    """Marks stand in the version the class reads: their places move with what was masked in it."""
    rows = session.exec(
        select(Mark, AssignmentTurn.turn_id, AssignmentTurn.turn_version)
        .join(AssignmentTurn, col(AssignmentTurn.id) == col(Mark.class_turn_id))
        .where(col(AssignmentTurn.turn_id).in_({turn_id for turn_id, _ in gone.spans}))
    )
    for mark, turn_id, version in rows:
        spans = gone.spans.get((turn_id, version))
        if spans:
            mark.start, mark.end = masking.carried(mark.start, mark.end, spans, gone.mark)
            session.add(mark)
    session.flush()


def _handed_in(session: Session, gone: Gone) -> None:
    """What submissions held: places moved, words taken out."""
    ids = dict(session.exec(select(Turn.key, Turn.id).where(Turn.forum_id == gone.forum_id)).all())
    rows = session.exec(
        select(HandedIn)
        .join(Submission, col(Submission.id) == col(HandedIn.submission_id))
        .join(Assignment, col(Assignment.id) == col(Submission.assignment_id))
        .where(Assignment.forum_id == gone.forum_id)
    )
    for row in rows:
        marks: list[dict[str, Any]] = json.loads(row.marks)
        for one in marks:
            spans = gone.spans.get((ids.get(one["turn"]) or 0, one["version"]))
            if spans:
                one["start"], one["end"] = masking.carried(one["start"], one["end"], spans, gone.mark)
        told = masking.each_text(marks, lambda text: gone.without(text) or "")
        row.marks = json.dumps(told, ensure_ascii=False)
        session.add(row)
    session.flush()
