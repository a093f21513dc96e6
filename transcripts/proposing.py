"""Changes that wait for a second editor: proposed by one account, carried out when another one agrees, once.

Which changes need two is the interpretation's to say (`positions.attribution`): the record does not know what rests on it.
Every function is one step of the caller's transaction; `by` is the name of an account.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from transcripts import amending, correcting, undoing
from transcripts.amending import Reason
from transcripts.desk_models import ProposedChange
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Turn, now
from transcripts.people_tables import ProposedMerge
from transcripts.text import fold

Clock = Callable[[], datetime]
Waiting = TypeVar("Waiting", ProposedChange, ProposedMerge)
ANOTHER = "Another editor must agree: positions rest on these words."


def propose(
    session: Session,
    key: str,
    version: int,
    speaker_id: int | None,
    reason: Reason,
    undoes: int | None = None,
    clock: Clock = now,
) -> int:
    """Ask another editor to give a turn to another voice, or (`undoes`) to take a correction back; returns the proposal's id."""
    turn = amending.current(session, key, version)
    if speaker_id == turn.speaker_id and undoes is None:
        raise Refusal("These words are given to that voice already.")
    amending.voice(session, turn.forum_id, speaker_id)
    assert turn.id is not None
    waiting = (col(ProposedChange.turn_id) == turn.id, col(ProposedChange.status) == "open")
    if session.exec(select(ProposedChange.id).where(*waiting)).first() is not None:
        raise Conflict("A change of who said this waits for a second editor already.")
    made = ProposedChange(
        turn_id=turn.id,
        version=version,
        speaker_id=speaker_id,
        why=reason.why,
        by=reason.by,
        requested_by=reason.requested_by.strip() or None,
        at=clock(),
        undoes_id=undoes,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    return made.id


def approve(session: Session, proposal_id: int, by: str, clock: Clock = now) -> None:
    """Agree as another account, which carries the change out. Raises Refusal for the account that proposed it.

    Of many who agree at once the first does it, the others get Conflict; so does everybody where the words changed since.
    """
    waiting = _open(session, ProposedChange, proposal_id)
    reason = _agreed(session, waiting, by, waiting.requested_by or "", clock)
    key = session.exec(select(Turn.key).where(Turn.id == waiting.turn_id)).one()
    if waiting.undoes_id is not None:
        undoing.undo(session, waiting.undoes_id, waiting.version, reason, clock)
    else:
        correcting.reassign(session, key, waiting.version, waiting.speaker_id, reason, clock)


def refuse(session: Session, proposal_id: int, by: str, why: str, clock: Clock = now) -> None:
    """Let a proposal drop, with the reason; its own author may."""
    if not by.strip() or not why.strip():
        raise Refusal("Say why, and who says so.")
    _decide(session, _open(session, ProposedChange, proposal_id), "refused", by, why, clock)


def propose_merge(
    session: Session, gone_slug: str, kept_slug: str, reason: Reason, undoes: int | None = None, clock: Clock = now
) -> int:
    """Ask another editor to merge one person into another, or (`undoes`) to separate them again; returns the proposal's id."""
    waiting = (col(ProposedMerge.gone_slug) == gone_slug, col(ProposedMerge.status) == "open")
    if session.exec(select(ProposedMerge.id).where(*waiting)).first() is not None:
        raise Conflict("This waits for a second editor already.")
    made = ProposedMerge(
        gone_slug=gone_slug, kept_slug=kept_slug, undoes_id=undoes, why=reason.why, by=reason.by, at=clock()
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    return made.id


def agree_to_merge(session: Session, proposal_id: int, by: str, clock: Clock = now) -> tuple[ProposedMerge, Reason]:
    """Agree as another account: what is to be carried out now, and the reason both give. Raises as `approve` does."""
    waiting = _open(session, ProposedMerge, proposal_id)
    return waiting, _agreed(session, waiting, by, "", clock)


def refuse_merge(session: Session, proposal_id: int, by: str, why: str, clock: Clock = now) -> None:
    """Let such a proposal drop, with the reason; its own author may."""
    if not by.strip() or not why.strip():
        raise Refusal("Say why, and who says so.")
    _decide(session, _open(session, ProposedMerge, proposal_id), "refused", by, why, clock)


def waiting(session: Session) -> list[ProposedChange]:
    """The proposals that wait for a second editor, the oldest first."""
    return list(
        session.exec(select(ProposedChange).where(ProposedChange.status == "open").order_by(col(ProposedChange.id)))
    )


def _agreed(session: Session, one: Waiting, by: str, requested_by: str, clock: Clock) -> Reason:
    """The reason that names both. Raises Refusal for the account that proposed it."""
    if not by.strip() or fold(by) == fold(one.by):
        raise Refusal(ANOTHER)
    _decide(session, one, "approved", by, None, clock)
    return Reason(one.why, f"{one.by} · {by}", requested_by)


def _open(session: Session, model: type[Waiting], proposal_id: int) -> Waiting:
    found = session.exec(
        select(model).where(col(model.id) == proposal_id).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such proposal.")
    if found.status != "open":
        raise Conflict("Somebody decided this meanwhile.")
    return found


def _decide(session: Session, one: Waiting, status: str, by: str, why: str | None, clock: Clock) -> None:
    one.status, one.decided_by, one.decided_at, one.decided_why = status, by, clock(), why
    session.add(one)
    session.flush()
