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
    found = session.execute(_ROWS.where(col(Turn.key).in_(keys), shown())) if keys else ()
    return {row.key: _hit(row) for row in found}


def _hit(row: Any) -> HitRow:
    return HitRow(
        key=row.key,
        text=row.text,
        lang=row.lang,
        kind=row.kind,
        start_ms=row.start_ms,
        speaker=row.speaker,
        speaker_slug=row.speaker_slug,
        role=row.role,
        forum=row.forum,
        forum_title=Bilingual(row.title_en, row.title_es),
        date=row.held_on,
        fictional=row.fictional,
        grade=row.grade,
        source=row.source,
    )


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
)
