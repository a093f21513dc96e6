"""Folders: one by the digest of its link, with its quotations as they stand in the record now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from transcripts.errors import NotFound
from transcripts.folder_models import FolderQuote, QuoteFolder
from transcripts.queries import citations
from transcripts.queries.citations import Place, Quoted

KEPT_DAYS = 730
"""How long a folder is kept after its last change."""
NO_FOLDER = "There is no folder under this link. It may be mistyped, or the folder was deleted."


@dataclass(frozen=True)
class Kept:
    """One quotation of a folder with its note; `quoted` is None where the words may no longer be shown."""

    id: int
    note: str
    quoted: Quoted | None


@dataclass(frozen=True)
class Folder:
    """A folder as it is read. `kept_until` is the day it is deleted unless it is changed before; `version` what a form sends back."""

    title: str
    version: int
    changed_at: datetime
    kept_until: date
    quotes: tuple[Kept, ...]


def by_edit(session: Session, digest: str, at: datetime) -> Folder:
    """The folder somebody may change, at the moment `at`. Raises NotFound."""
    return _folder(session, session.exec(select(QuoteFolder).where(QuoteFolder.edit_digest == digest)).first(), at)


def by_share(session: Session, digest: str, at: datetime) -> Folder:
    """The folder somebody may read. Raises NotFound."""
    return _folder(session, session.exec(select(QuoteFolder).where(QuoteFolder.share_digest == digest)).first(), at)


def expired(folder: QuoteFolder, at: datetime) -> bool:
    """Whether a folder has been left alone for so long that it is gone."""
    return folder.changed_at + timedelta(days=KEPT_DAYS) < at


def _folder(session: Session, held: QuoteFolder | None, at: datetime) -> Folder:
    if held is None or expired(held, at):
        raise NotFound(NO_FOLDER)
    rows = session.exec(
        select(FolderQuote)
        .where(FolderQuote.folder_id == held.id)
        .order_by(col(FolderQuote.position), col(FolderQuote.id))
    ).all()
    quoted = citations.of_places(
        session, [Place(row.turn_id, row.turn_version, row.start, row.end, carried=True) for row in rows]
    )
    return Folder(
        title=held.title,
        version=held.version,
        changed_at=held.changed_at,
        kept_until=(held.changed_at + timedelta(days=KEPT_DAYS)).date(),
        quotes=tuple(Kept(row.id or 0, row.note, one) for row, one in zip(rows, quoted, strict=True)),
    )
