"""Changes of who said words that positions rest on: those that wait for a second editor."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from transcripts.desk_models import ProposedChange
from transcripts.models import Speaker, Turn


@dataclass(frozen=True)
class Proposal:
    """What one editor asks another to agree to. `before` and `after` are names of voices, None for nobody; `undoes`: a taking back."""

    id: int
    turn_key: str
    text: str
    lang: str
    before: str | None
    after: str | None
    undoes: bool
    why: str
    by: str
    requested_by: str | None
    at: datetime


def waiting(session: Session) -> tuple[Proposal, ...]:
    """The proposals that wait, the oldest first."""
    now, then = aliased(Speaker), aliased(Speaker)
    rows = session.execute(
        select(ProposedChange, Turn, col(now.name), col(then.name))
        .join(Turn, col(Turn.id) == col(ProposedChange.turn_id))
        .outerjoin(now, col(now.id) == col(Turn.speaker_id))
        .outerjoin(then, col(then.id) == col(ProposedChange.speaker_id))
        .where(ProposedChange.status == "open")
        .order_by(col(ProposedChange.id))
    )
    return tuple(
        Proposal(
            one.id or 0,
            turn.key,
            turn.text,
            turn.lang,
            before,
            after,
            one.undoes_id is not None,
            one.why,
            one.by,
            one.requested_by,
            one.at,
        )
        for one, turn, before, after in rows
    )
