"""Requests for records as forms keep them: what was asked, without what became of it, which is never written over."""

from sqlmodel import Session, select

from positions.entries.entry import Doc, Kind, both, by_slug, free_slug, needed, take_away
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.documents import Document
from positions.followthrough.models.programs import Program
from positions.followthrough.models.requests import RecordsRequest
from positions.followthrough_entries.requests import Request as Entry
from positions.load_document import checked
from positions.load_followthrough.requests import keep_facts


def read(session: Session, slug: str) -> Doc | None:
    """One request, as a file says it."""
    row = by_slug(session, RecordsRequest, slug)
    if row is None:
        return None
    return {
        "slug": row.slug,
        "program": session.get_one(Program, row.program_id).slug if row.program_id else None,
        "commitment": session.get_one(Commitment, row.commitment_id).slug if row.commitment_id else None,
        "what": both(row.what_en, row.what_es),
        "asked_of": row.asked_of,
        "asked_by": row.asked_by,
        "asked_on": row.asked_on.isoformat(),
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "law": row.law,
        "document": session.get_one(Document, row.document_id).slug if row.document_id else None,
        "fictional": row.fictional,
    }


def write(session: Session, slug: str, doc: Doc) -> None:
    """Bring the facts of a request into line. Raises BadEntry, NotFound, Refusal."""
    keep_facts(session, checked(Entry, {**doc, "slug": slug}))


def remove(session: Session, slug: str) -> None:
    """Take a request away of which nothing was recorded. Raises NotFound, Conflict."""
    row = needed(session, RecordsRequest, slug, "request for records")
    take_away(session, (row,), row.what_en)


def new_slug(session: Session, what: str) -> str:
    """A free slug for a new request, of the first words of what is asked for."""
    return free_slug(" ".join(what.split()[:8]), session.exec(select(RecordsRequest.slug)).all(), "request")


KIND = Kind(read, write, remove)
