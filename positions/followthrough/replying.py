"""The writer of what a body answers, word for word, to a page, to one criterion or to one concern. Append-only.

Every function is one step of the caller's transaction.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from positions.followthrough import fidelity
from positions.followthrough.appending import CITED, Ground, Writer, append, ground, holds, refuse, text, to_take_back
from positions.followthrough.finding import locked
from positions.followthrough.models.designs import FidelityCriterion
from positions.followthrough.models.findings import CityReply
from positions.followthrough.models.programs import Concern, Program
from positions.keeping import Outcome
from transcripts.bilingual import Bilingual
from transcripts.errors import Refusal


@dataclass(frozen=True)
class Answered:
    """Somebody's own words, in their language, on a day; `received` says how they reached us where no document holds them."""

    by: str
    words: str
    language: str
    on: date
    criterion_id: int | None = None
    concern_id: int | None = None
    received: str | None = None
    ground: Ground | None = None


def record(session: Session, program_id: int, answered: Answered, writer: Writer) -> Outcome:
    """Append a reply; the same words of the same day to the same thing are "same". Raises NotFound, Refusal."""
    program = locked(session, program_id)
    _of_program(session, program, answered)
    rests_on = ground(answered.ground)
    columns: dict[str, Any] = {
        "criterion_id": answered.criterion_id,
        "concern_id": answered.concern_id,
        "replied_by": answered.by,
        "words": answered.words,
        "language": answered.language,
        "on": answered.on,
        "received": answered.received,
        **rests_on,
    }
    if holds(_rows(session, program_id), columns):
        return "same"
    cited = next((rests_on[name] for name in CITED if rests_on[name] is not None), None)
    refuse(fidelity.may_reply(_told(answered, writer, cited), writer.today(program.zone)))
    return append(session, CityReply(program_id=program_id, **columns, **writer.kept()))


def withdraw(
    session: Session, program_id: int, key: str, why: Bilingual, writer: Writer, whose: str | None = None
) -> None:
    """Take a reply back by a later row: it was not theirs, or who gave it (`whose`) took it back. Raises NotFound, Refusal."""
    program = locked(session, program_id)
    rows = _rows(session, program_id)
    own = [row for row in rows if whose is None or row.replied_by in (whose, None)]
    row = to_take_back(own, key, why)
    about = {"criterion_id": row.criterion_id, "concern_id": row.concern_id, "withdraws_id": row.id}
    held: dict[str, Any] = {"program_id": program_id, "on": writer.today(program.zone), **about}
    append(session, CityReply(**held, **text(why), **writer.kept()))


def _told(answered: Answered, writer: Writer, cited: object | None) -> fidelity.Reply:
    return fidelity.Reply(
        0,
        "",
        answered.by,
        answered.words,
        answered.language,
        answered.on,
        writer.clock(),
        answered.criterion_id,
        answered.concern_id,
        answered.received,
        cited,
    )


def _of_program(session: Session, program: Program, answered: Answered) -> None:
    if answered.criterion_id is not None:
        criterion = session.get(FidelityCriterion, answered.criterion_id)
        if criterion is None or criterion.model_id != program.model_id:
            raise Refusal("The design of “{program}” asks for no such thing.", program=program.name_en)
    if answered.concern_id is not None:
        concern = session.get(Concern, answered.concern_id)
        if concern is None or concern.program_id != program.id:
            raise Refusal("Nobody raised this about “{program}”.", program=program.name_en)


def _rows(session: Session, program_id: int) -> list[CityReply]:
    return list(session.exec(select(CityReply).where(CityReply.program_id == program_id).order_by(col(CityReply.id))))
