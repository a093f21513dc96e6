"""What the saved searches have yet to hear of: a queue behind the index's own, written in the transaction that takes turns off that one."""

from collections.abc import Iterable

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, col, select

from tracker.telling.models import SavedSearch, Unheard
from transcripts.models import Correction, Turn
from transcripts.search.outbox import REBUILD


def forward(session: Session, keys: Iterable[str]) -> None:
    """What the index has just heard of is to be heard here too; nothing is written while nobody follows anything.

    An index built anew because of withheld words says which: those of the corrections.
    """
    told = dict.fromkeys(keys)
    if not told or session.exec(select(SavedSearch.id).limit(1)).first() is None:
        return
    if REBUILD in told:
        del told[REBUILD]
        withheld = select(Turn.key).join(Correction, col(Correction.turn_id) == col(Turn.id))
        told |= dict.fromkeys(session.exec(withheld.where(Correction.kind == "withhold")))
    if told:
        session.execute(insert(SQLModel.metadata.tables["unheard"]), [{"turn_key": key} for key in told])


def waits(session: Session) -> bool:
    """Whether something is still to be heard."""
    return session.exec(select(Unheard.seq).limit(1)).first() is not None
