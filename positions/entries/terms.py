"""Words of the glossary as editors fill them in, in the shape of a loaded file."""

import json

from sqlmodel import Session, select

from positions.entries.entry import Doc, Kind, by_slug, free_slug, needed, take_away
from positions.followthrough.models.terms import GlossaryTerm
from positions.followthrough_entries.terms import Term as Entry
from positions.load_document import checked
from positions.load_followthrough import grounds
from positions.load_followthrough.terms import keep_term
from positions.models import Topic


def read(session: Session, slug: str) -> Doc | None:
    """One word of the glossary."""
    row = by_slug(session, GlossaryTerm, slug)
    if row is None:
        return None
    topic = session.get(Topic, row.topic_id) if row.topic_id else None
    return {
        "slug": row.slug,
        "term": {"en": row.term_en, "es": row.term_es},
        "meaning": {"en": row.meaning_en, "es": row.meaning_es},
        "aliases": json.loads(row.aliases),
        "topic": topic.slug if topic else None,
        "cited": grounds.entry(session, row),
    }


def write(session: Session, slug: str, doc: Doc) -> None:
    """Bring one word of the glossary into line. Raises BadEntry, NotFound, Conflict."""
    keep_term(session, checked(Entry, {**doc, "slug": slug}))


def remove(session: Session, slug: str) -> None:
    """Take a word out of the glossary. Raises NotFound."""
    row = needed(session, GlossaryTerm, slug, "word of the glossary")
    take_away(session, (row,), row.term_en)


def new_slug(session: Session, term: str) -> str:
    """A free slug for a new word."""
    return free_slug(term, session.exec(select(GlossaryTerm.slug)).all(), "word")


KIND = Kind(read, write, remove)
