"""Who is in a class, by a made-up name and a return code, and in which browser. No function here is told who somebody really is.

Each writer is one step of the caller's transaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from positions.classes import codes, pseudonyms
from positions.classes.models import ClassMember, ClassRoom, ClassSignIn
from transcripts.capabilities import digest
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import now

Clock = Callable[[], datetime]

ONE_DAY = timedelta(hours=12)
"""How long a browser that others use too keeps a seat: a day at school."""
NO_CODE = "No class can be joined with this code. Look at it again, or ask your teacher: a code works for a while only."
FULL = "This class is full. Tell your teacher."
TAKEN = "Somebody took this name a moment ago. Choose another."
NO_NAME = "Choose one of the names that are offered."
WRONG = "The name and the return code do not belong together. Look at both again, or ask your teacher for a new code."
NO_STUDENT = "There is no such student."


@dataclass(frozen=True)
class Seat:
    """A student who is asking, as the class stands now. `comments`: whether they may be written; `paused`: nobody writes."""

    member: int
    key: str
    pseudonym: str
    class_id: int
    class_key: str
    class_title: str
    lang: str
    comments: bool
    paused: bool


@dataclass(frozen=True)
class Kept:
    """What a student is told of what is kept: since when, until when, and whether it was taken out for a parent."""

    joined_on: date | None
    exported_on: date | None
    purge_on: date


@dataclass(frozen=True)
class Door:
    """A class somebody may join with a code: what they are shown of it, and the names that are free."""

    class_id: int
    title: str
    lang: str
    names: tuple[str, ...]


def seat_of(session: Session, secret: str, clock: Clock = now) -> Seat | None:
    """Who holds this cookie; None where it is too old, was ended, or the class is due to be erased. One statement."""
    at = clock()
    found = session.exec(
        select(ClassMember, ClassRoom)
        .join(ClassSignIn, col(ClassSignIn.member_id) == col(ClassMember.id))
        .join(ClassRoom, col(ClassRoom.id) == col(ClassMember.class_id))
        .where(ClassSignIn.digest == digest(secret), ClassSignIn.expires_at > at, ClassRoom.purge_on > at.date())
    ).first()
    return _seat(*found) if found else None


def sit_down(session: Session, member: int, stays: bool = False, clock: Clock = now) -> str:
    """Let a browser work as this student for twelve hours, or with `stays` as long as there is the class.

    Returns the secret for its cookie, which nobody can read again.
    """
    own = select(ClassRoom).join(ClassMember, col(ClassMember.class_id) == col(ClassRoom.id))
    room = session.exec(own.where(ClassMember.id == member)).one()
    secret = codes.new_key() + codes.new_key()
    until = datetime.combine(room.purge_on, time(), UTC) if stays else clock() + ONE_DAY
    session.add(ClassSignIn(digest=digest(secret), member_id=member, expires_at=until))
    session.flush()
    return secret


def stand_up(session: Session, secret: str) -> None:
    """End the seat of one browser; what was written stays."""
    session.execute(delete(ClassSignIn).where(col(ClassSignIn.digest) == digest(secret)))


def end_seats(session: Session, member: int) -> None:
    """End every seat of a student, in whichever browser."""
    session.execute(delete(ClassSignIn).where(col(ClassSignIn.member_id) == member))


def door(session: Session, code: str, clock: Clock = now) -> Door:
    """What a join code opens, with three free names. Raises NotFound for a code that opens nothing, Conflict where it is full."""
    room = _open_room(session, code, clock)
    require_place(session, room)
    names = session.exec(select(ClassMember.pseudonym).where(ClassMember.class_id == room.id)).all()
    return Door(room.id or 0, room.title, room.lang, pseudonyms.offered(names, room.lang))


def join(session: Session, code: str, key: str, name: str, returning: str, clock: Clock = now) -> int:
    """Take a place by a join code; returns the member.

    `key` and the return code `returning` were made with the form, so that a form sent twice is one student.
    Raises NotFound, Conflict where the class is full or the name was taken, Refusal for a name of one's own.
    """
    room = _open_room(session, code, clock, lock=True)
    again = session.exec(select(ClassMember).where(ClassMember.key == key)).first()
    if again is not None:
        return _same(again, room, returning)
    require_place(session, room)
    pseudonym = pseudonyms.read_name(name)
    if pseudonym is None or codes.KEY.fullmatch(key) is None or not _is_code(returning):
        raise Refusal(NO_NAME)
    same = select(ClassMember.id).where(ClassMember.class_id == room.id, ClassMember.pseudonym == pseudonym)
    if session.exec(same).first() is not None:
        raise Conflict(TAKEN)
    made = ClassMember(
        key=key,
        class_id=room.id or 0,
        pseudonym=pseudonym,
        code=codes.hashed(returning),
        joined_on=clock().date(),
    )
    session.add(made)
    session.flush()
    return made.id or 0


def come_back(session: Session, name: str, returning: str) -> int:
    """The member who has this made-up name and this return code, in whichever class. Raises Refusal."""
    asked = select(ClassMember).where(
        ClassMember.pseudonym == (pseudonyms.read_name(name) or ""), col(ClassMember.joined_on).is_not(None)
    )
    code = codes.read_code(returning)
    for one in session.exec(asked):
        if codes.right(code, one.code):
            return one.id or 0
    raise Refusal(WRONG)


def kept(session: Session, member: int) -> Kept:
    """What is kept of a student, in days."""
    asked = select(ClassMember, ClassRoom).join(ClassRoom, col(ClassRoom.id) == col(ClassMember.class_id))
    one, room = session.exec(asked.where(ClassMember.id == member)).one()
    return Kept(one.joined_on, one.exported_on, room.purge_on)


def reissue(session: Session, member: ClassMember) -> str:
    """A new return code; the old one opens nothing any more, and every browser of this student is out at once."""
    code = codes.new_code()
    member.code = codes.hashed(code)
    session.add(member)
    end_seats(session, member.id or 0)
    session.flush()
    return code


def member_of(session: Session, class_id: int, key: str) -> ClassMember:
    """A student of a class, or the slip of one. Raises NotFound."""
    own = (ClassMember.key == key, ClassMember.class_id == class_id)
    row = session.exec(select(ClassMember).where(*own)).one_or_none()
    if row is None:
        raise NotFound(NO_STUDENT)
    return row


def members(session: Session, class_id: int) -> Sequence[ClassMember]:
    """Everybody in a class, and the slips nobody has used, by their made-up names. One statement."""
    asked = select(ClassMember).where(ClassMember.class_id == class_id).order_by(col(ClassMember.pseudonym))
    return session.exec(asked).all()


def joined(session: Session, class_id: int) -> int:
    """How many students are in a class: slips nobody has used are not counted."""
    asked = select(func.count(col(ClassMember.joined_on))).where(ClassMember.class_id == class_id)
    return session.exec(asked).one()


def _open_room(session: Session, code: str, clock: Clock, lock: bool = False) -> ClassRoom:
    """The class a code opens now; locked until the transaction ends, so that its limit is exact."""
    at = clock()
    asked = select(ClassRoom).where(
        ClassRoom.join_code == codes.read_code(code), col(ClassRoom.join_until) > at, ClassRoom.purge_on > at.date()
    )
    room = session.exec(asked.with_for_update() if lock else asked).one_or_none()
    if room is None:
        raise NotFound(NO_CODE)
    return room


def require_place(session: Session, room: ClassRoom) -> None:
    """Raises Conflict where a class has as many students as it may have."""
    if joined(session, room.id or 0) >= room.most:
        raise Conflict(FULL)


def _same(member: ClassMember, room: ClassRoom, returning: str) -> int:
    if member.class_id != room.id or not codes.right(returning, member.code):
        raise Refusal(NO_NAME)
    return member.id or 0


def _is_code(text: str) -> bool:
    return len(text) == codes.RETURN and set(text) <= set(codes.ALPHABET)


def _seat(member: ClassMember, room: ClassRoom) -> Seat:
    return Seat(
        member.id or 0,
        member.key,
        member.pseudonym,
        room.id or 0,
        room.key,
        room.title,
        room.lang,
        room.comments,
        room.paused_at is not None,
    )
