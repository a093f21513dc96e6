"""Requests for records with what became of each, and how each stands on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from positions.followthrough.appending import taken_back
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.documents import Document
from positions.followthrough.models.programs import Program
from positions.followthrough.models.requests import RecordsRequest, RecordsRequestEvent
from positions.followthrough.requests import Event, Request, Standing, standing
from positions.followthrough.vocabulary.requests import RequestOutcome
from transcripts.bilingual import Bilingual
from transcripts.errors import NotFound


@dataclass(frozen=True)
class Named:
    """Something with a page of its own."""

    slug: str
    name: Bilingual


@dataclass(frozen=True)
class AskedRecords:
    """A request for records: what, of whom, by whom, under what law, and how it stands. `letter` is the request itself.

    The documents of its events are `Named` too. `zone` is that of the program or commitment it belongs to.
    """

    id: int
    slug: str
    what: Bilingual
    asked_of: str
    asked_by: str
    facts: Request
    law: str | None
    program: Named | None
    commitment: Named | None
    letter: Named | None
    fictional: bool
    zone: str
    standing: Standing


def of_program(session: Session, program_id: int, today: date) -> tuple[AskedRecords, ...]:
    """Everything asked about a program, the latest first. One statement."""
    return _found(session, col(RecordsRequest.program_id) == program_id, today)


def of_ids(session: Session, ids: set[int], today: date) -> dict[int, AskedRecords]:
    """Requests by id; one statement, none where nothing is asked for."""
    found = _found(session, col(RecordsRequest.id).in_(ids), today) if ids else ()
    return {one.id: one for one in found}


def every(session: Session, now: datetime) -> tuple[AskedRecords, ...]:
    """Every request, each as it stands on the day it is where it belongs: those that wait first, the longest wait first."""
    found = _found(session, col(RecordsRequest.id).is_not(None), now)
    return tuple(sorted(found, key=lambda one: (one.standing.outcome is not None, -one.standing.days, one.slug)))


def by_slug(session: Session, slug: str, now: datetime) -> AskedRecords:
    """One request. Raises NotFound."""
    found = _found(session, col(RecordsRequest.slug) == slug, now)
    if not found:
        raise NotFound("There is no request for records “{slug}” (any more).", slug=slug)
    return found[0]


def overdue(session: Session, now: datetime) -> tuple[AskedRecords, ...]:
    """Requests that wait for a reply though the day it was due has passed, the longest wait first."""
    return tuple(one for one in every(session, now) if one.standing.overdue)


def documents(session: Session) -> tuple[Named, ...]:
    """Every document by title: what a request, a finding or a reply may rest on."""
    rows = session.execute(select(Document).order_by(col(Document.title_en), col(Document.id))).scalars()
    return tuple(Named(row.slug, Bilingual(row.title_en, row.title_es)) for row in rows)


def _found(session: Session, which: ColumnElement[bool], today: date | datetime) -> tuple[AskedRecords, ...]:
    letter, given = aliased(Document), aliased(Document)
    rows = session.execute(
        select(RecordsRequest, RecordsRequestEvent, given, letter, Program, Commitment)
        .outerjoin(RecordsRequestEvent, col(RecordsRequestEvent.request_id) == col(RecordsRequest.id))
        .outerjoin(given, col(given.id) == col(RecordsRequestEvent.document_id))
        .outerjoin(letter, col(letter.id) == col(RecordsRequest.document_id))
        .outerjoin(Program, col(Program.id) == col(RecordsRequest.program_id))
        .outerjoin(Commitment, col(Commitment.id) == col(RecordsRequest.commitment_id))
        .where(which)
        .order_by(col(RecordsRequest.asked_on).desc(), col(RecordsRequest.id), col(RecordsRequestEvent.id))
    ).all()
    by_id: dict[int, list[Any]] = {}
    for row in rows:
        by_id.setdefault(row[0].id, []).append(row)
    return tuple(_asked(of, today) for of in by_id.values())


def _asked(rows: Sequence[Any], today: date | datetime) -> AskedRecords:
    held, _, _, letter, program, commitment = rows[0]
    zone = (program or commitment).zone if program or commitment else "UTC"
    facts = Request(held.asked_on, held.due_on)
    events = events_of([(row[1], row[2]) for row in rows if row[1] is not None])
    return AskedRecords(
        held.id,
        held.slug,
        Bilingual(held.what_en, held.what_es),
        held.asked_of,
        held.asked_by,
        facts,
        held.law,
        Named(program.slug, Bilingual(program.name_en, program.name_es)) if program else None,
        Named(commitment.slug, Bilingual(commitment.title_en, commitment.title_es)) if commitment else None,
        _document(letter),
        held.fictional,
        zone,
        standing(facts, events, _day(today, zone)),
    )


def events_of(rows: Sequence[tuple[RecordsRequestEvent, Document | None]]) -> tuple[Event, ...]:
    """What was recorded of one request, each row with its document: those that take another back beside what they take back."""
    gone = taken_back([row for row, _ in rows])
    return tuple(
        Event(
            row.id or 0,
            row.key,
            RequestOutcome(row.outcome),
            row.on,
            row.recorded_at,
            row.due_on,
            Bilingual(row.text_en, row.text_es) if row.text_en else None,
            _document(document),
            row.recorded_by,
            gone.get(row.id or 0),
        )
        for row, document in rows
        if row.outcome is not None
    )


def _document(row: Document | None) -> Named | None:
    return Named(row.slug, Bilingual(row.title_en, row.title_es)) if row else None


def _day(today: date | datetime, zone: str) -> date:
    return today.astimezone(ZoneInfo(zone)).date() if isinstance(today, datetime) else today
