"""Requests for a class: what somebody wrote, what an editor answered, and how long it is kept. Steps of the caller's transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, func, or_, select

from positions.classes import codes
from positions.classes.models import ClassRequest
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import now

Clock = Callable[[], datetime]

KEPT = timedelta(days=30)
"""How long a request is kept after it was answered."""
UNANSWERED = timedelta(days=180)
"""How long one is kept that nobody answers."""
MOST = 200
"""Requests that may wait at once: a flood does not fill the database."""


@dataclass(frozen=True)
class Asked:
    """A request as editors see it."""

    key: str
    name: str
    school: str
    contact: str
    message: str
    state: str
    at: datetime
    decided_by: str | None
    decided_at: datetime | None


def ask(session: Session, key: str, name: str, school: str, contact: str, message: str, clock: Clock = now) -> None:
    """Ask for a class. `key` was made with the form: sent twice it is one request. Raises Refusal."""
    if codes.KEY.fullmatch(key) is None:
        raise Refusal("This form is too old or was not ours. Load the page again.")
    if session.exec(select(ClassRequest.id).where(ClassRequest.key == key)).first() is not None:
        return
    if waiting(session) >= MOST:
        raise Refusal("Many requests are waiting. Write to the publisher of this site instead.")
    session.add(ClassRequest(key=key, name=name, school=school, contact=contact, message=message, at=clock()))
    session.flush()


def decide(session: Session, key: str, state: str, by: str, clock: Clock = now) -> None:
    """Answer a request: `invited`, which can be done again for another link, or `declined`. Raises NotFound, Conflict."""
    row = session.exec(select(ClassRequest).where(ClassRequest.key == key).with_for_update()).one_or_none()
    if row is None:
        raise NotFound("There is no such request.")
    if row.state not in ("open", state):
        raise Conflict("Somebody has answered this request meanwhile.")
    row.state, row.decided_by, row.decided_at = state, by, clock()
    session.add(row)


def listed(session: Session) -> list[Asked]:
    """Those that wait, the oldest first, then those that were answered. One statement."""
    rows = session.exec(select(ClassRequest).order_by(col(ClassRequest.state) != "open", col(ClassRequest.id)))
    names = Asked.__dataclass_fields__
    return [Asked(**{name: getattr(row, name) for name in names}) for row in rows]


def waiting(session: Session) -> int:
    """How many wait for an answer."""
    return session.exec(select(func.count()).select_from(ClassRequest).where(ClassRequest.state == "open")).one()


def sweep(session: Session, clock: Clock = now) -> int:
    """Erase those answered a month ago, and those nobody answered in half a year; returns how many went."""
    at = clock()
    old = or_(col(ClassRequest.decided_at) <= at - KEPT, col(ClassRequest.at) <= at - UNANSWERED)
    gone = session.execute(delete(ClassRequest).where(old).returning(col(ClassRequest.id))).all()
    return len(gone)
