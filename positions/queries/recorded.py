"""What the writer of positions has to know first: the stances that stand, as they were recorded, and the turns one may quote."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from positions.models import Evidence, Stance
from positions.queries.stances import searched
from positions.scale import WHY, Code, EvidenceKind, Tier
from positions.stance_rules import NewEvidence, NewStance, Place
from transcripts.anchors import Anchor
from transcripts.bilingual import both
from transcripts.errors import NotFound
from transcripts.models import Source, Speaker, Turn
from transcripts.vocabulary import Reason, TurnKind


@dataclass(frozen=True)
class Held:
    """A stance that stands, in the form in which it is recorded."""

    id: int
    stance: NewStance


def standing(session: Session, which: ColumnElement[bool]) -> tuple[Held, ...]:
    """The stances that stand among those where `which` holds. Three statements."""
    later = aliased(Stance)
    rows = session.exec(
        select(Stance)
        .outerjoin(later, col(later.supersedes_id) == col(Stance.id))
        .where(which, col(later.id).is_(None))
        .order_by(col(Stance.id))
    ).all()
    return _told(session, rows)


def one(session: Session, id: int) -> Held:
    """A stance as it was recorded, also one that was superseded. Raises NotFound. Three statements."""
    row = session.get(Stance, id)
    if row is None:
        raise NotFound("There is no such position.")
    return _told(session, [row])[0]


def _told(session: Session, rows: Sequence[Stance]) -> tuple[Held, ...]:
    ids = [row.id or 0 for row in rows]
    pieces = _evidence(session, ids)
    looked = searched(session, ids)
    return tuple(
        Held(
            row.id or 0,
            NewStance(
                candidacy_id=row.candidacy_id,
                proposition_id=row.proposition_id,
                as_of=row.as_of,
                code=Code(row.code) if row.code else None,
                reason=Reason(row.reason) if row.reason else None,
                choice=row.choice,
                tier=Tier(row.tier) if row.tier else None,
                condition=both(row.condition_en, row.condition_es),
                scope=both(row.scope_en, row.scope_es),
                summary=both(row.summary_en, row.summary_es),
                coders=row.coders,
                evidence=tuple(pieces[row.id or 0]),
                looked=looked.get(row.id or 0),
                around=both(row.around_en, row.around_es),
            ),
        )
        for row in rows
    )


def told_of(forum_id: int) -> ColumnElement[bool]:
    """The stances that rest on quotations a source about the forum reports and that we have only told in our words."""
    sources = select(Source.id).where(Source.forum_id == forum_id)
    reported = select(Evidence.stance_id).where(
        Evidence.kind == EvidenceKind.REPORTED_QUOTATION, col(Evidence.source_id).in_(sources)
    )
    return col(Stance.id).in_(reported)


def turns_by_person(
    session: Session, forum_id: int, kinds: Collection[TurnKind], person_id: int | None = None
) -> dict[int, list[Turn]]:
    """Current turns of those kinds whose voice is known, by person (or of one person only), in order."""
    known = col(Speaker.person_id).is_not(None) if person_id is None else col(Speaker.person_id) == person_id
    rows = session.exec(
        select(Speaker.person_id, Turn)
        .join(Turn, col(Turn.speaker_id) == col(Speaker.id))
        .where(
            Turn.forum_id == forum_id,
            Turn.status == "current",
            col(Turn.kind).in_(kinds),
            known,
        )
        .order_by(col(Turn.record_id), col(Turn.position))
    )
    said: dict[int, list[Turn]] = defaultdict(list)
    for speaking, turn in rows:
        said[speaking or 0].append(turn)
    return said


def _evidence(session: Session, ids: Collection[int]) -> dict[int, list[NewEvidence]]:
    found: dict[int, list[NewEvidence]] = defaultdict(list)
    if ids:
        wanted = select(Evidence).where(col(Evidence.stance_id).in_(ids))
        for row in session.exec(wanted.order_by(col(Evidence.position), col(Evidence.id))):
            found[row.stance_id].append(_piece(row))
    return found


def _piece(row: Evidence) -> NewEvidence:
    translated = row.translator is not None
    place = None
    if row.turn_id is not None:
        place = Place(
            row.turn_id,
            row.turn_version or 1,
            Anchor(row.start or 0, row.end or 0, row.exact or "", row.before or "", row.after or ""),
        )
    return NewEvidence(
        kind=EvidenceKind(row.kind),
        role=WHY if row.says_why else row.role,
        source_id=row.source_id,
        place=place,
        told=None if translated else both(row.text_en, row.text_es),
        fragment=row.fragment,
        translated_en=row.text_en if translated else None,
        translated_es=row.text_es if translated else None,
        translator=row.translator,
    )
