"""The writer of findings: what somebody found of one thing a design asks for. Append-only.

Every function is one step of the caller's transaction.
"""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from positions.followthrough import fidelity
from positions.followthrough.appending import CITED, Ground, Writer, append, ground, holds, refuse, text, to_take_back
from positions.followthrough.days import PartialDay
from positions.followthrough.models.designs import FidelityCriterion
from positions.followthrough.models.findings import FidelityFinding
from positions.followthrough.models.programs import Program
from positions.followthrough.models.requests import RecordsRequest
from positions.followthrough.vocabulary.fidelity import Fidelity
from positions.keeping import Outcome
from transcripts.bilingual import Bilingual
from transcripts.errors import NotFound, Refusal


@dataclass(frozen=True)
class Found:
    """What somebody found of a criterion as of a (partial) day, with their stake (`interest`). `request_id`: asked for by it."""

    criterion_id: int
    result: Fidelity
    on: PartialDay
    by: str
    text: Bilingual
    interest: Bilingual | None = None
    request_id: int | None = None
    ground: Ground | None = None


def record(session: Session, program_id: int, found: Found, writer: Writer) -> Outcome:
    """Append a finding; the same by the same people of the same day is "same", even if it was taken back since.

    Raises NotFound; Refusal where the design of the program does not ask for it, or it rests on nothing.
    """
    program = locked(session, program_id)
    criterion = session.get(FidelityCriterion, found.criterion_id)
    if criterion is None or criterion.model_id != program.model_id:
        raise Refusal("The design of “{program}” asks for no such thing.", program=program.name_en)
    _same_program(session, program, found.request_id)
    rests_on = ground(found.ground)
    columns: dict[str, Any] = {
        "criterion_id": found.criterion_id,
        "result": str(found.result),
        "on": found.on.first,
        "day": str(found.on) if found.on.day is None else None,
        "found_by": found.by,
        "interest_en": found.interest.en if found.interest else None,
        "interest_es": found.interest.es if found.interest else None,
        "request_id": found.request_id,
        **text(found.text),
        **rests_on,
    }
    if holds(_rows(session, program_id), columns):
        return "same"
    cited = next((rests_on[name] for name in CITED if rests_on[name] is not None), None)
    began = PartialDay.of(program.began) if program.began else None
    refuse(fidelity.may_find(found.result, found.on, cited is not None, began, writer.today(program.zone)))
    return append(session, FidelityFinding(program_id=program_id, **columns, **writer.kept()))


def withdraw(session: Session, program_id: int, key: str, why: Bilingual, writer: Writer) -> None:
    """Take a finding back by a later row. Raises NotFound, Refusal."""
    program = locked(session, program_id)
    row = to_take_back(_rows(session, program_id), key, why)
    gone: dict[str, Any] = {"program_id": program_id, "criterion_id": row.criterion_id, "withdraws_id": row.id}
    append(session, FidelityFinding(**gone, on=writer.today(program.zone), **text(why), **writer.kept()))


def locked(session: Session, program_id: int) -> Program:
    """The program, held until the transaction ends, so that the same is not recorded twice. Raises NotFound."""
    found = session.exec(select(Program).where(Program.id == program_id).with_for_update()).one_or_none()
    if found is None:
        raise NotFound("There is no such program (any more).")
    return found


def _same_program(session: Session, program: Program, request_id: int | None) -> None:
    request = session.get(RecordsRequest, request_id) if request_id is not None else None
    if request is not None and request.program_id != program.id:
        raise Refusal("“{request}” asked for records of something else than this program.", request=request.slug)


def _rows(session: Session, program_id: int) -> list[FidelityFinding]:
    of = select(FidelityFinding).where(FidelityFinding.program_id == program_id)
    return list(session.exec(of.order_by(col(FidelityFinding.id))))
