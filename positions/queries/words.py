"""Whole turns as evidence, for the views that nobody has to code."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from positions.cells import Evidence, SourceRef
from positions.models import ContestForum
from positions.queries.evidence import source_ref
from positions.scale import EvidenceKind
from transcripts.models import Forum, Record, Source, Turn
from transcripts.queries.forums import ForumLine, line
from transcripts.queries.records import source_line


@dataclass(frozen=True)
class Heard:
    """A forum whose published record holds words, and where these come from."""

    forum: ForumLine
    source: SourceRef


def heard_at(session: Session, contest_id: int) -> dict[int, Heard]:
    """The forums of a race that have a published record, by id. One statement."""
    rows = session.exec(
        select(Forum, Record.grade, Source)
        .join(ContestForum, col(ContestForum.forum_id) == col(Forum.id))
        .join(Record, col(Record.forum_id) == col(Forum.id))
        .outerjoin(Source, col(Source.id) == col(Record.source_id))
        .where(ContestForum.contest_id == contest_id, col(Record.is_published))
    )
    return {
        forum.id or 0: Heard(
            line(forum),
            source_ref(source_line(source, held=True) if source else None, forum.slug, forum.title_en, grade),
        )
        for forum, grade, source in rows
    }


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
