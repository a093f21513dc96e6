"""Whole turns as evidence, for the views that nobody has to code."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from positions.cells import Evidence, SourceRef
from positions.models import ContestForum
from positions.scale import EvidenceKind
from transcripts import addresses
from transcripts.models import Forum, Record, Source, Turn
from transcripts.queries.forums import ForumLine, line
from transcripts.queries.records import SourceLine, source_line


@dataclass(frozen=True)
class Heard:
    """A forum whose published record holds words, and where these come from."""

    forum: ForumLine
    source: SourceRef


def heard_at(session: Session, contest_id: int) -> dict[int, Heard]:
    """The forums of a race that have a published record, by the forum's id. One statement."""
    of_race = select(ContestForum.forum_id).where(ContestForum.contest_id == contest_id)
    found = _heard(session, and_(col(Record.forum_id).in_(of_race), col(Record.is_published)))
    return {heard.forum.id: heard for heard in found.values()}


def by_record(session: Session, ids: Collection[int]) -> dict[int, Heard]:
    """Forum and source of records, by the record's id. One statement."""
    return _heard(session, col(Record.id).in_(ids)) if ids else {}


def _heard(session: Session, which: ColumnElement[bool]) -> dict[int, Heard]:
    rows = session.exec(
        select(Record.id, Record.grade, Forum, Source)
        .join(Forum, col(Forum.id) == col(Record.forum_id))
        .outerjoin(Source, col(Source.id) == col(Record.source_id))
        .where(which)
    )
    return {
        record_id or 0: Heard(
            line(forum),
            source_ref(
                source_line(source, held=True) if source else None, forum.slug, forum.title_en, forum.language, grade
            ),
        )
        for record_id, grade, forum, source in rows
    }


def source_ref(
    source: SourceLine | None, forum_slug: str, forum_title: str, lang: str, grade: str | None = None
) -> SourceRef:
    """A source as a cell names it; a record that names none is called by its forum."""
    if source is None:
        return SourceRef(forum_title, "transcript", forum_slug, grade=grade, lang=lang)
    return SourceRef(
        title=source.title,
        kind=source.kind,
        forum=forum_slug,
        publisher=source.publisher,
        published_on=source.published_on,
        url=addresses.linked(source.url),
        grade=source.grade,
        interest=source.interest,
        lang=lang,
    )


def whole_turn(turn: Turn, heard: Heard) -> Evidence:
    """Everything somebody said in one turn, as a quotation."""
    return Evidence(
        kind=EvidenceKind.QUOTATION,
        source=heard.source,
        text=turn.text,
        lang=turn.lang,
        turn=turn.key,
        path=f"/turns/{turn.key}",
        start_ms=turn.start_ms,
        part=turn.part,
        said_on=heard.forum.held_on,
        forum_title=heard.forum.title,
    )
