"""What a list of search hits shows of each turn: one statement, however many hits there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy
from sqlalchemy import func
from sqlmodel import Session, col

from transcripts.bilingual import Bilingual
from transcripts.models import Forum, Person, Record, Source, Speaker, Turn
from transcripts.queries.records import shown


@dataclass(frozen=True)
class HitRow:
    """A turn that may be shown. `speaker` is the person's name, else the voice's as printed, None for an unknown voice.

    `source` fills {source} in the words of the grade; None where nobody has said where the record comes from.
    """

    key: str
    text: str
    lang: str
    kind: str
    start_ms: int | None
    speaker: str | None
    speaker_slug: str | None
    role: str | None
    forum: str
    forum_title: Bilingual
    date: date
    fictional: bool
    grade: str
    source: str | None


def by_keys(session: Session, keys: Sequence[str]) -> dict[str, HitRow]:
    """Turns by their key; those that are gone or may not be shown are left out."""
    found = session.connection().execute(_ROWS, {"keys": list(keys)}) if keys else ()  # past the unit of work
    return {hit.key: hit for hit in map(_hit, found)}


def _hit(row: Any) -> HitRow:
    """The columns in their order: asked for by name they cost more than the statement."""
    key, text, lang, kind, start_ms, speaker, slug, role, forum, title_en, title_es, day, fictional, grade, source = row
    title = Bilingual(title_en, title_es)
    return HitRow(key, text, lang, kind, start_ms, speaker, slug, role, forum, title, day, fictional, grade, source)


_COLUMNS: tuple[Any, ...] = (
    col(Turn.key),
    col(Turn.text),
    col(Turn.lang),
    col(Turn.kind),
    col(Turn.start_ms),
    func.coalesce(Person.name, Speaker.name, Turn.label).label("speaker"),
    col(Person.slug).label("speaker_slug"),
    col(Speaker.role),
    col(Forum.slug).label("forum"),
    col(Forum.title_en),
    col(Forum.title_es),
    col(Forum.held_on),
    col(Forum.fictional),
    col(Record.grade),
    func.coalesce(Source.publisher, Source.title).label("source"),
)

_ROWS = (
    sqlalchemy.select(*_COLUMNS)
    .select_from(Turn)
    .join(Forum, col(Forum.id) == col(Turn.forum_id))
    .join(Record, col(Record.id) == col(Turn.record_id))
    .outerjoin(Source, col(Source.id) == col(Record.source_id))
    .outerjoin(Speaker, col(Speaker.id) == col(Turn.speaker_id))
    .outerjoin(Person, col(Person.id) == col(Speaker.person_id))
    .where(col(Turn.key).in_(sqlalchemy.bindparam("keys", expanding=True)), shown())
)
"""Put together once: it is asked with every search."""
