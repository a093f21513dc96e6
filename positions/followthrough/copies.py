"""Copies of documents come in: numbered, append-only, their bytes a source file, their paragraphs passages with keys of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, func, select
from ulid import ULID

from positions.followthrough.models.documents import Document, DocumentCopy
from positions.followthrough.queries import passages
from transcripts.models import SourceFile, now
from transcripts.papers import Paper
from transcripts.search.outbox import enqueue


@dataclass(frozen=True)
class Brought:
    """A file as it came, and what was read in it; `captured_on` is the day on which the document was like this."""

    filename: str
    data: bytes
    sha256: str
    paper: Paper
    captured_on: date


def holds(session: Session, document: Document, sha256: str) -> bool:
    """Whether these very bytes are a copy of the document already."""
    same = select(DocumentCopy.id).where(DocumentCopy.document_id == document.id, DocumentCopy.sha256 == sha256)
    return session.exec(same).first() is not None


def add(
    session: Session, document: Document, brought: Brought, by: str, clock: Callable[[], datetime] = now
) -> DocumentCopy | None:
    """Keep a copy of a document, in the caller's transaction; None where these very bytes are a copy of it already."""
    if holds(session, document, brought.sha256):
        return None
    at = clock()
    if session.get(SourceFile, brought.sha256) is None:
        size = len(brought.data)
        session.add(SourceFile(sha256=brought.sha256, size=size, data=brought.data, received_at=at))
        session.flush()
    copy = DocumentCopy(
        document_id=document.id or 0,
        n=(session.exec(select(func.max(DocumentCopy.n)).where(DocumentCopy.document_id == document.id)).one() or 0)
        + 1,
        sha256=brought.sha256,
        file_name=brought.filename,
        media_type=brought.paper.media_type,
        captured_on=brought.captured_on,
        pages=brought.paper.pages,
        recorded_by=by,
        recorded_at=at,
    )
    session.add(copy)
    session.flush()
    _keep_passages(session, copy.id or 0, brought.paper)
    look_again(session, document.id or 0)
    return copy


def look_again(session: Session, document_id: int) -> None:
    """Search must look at all paragraphs of a document again: it has another copy, name, day or publishing right."""
    enqueue(session, passages.keys_of(session, document_id), passages.SHELF)


def _keep_passages(session: Session, copy_id: int, paper: Paper) -> None:
    rows = [
        {
            "key": str(ULID()),
            "copy_id": copy_id,
            "position": n,
            "page": one.page,
            "heading": one.heading,
            "text": one.text,
        }
        for n, one in enumerate(paper.paragraphs)
    ]
    if rows:
        session.execute(insert(SQLModel.metadata.tables["document_passage"]), rows)
