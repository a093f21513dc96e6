"""The words of the glossary, with the topic and the source of each."""

import json
from dataclasses import dataclass

from sqlmodel import Session, col, select

from positions.followthrough.glossing import Form, Glossary, Term
from positions.followthrough.models.terms import GlossaryTerm
from positions.followthrough.queries import grounds
from positions.followthrough.queries.grounds import Ground
from positions.models import Topic
from transcripts.bilingual import Bilingual


@dataclass(frozen=True)
class Entry:
    """A word as the page of the glossary tells it: with its topic (slug, name) and what its meaning rests on, where either is known."""

    term: Term
    topic: tuple[str, Bilingual] | None
    ground: Ground | None


def glossary(session: Session) -> Glossary:
    """Every word with every way it is written: one statement."""
    return Glossary([_term(row) for row in session.exec(select(GlossaryTerm).order_by(col(GlossaryTerm.slug)))])


def every(session: Session) -> tuple[Entry, ...]:
    """Every word by slug, with its topic and its ground: a constant number of statements."""
    rows = session.exec(
        select(GlossaryTerm, Topic)
        .outerjoin(Topic, col(Topic.id) == col(GlossaryTerm.topic_id))
        .order_by(col(GlossaryTerm.slug))
    ).all()
    found = grounds.of(session, [row for row, _ in rows])
    return tuple(
        Entry(_term(row), (topic.slug, Bilingual(topic.name_en, topic.name_es)) if topic else None, ground)
        for (row, topic), ground in zip(rows, found, strict=True)
    )


def _term(row: GlossaryTerm) -> Term:
    others = [Form(one["lang"], one["text"], one["exact_case"]) for one in json.loads(row.aliases)]
    exact = {(one.lang, one.text) for one in others if one.exact}
    names = [Form(lang, text, (lang, text) in exact) for lang, text in (("en", row.term_en), ("es", row.term_es))]
    return Term(
        row.slug,
        Bilingual(row.term_en, row.term_es),
        Bilingual(row.meaning_en, row.meaning_es),
        (*names, *(form for form in others if form not in names)),
    )
