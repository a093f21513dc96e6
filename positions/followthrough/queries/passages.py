"""What search finds in documents: paragraphs of the latest copy of each document whose words may be shown whole."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy
from sqlalchemy import Select, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from positions.followthrough.days import PartialDay
from positions.followthrough.models.documents import Document, DocumentCopy, DocumentPassage
from transcripts.bilingual import Bilingual
from transcripts.formats.kept import is_key
from transcripts.vocabulary import Right

SHELF = "passages"
"""Their index, in the outbox."""


@dataclass(frozen=True)
class FoundIn:
    """A paragraph that search may find, and the document it stands in. `day` is the document's, else that of the copy."""

    id: int
    key: str
    position: int
    page: int | None
    text: str
    document_id: int
    document: str
    title: Bilingual
    publisher: str | None
    language: str
    fictional: bool
    day: date
    printed_day: str


def by_keys(session: Session, keys: Collection[str]) -> tuple[FoundIn, ...]:
    """Those of the paragraphs that may be found. One statement."""
    asked = _FOUND.where(col(DocumentPassage.key).in_(keys))
    return tuple(map(_found, session.execute(asked))) if keys else ()


def every(session: Session, size: int, last: int = 0) -> Iterator[tuple[FoundIn, ...]]:
    """All that may be found, `size` at a time, in the order they were stored."""
    while True:
        asked = _FOUND.where(col(DocumentPassage.id) > last).order_by(col(DocumentPassage.id)).limit(size)
        rows = tuple(map(_found, session.execute(asked)))
        if not rows:
            return
        yield rows
        last = rows[-1].id


def count(session: Session) -> int:
    """How many search should find."""
    return int(session.execute(select(func.count()).select_from(_FOUND.subquery())).scalar_one())


def cited(session: Session, places: Iterable[str | None]) -> dict[str, str]:
    """Of the places of rows that rest on documents those that name a paragraph by its key, with what is printed: its page, or ¶.

    One statement where any does.
    """
    keys = sorted({place for place in places if place and is_key(place)})
    if not keys:
        return {}
    asked = select(DocumentPassage.key, DocumentPassage.page).where(col(DocumentPassage.key).in_(keys))
    return {key: f"p. {page}" if page else "¶" for key, page in session.exec(asked)}


def holding(session: Session, spotted: Callable[[str], bool]) -> tuple[str, ...]:
    """The documents, by slug, in whose paragraphs or names of files something is spotted that must not be read any more. One statement."""
    asked = (
        sqlalchemy.select(col(Document.slug), col(DocumentPassage.text))
        .join(DocumentCopy, col(DocumentCopy.id) == col(DocumentPassage.copy_id))
        .join(Document, col(Document.id) == col(DocumentCopy.document_id))
        .where(col(Document.publishing_right) != Right.PRIVATE)
    )
    return tuple(sorted({slug for slug, text in session.execute(asked) if spotted(text)}))


def keys_of(session: Session, document_id: int) -> Sequence[str]:
    """The keys of all paragraphs of all copies of a document."""
    asked = sqlalchemy.select(col(DocumentPassage.key)).join(
        DocumentCopy, col(DocumentCopy.id) == col(DocumentPassage.copy_id)
    )
    return session.scalars(asked.where(col(DocumentCopy.document_id) == document_id)).all()


def _found(row: Any) -> FoundIn:
    (
        id,
        key,
        position,
        page,
        text,
        document_id,
        slug,
        title_en,
        title_es,
        publisher,
        language,
        fictional,
        on,
        captured,
    ) = row
    title = Bilingual(title_en, title_es)
    day = PartialDay.of(on).first if on else captured
    at = (id, key, position, page, text, document_id, slug, title)
    return FoundIn(*at, publisher, language, fictional, day, on or captured.isoformat())


_LATER = aliased(DocumentCopy)
_COLUMNS: tuple[Any, ...] = (
    col(DocumentPassage.id),
    col(DocumentPassage.key),
    col(DocumentPassage.position),
    col(DocumentPassage.page),
    col(DocumentPassage.text),
    col(Document.id),
    col(Document.slug),
    col(Document.title_en),
    col(Document.title_es),
    col(Document.publisher),
    col(Document.language),
    col(Document.fictional),
    col(Document.published_on),
    col(DocumentCopy.captured_on),
)
_FOUND: Select[Any] = (
    sqlalchemy.select(*_COLUMNS)
    .select_from(DocumentPassage)
    .join(DocumentCopy, col(DocumentCopy.id) == col(DocumentPassage.copy_id))
    .join(Document, col(Document.id) == col(DocumentCopy.document_id))
    .where(
        col(Document.publishing_right) == Right.WHOLE,
        ~sqlalchemy.exists().where(
            col(_LATER.document_id) == col(DocumentCopy.document_id), col(_LATER.n) > col(DocumentCopy.n)
        ),
    )
)
