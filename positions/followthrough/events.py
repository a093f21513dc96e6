"""The writer of what became of commitments. Append-only: a row is never changed, a later one takes it back, both stay readable.

Every function is one step of the caller's transaction. Rules stand in `commitments` and `recurrence`; what they refuse is raised as
a Refusal before anything is written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select
from ulid import ULID

from positions.cells import Looked
from positions.followthrough.commitments import Told, closing, may_record, may_take_back
from positions.followthrough.models.commitments import Commitment, CommitmentEvent, DueOccurrence
from positions.followthrough.recurrence import may_see
from positions.followthrough.stored import events_of, facts, seen_of
from positions.followthrough.vocabulary.commitments import Occurrence
from positions.keeping import Outcome
from transcripts.bilingual import Bilingual
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.messages import Message
from transcripts.models import now

Ground = Mapping[str, Any]
"""The columns of what a row rests on (`models.Cited`); empty where it rests on nothing but a search."""
Row = TypeVar("Row", CommitmentEvent, DueOccurrence)
GROUND = ("document_id", "source_id", "turn_id", "turn_version", "start", "end", "place")


@dataclass(frozen=True)
class Beside:
    """What stands beside a record: who wrote it, in which words, and what it rests on."""

    by: str
    text: Bilingual | None = None
    ground: Ground | None = None


def record(
    session: Session, commitment_id: int, told: Told, beside: Beside, clock: Callable[[], datetime] = now
) -> Outcome:
    """Append an event; one that says the same of the same day and rests on the same is "same", even if it was taken back since."""
    made = _locked(session, commitment_id)
    rows = _rows(session, CommitmentEvent, commitment_id)
    columns = _event(told, beside)
    if any(_holds(row, columns) for row in rows):
        return "same"
    _refuse(may_record(facts(made), events_of(rows), told, _today(made, clock)))
    session.add(CommitmentEvent(commitment_id=commitment_id, **_kept(beside.by, clock), **columns))
    session.flush()
    return "added"


def key_of(session: Session, commitment_id: int, told: Told, beside: Beside) -> str | None:
    """The key of the event that says this and counts; None where none does."""
    rows = _rows(session, CommitmentEvent, commitment_id)
    gone, columns = {row.withdraws_id for row in rows}, _event(told, beside)
    return next((row.key for row in rows if row.id not in gone and _holds(row, columns)), None)


def withdraw(
    session: Session, commitment_id: int, key: str, why: Bilingual, by: str, clock: Callable[[], datetime] = now
) -> None:
    """Take an event back by a later row. Raises NotFound."""
    made = _locked(session, commitment_id)
    rows = _rows(session, CommitmentEvent, commitment_id)
    row = _of_key(rows, key)
    event = next((one for one in events_of(rows) if one.id == row.id), None)
    _refuse(
        may_take_back(event, why.en) if event else Message("This takes another back; it cannot be taken back itself.")
    )
    held: dict[str, Any] = {
        "commitment_id": commitment_id,
        "axis": row.axis,
        "on": _today(made, clock),
        "withdraws_id": row.id,
    }
    session.add(CommitmentEvent(**held, **_text(why), **_kept(by, clock)))
    session.flush()


def see(
    session: Session,
    commitment_id: int,
    due_on: date,
    outcome: Occurrence,
    on: date | None,
    beside: Beside,
    clock: Callable[[], datetime] = now,
) -> Outcome:
    """Append what became of a due date, `on` being the day it was done; the same again is "same"."""
    made = _locked(session, commitment_id)
    columns = _due(due_on, outcome, on, beside)
    if any(_holds(row, columns) for row in _rows(session, DueOccurrence, commitment_id)):
        return "same"
    _refuse(may_see(facts(made).recurrence, due_on, outcome, on, _today(made, clock)))
    if outcome != Occurrence.UNKNOWN and not any(_ground(beside.ground)[name] for name in GROUND[:3]):
        raise Refusal("Give the source that tells what became of it.")
    session.add(DueOccurrence(commitment_id=commitment_id, **_kept(beside.by, clock), **columns))
    session.flush()
    return "added"


def key_of_due(
    session: Session, commitment_id: int, due_on: date, outcome: Occurrence, on: date | None, beside: Beside
) -> str | None:
    """The key of the record of a due date that says this and counts; None where none does."""
    rows = _rows(session, DueOccurrence, commitment_id)
    gone, columns = {row.withdraws_id for row in rows}, _due(due_on, outcome, on, beside)
    return next((row.key for row in rows if row.id not in gone and _holds(row, columns)), None)


def withdraw_due(
    session: Session, commitment_id: int, key: str, why: Bilingual, by: str, clock: Callable[[], datetime] = now
) -> None:
    """Take a record of a due date back by a later row. Raises NotFound."""
    _locked(session, commitment_id)
    rows = _rows(session, DueOccurrence, commitment_id)
    row = _of_key(rows, key)
    seen = next((one for one in seen_of(rows) if one.id == row.id), None)
    if seen is None:
        raise Refusal("This takes another back; it cannot be taken back itself.")
    if seen.taken_back:
        raise Conflict("This was taken back already.")
    if not why.en.strip():
        raise Refusal("Say why it is taken back: the reason stays beside it.")
    held: dict[str, Any] = {"commitment_id": commitment_id, "due_on": row.due_on, "withdraws_id": row.id}
    session.add(DueOccurrence(**held, **_text(why), **_kept(by, clock)))
    session.flush()


def close_term(
    session: Session,
    slugs: Sequence[str],
    looked: Looked,
    text: Bilingual | None,
    by: str,
    clock: Callable[[], datetime] = now,
) -> str:
    """Record of each commitment that it was not kept as its term ended, in one act; returns the act.

    Raises a Refusal that names the first one of which it cannot be recorded, with nothing written of any.
    """
    act = str(ULID())
    for slug in slugs:
        made = session.exec(select(Commitment).where(Commitment.slug == slug).with_for_update()).one_or_none()
        if made is None:
            raise NotFound("There is no commitment “{slug}” (any more).", slug=slug)
        rows = _rows(session, CommitmentEvent, made.id or 0)
        told = closing(facts(made), events_of(rows), looked, _today(made, clock))
        if isinstance(told, Message):
            raise Refusal("“{name}”: {why}", name=made.title_en, why=told)
        for one in told:
            beside = Beside(by, text)
            columns = {**_event(one, beside), "commitment_id": made.id, "act": act}
            session.add(CommitmentEvent(**columns, **_kept(by, clock)))
        session.flush()
    return act


def _locked(session: Session, commitment_id: int) -> Commitment:
    """The commitment, held until the transaction ends: what may be recorded depends on what is held."""
    made = session.exec(select(Commitment).where(Commitment.id == commitment_id).with_for_update()).one_or_none()
    if made is None:
        raise NotFound("There is no such commitment (any more).")
    return made


def _rows(session: Session, model: type[Row], commitment_id: int) -> Sequence[Row]:
    return session.exec(select(model).where(model.commitment_id == commitment_id).order_by(col(model.id))).all()


def _of_key(rows: Sequence[Row], key: str) -> Row:
    found = next((row for row in rows if row.key == key), None)
    if found is None:
        raise NotFound("There is no such record of this commitment (any more).")
    return found


def _event(told: Told, beside: Beside) -> dict[str, Any]:
    log = told.looked
    return {
        "axis": str(told.axis),
        "value": str(told.value),
        "on": told.on,
        "looked_by": log.by if log else None,
        "looked_on": log.at if log else None,
        "looked_en": log.where.en if log else None,
        "looked_es": log.where.es if log else None,
        **_ground(beside.ground),
        **_text(beside.text),
    }


def _due(due_on: date, outcome: Occurrence, on: date | None, beside: Beside) -> dict[str, Any]:
    said = {"due_on": due_on, "outcome": str(outcome), "on": on}
    return {**said, **_ground(beside.ground), **_text(beside.text)}


def _kept(by: str, clock: Callable[[], datetime]) -> dict[str, Any]:
    return {"key": str(ULID()), "recorded_by": by, "recorded_at": clock()}


def _ground(ground: Ground | None) -> dict[str, Any]:
    return {name: (ground or {}).get(name) for name in GROUND}


def _text(text: Bilingual | None) -> dict[str, Any]:
    return {"text_en": text.en if text else None, "text_es": text.es if text else None}


def _holds(row: CommitmentEvent | DueOccurrence, columns: Mapping[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in columns.items())


def _today(made: Commitment, clock: Callable[[], datetime]) -> date:
    return clock().astimezone(ZoneInfo(made.zone)).date()


def _refuse(why: Message | None) -> None:
    if why is not None:
        raise Refusal.of(why)
