"""Requests for records as entries say them and as rows hold them; what became of them is appended, never written over."""

from sqlmodel import Session

from positions.coding.publishing import FILE
from positions.followthrough import requesting
from positions.followthrough.appending import Writer
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.documents import Document
from positions.followthrough.models.programs import Program
from positions.followthrough.models.requests import RecordsRequest
from positions.followthrough_entries.requests import Request as Entry
from positions.followthrough_entries.requests import RequestEvent
from positions.keeping import Outcome, keep
from positions.load_stances import find
from transcripts.errors import Refusal


def keep_all(session: Session, entry: Entry) -> Outcome:
    """Bring a request into line with a file and append what the file tells of it. Raises NotFound and Refusal."""
    row, outcome = keep_facts(session, entry)
    told = sorted(entry.events, key=lambda one: one.on)
    done = [keep_event(session, row.id or 0, one, Writer(FILE.name)) for one in told]
    return "changed" if outcome == "same" and "added" in done else outcome


def keep_facts(session: Session, entry: Entry) -> tuple[RecordsRequest, Outcome]:
    """Bring the facts of a request into line. Raises NotFound, and a Refusal that says what is missing."""
    if entry.due_on is not None and entry.due_on < entry.asked_on:
        raise Refusal("A reply cannot be due before it was asked for.")
    values = {
        "program_id": find(session, Program, entry.program, "programs").id if entry.program else None,
        "commitment_id": find(session, Commitment, entry.commitment, "commitments").id if entry.commitment else None,
        "what_en": entry.what.en,
        "what_es": entry.what.es,
        "asked_of": entry.asked_of,
        "asked_by": entry.asked_by,
        "asked_on": entry.asked_on,
        "due_on": entry.due_on,
        "law": entry.law,
        "document_id": find(session, Document, entry.document, "documents").id if entry.document else None,
        "fictional": entry.fictional,
    }
    return keep(session, RecordsRequest, {"slug": entry.slug}, values)


def keep_event(session: Session, request_id: int, entry: RequestEvent, writer: Writer) -> Outcome:
    """Append what became of a request; "same" where it is held already. Raises NotFound and Refusal."""
    came = requesting.Came(
        entry.outcome,
        entry.on,
        entry.text.pair() if entry.text else None,
        entry.due_on,
        find(session, Document, entry.document, "documents").id if entry.document else None,
    )
    return requesting.record(session, request_id, came, writer)
