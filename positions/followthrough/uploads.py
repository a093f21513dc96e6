"""Files that editors look over before they become copies of documents: kept for a day at most, part of nothing."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlmodel import Session, col, delete, select
from ulid import ULID

from positions.followthrough import copies
from positions.followthrough.copies import Brought
from positions.followthrough.models.documents import Document, DocumentCopy, DocumentUpload
from transcripts.errors import Conflict, NotFound
from transcripts.models import now
from transcripts.papers import Paper

KEPT = timedelta(days=1)
_PAPER = TypeAdapter(Paper)


@dataclass(frozen=True)
class Looked:
    """A file that waits to be kept or thrown away, as it was read."""

    key: str
    brought: Brought
    sent_by: str


def look_over(session: Session, slug: str, brought: Brought, by: str, clock: Callable[[], datetime] = now) -> str:
    """Put a file aside for its editor to look at; returns its key. Raises NotFound; Conflict where these bytes are a copy already."""
    document = _document(session, slug)
    refuse_twin(session, document, brought)
    at = clock()
    session.exec(delete(DocumentUpload).where(col(DocumentUpload.sent_at) < at - KEPT))
    upload = DocumentUpload(
        key=str(ULID()),
        document_id=document.id or 0,
        file_name=brought.filename,
        sha256=brought.sha256,
        data=brought.data,
        captured_on=brought.captured_on,
        paper=json.dumps(asdict(brought.paper)),
        sent_by=by,
        sent_at=at,
    )
    session.add(upload)
    session.flush()
    return upload.key


def refuse_twin(session: Session, document: Document, brought: Brought) -> None:
    """Raises Conflict, with the number of the copy, where these very bytes are one already."""
    same = select(DocumentCopy.n).where(DocumentCopy.document_id == document.id, DocumentCopy.sha256 == brought.sha256)
    n = session.exec(same).first()
    if n is not None:
        raise Conflict("These very bytes are copy {n} already: nothing was kept again.", n=n)


def looked(session: Session, slug: str, key: str) -> Looked:
    """A file that was put aside. Raises NotFound."""
    row = _row(session, slug, key)
    paper = _PAPER.validate_json(row.paper)
    return Looked(row.key, Brought(row.file_name, row.data, row.sha256, paper, row.captured_on), row.sent_by)


def keep(session: Session, slug: str, key: str, by: str, clock: Callable[[], datetime] = now) -> DocumentCopy:
    """Make a file that was put aside the next copy of its document. Raises NotFound, Conflict."""
    found, document = looked(session, slug, key), _document(session, slug)
    refuse_twin(session, document, found.brought)
    throw_away(session, slug, key)
    copy = copies.add(session, document, found.brought, by, clock)
    assert copy is not None, "refused above"
    return copy


def waiting(session: Session, slug: str) -> tuple[tuple[str, str, str], ...]:
    """(key, name of the file, who sent it) of the files put aside for a document, the latest first."""
    asked = (
        select(DocumentUpload.key, DocumentUpload.file_name, DocumentUpload.sent_by)
        .join(Document, col(Document.id) == col(DocumentUpload.document_id))
        .where(Document.slug == slug)
        .order_by(col(DocumentUpload.sent_at).desc())
    )
    return tuple(session.exec(asked).all())


def forget(session: Session, spotted: Callable[[str], bool]) -> None:
    """Let go of every file put aside in which something is spotted that must not be read any more."""
    for row in session.exec(select(DocumentUpload)).all():
        paper = _PAPER.validate_json(row.paper)
        if spotted(row.file_name) or any(spotted(one.text) for one in paper.paragraphs):
            session.delete(row)
    session.flush()


def throw_away(session: Session, slug: str, key: str) -> None:
    """Let go of a file that was put aside. Raises NotFound."""
    session.delete(_row(session, slug, key))
    session.flush()


def _row(session: Session, slug: str, key: str) -> DocumentUpload:
    asked = select(DocumentUpload).join(Document, col(Document.id) == col(DocumentUpload.document_id))
    row = session.exec(asked.where(DocumentUpload.key == key, Document.slug == slug)).one_or_none()
    if row is None:
        raise NotFound("This file was kept or thrown away already, or was forgotten after a day. Send it again.")
    return row


def _document(session: Session, slug: str) -> Document:
    document = session.exec(select(Document).where(Document.slug == slug)).one_or_none()
    if document is None:
        raise NotFound("There is no document “{slug}”.", slug=slug)
    return document
