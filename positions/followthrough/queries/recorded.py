"""What was recorded of commitments as it is shown: events and records of due dates in order, and which of them were taken back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy
from sqlmodel import Session

from positions.followthrough.commitments import Event
from positions.followthrough.models.commitments import CommitmentEvent, DueOccurrence
from positions.followthrough.queries.grounds import Ground
from positions.followthrough.recurrence import Seen
from positions.followthrough.stored import seen_of
from positions.queries import named, table
from transcripts.bilingual import Bilingual, both

Row = TypeVar("Row", CommitmentEvent, DueOccurrence)


@dataclass(frozen=True)
class Withdrawal:
    """Who took something back, when and why."""

    by: str
    at: datetime
    why: Bilingual | None


@dataclass(frozen=True)
class Happened:
    """One event as it is shown. `act` is common to those recorded together; `ground` is None where nothing was asked of it."""

    key: str
    event: Event
    by: str
    text: Bilingual | None
    act: str | None
    taken_back: Withdrawal | None
    ground: Ground | None = None


@dataclass(frozen=True)
class Observed:
    """One record of a due date as it is shown."""

    key: str
    seen: Seen
    by: str
    text: Bilingual | None
    taken_back: Withdrawal | None
    ground: Ground | None = None


def by_commitment(session: Session, model: type[Row], ids: Sequence[int]) -> dict[int, list[Row]]:
    """Rows by the commitment they are of, without the weight of objects: half a thousand of them are read for one page."""
    found: dict[int, list[Any]] = defaultdict(list)
    if ids:
        rows = table(model)
        asked = sqlalchemy.select(*rows.c).where(rows.c.commitment_id.in_(ids))
        for row in named(session.execute(asked.order_by(rows.c.recorded_at, rows.c.id))):
            found[row.commitment_id].append(row)
    return found


def happened(
    rows: Sequence[CommitmentEvent], held: Sequence[Event], rest: Mapping[int, Ground | None]
) -> tuple[Happened, ...]:
    """Events in the order of `held`, with the reason of those taken back and what each rests on (by the identity of its row)."""
    by_id, gone = {row.id: row for row in rows}, _withdrawals(rows)
    told = ((by_id[event.id], event) for event in held)
    return tuple(
        Happened(
            row.key,
            event,
            row.recorded_by,
            both(row.text_en, row.text_es),
            row.act,
            gone.get(event.id),
            rest.get(id(row)),
        )
        for row, event in told
    )


def observed(rows: Sequence[DueOccurrence], rest: Mapping[int, Ground | None]) -> tuple[Observed, ...]:
    """Records of due dates in order, likewise."""
    by_id, gone = {row.id: row for row in rows}, _withdrawals(rows)
    told = ((by_id[seen.id], seen) for seen in seen_of(rows))
    return tuple(
        Observed(row.key, seen, row.recorded_by, both(row.text_en, row.text_es), gone.get(seen.id), rest.get(id(row)))
        for row, seen in told
    )


def _withdrawals(rows: Sequence[CommitmentEvent] | Sequence[DueOccurrence]) -> dict[int, Withdrawal]:
    """Rows that take another back, by the one taken back."""
    return {
        row.withdraws_id: Withdrawal(row.recorded_by, row.recorded_at, both(row.text_en, row.text_es))
        for row in rows
        if row.withdraws_id is not None
    }
