"""A class that has read: an assignment on the small race's forum, given to a school of the tests, and students who mark and hand in."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from ulid import ULID

from positions.classes import assigning, marking, reading, submitting
from positions.classes.assigning import Wanted, WantedTag
from positions.classes.marking import Wish
from positions.classes.sheet import Sheet
from tests.tracker.desk import Visitor
from tests.tracker.school import School
from transcripts.bilingual import Bilingual

TAGS = (
    WantedTag("buses", Bilingual("Buses", "Autobuses"), topic="transit"),
    WantedTag("vague", Bilingual("Vague", "Vaga")),
)
WANTED = Wanted("Read closely", tags=TAGS)


@dataclass(frozen=True)
class Given:
    """An assignment of a school. Students go by their place in it."""

    school: School
    key: str

    @property
    def desk_path(self) -> str:
        """Where its teacher finds it."""
        return f"/desk/classes/{self.school.key}/assignments/{self.key}"

    def student(self, n: int) -> Visitor:
        """A student's browser."""
        return self.school.students[n].visitor

    def member(self, n: int) -> int:
        """A student's number."""
        return self.school.students[n].seat.member

    def sheet(self) -> Sheet:
        """The assignment as its teacher holds it."""
        with self.school.desk.database.read() as session:
            return reading.for_teacher(session, self.key, self.school.teacher_id)[0]

    def put(self, n: int, answer: int = 0, tag: str | None = "buses", **wish: Any) -> str:
        """Let a student mark an answer; returns the key of the mark."""
        sheet = self.sheet()
        place = sheet.answers[answer]
        chosen = next((one.id for one in sheet.tags if one.key == tag), None)
        wanted = replace(Wish(place.id, 0, len(place.text), chosen), **wish)
        with self.school.desk.database.write() as session:
            return marking.put(session, sheet, self.member(n), str(ULID()), wanted)

    def hand_in(self, *students: int) -> None:
        """Let students hand in."""
        for n in students:
            with self.school.desk.database.write() as session:
                submitting.hand_in(session, self.sheet(), self.member(n), lambda: datetime.now(UTC))


def give(school: School, wanted: Wanted = WANTED) -> Given:
    """Give a class both questions of the forum."""
    with school.desk.database.write() as session:
        questions = tuple(one.key for one in assigning.questions_of(session, "town-2026"))
        return Given(
            school, assigning.make(session, school.class_id, "town-2026", replace(wanted, questions=questions))
        )
