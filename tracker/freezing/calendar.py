"""When a race is frozen: some days before its election day, counted in its own time zone, or as an administrator says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, func, select
from sqlmodel import SQLModel

from positions.models import Contest
from tracker.freezing.models import FreezeSwitch
from transcripts.bilingual import Bilingual

DAYS = 14
"""Days before election day from which a race is frozen, where its form says nothing else."""


@dataclass(frozen=True)
class Switched:
    """An administrator's last word on a race."""

    state: str
    why: str
    at: datetime


@dataclass(frozen=True)
class Period:
    """Since which local day a race is frozen, and its election day. `why` stands where an administrator froze it."""

    since: date
    election: date
    why: str | None = None


@dataclass(frozen=True)
class Race:
    """A race and whether it is frozen now; `switched`: an administrator has said something of it."""

    id: int
    slug: str
    title: Bilingual
    frozen: Period | None
    switched: bool


def frozen(election: date, zone: str, days: int | None, switch: Switched | None, at: datetime) -> Period | None:
    """How a race is frozen at a moment; None where it is not. `days` 0: never by the calendar. Election day is part of it. Pure."""
    local = ZoneInfo(zone)
    if switch and switch.state == "on":
        return Period(switch.at.astimezone(local).date(), election, switch.why)
    before = DAYS if days is None else days
    since = election - timedelta(days=before)
    if not before or (switch and switch.state == "off"):
        return None
    return Period(since, election) if since <= at.astimezone(local).date() <= election else None


def races(connection: Connection, at: datetime, slugs: Iterable[str] | None = None) -> tuple[Race, ...]:
    """Every race (or those of `slugs`), the nearest election last. One statement, asked anew every time: nothing is kept."""
    rows, said = _columns(Contest), _columns(FreezeSwitch)
    # the last word of an administrator stands, said of this race or of every one
    every = _table(FreezeSwitch).alias().c
    last = select(func.max(every.id)).where((every.race == rows.slug) | (every.race == "")).scalar_subquery()
    asked = select(rows.id, rows.slug, rows.title_en, rows.title_es, rows.election_date, rows.zone, rows.freeze_days)
    asked = asked.add_columns(said.state, said.why, said.at).outerjoin_from(
        _table(Contest), _table(FreezeSwitch), said.id == last
    )
    if slugs is not None:
        asked = asked.where(rows.slug.in_(list(slugs)))
    made = []
    for row in connection.execute(asked.order_by(rows.election_date.desc(), rows.slug)):
        switch = Switched(row.state, row.why, row.at) if row.state else None
        held = frozen(row.election_date, row.zone, row.freeze_days, switch, at)
        made.append(Race(row.id, row.slug, Bilingual(row.title_en, row.title_es), held, switch is not None))
    return tuple(made)


def _columns(model: type[SQLModel]) -> Any:
    return _table(model).c


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]
