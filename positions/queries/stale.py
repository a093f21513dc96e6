"""The quotations that positions of a race rest on, with what became of their words since; and files that are not what they were."""

import hashlib

import sqlalchemy
from sqlalchemy import func
from sqlmodel import Session, col, select

from positions.models import Candidacy, Contest, Evidence, EvidenceAnchor, Proposition, Stance
from positions.scale import EvidenceKind
from positions.staleness import Place, Quoted, state
from transcripts.models import Person, Record, RecordFile, SourceFile, Turn


def of_contest(session: Session, slug: str) -> tuple[Quoted, ...]:
    """Every quotation that a standing position of the race rests on, in the order of the statements. One statement."""
    replaced = select(Stance.supersedes_id).where(col(Stance.supersedes_id).is_not(None))
    last = (
        select(func.max(EvidenceAnchor.id))
        .where(col(EvidenceAnchor.evidence_id) == col(Evidence.id))
        .correlate(Evidence)
        .scalar_subquery()
    )
    rows = session.execute(
        sqlalchemy.select(Evidence, EvidenceAnchor, col(Proposition.slug), col(Person.slug), col(Candidacy.ballot_name))
        .add_columns(col(Turn.key), col(Turn.version), col(Record.imported_at) > col(Stance.recorded_at))
        .join(Stance, col(Stance.id) == col(Evidence.stance_id))
        .join(Proposition, col(Proposition.id) == col(Stance.proposition_id))
        .join(Candidacy, col(Candidacy.id) == col(Stance.candidacy_id))
        .join(Contest, col(Contest.id) == col(Candidacy.contest_id))
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .outerjoin(EvidenceAnchor, col(EvidenceAnchor.id) == last)
        .join(Turn, col(Turn.id) == func.coalesce(col(EvidenceAnchor.turn_id), col(Evidence.turn_id)))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(Contest.slug) == slug, col(Evidence.kind) == EvidenceKind.QUOTATION, col(Stance.id).not_in(replaced))
        .order_by(col(Proposition.position), col(Proposition.id), col(Person.sort_name), col(Evidence.id))
    )
    return tuple(
        Quoted(
            statement=statement,
            person=person,
            name=name,
            words=piece.exact or "",
            turn=key,
            state=state(piece.turn_version or 1, _last(anchor), version),
            replaced=bool(later),
        )
        for piece, anchor, statement, person, name, key, version, later in rows
    )


def damaged_files(session: Session, slug: str) -> tuple[str, ...]:
    """Names of the files behind those quotations whose bytes no longer have the digest they were stored under. Reads every byte."""
    records = (
        select(Turn.record_id)
        .join(Evidence, col(Evidence.turn_id) == col(Turn.id))
        .join(Stance, col(Stance.id) == col(Evidence.stance_id))
        .join(Candidacy, col(Candidacy.id) == col(Stance.candidacy_id))
        .join(Contest, col(Contest.id) == col(Candidacy.contest_id))
        .where(Contest.slug == slug)
    )
    rows = session.exec(
        select(SourceFile, RecordFile.filename)
        .join(RecordFile, col(RecordFile.sha256) == col(SourceFile.sha256))
        .where(col(RecordFile.record_id).in_(records), col(SourceFile.withheld_at).is_(None))
        .order_by(col(RecordFile.record_id), col(RecordFile.position))
    )
    return tuple(name for file, name in rows if hashlib.sha256(file.data).hexdigest() != file.sha256)


def _last(anchor: EvidenceAnchor | None) -> Place | None:
    if anchor is None:
        return None
    return Place(anchor.turn_version, anchor.status, anchor.confirmed_by is not None)
