"""How two people agree on a change during the freeze, and the administrators' switch.

Each function is one step of the caller's transaction.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from positions.models import Contest
from tracker.freezing.models import FreezeException, FreezeSwitch
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import now

Clock = Callable[[], datetime]
Who = tuple[int, str]
"""An account's id and name."""

LASTS = timedelta(minutes=60)
"""How long an exception holds for the account that asked."""
ANOTHER = "Another account must agree: you asked for this yourself."


def ask(session: Session, race: str, what: str, why: str, who: Who, clock: Clock = now) -> int:
    """Ask for a change in a frozen race ("" for every race); returns the request's id. Raises NotFound, Refusal."""
    _known(session, race)
    if not what.strip() or not why.strip():
        raise Refusal("Say what you want to change, and why: readers will read both.")
    made = FreezeException(race=race, what=what, why=why, account_id=who[0], by=who[1], at=clock())
    session.add(made)
    session.flush()
    return made.id or 0


def agree(session: Session, id: int, why: str, who: Who, clock: Clock = now) -> FreezeException:
    """Agree as another account, which lets the one that asked change the race for an hour. Raises Refusal for that one.

    Of many who agree at once the first does it; the others get Conflict.
    """
    asked = _open(session, id)
    if asked.account_id is None or asked.account_id == who[0]:
        raise Refusal(ANOTHER)
    if not why.strip():
        raise Refusal("Say why you agree: readers will read it.")
    asked.until = clock() + LASTS
    return _decide(session, asked, "agreed", why, who, clock)


def refuse(session: Session, id: int, why: str, who: Who, clock: Clock = now) -> FreezeException:
    """Let a request drop, with the reason; its own author may."""
    if not why.strip():
        raise Refusal("Say why, and who says so.")
    return _decide(session, _open(session, id), "refused", why, who, clock)


def switch(session: Session, race: str, state: str, why: str, by: str, clock: Clock = now) -> None:
    """Freeze a race ("" for every race) at once, let it go, or leave it to the calendar; every worker sees it at its next request.

    Letting a frozen race go is a change like any other: `guard` asks for an exception.
    """
    _known(session, race)
    if not why.strip():
        raise Refusal("Say why: readers will read it.")
    session.add(FreezeSwitch(race=race, state=state, why=why, by=by, at=clock()))
    session.flush()


def _known(session: Session, race: str) -> None:
    if race and session.exec(select(Contest.id).where(Contest.slug == race)).first() is None:
        raise NotFound("There is no race “{slug}”. `tracker contests` lists them.", slug=race)


def _open(session: Session, id: int) -> FreezeException:
    found = session.exec(
        select(FreezeException)
        .where(col(FreezeException.id) == id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such request.")
    if found.status != "open":
        raise Conflict("Somebody decided this meanwhile.")
    return found


def _decide(session: Session, asked: FreezeException, status: str, why: str, who: Who, clock: Clock) -> FreezeException:
    asked.status, asked.decided_why, asked.decided_at = status, why, clock()
    asked.decided_account_id, asked.decided_by = who
    session.add(asked)
    session.flush()
    return asked
