"""The glossary: a word, what it means in both languages, and the other ways it is written."""

import json

from sqlmodel import Session, select

from positions.followthrough.models.terms import GlossaryTerm
from positions.followthrough_entries.terms import Term as Entry
from positions.keeping import Outcome, keep
from positions.load_followthrough import grounds
from positions.load_stances import find
from positions.models import Topic
from transcripts.errors import Conflict
from transcripts.text import fold


def keep_term(session: Session, entry: Entry) -> Outcome:
    """Bring one word of the glossary into line. Raises NotFound; Conflict where another word is written the same way."""
    _refuse_another(session, entry)
    said = {
        "term_en": entry.term.en,
        "term_es": entry.term.es,
        "meaning_en": entry.meaning.en,
        "meaning_es": entry.meaning.es,
        "aliases": json.dumps([one.model_dump() for one in entry.aliases], ensure_ascii=False),
        "topic_id": find(session, Topic, entry.topic, "the curated topics").id if entry.topic else None,
        **grounds.columns(session, entry.cited),
    }
    return keep(session, GlossaryTerm, {"slug": entry.slug}, said)[1]


def _refuse_another(session: Session, entry: Entry) -> None:
    """Nothing tells which of two words is meant where both are written alike in one language."""
    ours = {
        ("en", fold(entry.term.en)),
        ("es", fold(entry.term.es)),
        *((one.lang, fold(one.text)) for one in entry.aliases),
    }
    for row in session.exec(select(GlossaryTerm).where(GlossaryTerm.slug != entry.slug)):
        theirs = {
            ("en", fold(row.term_en)),
            ("es", fold(row.term_es)),
            *((one["lang"], fold(one["text"])) for one in json.loads(row.aliases)),
        }
        if ours & theirs:
            raise Conflict("“{term}” of the glossary is written the same way; keep one of the two.", term=row.term_en)
