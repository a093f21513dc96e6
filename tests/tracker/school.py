"""A class for tests: its teacher, its students, each in a browser of their own. Plain rows, made by the rooms' own writers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlmodel import select
from ulid import ULID

from positions.classes import assigning, codes, marking, membership, pseudonyms, reading, rooms, submitting
from positions.classes.assigning import Wanted
from positions.classes.marking import Wish
from positions.classes.membership import Seat
from positions.classes.visibility import Scope
from tests.positions.classes.school import WANTED
from tests.positions.town import load_text
from tests.tracker.calling import Site
from tests.tracker.desk import Desk, Visitor, desk_on
from tracker.classes.seats import COOKIE
from transcripts.models import Forum, now

LESSON = timedelta(hours=2)


@dataclass(frozen=True)
class Student:
    """A student in a browser. `code` is the return code, `secret` what the browser's cookie holds."""

    visitor: Visitor
    seat: Seat
    code: str
    secret: str


@dataclass(frozen=True)
class School:
    """One class. `teacher` is signed in; `teacher_id` is the account; `join_code` lets more students in."""

    desk: Desk
    teacher: Visitor
    teacher_id: int
    key: str
    class_id: int
    join_code: str
    students: Sequence[Student]


def school_on(site: Site, students: int = 2) -> School:
    """A class on a throw-away site."""
    return school_of(desk_on(site), students)


def school_of(desk: Desk, students: int = 2, title: str = "Civics, period 3") -> School:
    """A class on a desk that is there already, with a teacher of its own."""
    teacher_id = desk.account(f"Teacher {ULID()}", "teacher")
    with desk.database.write() as session:
        key = rooms.start(session, teacher_id, title, next_month(), most=60)
        code = rooms.open_door(session, teacher_id, key, LESSON)
        class_id = rooms.held(session, teacher_id, key).id or 0
    joined = [join(desk, code) for _ in range(students)]
    return School(desk, desk.signed_in(teacher_id), teacher_id, key, class_id, code, joined)


def join(desk: Desk, code: str) -> Student:
    """One more student, who joins with a code."""
    returning = codes.new_code()
    with desk.database.write() as session:
        name = membership.door(session, code).names[0]
        member = membership.join(session, code, codes.new_key(), name, returning)
        secret = membership.sit_down(session, member)
        seat = membership.seat_of(session, secret)
    assert seat is not None and pseudonyms.read_name(name) == seat.pseudonym
    return Student(sitting(desk, secret), seat, returning, secret)


def sitting(desk: Desk, secret: str) -> Visitor:
    """A browser that holds a seat."""
    visitor = desk.nobody()
    visitor.client.set_cookie(COOKIE, secret, domain="localhost", secure=True)
    return visitor


def next_month() -> date:
    """A day on which a class may be erased."""
    return now().date() + timedelta(days=30)


def assign(school: School, wanted: Wanted = WANTED) -> str:
    """Give the class an assignment on both questions of the small race's forum; returns its key."""
    with school.desk.database.read() as session:
        is_there = session.exec(select(Forum.id).where(Forum.slug == "town-2026")).first() is not None
    if not is_there:
        load_text(school.desk.database)
    with school.desk.database.write() as session:
        questions = tuple(one.key for one in assigning.questions_of(session, "town-2026"))
        return assigning.make(session, school.class_id, "town-2026", replace(wanted, questions=questions))


def mark(school: School, student: Student, key: str, comment: str = "", scope: Scope = Scope.CLASS) -> str:
    """Let a student mark the first answer of an assignment and say something; returns the annotation's key."""
    with school.desk.database.write() as session:
        sheet = reading.for_teacher(session, key, school.teacher_id)[0]
        place = sheet.answers[0]
        wish = Wish(place.id, 0, len(place.text), sheet.tags[0].id, comment, scope=scope)
        return marking.put(session, sheet, student.seat.member, codes.new_key(), wish)


def hand_in(school: School, student: Student, key: str) -> None:
    """Let a student hand their work in."""
    with school.desk.database.write() as session:
        sheet = reading.for_teacher(session, key, school.teacher_id)[0]
        submitting.hand_in(session, sheet, student.seat.member)
