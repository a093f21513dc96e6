"""Documents as pages show them: what each is, the copies we hold, its paragraphs as far as they may be shown, what rests on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as plain_select
from sqlmodel import Session, col, select

from positions.followthrough.models.documents import Document, DocumentCopy, DocumentPassage
from positions.followthrough.queries import links, resting
from positions.followthrough.queries.resting import Resting
from positions.followthrough.vocabulary.documents import DocumentKind
from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound
from transcripts.models import SourceFile
from transcripts.vocabulary import Right

PAGE = 200
"""Paragraphs on one page."""


@dataclass(frozen=True)
class DocumentLine:
    """A document in a list. `day` is a partial day; `copies` of it are held, `pages` are those of the latest where it has any."""

    id: int
    slug: str
    kind: DocumentKind
    title: Bilingual
    publisher: str | None
    day: str | None
    interest: Bilingual | None
    fictional: bool
    right: Right
    copies: int
    pages: int | None


@dataclass(frozen=True)
class CopyLine:
    """A copy of a document. `withheld`: its bytes are kept no longer."""

    n: int
    sha256: str
    filename: str
    media_type: str
    captured_on: date
    pages: int | None
    size: int
    withheld: bool
    paragraphs: int


@dataclass(frozen=True)
class PassageLine:
    """A paragraph of a copy; `page` begins at 1."""

    key: str
    position: int
    page: int | None
    heading: bool
    text: str


@dataclass(frozen=True)
class Link:
    """An address, and since when it has not answered, where that is so."""

    url: str
    failing_since: datetime | None


@dataclass(frozen=True)
class DocumentView:
    """One document: `shown` is the copy whose `passages` these are, `number` of `numbers` pages of them."""

    line: DocumentLine
    language: str
    summary: Bilingual | None
    link: Link | None
    archived: Link | None
    archived_on: date | None
    copies: tuple[CopyLine, ...]
    shown: CopyLine | None
    passages: tuple[PassageLine, ...]
    number: int
    numbers: int
    resting: tuple[Resting, ...]

    @property
    def is_whole(self) -> bool:
        """Whether its words may be shown whole."""
        return self.line.right is Right.WHOLE


def every(session: Session) -> tuple[DocumentLine, ...]:
    """Every document, the latest first. One statement."""
    rows = session.execute(_LINES.order_by(col(Document.published_on).desc().nulls_last(), col(Document.slug)))
    return tuple(map(_line, rows))


def by_slug(
    session: Session, slug: str, copy: int | None = None, passage: str | None = None, number: int = 1
) -> DocumentView:
    """One document with a page of the words of its latest copy, of the copy asked for, or of that in which a paragraph stands.

    Of words that may not be shown whole there are only the paragraphs on which something rests. Raises NotFound. Eight statements at most.
    """
    found = session.execute(_LINES.add_columns(Document).where(col(Document.slug) == slug)).first()
    if found is None:
        raise NotFound("There is no document “{slug}”.", slug=slug)
    line, row = _line(found), found[-1]
    copies = _copies(session, line.id)
    rests = resting.of_document(session, line.id)
    at = _place(session, line.id, passage) if passage else None
    shown = next((one for one in copies if one.n == (at[0] if at else copy)), copies[-1] if copies else None)
    keys = [one.passage for one in rests if one.passage]
    passages, numbers, number = _passages(session, line, shown, keys, at[1] if at else None, number)
    links = _links(session, [url for url in (row.url, row.archived_url) if url])
    return DocumentView(
        line,
        row.language,
        both(row.summary_en, row.summary_es),
        links.get(row.url),
        links.get(row.archived_url),
        row.archived_on,
        copies,
        shown,
        passages,
        number,
        numbers,
        rests,
    )


def bytes_of(session: Session, slug: str, copy: int | None) -> tuple[str, str, bytes]:
    """(name of the file, media type, bytes) of the latest copy or of the one asked for. Raises NotFound where it may not be given."""
    asked = (
        select(DocumentCopy, SourceFile)
        .join(Document, col(Document.id) == col(DocumentCopy.document_id))
        .join(SourceFile, col(SourceFile.sha256) == col(DocumentCopy.sha256))
        .where(Document.slug == slug, Document.publishing_right == Right.WHOLE, col(SourceFile.withheld_at).is_(None))
        .order_by(col(DocumentCopy.n).desc())
    )
    found = session.exec(asked.where(DocumentCopy.n == copy) if copy else asked).first()
    if found is None:
        raise NotFound("There is no copy of “{slug}” that may be given.", slug=slug)
    return found[0].file_name, found[0].media_type, found[1].data


_COPIES = select(func.count()).where(col(DocumentCopy.document_id) == col(Document.id)).scalar_subquery()
_PAGES = (
    select(DocumentCopy.pages)
    .where(col(DocumentCopy.document_id) == col(Document.id))
    .order_by(col(DocumentCopy.n).desc())
    .limit(1)
    .scalar_subquery()
)
_COLUMNS: tuple[Any, ...] = (
    col(Document.id),
    col(Document.slug),
    col(Document.kind),
    col(Document.title_en),
    col(Document.title_es),
    col(Document.publisher),
    col(Document.published_on),
    col(Document.interest_en),
    col(Document.interest_es),
    col(Document.fictional),
    col(Document.publishing_right),
    _COPIES,
    _PAGES,
)
_LINES = plain_select(*_COLUMNS).select_from(Document)


def _line(row: Any) -> DocumentLine:
    id, slug, kind, en, es, publisher, day, interest_en, interest_es, fictional, right, copies, pages = row[:13]
    interest = both(interest_en, interest_es)
    title = Bilingual(en, es)
    at = (id, slug, DocumentKind(kind), title, publisher, day, interest)
    return DocumentLine(*at, fictional, Right(right), copies, pages)


def _copies(session: Session, document_id: int) -> tuple[CopyLine, ...]:
    paragraphs = select(func.count()).where(col(DocumentPassage.copy_id) == col(DocumentCopy.id)).scalar_subquery()
    asked = (
        plain_select(
            col(DocumentCopy.n),
            col(DocumentCopy.sha256),
            col(DocumentCopy.file_name),
            col(DocumentCopy.media_type),
            col(DocumentCopy.captured_on),
            col(DocumentCopy.pages),
            col(SourceFile.size),
            col(SourceFile.withheld_at).is_not(None),
            paragraphs,
        )
        .join(SourceFile, col(SourceFile.sha256) == col(DocumentCopy.sha256))
        .where(col(DocumentCopy.document_id) == document_id)
        .order_by(col(DocumentCopy.n))
    )
    return tuple(CopyLine(*row) for row in session.execute(asked))


def _place(session: Session, document_id: int, key: str) -> tuple[int, int] | None:
    """(number of the copy, position) of a paragraph of a document."""
    asked = (
        select(DocumentCopy.n, DocumentPassage.position)
        .join(DocumentPassage, col(DocumentPassage.copy_id) == col(DocumentCopy.id))
        .where(DocumentPassage.key == key, DocumentCopy.document_id == document_id)
    )
    return session.exec(asked).first()


def _passages(
    session: Session, line: DocumentLine, shown: CopyLine | None, quoted: Sequence[str], at: int | None, number: int
) -> tuple[tuple[PassageLine, ...], int, int]:
    """A page of the paragraphs that may be shown, how many pages there are, and which this is."""
    if shown is None or line.right is Right.PRIVATE:
        return (), 1, 1
    asked = (
        plain_select(
            col(DocumentPassage.key),
            col(DocumentPassage.position),
            col(DocumentPassage.page),
            col(DocumentPassage.heading),
            col(DocumentPassage.text),
        )
        .join(DocumentCopy, col(DocumentCopy.id) == col(DocumentPassage.copy_id))
        .where(col(DocumentCopy.document_id) == line.id, col(DocumentCopy.n) == shown.n)
        .order_by(col(DocumentPassage.position))
    )
    if line.right is not Right.WHOLE:
        rows = session.execute(asked.where(col(DocumentPassage.key).in_(quoted)).limit(PAGE)) if quoted else ()
        return tuple(PassageLine(*row) for row in rows), 1, 1
    numbers = max(1, -(-shown.paragraphs // PAGE))
    number = min(max(1, number if at is None else at // PAGE + 1), numbers)
    rows = session.execute(asked.offset((number - 1) * PAGE).limit(PAGE))
    return tuple(PassageLine(*row) for row in rows), numbers, number


def _links(session: Session, urls: Sequence[str]) -> dict[str | None, Link]:
    failing = links.since(session, urls)
    return {url: Link(url, failing.get(url)) for url in urls}
