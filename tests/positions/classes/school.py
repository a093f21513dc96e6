"""A small class with students in their seats and one assignment on the small race's forum: what the tests of classes begin with."""

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, select

from positions.classes import assigning, marking, reading, submitting
from positions.classes.assigning import Wanted, WantedTag
from positions.classes.marking import Wish
from positions.classes.models import ClassMember, ClassRoom
from positions.classes.sheet import MarkView, Sheet, Work
from positions.classes.visibility import Viewer
from tests.positions.town import load_text
from tracker.db import Database
from transcripts.bilingual import Bilingual

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
TEACHER = 1
TAGS = (
    WantedTag("answered", Bilingual("Answered", "Respondió")),
    WantedTag("partly", Bilingual("Answered in part", "Respondió en parte")),
    WantedTag("other", Bilingual("Spoke of something else", "Habló de otra cosa")),
)
WANTED = Wanted("Did they answer?", tags=TAGS)


@dataclass(frozen=True)
class School:
    """A class in a database: ids of its students by pseudonym, and the key of its assignment."""

    database: Database
    class_id: int
    members: dict[str, int]
    key: str

    def sheet(self, session: Session) -> Sheet:
        """The assignment as its teacher holds it."""
        return reading.for_teacher(session, self.key, TEACHER)[0]

    def op(self) -> str:
        """A new key for a save."""
        return secrets.token_hex(8)

    def put(self, who: str, passage: int = 0, tag: str | None = "answered", **wish: Any) -> str:
        """Let a student mark the n-th answer of the assignment; returns the annotation's key."""
        with self.database.write() as session:
            sheet = self.sheet(session)
            place = sheet.answers[passage]
            tag_id = next((one.id for one in sheet.tags if one.key == tag), None)
            wanted = replace(Wish(place.id, 0, len(place.text), tag_id), **wish)
            return marking.put(session, sheet, self.members[who], self.op(), wanted, lambda: NOON)

    def hand_in(self, who: str, at: datetime = NOON) -> Work:
        """Let a student hand in."""
        with self.database.write() as session:
            return submitting.hand_in(session, self.sheet(session), self.members[who], lambda: at)

    def seen(self, who: str | None, at: datetime = NOON) -> list[MarkView]:
        """The marks a student sees, or the teacher."""
        with self.database.read() as session:
            if who is None:
                sheet, viewer = reading.for_teacher(session, self.key, TEACHER)
            else:
                sheet, viewer = self.viewer(session, who)
            return list(reading.marks(session, sheet, viewer, at))

    def viewer(self, session: Session, who: str) -> tuple[Sheet, Viewer]:
        """The assignment and a student as its viewer."""
        return reading.for_member(session, self.key, self.class_id, self.members[who])


def class_of(
    session: Session, *names: str, teacher: int = TEACHER, title: str = "Period 3"
) -> tuple[int, dict[str, int]]:
    """A class with students of these pseudonyms."""
    room = ClassRoom(key=secrets.token_urlsafe(16), teacher=teacher, title=title, purge_on=date(2027, 7, 1))
    session.add(room)
    session.flush()
    assert room.id is not None
    for name in names:
        session.add(
            ClassMember(
                key=secrets.token_urlsafe(16), class_id=room.id, pseudonym=name, code="x", joined_on=date(2027, 3, 1)
            )
        )
    session.flush()
    held = session.exec(select(ClassMember).where(ClassMember.class_id == room.id)).all()
    return room.id, {one.pseudonym: one.id or 0 for one in held}


def school(database: Database, *names: str, wanted: Wanted = WANTED) -> School:
    """The small race, a class of these students, and an assignment on both questions of the forum."""
    load_text(database)
    with database.write() as session:
        class_id, members = class_of(session, *(names or ("Heron 12", "Otter 7", "Finch 3")))
        questions = tuple(one.key for one in assigning.questions_of(session, "town-2026"))
        key = assigning.make(session, class_id, "town-2026", replace(wanted, questions=questions), lambda: NOON)
    return School(database, class_id, members, key)
