"""What the append-only writers have in common: a row is never changed, a later one takes it back, both stay readable."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, SQLModel
from ulid import ULID

from positions.followthrough.models.findings import CityReply, FidelityFinding
from positions.followthrough.models.requests import RecordsRequestEvent
from positions.followthrough.taken_back import TakenBack, may_take_back
from positions.keeping import Outcome
from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound, Refusal
from transcripts.messages import Message
from transcripts.models import now

Row = TypeVar("Row", FidelityFinding, CityReply, RecordsRequestEvent)
Ground = Mapping[str, Any]
"""The columns of what a row rests on (`models.Cited`)."""
GROUND = ("document_id", "source_id", "turn_id", "turn_version", "start", "end", "place")
CITED = GROUND[:3]
"""The columns of which one is filled where a row rests on something."""


@dataclass(frozen=True)
class Writer:
    """Who writes a row, and the clock by which they do."""

    by: str
    clock: Callable[[], datetime] = now

    def today(self, zone: str) -> date:
        """The local day in a zone."""
        return self.clock().astimezone(ZoneInfo(zone)).date()

    def kept(self) -> dict[str, Any]:
        """The columns of `models.Kept` that tell who wrote it; `key` is new."""
        return {"key": str(ULID()), "recorded_by": self.by, "recorded_at": self.clock()}


def append(session: Session, row: SQLModel) -> Outcome:
    """Store one more row."""
    session.add(row)
    session.flush()
    return "added"


def text(said: Bilingual | None) -> dict[str, Any]:
    """The columns of a text that may be missing."""
    return {"text_en": said.en if said else None, "text_es": said.es if said else None}


def ground(columns: Ground | None) -> dict[str, Any]:
    """The columns of what a row rests on, every one named."""
    return {name: (columns or {}).get(name) for name in GROUND}


def holds(rows: Sequence[SQLModel], columns: Mapping[str, Any]) -> bool:
    """Whether one of the rows says exactly this already, taken back or not."""
    return any(all(getattr(row, name) == value for name, value in columns.items()) for row in rows)


def to_take_back(rows: Sequence[Row], key: str, why: Bilingual) -> Row:
    """The row of that key. Raises NotFound where there is none, Refusal where it cannot be taken back."""
    found = next((row for row in rows if row.key == key), None)
    if found is None:
        raise NotFound("There is no such record (any more).")
    refuse(may_take_back(taken_back(rows).get(found.id or 0), why.en))
    if found.withdraws_id is not None:
        raise Refusal("This takes another back; it cannot be taken back itself.")
    return found


def taken_back(rows: Sequence[FidelityFinding | CityReply | RecordsRequestEvent]) -> dict[int, TakenBack]:
    """Who took back what, when and why, by the id of what was taken back."""
    found: dict[int, TakenBack] = {}
    for row in rows:
        if row.withdraws_id is not None:
            found[row.withdraws_id] = TakenBack(row.recorded_by, row.recorded_at, both(row.text_en, row.text_es))
    return found


def refuse(why: Message | None) -> None:
    """Raises a Refusal where there is a reason for one."""
    if why is not None:
        raise Refusal.of(why)
