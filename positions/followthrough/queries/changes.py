"""What changed about a program: everything recorded append-only of it and of what belongs to it, the latest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Date, Select, Text, cast, literal, null
from sqlmodel import Session, col

from positions.followthrough.models.commitments import Commitment, CommitmentEvent, DueOccurrence
from positions.followthrough.models.designs import FidelityCriterion
from positions.followthrough.models.documents import Document, DocumentCopy
from positions.followthrough.models.figures import Indicator, ObservationBatch
from positions.followthrough.models.findings import CityReply, FidelityFinding
from positions.followthrough.models.programs import Program, ProgramDocument
from positions.followthrough.models.requests import RecordsRequest, RecordsRequestEvent
from positions.followthrough.queries import unjudged
from transcripts.bilingual import Bilingual, both

MOST = 50
"""How many changes are told."""


class Sort(StrEnum):
    """What was recorded."""

    EVENT = "event"
    OCCURRENCE = "occurrence"
    FINDING = "finding"
    REPLY = "reply"
    REQUEST = "request"
    FIGURES = "figures"
    COPY = "copy"


SORT_WORDS = {
    Sort.EVENT: "What became of a commitment",
    Sort.OCCURRENCE: "Something that is due again and again",
    Sort.FINDING: "Is it run as designed?",
    Sort.REPLY: "A reply",
    Sort.REQUEST: "A request for records",
    Sort.FIGURES: "New figures",
    Sort.COPY: "A copy of a document",
}


@dataclass(frozen=True)
class Change:
    """One thing recorded: when (`at`), of which day (`on`), about what (`slug` and `name` of its page), and the code it says.

    `code` is None where it takes an earlier one back (`taken_back`), and where nothing is coded: figures and copies.
    """

    sort: Sort
    key: str
    at: datetime
    on: date | None
    by: str
    slug: str
    name: Bilingual
    axis: str | None
    code: str | None
    text: Bilingual | None
    taken_back: bool


def of_program(session: Session, slug: str, today: date, most: int = MOST) -> tuple[Change, ...]:
    """The latest changes of a program; nothing of what nobody may judge on a day of LAST_ZONE. One statement."""
    asked = sqlalchemy.union_all(*(one.where(col(Program.slug) == slug) for one in _every(today))).subquery()
    rows = session.execute(sqlalchemy.select(asked).order_by(asked.c.at.desc(), asked.c.key.desc()).limit(most)).all()
    return tuple(_change(row) for row in rows)


def _change(row: Any) -> Change:
    return Change(
        Sort(row.sort),
        row.key,
        row.at,
        row.on,
        row.by,
        row.slug,
        Bilingual(row.name_en, row.name_es),
        row.axis,
        row.code,
        both(row.text_en, row.text_es),
        row.withdraws is not None,
    )


def _columns(sort: Sort, kept: Any, slug: Any, name: tuple[Any, Any], **more: Any) -> Sequence[ColumnElement[Any]]:
    text = cast(null(), Text)
    held: dict[str, Any] = {
        "sort": literal(str(sort)),
        "key": kept.key if hasattr(kept, "key") else cast(kept.id, Text),
        "at": kept.recorded_at,
        "on": getattr(kept, "on", cast(null(), Date)),
        "by": kept.recorded_by,
        "slug": slug,
        "name_en": name[0],
        "name_es": name[1],
        "axis": text,
        "code": text,
        "text_en": getattr(kept, "text_en", text),
        "text_es": getattr(kept, "text_es", text),
        "withdraws": getattr(kept, "withdraws_id", cast(null(), sqlalchemy.Integer)),
        **more,
    }
    return [column.label(label) for label, column in held.items()]


def _every(today: date) -> list[Select[Any]]:
    promise = (Commitment.slug, (Commitment.title_en, Commitment.title_es))
    asked_for = (FidelityCriterion.slug, (FidelityCriterion.text_en, FidelityCriterion.text_es))
    program = (Program.slug, (Program.name_en, Program.name_es))
    request = (RecordsRequest.slug, (RecordsRequest.what_en, RecordsRequest.what_es))
    figure = (Indicator.slug, (Indicator.name_en, Indicator.name_es))
    paper = (Document.slug, (Document.title_en, Document.title_es))
    event, due, found = CommitmentEvent, DueOccurrence, FidelityFinding
    of_promise = sqlalchemy.and_(
        col(Commitment.program_id) == col(Program.id), unjudged.race_of(Commitment.person_id, today).is_(None)
    )
    return [
        _of(_columns(Sort.EVENT, event, *promise, axis=event.axis, code=event.value), event)
        .join(Commitment, col(Commitment.id) == col(event.commitment_id))
        .join(Program, of_promise),
        _of(_columns(Sort.OCCURRENCE, due, *promise, on=due.due_on, code=due.outcome), due)
        .join(Commitment, col(Commitment.id) == col(due.commitment_id))
        .join(Program, of_promise),
        _of(_columns(Sort.FINDING, found, *asked_for, code=found.result), found)
        .join(FidelityCriterion, col(FidelityCriterion.id) == col(found.criterion_id))
        .join(Program, col(Program.id) == col(found.program_id)),
        _of(_columns(Sort.REPLY, CityReply, *program, text_en=CityReply.words), CityReply).join(
            Program, col(Program.id) == col(CityReply.program_id)
        ),
        _of(
            _columns(Sort.REQUEST, RecordsRequestEvent, *request, code=RecordsRequestEvent.outcome), RecordsRequestEvent
        )
        .join(RecordsRequest, col(RecordsRequest.id) == col(RecordsRequestEvent.request_id))
        .join(Program, col(Program.id) == col(RecordsRequest.program_id)),
        _of(_columns(Sort.FIGURES, ObservationBatch, *figure), ObservationBatch)
        .join(Indicator, col(Indicator.id) == col(ObservationBatch.indicator_id))
        .join(Program, col(Program.id) == col(Indicator.program_id)),
        _of(_columns(Sort.COPY, DocumentCopy, *paper, on=DocumentCopy.captured_on), DocumentCopy)
        .join(Document, col(Document.id) == col(DocumentCopy.document_id))
        .join(ProgramDocument, col(ProgramDocument.document_id) == col(Document.id))
        .join(Program, col(Program.id) == col(ProgramDocument.program_id)),
    ]


def _of(columns: Sequence[ColumnElement[Any]], kept: Any) -> Select[Any]:
    return sqlalchemy.select(*columns).select_from(kept)
