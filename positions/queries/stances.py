"""Positions that stand, each with what it rests on. The rule of the current one is decision 10 of the design."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, true
from sqlmodel import Session

from positions.cells import Candidate, Cell, Evidence, Looked, words_for
from positions.models import Candidacy, SearchLog, Stance
from positions.queries import coded, evidence, named, table
from positions.scale import WHY, Tier
from transcripts.bilingual import Bilingual, both
from transcripts.queries import reports


@dataclass(frozen=True)
class Standing:
    """A stance that no other one supersedes."""

    id: int
    candidacy_id: int
    proposition_id: int
    code: str | None
    reason: str | None
    tier: int | None
    as_of: date
    condition: Bilingual | None
    scope: Bilingual | None
    summary: Bilingual | None
    coders: int
    choice: str | None = None
    statement_version: int = 1
    evidence: tuple[Evidence, ...] = ()
    looked: Looked | None = None
    questioned: bool = False
    around: Bilingual | None = None
    basis: str | None = None
    checked: bool = False


def of_contest(session: Session, contest_id: int) -> tuple[Standing, ...]:
    """Every stance that stands in a contest, the oldest first. Five statements."""
    return _with_evidence(session, _standing(session, table(Candidacy).c.contest_id == contest_id))


def of_candidacies(session: Session, ids: Collection[int]) -> tuple[Standing, ...]:
    """Every stance of these candidacies that stands, the oldest first. Five statements."""
    return _with_evidence(session, _standing(session, table(Candidacy).c.id.in_(ids)))


def bare(session: Session, contest_id: int | None) -> tuple[Standing, ...]:
    """Every stance that stands in a race (None: in any), without what it rests on, the oldest first. One statement."""
    whose = true() if contest_id is None else table(Candidacy).c.contest_id == contest_id
    return tuple(line(stance, (), None) for stance in _standing(session, whose))


def of_box(session: Session, candidacy_id: int, proposition_id: int) -> tuple[Standing, ...]:
    """Every stance of a candidacy on a statement that stands, the oldest first. Five statements."""
    stance = table(Stance)
    box = (stance.c.candidacy_id == candidacy_id) & (stance.c.proposition_id == proposition_id)
    return _with_evidence(session, _standing(session, box))


def _with_evidence(session: Session, stances: Sequence[Any]) -> tuple[Standing, ...]:
    ids = [stance.id for stance in stances]
    pieces = evidence.of_stances(session, ids)
    searches = searched(session, ids)
    return tuple(line(stance, pieces.get(stance.id, ()), searches.get(stance.id)) for stance in stances)


def _standing(session: Session, whose: ColumnElement[bool]) -> list[Any]:
    stance, candidacy = table(Stance), table(Candidacy)
    later = stance.alias()
    asked = (
        stance.select()
        .add_columns(reports.is_questioned("position", stance.c.id), *coded.basis_columns(stance.c.id))
        .join(candidacy, candidacy.c.id == stance.c.candidacy_id)
        .outerjoin(later, later.c.supersedes_id == stance.c.id)
        .where(whose, later.c.id.is_(None))
        .order_by(stance.c.as_of, stance.c.id)
    )
    return named(session.execute(asked))


def searched(session: Session, ids: Collection[int]) -> dict[int, Looked]:
    """The searches behind "we looked and found nothing", by stance."""
    if not ids:
        return {}
    log = table(SearchLog)
    asked = log.select().where(log.c.stance_id.in_(ids))
    return {
        row.stance_id: Looked(row.by, row.at, Bilingual(row.where_en, row.where_es))
        for row in named(session.execute(asked))
    }


def current(standing: Iterable[Standing]) -> tuple[Standing, ...]:
    """One candidacy's stances on one proposition, the current one first, then the others from the newest to the oldest.

    Current is the latest position among tiers 1 to 4. A silence does not take back what was said: where nothing was said, the
    latest reason of those tiers stands; then a report's summing up (tier 5); then a reason that rests on no evidence.
    """
    newest = sorted(standing, key=lambda one: (one.as_of, -(one.tier or 9), one.id), reverse=True)
    if len(newest) < 2:  # nearly every box
        return tuple(newest)
    first = sorted(newest, key=_rank)[:1]
    return (*first, *(one for one in newest if one not in first))


def _rank(stance: Standing) -> int:
    if stance.tier is None:
        return 3
    if stance.tier == Tier.SUMMED_UP:
        return 2
    return 0 if stance.code is not None else 1


def cells_by_proposition(standing: Iterable[Standing], candidates: dict[int, Candidate]) -> dict[int, dict[str, Cell]]:
    """The boxes that hold something: by proposition, then by the candidate's slug."""
    groups: dict[tuple[int, int], list[Standing]] = defaultdict(list)
    for stance in standing:
        groups[stance.proposition_id, stance.candidacy_id].append(stance)
    found: dict[int, dict[str, Cell]] = defaultdict(dict)
    for (proposition, candidacy), stances in groups.items():
        now, *others = (cell_of(candidates[candidacy], stance) for stance in current(stances))
        found[proposition][now.candidate.slug] = _with_others(now, others) if others else now
    return found


def _with_others(now: Cell, others: Sequence[Cell]) -> Cell:
    """The current box with those that are not: of later days and of the same day or before it."""
    since = tuple(one for one in others if (one.as_of or date.min) > (now.as_of or date.min))
    return replace(now, earlier=tuple(one for one in others if one not in since), since=since)


def cell_of(candidate: Candidate, stance: Standing) -> Cell:
    """A stance as a box prints it."""
    return Cell(
        candidate=candidate,
        msgid=words_for(stance.code, stance.reason, stance.tier),
        code=stance.code,
        reason=stance.reason,
        choice=stance.choice,
        tier=stance.tier,
        as_of=stance.as_of,
        condition=stance.condition,
        scope=stance.scope,
        summary=stance.summary,
        evidence=tuple(piece for piece in stance.evidence if piece.role != WHY),
        why=tuple(piece for piece in stance.evidence if piece.role == WHY),
        around=stance.around,
        looked=stance.looked,
        coders=stance.coders,
        statement_version=stance.statement_version,
        id=stance.id,
        questioned=stance.questioned,
        basis=stance.basis,
        checked=stance.checked,
    )


def line(stance: Any, pieces: tuple[Evidence, ...], looked: Looked | None) -> Standing:
    return Standing(
        id=stance.id,
        candidacy_id=stance.candidacy_id,
        proposition_id=stance.proposition_id,
        code=stance.code,
        reason=stance.reason,
        tier=stance.tier,
        as_of=stance.as_of,
        condition=both(stance.condition_en, stance.condition_es),
        scope=both(stance.scope_en, stance.scope_es),
        summary=both(stance.summary_en, stance.summary_es),
        coders=stance.coders,
        choice=stance.choice,
        statement_version=stance.proposition_version,
        evidence=pieces,
        looked=looked,
        questioned=stance.questioned,
        around=both(stance.around_en, stance.around_es),
        basis=stance.basis,
        checked=stance.checked,
    )
