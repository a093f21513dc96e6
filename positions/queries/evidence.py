"""What positions rest on: words of turns with their place, and sources told in our words."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import func
from sqlmodel import Session, col, select

from positions import models
from positions.cells import Evidence, SourceRef
from positions.queries import named, table
from positions.queries.words import Heard, by_record, source_ref
from positions.scale import WHY, EvidenceKind
from transcripts.bilingual import Bilingual, both
from transcripts.models import Forum, Record, Source, Turn
from transcripts.queries import reports
from transcripts.queries.records import shown, source_line


@dataclass(frozen=True)
class TurnPlace:
    """A turn that evidence may quote, and where its words were heard."""

    key: str
    lang: str
    start_ms: int | None
    part: int
    grade: str
    heard: Heard


@dataclass(frozen=True)
class Said:
    """Words of a version of a turn: code points [start, end)."""

    turn_id: int | None
    version: int | None
    start: int | None
    end: int | None
    exact: str | None


def of_stances(session: Session, ids: Collection[int]) -> dict[int, tuple[Evidence, ...]]:
    """The evidence of stances, in order; words that may not be shown, or are gone, are left out. Four statements."""
    rows = _rows(session, ids)
    sources = _sources(session, {row.source_id for row in rows if row.source_id is not None})
    places = _places(session, {id for row in rows for id in (row.turn_id, row.now_turn_id) if id is not None})
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in rows:
        piece = _piece(row, sources, places)
        if piece is not None:
            found[row.stance_id].append(piece)
    return {stance: tuple(pieces) for stance, pieces in found.items()}


def _rows(session: Session, ids: Collection[int]) -> Sequence[Any]:
    """Evidence as it was coded, beside the last place of its words where they were looked for since (`now_*`)."""
    if not ids:
        return ()
    rows, now = table(models.Evidence), table(models.EvidenceAnchor)
    later = now.alias("later")
    last = select(func.max(later.c.id)).where(later.c.evidence_id == rows.c.id).correlate(rows).scalar_subquery()
    names = ("turn_id", "turn_version", "start", "end", "exact", "status", "confirmed_by")
    doubted = reports.is_questioned("translation", rows.c.id)
    columns: tuple[Any, ...] = (*rows.c, *(now.c[name].label(f"now_{name}") for name in names), doubted)
    asked = sqlalchemy.select(*columns).select_from(rows.outerjoin(now, now.c.id == last))
    return named(session.execute(asked.where(rows.c.stance_id.in_(ids)).order_by(rows.c.position, rows.c.id)))


def _sources(session: Session, ids: Collection[int]) -> dict[int, SourceRef]:
    if not ids:
        return {}
    rows = session.exec(
        select(Source, Forum.slug, Forum.title_en, Forum.language)
        .join(Forum, col(Forum.id) == col(Source.forum_id))
        .where(col(Source.id).in_(ids))
    )
    return {
        source.id or 0: source_ref(source_line(source, held=False), slug, title, lang)
        for source, slug, title, lang in rows
    }


def _places(session: Session, ids: Collection[int]) -> dict[int, TurnPlace]:
    if not ids:
        return {}
    rows = session.execute(
        select(Turn.id, Turn.key, Turn.lang, Turn.start_ms)
        .add_columns(col(Turn.part), func.coalesce(col(Turn.review), col(Record.grade)), col(Turn.record_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(Turn.id).in_(ids), shown())
    ).all()
    heard = by_record(session, {record_id for *_, record_id in rows})
    return {
        turn_id: TurnPlace(key, lang, start_ms, part, grade, heard[record_id])
        for turn_id, key, lang, start_ms, part, grade, record_id in rows
    }


def _said(row: Any) -> Said | None:
    """The words that hold by now, or those that were coded while a person has yet to look; None once they are gone."""
    if row.now_status == "orphan":
        return None
    if row.now_status in ("exact", "moved") or row.now_confirmed_by is not None:
        return Said(row.now_turn_id, row.now_turn_version, row.now_start, row.now_end, row.now_exact)
    return Said(row.turn_id, row.turn_version, row.start, row.end, row.exact)


def _piece(row: Any, sources: Mapping[int, SourceRef], places: Mapping[int, TurnPlace]) -> Evidence | None:
    source, said = sources.get(row.source_id or 0), _said(row)
    place = places.get(said.turn_id or 0) if said else None
    if row.kind == EvidenceKind.QUOTATION and said is not None and place is not None:
        return _quotation(row, said, source or place.heard.source, place)
    if source is None or row.text_en is None:
        return None
    kind = EvidenceKind.REPORTED_QUOTATION if row.kind == EvidenceKind.QUOTATION else row.kind
    told = Bilingual(row.text_en, row.text_es)
    return Evidence(kind, source, _role(row), told=told, fragment=row.fragment, id=row.id, questioned=row.questioned)


def _role(row: Any) -> str:
    role: str = WHY if row.says_why else row.role
    return role


def _quotation(row: Any, said: Said, source: SourceRef, place: TurnPlace) -> Evidence:
    told = both(row.text_en, row.text_es) if row.translator is None else None
    return Evidence(
        kind=EvidenceKind.QUOTATION,
        source=source,
        role=_role(row),
        text=said.exact,
        lang=place.lang,
        turn=place.key,
        path=f"/turns/{place.key}?words={said.start}-{said.end}&v={said.version}",
        start_ms=place.start_ms,
        part=place.part,
        said_on=place.heard.forum.held_on,
        forum_title=place.heard.forum.title,
        told=told,
        translation_en=row.text_en if row.translator else None,
        translation_es=row.text_es if row.translator else None,
        translator=row.translator,
        id=row.id,
        questioned=row.questioned,
        grade=place.grade,
    )
