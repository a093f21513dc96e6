"""Erasing takes every row of a student or of a class, and no row of anybody else."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, select

from positions.classes import erasing, everything
from positions.classes.models import (
    Allocation,
    Ballot,
    ClassDecision,
    ClassMember,
    ClassReply,
    ClassRoom,
    ClassSignIn,
    Mark,
    Nomination,
)
from tests.positions.classes.school import NOON, TEACHER, School, school
from tracker.classes import erased
from tracker.db import Database
from transcripts.annotation_models import Annotation
from transcripts.errors import NotFound

OURS = [
    *sorted(name for name in SQLModel.metadata.tables if name.startswith("class_")),
    "annotation",
    "annotation_body",
    "annotation_anchor",
]
KEPT = {"class_nomination", "class_request"}


def counts(session: Session) -> dict[str, int]:
    return {name: session.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in OURS}


@pytest.fixture
def full(database: Database) -> School:
    """A class in which everything has happened."""
    made = school(database)
    for who in made.members:
        made.put(who, comment="Dodged it.")
        made.put(who, 1, comment="And this.")
    made.hand_in("Heron 12")
    with database.write() as session:
        sheet = made.sheet(session)
        first, tag = sheet.answers[0], sheet.tags[0]
        heron, otter = made.members["Heron 12"], made.members["Otter 7"]
        of_heron = session.exec(select(Mark.annotation_id).where(Mark.member_id == heron)).first()
        for member in (heron, otter):
            session.add(Ballot(class_turn_id=first.id, tag_id=tag.id, member_id=member, present=True))
            session.add(Allocation(class_turn_id=first.id, member_id=member))
            session.add(ClassSignIn(digest=f"{member}", member_id=member, expires_at=NOON))
            session.add(
                ClassReply(
                    key=f"reply-{member}",
                    assignment_id=sheet.id,
                    class_turn_id=first.id,
                    annotation_id=of_heron,
                    member_id=member,
                    text="Why?",
                )
            )
        decided = ClassDecision(
            assignment_id=sheet.id, class_turn_id=first.id, tag_id=tag.id, present=True, rule="teacher"
        )
        session.add(decided)
        session.flush()
        told = {"said": "decided by the teacher", "for_it": 1, "of": 2, "by": "Tia", "key": "nominated"}
        session.add(Nomination(decision_id=decided.id, turn=first.key, topic="transit", **told))
    return made


def test_a_student_goes_with_everything_and_takes_nobody_along(full: School) -> None:
    heron, otter = full.members["Heron 12"], full.members["Otter 7"]
    with full.database.write() as session:
        before = everything.as_json(everything.of_student(session, otter))
        erasing.member(session, heron)
    with full.database.read() as session:
        assert session.get(ClassMember, heron) is None
        columns = [(name, "member_id") for name in OURS if "member_id" in SQLModel.metadata.tables[name].columns]
        for name, column in columns:
            left = session.execute(text(f'SELECT count(*) FROM "{name}" WHERE {column} = :id'), {"id": heron})
            assert left.scalar_one() == 0, name
        assert len(session.exec(select(Annotation)).all()) == 4
        assert everything.as_json(everything.of_student(session, otter)) == before
        (reply,) = session.exec(select(ClassReply)).all()
        assert reply.member_id == otter and reply.annotation_id is None


def test_a_class_goes_whole_and_what_the_record_took_stays(full: School) -> None:
    with full.database.write() as session:
        key = session.exec(select(ClassRoom.key)).one()
        with pytest.raises(NotFound):
            erasing.room(session, TEACHER + 1, key)
        assert counts(session)["class_mark"] == 6
        erasing.room(session, TEACHER, key)
    with full.database.read() as session:
        assert {name: n for name, n in counts(session).items() if n and name not in KEPT} == {}
        assert session.exec(select(Nomination)).one().decision_id is None


def test_only_what_is_due_is_erased(full: School) -> None:
    with full.database.write() as session:
        assert erasing.due(session, date(2027, 6, 30)) == []
        assert len(erasing.due(session, date(2027, 7, 1))) == 1
        assert not session.exec(select(ClassRoom)).all()


def test_the_file_can_be_written_anew_on_both_databases(full: School) -> None:
    full.database.shrink_log()
    full.database.rewrite(erased.tables())
    with full.database.read() as session:
        assert counts(session)["class_mark"] == 6
