"""A class as its teacher keeps it: made, opened for joining, paused, kept a while longer. Each writer is one step of a transaction.

Whoever asks for another teacher's class gets NotFound, as for one that never was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from positions.classes import codes
from positions.classes.models import ClassMember, ClassRoom
from transcripts.errors import NotFound, Refusal
from transcripts.models import now

Clock = Callable[[], datetime]

AFTER_TERM = timedelta(days=30)
"""How long after the last day of the term a class is kept."""
LONGEST = timedelta(days=400)
"""How long after it was made a class can be kept at most."""
MOST = 200
NO_CLASS = "There is no such class."


@dataclass(frozen=True)
class Room:
    """A class and how many are in it. `slips`: places printed on slips that nobody has taken yet."""

    id: int
    key: str
    title: str
    lang: str
    code: str | None
    until: datetime | None
    most: int
    comments: bool
    paused: bool
    created_on: date
    purge_on: date
    joined: int
    slips: int

    @property
    def last_day(self) -> date:
        """The last day to which `purge_on` can be moved."""
        return self.created_on + LONGEST


def usual_term_end(today: date) -> date:
    """The last day of the term where nobody names another: June 30 or December 31, whichever is next and four weeks away."""
    ends = (date(year, month, day) for year in (today.year, today.year + 1) for month, day in ((6, 30), (12, 31)))
    return next(end for end in ends if end - today >= timedelta(weeks=4))


def start(
    session: Session,
    teacher: int,
    title: str,
    purge_on: date,
    most: int = 40,
    comments: bool = True,
    lang: str = "en",
    clock: Clock = now,
) -> str:
    """Make a class that nobody can join yet; returns its key. Raises Refusal."""
    at = clock()
    _check(title, most, purge_on, at.date(), at.date())
    key = codes.new_key()
    session.add(
        ClassRoom(
            key=key,
            teacher=teacher,
            title=title,
            lang=lang,
            most=most,
            comments=comments,
            created_at=at,
            purge_on=purge_on,
        )
    )
    session.flush()
    return key


def change(
    session: Session,
    teacher: int,
    key: str,
    title: str,
    purge_on: date,
    most: int,
    comments: bool,
    clock: Clock = now,
) -> None:
    """Give a class another name, limit, day of erasure, or let comments be written or not. Raises NotFound, Refusal."""
    row = held(session, teacher, key)
    _check(title, most, purge_on, row.created_at.date(), clock().date())
    row.title, row.purge_on, row.most, row.comments = title, purge_on, most, comments
    session.add(row)


def open_door(session: Session, teacher: int, key: str, lasts: timedelta, clock: Clock = now) -> str:
    """A new join code, for so long; the one before opens nothing any more. Returns the code."""
    row = held(session, teacher, key)
    taken = set(session.exec(select(ClassRoom.join_code)))
    code = codes.new_code(codes.JOIN)
    while code in taken:
        code = codes.new_code(codes.JOIN)
    row.join_code, row.join_until = code, clock() + lasts
    session.add(row)
    return code


def close_door(session: Session, teacher: int, key: str) -> None:
    """Let nobody new in; whoever is in the class stays."""
    row = held(session, teacher, key)
    row.join_code = row.join_until = None
    session.add(row)


def pause(session: Session, teacher: int, key: str, paused: bool, clock: Clock = now) -> None:
    """Let nobody write until the teacher goes on, or go on."""
    row = held(session, teacher, key)
    row.paused_at = (row.paused_at or clock()) if paused else None
    session.add(row)


def of_teacher(session: Session, teacher: int) -> list[Room]:
    """A teacher's classes, the newest first. Two statements."""
    rows = session.exec(select(ClassRoom).where(ClassRoom.teacher == teacher).order_by(col(ClassRoom.id).desc())).all()
    return _counted(session, list(rows))


def by_key(session: Session, teacher: int, key: str) -> Room:
    """One of a teacher's own classes. Raises NotFound. Two statements."""
    return _counted(session, [_own(session, teacher, key)])[0]


def overdue(session: Session, day: date) -> int:
    """How many classes should have been erased by the end of this day and are there."""
    return session.exec(select(func.count()).select_from(ClassRoom).where(ClassRoom.purge_on <= day)).one()


def held(session: Session, teacher: int, key: str) -> ClassRoom:
    """The row of one of a teacher's own classes, to be changed: no other transaction changes it meanwhile. Raises NotFound."""
    return _own(session, teacher, key, lock=True)


def _own(session: Session, teacher: int, key: str, lock: bool = False) -> ClassRoom:
    asked = select(ClassRoom).where(ClassRoom.key == key, ClassRoom.teacher == teacher)
    row = session.exec(asked.with_for_update() if lock else asked).one_or_none()
    if row is None:
        raise NotFound(NO_CLASS)
    return row


def _counted(session: Session, rows: list[ClassRoom]) -> list[Room]:
    joined = func.count(col(ClassMember.joined_on))
    asked = select(ClassMember.class_id, joined, func.count()).group_by(col(ClassMember.class_id))
    found = session.exec(asked.where(col(ClassMember.class_id).in_([row.id for row in rows])))
    counts = {id: (here, every - here) for id, here, every in found}
    return [_room(row, *counts.get(row.id or 0, (0, 0))) for row in rows]


def _room(row: ClassRoom, joined: int, slips: int) -> Room:
    return Room(
        row.id or 0,
        row.key,
        row.title,
        row.lang,
        row.join_code,
        row.join_until,
        row.most,
        row.comments,
        row.paused_at is not None,
        row.created_at.date(),
        row.purge_on,
        joined,
        slips,
    )


def _check(title: str, most: int, purge_on: date, made_on: date, today: date) -> None:
    if not title.strip():
        raise Refusal("Give the class a name.")
    if not 1 <= most <= MOST:
        raise Refusal("A class has 1 to {most} students.", most=MOST)
    if not today < purge_on <= made_on + LONGEST:
        raise Refusal(
            "Everything in a class is erased on a day you name: tomorrow at the earliest, {day} at the latest.",
            day=str(made_on + LONGEST),
        )
