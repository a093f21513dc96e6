"""Words withheld from the record are in nothing a class holds either, and marks stand on the words they stood on."""

import json

from sqlmodel import Session, SQLModel, select, text

from positions.classes.models import (
    Assignment,
    AssignmentTag,
    BroughtIn,
    ClassDecision,
    ClassReply,
    HandedIn,
    Mark,
    Nomination,
    Submission,
)
from tests.positions.classes.school import NOON, School, school
from tracker import withholding
from tracker.db import Database
from transcripts.amending import Reason
from transcripts.models import Turn

WORDS = "every day"
SAID = f"Not {WORDS}, she said."


def write_everywhere(session: Session, ours: School) -> None:
    """The words in every text a class can hold of the forum."""
    sheet = ours.sheet(session)
    member, answer, tag = ours.members["Heron 12"], sheet.answers[0].id, sheet.tags[0].id
    for table, names in ((Assignment, ("title", "instructions")), (AssignmentTag, ("name_es", "includes", "excludes"))):
        for row in session.exec(select(table)):
            for name in names:
                setattr(row, name, SAID)
            session.add(row)
    for work in session.exec(select(Submission)):
        work.remark = SAID
        session.add(work)
    about = {"assignment_id": sheet.id, "class_turn_id": answer}
    session.add(ClassReply(key="r", text=SAID, member_id=member, **about))
    decided = ClassDecision(tag_id=tag, present=True, rule="teacher", reason=SAID, **about)
    session.add(decided)
    session.add(BroughtIn(assignment_id=sheet.id, member_id=member, via=f"x:{SAID}", words=SAID, status="orphan"))
    session.flush()
    said = {"said": SAID, "reason": SAID, "for_it": 1, "of": 1, "by": "Tia"}
    session.add(Nomination(key="n", decision_id=decided.id, turn=sheet.answers[0].key, topic="transit", **said))


def test_withheld_words_are_in_no_table_of_classes_and_marks_move_with_theirs(database: Database) -> None:
    ours = school(database)
    with database.write() as session:
        for row in session.exec(select(Assignment)):
            row.unit = "words"
            session.add(row)
        answer = ours.sheet(session).answers[0]
    assert answer.text.endswith(f"{WORDS}.")
    places = {
        "before": (0, 6),
        "across": (answer.text.index("free"), answer.text.index(WORDS) + 5),
        "after": (len(answer.text) - 1, len(answer.text)),
        "whole": (0, len(answer.text)),
    }
    for name, (start, end) in places.items():
        ours.put("Heron 12", 0, comment=f"{name}: {SAID}", start=start, end=end)
    ours.hand_in("Heron 12")
    with database.write() as session:
        write_everywhere(session, ours)
    with database.write() as session:
        turn = session.exec(select(Turn).where(Turn.key == answer.key)).one()
        withholding.withhold(
            session, turn.key, turn.version, WORDS, "name", Reason("A private person asked", "Ed", "her")
        )
    with database.read() as session:
        now = ours.sheet(session).answers[0].text
        assert now == answer.text.replace(WORDS, "[name withheld]")
        tables = [name for name in SQLModel.metadata.tables if name.startswith(("class_", "annotation"))]
        for name in tables:
            assert WORDS not in str(session.execute(text(f'SELECT * FROM "{name}"')).all()), name
        stand = [now[one.start : one.end] for one in session.exec(select(Mark).order_by(text("annotation_id")))]
        kept = json.loads(session.exec(select(HandedIn)).one().marks)
    free = now[answer.text.index("free") : now.index("]") + 1]
    assert stand == ["I have", free, ".", now]
    assert sorted(now[one["start"] : one["end"]] for one in kept) == sorted(stand)
    assert ours.seen("Heron 12", NOON)
