"""Replies of bodies that run a program: invited by an editor, written and taken back by whoever holds the link.

What they write is a reply like any other (`positions.followthrough.replying`); this room only knows whose link it is.
Each function is one step of the caller's transaction.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, delete, select

from positions.followthrough import replying
from positions.followthrough.appending import Writer
from positions.followthrough.queries import fidelity
from positions.followthrough.queries.fidelity import Designed
from positions.followthrough.replying import Answered
from tracker.replying.models import BodyInvitation
from tracker.replying.replies import NO_LINK, Clock
from transcripts.bilingual import Bilingual
from transcripts.capabilities import digest
from transcripts.errors import NotFound, Refusal
from transcripts.models import now

WORDS = 300
"""The most words of one reply: enough beside a finding, and the same for every body."""
OWN = Bilingual("Taken back by whoever gave it.", "La retiró quien la dio.")


@dataclass(frozen=True)
class Invited:
    """A body that was asked for its reply on a day, and how it was made sure that the link reached it."""

    program: str
    body: str
    verified: str
    at: datetime

    def day(self, zone: str) -> date:
        """The local day on which they were first asked."""
        return self.at.astimezone(ZoneInfo(zone)).date()


def invite(session: Session, program: str, body: str, verified: str, by: str, clock: Clock = now) -> str:
    """Make a body's link, which ends those before; returns its secret, which is kept nowhere. Raises NotFound, Refusal."""
    fidelity.program(session, program)
    if not body.strip() or not verified.strip():
        raise Refusal("Say who replies, and how you made sure that the link reaches them: readers will read both.")
    before = select(BodyInvitation).where(
        BodyInvitation.program == program, BodyInvitation.body == body, col(BodyInvitation.ended_at).is_(None)
    )
    for one in session.exec(before):
        one.ended_at = clock()
        session.add(one)
    secret = secrets.token_urlsafe(32)
    held = BodyInvitation(program=program, body=body, digest=digest(secret), verified=verified, by=by, at=clock())
    session.add(held)
    session.flush()
    return secret


def by_link(session: Session, secret: str) -> tuple[Invited, Designed]:
    """Whose link it is, and of which program. Raises NotFound for a link that does not work."""
    open_one = (BodyInvitation.digest == digest(secret), col(BodyInvitation.ended_at).is_(None))
    found = session.exec(select(BodyInvitation).where(*open_one)).one_or_none()
    if found is None:
        raise NotFound(NO_LINK)
    return _invited(found), fidelity.program(session, found.program)


def of_program(session: Session, program: str) -> tuple[Invited, ...]:
    """Everybody who was asked for a reply, `at` being the first time, in the order of their names. One statement."""
    rows = session.exec(
        select(BodyInvitation).where(BodyInvitation.program == program).order_by(col(BodyInvitation.id))
    )
    found: dict[str, Invited] = {}
    for row in rows:
        first = found.get(row.body, _invited(row))
        found[row.body] = replace(_invited(row), at=first.at)
    return tuple(found[name] for name in sorted(found))


def write(session: Session, secret: str, answered: Answered, clock: Clock = now) -> None:
    """Keep a reply that came by a link. Raises NotFound, Refusal."""
    invited, program = by_link(session, secret)
    replying.record(session, program.id, answered, Writer(invited.body, clock))


def take_back(session: Session, secret: str, key: str, clock: Clock = now) -> None:
    """Take back a reply of the body's own. Raises NotFound, Refusal."""
    invited, program = by_link(session, secret)
    replying.withdraw(session, program.id, key, OWN, Writer(invited.body, clock), whose=invited.body)


def forget(session: Session, programs: Collection[str]) -> int:
    """Take away every link of programs that go, by slug: it would open the next program of that name. Returns how many."""
    return session.exec(delete(BodyInvitation).where(col(BodyInvitation.program).in_(programs))).rowcount


def _invited(row: BodyInvitation) -> Invited:
    return Invited(row.program, row.body, row.verified, row.at)
