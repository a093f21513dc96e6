"""Everything that was changed in public, words and voices in one list ordered by time."""

from typing import Any

from sqlalchemy import Select, literal, select, union_all
from sqlmodel import Session, col

from transcripts.models import Correction, Record, Turn
from transcripts.people_tables import Attribution
from transcripts.queries import attributions, corrections
from transcripts.queries.attributions import AttributionLine, public
from transcripts.queries.corrections import CorrectionLine
from transcripts.queries.records import ever_shown


def latest(session: Session, n: int, skip: int = 0) -> tuple[CorrectionLine | AttributionLine, ...]:
    """The last n changes before the last `skip`, the newest first. A constant number of statements."""
    words: Select[*tuple[Any, ...]] = (
        select(literal("words").label("of"), col(Correction.id).label("id"), col(Correction.at).label("at"))
        .join(Turn, col(Turn.id) == col(Correction.turn_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(ever_shown())
    )
    voices: Select[*tuple[Any, ...]] = select(
        literal("voice").label("of"), col(Attribution.id), col(Attribution.at)
    ).where(public())
    both = union_all(words, voices).subquery()
    order = (both.c.at.desc(), both.c.of, both.c.id.desc())
    rows = session.execute(select(both.c.of, both.c.id).order_by(*order).offset(skip).limit(n)).all()
    ids = {of: [id for this, id in rows if this == of] for of in ("words", "voice")}
    told: dict[tuple[str, int], CorrectionLine | AttributionLine] = {}
    told |= {("words", id): line for id, line in corrections.of_ids(session, ids["words"]).items()}
    told |= {("voice", id): line for id, line in attributions.of_ids(session, ids["voice"]).items()}
    return tuple(told[of, id] for of, id in rows)
