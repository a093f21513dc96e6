"""The writer of what became of requests for records. Append-only; every function is one step of the caller's transaction."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from positions.followthrough.appending import Writer, append, holds, refuse, text, to_take_back
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.programs import Program
from positions.followthrough.models.requests import RecordsRequest, RecordsRequestEvent
from positions.followthrough.queries.requests import events_of
from positions.followthrough.requests import Event, Request, may_record
from positions.followthrough.vocabulary.requests import RequestOutcome
from positions.keeping import Outcome
from transcripts.bilingual import Bilingual
from transcripts.errors import NotFound


@dataclass(frozen=True)
class Came:
    """What became of a request on a day. `due_on`: the new day where more time was taken."""

    outcome: RequestOutcome
    on: date
    text: Bilingual | None = None
    due_on: date | None = None
    document_id: int | None = None


def record(session: Session, request_id: int, came: Came, writer: Writer) -> Outcome:
    """Append an event; the same of the same day again is "same", even if it was taken back since. Raises NotFound, Refusal."""
    asked = _locked(session, request_id)
    rows = _rows(session, request_id)
    columns: dict[str, Any] = {
        "outcome": str(came.outcome),
        "on": came.on,
        "due_on": came.due_on,
        "document_id": came.document_id,
        **text(came.text),
    }
    if holds(rows, columns):
        return "same"
    told = Event(0, "", came.outcome, came.on, writer.clock(), came.due_on)
    held = events_of([(row, None) for row in rows])
    today = writer.today(_zone(session, asked))
    refuse(may_record(Request(asked.asked_on, asked.due_on), held, told, today))
    return append(session, RecordsRequestEvent(request_id=request_id, **columns, **writer.kept()))


def withdraw(session: Session, request_id: int, key: str, why: Bilingual, writer: Writer) -> None:
    """Take an event back by a later row. Raises NotFound, Refusal."""
    asked = _locked(session, request_id)
    row = to_take_back(_rows(session, request_id), key, why)
    today = writer.today(_zone(session, asked))
    gone: dict[str, Any] = {"request_id": request_id, "on": today, "withdraws_id": row.id}
    append(session, RecordsRequestEvent(**gone, **text(why), **writer.kept()))


def _locked(session: Session, request_id: int) -> RecordsRequest:
    """The request, held until the transaction ends: what may be recorded depends on what is held."""
    found = session.exec(select(RecordsRequest).where(RecordsRequest.id == request_id).with_for_update()).one_or_none()
    if found is None:
        raise NotFound("There is no such request for records (any more).")
    return found


def _rows(session: Session, request_id: int) -> list[RecordsRequestEvent]:
    of = select(RecordsRequestEvent).where(RecordsRequestEvent.request_id == request_id)
    return list(session.exec(of.order_by(col(RecordsRequestEvent.id))))


def _zone(session: Session, asked: RecordsRequest) -> str:
    if asked.program_id is not None:
        return session.get_one(Program, asked.program_id).zone
    return session.get_one(Commitment, asked.commitment_id).zone if asked.commitment_id is not None else "UTC"
