"""Documents: what is known of minutes, an agreement, a report, a web page. Copies come in beside them and are never changed."""

from sqlmodel import Session, select

from positions.entries.entry import Doc, Kind, both, by_slug, free_slug, needed, take_away
from positions.followthrough.models.documents import Document
from positions.followthrough_entries.documents import Document as Entry
from positions.load_document import checked
from positions.load_followthrough.documents import keep


def read(session: Session, slug: str) -> Doc | None:
    """What is known of one document."""
    row = by_slug(session, Document, slug)
    if row is None:
        return None
    return {
        "slug": row.slug,
        "kind": row.kind,
        "title": both(row.title_en, row.title_es),
        "publisher": row.publisher,
        "published_on": row.published_on,
        "url": row.url,
        "archived_url": row.archived_url,
        "archived_on": row.archived_on.isoformat() if row.archived_on else None,
        "language": row.language,
        "right": row.publishing_right,
        "interest": both(row.interest_en, row.interest_es),
        "summary": both(row.summary_en, row.summary_es),
        "fictional": row.fictional,
    }


def write(session: Session, slug: str, doc: Doc) -> None:
    """Bring what is known of one document into line. Raises BadEntry."""
    keep(session, checked(Entry, {**doc, "slug": slug}))


def remove(session: Session, slug: str) -> None:
    """Take a document away that nothing rests on and of which no copy is held. Raises NotFound, Conflict."""
    row = needed(session, Document, slug, "document")
    take_away(session, (row,), row.title_en)


def new_slug(session: Session, title: str) -> str:
    """A free slug for a new document."""
    return free_slug(title, session.exec(select(Document.slug)).all(), "document")


KIND = Kind(read, write, remove)
