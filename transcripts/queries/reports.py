"""Reports: the public list of decisions, the receipt for who reported, the queue for editors, and what is questioned."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from transcripts.desk_models import Report
from transcripts.errors import NotFound
from transcripts.models import Forum, Turn, now


@dataclass(frozen=True)
class ReportLine:
    """What everybody may read of a report: what it was about, when, and what was decided; never its words nor who sent it."""

    subject: str
    subject_id: int
    kind: str
    turn_key: str | None
    forum: str | None
    received_at: datetime
    reply_by: date
    status: str
    questioned: bool
    decided_at: datetime | None
    public_reason: str | None


@dataclass(frozen=True)
class Waiting:
    """A report as editors read it; `version` is what they send back with a decision.

    `turn_version` is the version of the words it is about that was on the page when it was sent.
    """

    id: int
    version: int
    line: ReportLine
    text: str
    contact: str | None
    turn_version: int | None = None


@dataclass(frozen=True)
class Queued:
    """The most urgent open report about one thing, how many more are open about it, and how many of all came since yesterday."""

    first: Waiting
    more: int
    today: int


def decisions(session: Session, limit: int = 100, offset: int = 0) -> tuple[ReportLine, ...]:
    """What was decided, refusals too, the newest first."""
    asked = _asked().where(Report.status != "open").order_by(col(Report.decided_at).desc(), col(Report.id).desc())
    return tuple(line(*row) for row in session.exec(asked.limit(limit).offset(offset)))


def by_receipt(session: Session, digest: str) -> ReportLine:
    """What became of a report, by the digest of its receipt's secret. Raises NotFound."""
    found = session.exec(_asked().where(Report.receipt == digest)).one_or_none()
    if found is None:
        raise NotFound("There is no report under this receipt. The link may be mistyped.")
    return line(*found)


def queue(session: Session, limit: int = 50, offset: int = 0) -> tuple[Queued, ...]:
    """The open reports, one line for each thing they are about, the most urgent first: a thousand about one are one line."""
    thing = (col(Report.subject), col(Report.subject_id))
    recent = col(Report.received_at) > now() - timedelta(days=1)
    ranked = (
        select(
            col(Report.id).label("id"),
            func.row_number().over(partition_by=thing, order_by=(col(Report.reply_by), col(Report.id))).label("place"),
            func.count().over(partition_by=thing).label("all"),
            func.count().filter(recent).over(partition_by=thing).label("today"),
        )
        .where(Report.status == "open")
        .subquery()
    )
    asked = (
        _asked()
        .add_columns(ranked.c.all, ranked.c.today)
        .join(ranked, ranked.c.id == col(Report.id))
        .where(ranked.c.place == 1)
        .order_by(col(Report.reply_by), col(Report.id))
    )
    rows = session.execute(asked.limit(limit).offset(offset))
    return tuple(Queued(_waiting(*row), every - 1, today) for *row, every, today in rows)


def alike(session: Session, one: Waiting, limit: int = 50) -> tuple[Waiting, ...]:
    """Other open reports about the same thing, the most urgent first."""
    asked = _asked().where(
        Report.status == "open",
        Report.subject == one.line.subject,
        Report.subject_id == one.line.subject_id,
        Report.id != one.id,
    )
    return tuple(
        _waiting(*row) for row in session.exec(asked.order_by(col(Report.reply_by), col(Report.id)).limit(limit))
    )


def by_id(session: Session, id: int) -> Waiting:
    """One report as editors read it, decided ones too. Raises NotFound."""
    found = session.exec(_asked().where(Report.id == id)).one_or_none()
    if found is None:
        raise NotFound("There is no such report.")
    return _waiting(*found)


def questioned(session: Session, subject: str, ids: Collection[int]) -> frozenset[int]:
    """Which of these rows of a subject readers see as questioned: an open report says so and an editor let it show."""
    asked = select(Report.subject_id).where(*_shown(subject), col(Report.subject_id).in_(ids))
    return frozenset(session.exec(asked)) if ids else frozenset()


def is_questioned(subject: str, id: Any) -> ColumnElement[bool]:
    """As `questioned`, as a column named so beside the rows of a subject's own table."""
    return exists().where(*_shown(subject), col(Report.subject_id) == id).label("questioned")


def _shown(subject: str) -> tuple[Any, ...]:
    return col(Report.subject) == subject, col(Report.status) == "open", col(Report.questioned)


def _asked() -> Select[Report, str, str]:
    return (
        select(Report, Turn.key, Forum.slug)
        .outerjoin(Turn, col(Turn.id) == col(Report.turn_id))
        .outerjoin(Forum, col(Forum.id) == col(Report.forum_id))
    )


def _waiting(one: Report, turn_key: str | None, forum: str | None) -> Waiting:
    return Waiting(one.id or 0, one.version, line(one, turn_key, forum), one.text, one.contact, one.turn_version)


def line(one: Report, turn_key: str | None, forum: str | None) -> ReportLine:
    return ReportLine(
        subject=one.subject,
        subject_id=one.subject_id,
        kind=one.kind,
        turn_key=turn_key,
        forum=forum,
        received_at=one.received_at,
        reply_by=one.reply_by,
        status=one.status,
        questioned=one.questioned,
        decided_at=one.decided_at,
        public_reason=one.public_reason,
    )
