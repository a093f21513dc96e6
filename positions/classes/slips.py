"""Slips: places in a class printed on paper, each with a made-up name, a return code and a link that takes the place.

The same slip leads back to it later, until the teacher makes a new code. Each writer is one step of the caller's transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from positions.classes import codes, erasing, membership, pseudonyms, rooms
from positions.classes.models import ClassMember, ClassRoom
from transcripts.errors import NotFound, Refusal
from transcripts.models import now

Clock = Callable[[], datetime]

NO_SLIP = "This slip does not work any more. Ask your teacher for a new one."
SECRET = len(codes.new_key()) + codes.RETURN


@dataclass(frozen=True)
class Slip:
    """What is printed on one slip. `secret` stands in its link; it is kept nowhere, and neither is `code`."""

    pseudonym: str
    code: str
    secret: str


@dataclass(frozen=True)
class Place:
    """The place a slip is for. `taken`: somebody joined with it already, and comes back."""

    pseudonym: str
    class_title: str
    lang: str
    taken: bool


def prepare(session: Session, teacher: int, key: str, n: int) -> tuple[Slip, ...]:
    """Slips for `n` places nobody has taken, all with new codes: those printed before and not used open nothing any more.

    So printing twice is `n` slips, never more. Raises NotFound, Refusal.
    """
    room = rooms.held(session, teacher, key)
    here = membership.joined(session, room.id or 0)
    if not 1 <= n <= room.most - here:
        raise Refusal(
            "This class has room for {left} more: print as many slips at most.", left=max(0, room.most - here)
        )
    names = [one.pseudonym for one in membership.members(session, room.id or 0)]
    waiting = _waiting(session, room.id or 0)
    for one in waiting[n:]:
        erasing.member(session, one.id or 0)
    session.flush()
    while len(waiting) < n:
        name = pseudonyms.offered(names, room.lang, 1)[0]
        names.append(name)
        waiting.append(ClassMember(key=codes.new_key(), class_id=room.id or 0, pseudonym=name, code=""))
    made = []
    for one in waiting[:n]:
        code = codes.new_code()
        one.code = codes.hashed(code)
        session.add(one)
        made.append(Slip(one.pseudonym, codes.shown(code), one.key + code))
    session.flush()
    return tuple(sorted(made, key=lambda slip: slip.pseudonym))


def cancel(session: Session, teacher: int, key: str) -> None:
    """Take back every slip nobody has used. Raises NotFound."""
    room = rooms.held(session, teacher, key)
    for one in _waiting(session, room.id or 0):
        erasing.member(session, one.id or 0)
    session.flush()


def place(session: Session, secret: str, clock: Clock = now) -> Place:
    """What a slip is for. Raises NotFound for one that was cancelled or printed anew, or whose class is gone."""
    member, room = _found(session, secret, clock)
    return Place(member.pseudonym, room.title, room.lang, member.joined_on is not None)


def use(session: Session, secret: str, clock: Clock = now) -> int:
    """Take the place of a slip, or come back to it; returns the member. Raises NotFound, Conflict where the class is full."""
    member, room = _found(session, secret, clock, lock=True)
    if member.joined_on is None:
        membership.require_place(session, room)
        member.joined_on = clock().date()
        session.add(member)
        session.flush()
    return member.id or 0


def _found(session: Session, secret: str, clock: Clock, lock: bool = False) -> tuple[ClassMember, ClassRoom]:
    key, code = secret[: -codes.RETURN], codes.read_code(secret[-codes.RETURN :])
    asked = (
        select(ClassMember, ClassRoom)
        .join(ClassRoom, col(ClassRoom.id) == col(ClassMember.class_id))
        .where(ClassMember.key == key, ClassRoom.purge_on > clock().date())
    )
    found = session.exec(asked.with_for_update() if lock else asked).one_or_none()
    if len(secret) != SECRET or found is None or not codes.right(code, found[0].code):
        raise NotFound(NO_SLIP)
    return found


def _waiting(session: Session, class_id: int) -> list[ClassMember]:
    """The members whose slip nobody has used, in the order in which they were made."""
    unused = (ClassMember.class_id == class_id, col(ClassMember.joined_on).is_(None))
    return list(session.exec(select(ClassMember).where(*unused).order_by(col(ClassMember.id))))
