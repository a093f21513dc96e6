"""Records: the versions of a forum's words, with their grade, their source, and what of them may be shown."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from transcripts import addresses
from transcripts.bilingual import Bilingual, both
from transcripts.models import Record, RecordFile, Source, SourceFile, Turn
from transcripts.vocabulary import Right, TurnKind


@dataclass(frozen=True)
class SourceLine:
    """Something published about a forum; `url` is None where we hold no link. `held` says that its file is in our record."""

    id: int
    key: str
    kind: str
    title: str
    publisher: str | None
    published_on: date | None
    url: str | None
    grade: str | None
    interest: Bilingual | None
    held: bool = False

    @property
    def name(self) -> str:
        """The words for {source} in a grade: the publisher, or the title where the publisher is unknown."""
        return self.publisher or self.title


@dataclass(frozen=True)
class RecordLine:
    """One record of a forum: how far its words can be trusted, where they come from, what of them may be shown."""

    id: int
    forum_id: int
    grade: str
    right: str
    is_published: bool
    revision: int
    imported_at: datetime
    source: SourceLine | None

    @property
    def source_name(self) -> str | None:
        """The words for {source} in a grade; None where nobody has said where the record comes from."""
        return self.source.name if self.source else None


@dataclass(frozen=True)
class FileLine:
    """A file of a record as it was received: its name, the digest of its bytes, and the reader that read it."""

    filename: str
    sha256: str
    size: int
    format: str
    parser_version: int
    received_at: datetime


def shown() -> ColumnElement[bool]:
    """The condition under which a turn's words may leave us (page, search, export): Turn and Record must be joined.

    Whole text: every current turn. Quotations only: the quotations, never the source's own sentences. Private: nothing.
    """
    return and_(col(Turn.status) == "current", ever_shown())


def ever_shown() -> ColumnElement[bool]:
    """As `shown`, for turns that were withdrawn or merged since: what may be said of them, and of their corrections."""
    quotation = col(Turn.kind) == TurnKind.RECAP_QUOTE
    return or_(
        col(Record.publishing_right) == Right.WHOLE,
        and_(col(Record.publishing_right) == Right.QUOTATIONS, quotation),
    )


def source_line(source: Source, held: bool) -> SourceLine:
    """One row of `source` as readers see it."""
    assert source.id is not None
    return SourceLine(
        id=source.id,
        key=source.key,
        kind=source.kind,
        title=source.title,
        publisher=source.publisher,
        published_on=source.published_on,
        url=addresses.linked(source.url),
        grade=source.grade,
        interest=both(source.interest_en, source.interest_es),
        held=held,
    )


def lines(session: Session, ids: Collection[int]) -> dict[int, RecordLine]:
    """Records by their id."""
    return {line.id: line for line in _lines(session, col(Record.id).in_(ids))} if ids else {}


def of_forum(session: Session, forum_id: int) -> tuple[RecordLine, ...]:
    """The records of a forum that stand, the published one first; those a correction replaced are left out."""
    replaced = select(Record.supersedes_id).where(col(Record.supersedes_id).is_not(None))
    found = _lines(session, and_(col(Record.forum_id) == forum_id, col(Record.id).not_in(replaced)))
    return tuple(sorted(found, key=lambda line: (not line.is_published, line.id)))


def files(session: Session, record_id: int) -> tuple[FileLine, ...]:
    """The files of a record, in order."""
    rows = session.exec(
        select(RecordFile, SourceFile.size, SourceFile.received_at)
        .join(SourceFile, col(SourceFile.sha256) == col(RecordFile.sha256))
        .where(RecordFile.record_id == record_id)
        .order_by(col(RecordFile.position))
    )
    return tuple(
        FileLine(file.filename, file.sha256, size, file.format, file.parser_version, received_at)
        for file, size, received_at in rows
    )


def _lines(session: Session, where: ColumnElement[bool]) -> list[RecordLine]:
    rows = session.exec(select(Record, Source).outerjoin(Source, col(Source.id) == col(Record.source_id)).where(where))
    return [_line(record, source) for record, source in rows]


def _line(record: Record, source: Source | None) -> RecordLine:
    assert record.id is not None
    return RecordLine(
        id=record.id,
        forum_id=record.forum_id,
        grade=record.grade,
        right=record.publishing_right,
        is_published=record.is_published,
        revision=record.revision,
        imported_at=record.imported_at,
        source=source_line(source, held=True) if source else None,
    )
