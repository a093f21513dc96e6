"""Documents: what a file or a form says of one, and the file beside it that becomes a copy."""

import hashlib
from pathlib import PurePath

from sqlmodel import Session, select

from positions.coding.publishing import FILE
from positions.followthrough import copies
from positions.followthrough.models.documents import Document
from positions.followthrough_entries.documents import Document as Entry
from positions.keeping import Outcome
from positions.keeping import keep as keep_row
from positions.stances import columns
from transcripts import papers
from transcripts.models import now


def keep(session: Session, entry: Entry) -> Outcome:
    """Bring what is known of one document into line; its copies stay as they are, and search looks at them again."""
    said = {
        "kind": entry.kind,
        "publisher": entry.publisher,
        "published_on": entry.published_on,
        "url": entry.url,
        "archived_url": entry.archived_url,
        "archived_on": entry.archived_on,
        "language": entry.language,
        "publishing_right": entry.right,
        "fictional": entry.fictional,
        **columns("title", entry.title.pair()),
        **columns("interest", entry.interest.pair() if entry.interest else None),
        **columns("summary", entry.summary.pair() if entry.summary else None),
    }
    document, outcome = keep_row(session, Document, {"slug": entry.slug}, said)
    if outcome == "changed":
        copies.look_again(session, document.id or 0)
    return outcome


def keep_file(session: Session, entry: Entry, data: bytes) -> Outcome:
    """Keep a file as a copy of the document an entry tells of; the same bytes change nothing. Raises BadFile."""
    document = session.exec(select(Document).where(Document.slug == entry.slug)).one()
    name = PurePath(str(entry.file)).name
    sha256 = hashlib.sha256(data).hexdigest()
    if copies.holds(session, document, sha256):
        return "same"
    captured_on = entry.captured_on or now().date()
    brought = copies.Brought(name, data, sha256, papers.read(data, name), captured_on)
    copies.add(session, document, brought, FILE.name)
    return "added"
