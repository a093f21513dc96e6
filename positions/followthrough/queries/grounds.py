"""What rows rest on, as a page shows it: the document, the source of a forum, or the words where they stand now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy
from sqlalchemy import func
from sqlmodel import Session, col, select

from positions.followthrough.models.documents import Document
from positions.followthrough.models.grounds import Cited
from positions.followthrough.queries.passages import cited
from transcripts.bilingual import Bilingual, both
from transcripts.models import Forum, Record, Source, Speaker, Turn
from transcripts.queries import citations
from transcripts.queries.citations import Place, Quoted
from transcripts.queries.records import ever_shown


@dataclass(frozen=True)
class Ground:
    """What something rests on: exactly one of `document` (its slug), `forum` (a source's, its slug) and `turn` (its key) is set.

    `passage` is the key of a paragraph of the document where one is cited: `place` is its page then.
    `day` is a partial day. `url` and `archived_url` lead out of this site. Words of the record have no title: `quoted` is what they
    are now, where it was asked for, `speaker` who said them, `words` their place and version.
    """

    title: Bilingual
    publisher: str | None = None
    day: str | None = None
    interest: Bilingual | None = None
    url: str | None = None
    archived_url: str | None = None
    archived_on: date | None = None
    document: str | None = None
    forum: str | None = None
    turn: str | None = None
    speaker: str | None = None
    words: tuple[int, int | None, int | None] | None = None
    quoted: Quoted | None = None
    place: str | None = None
    passage: str | None = None


def leading(session: Session, rows: Sequence[Cited]) -> tuple[Ground | None, ...]:
    """Where each row's ground stands, in their order, without words of the record.

    One statement each for documents, paragraphs cited by their key, sources and turns.
    """
    documents = _documents(session, {row.document_id for row in rows if row.document_id is not None})
    sources = _sources(session, {row.source_id for row in rows if row.source_id is not None})
    turns = _turns(session, {row.turn_id for row in rows if row.turn_id is not None})
    found: list[Ground | None] = []
    for row in rows:
        said = turns.get(row.turn_id or 0)
        place = (row.turn_version or 1, row.start, row.end)
        words = Ground(Bilingual(""), turn=said[0], speaker=said[1], words=place, place=row.place) if said else None
        found.append(_ground(row, documents, sources, None) or words)
    return _in_paragraphs(session, found)


def of(session: Session, rows: Sequence[Cited]) -> tuple[Ground | None, ...]:
    """What each row rests on, in their order; None where it rests on nothing, or on words that may not be shown (any more).

    A constant number of statements: one each for documents, for paragraphs cited by their key and for sources, those of
    `citations.of_places` where words are among them.
    """
    documents = _documents(session, {row.document_id for row in rows if row.document_id is not None})
    sources = _sources(session, {row.source_id for row in rows if row.source_id is not None})
    said = [row for row in rows if row.turn_id is not None]
    places = [Place(row.turn_id or 0, row.turn_version or 1, row.start, row.end, carried=True) for row in said]
    quoted = {id(row): one for row, one in zip(said, citations.of_places(session, places), strict=True)}
    return _in_paragraphs(session, [_ground(row, documents, sources, quoted.get(id(row))) for row in rows])


def _in_paragraphs(session: Session, found: Sequence[Ground | None]) -> tuple[Ground | None, ...]:
    """The same with the page of each paragraph that is cited by its key. One statement where any is."""
    printed = cited(session, (one.place for one in found if one and one.document))
    return tuple(
        replace(one, place=printed[one.place], passage=one.place) if one and one.place in printed else one
        for one in found
    )


def _ground(
    row: Cited,
    documents: dict[int, Document],
    sources: dict[int, tuple[Source, str]],
    quoted: Quoted | None,
) -> Ground | None:
    if row.document_id in documents:
        return _of_document(documents[row.document_id], row.place)
    if row.source_id in sources:
        return _of_source(*sources[row.source_id], row.place)
    if quoted is None:
        return None
    words = (row.turn_version or 1, row.start, row.end)
    return Ground(Bilingual(""), turn=quoted.turn.key, words=words, quoted=quoted, place=row.place)


def _of_document(document: Document, place: str | None) -> Ground:
    return Ground(
        Bilingual(document.title_en, document.title_es),
        document.publisher,
        document.published_on,
        both(document.interest_en, document.interest_es),
        document.url,
        document.archived_url,
        document.archived_on,
        document=document.slug,
        place=place,
    )


def _of_source(source: Source, forum: str, place: str | None) -> Ground:
    day = source.published_on.isoformat() if source.published_on else None
    interest = both(source.interest_en, source.interest_es)
    title = Bilingual(source.title, source.title)
    return Ground(title, source.publisher, day, interest, source.url, forum=forum, place=place)


def _documents(session: Session, ids: set[int]) -> dict[int, Document]:
    rows = session.exec(select(Document).where(col(Document.id).in_(ids))).all() if ids else []
    return {row.id or 0: row for row in rows}


def _turns(session: Session, ids: set[int]) -> dict[int, tuple[str, str | None]]:
    """Key and voice of the turns of which something may be shown."""
    if not ids:
        return {}
    rows = session.execute(
        sqlalchemy.select(col(Turn.id), col(Turn.key), func.coalesce(col(Speaker.name), col(Turn.label)))
        .outerjoin(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(Turn.id).in_(ids), ever_shown())
    )
    return {id: (key, voice) for id, key, voice in rows}


def _sources(session: Session, ids: set[int]) -> dict[int, tuple[Source, str]]:
    if not ids:
        return {}
    rows = session.exec(
        select(Source, Forum.slug).join(Forum, col(Forum.id) == col(Source.forum_id)).where(col(Source.id).in_(ids))
    )
    return {source.id or 0: (source, slug) for source, slug in rows}
