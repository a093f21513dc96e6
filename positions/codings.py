"""The writer of codings: what editors judge alone, check, object to and decide, and the position that comes of it.

Each function is one step of the caller's transaction. Where two agree or a third decides, the position goes on record through
`stances.record` at once if what they gave is enough for it; else it waits for somebody to choose the words.
"""

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session, select

from positions import stances
from positions.coding import seeing, ties
from positions.coding.cells import Judgement, Judgements, State
from positions.coding.publishing import Recorder
from positions.coding.ties import Declared
from positions.coding_models import Coding, CodingDecision, PositionCheck
from positions.models import Candidacy, Proposition
from positions.queries import coded, coding, recorded
from positions.queries import stances as standing
from positions.queries.coding import Cell
from positions.scale import Code, EvidenceKind
from positions.stance_rules import NewEvidence, NewStance, Place, complete
from positions.stances import Words
from transcripts.bilingual import both
from transcripts.errors import Conflict, Refusal
from transcripts.models import now as moment
from transcripts.vocabulary import Reason

REF = re.compile(r"([\w-]{1,64}):([0-9]{1,6}):([0-9]{1,7}):([0-9]{1,7})")
"""Words picked in a turn, as they travel: its key, the version seen, start and end in code points."""
FULL = "Two people have judged this already; what differs is decided by a third."
THIRD = "You judged this yourself: a third person decides."
NOT_SPLIT = "Nothing differs here (any more); nothing was changed."
OWN = "You recorded this position yourself: another account checks it."
LISTED = "This statement has several listed answers: record the answer under Statements and positions."
NOT_WHOLE = "The words you chose did not arrive whole; choose them anew."
SUPERSEDED = "Something else was recorded here meanwhile. Look at it first."


@dataclass(frozen=True)
class Judging:
    """What somebody says of a box: a code or a reason, why, and the words they point at as (picked, role)."""

    value: Judgement
    note: str = ""
    tier: int | None = None
    condition: tuple[str | None, str | None] = (None, None)
    evidence: tuple[tuple[str, str], ...] = ()


def words(ref: str) -> Words | None:
    """Picked words as they travel; None for anything else."""
    found = REF.fullmatch(ref)
    return Words(found[1], int(found[2]), int(found[3]), int(found[4])) if found else None


def code(session: Session, cell: Cell, judging: Judging, who: Recorder) -> State:
    """Judge a box alone; a later judgement takes the place of one's own until the second person has judged.

    Where two agree the position goes on record if it can. Raises Refusal for a tied account and one that has declared nothing;
    Conflict where two others have judged already.
    """
    declared = _allowed(session, cell, who)
    _lock(session, cell)
    held = coded.of_box(session, cell.candidacy_id, cell.proposition_id)
    if held.decided or held.split or seeing.complete([one.coder_id for one in held.blind]):
        raise Conflict(FULL)
    for ref, _ in judging.evidence:
        _placed(session, cell, ref)
    _keep(session, cell, judging, (who, declared), held.round, blind=True)
    after = coded.of_box(session, cell.candidacy_id, cell.proposition_id)
    if after.decision:
        publish(session, cell, after, who)
    return after.state(who.id or 0)


def check(session: Session, cell: Cell, stance_id: int, who: Recorder) -> None:
    """Say that a position was held against its words and is right. Raises Refusal for whoever recorded it; Conflict."""
    _allowed(session, cell, who)
    _recorded_by_another(session, cell, stance_id, who)
    already = select(PositionCheck.id).where(PositionCheck.stance_id == stance_id, PositionCheck.by_id == who.id)
    if session.exec(already).first() is None:
        session.add(PositionCheck(stance_id=stance_id, by_id=who.id or 0, by=who.name))
        session.flush()


def object_to(session: Session, cell: Cell, stance_id: int, judging: Judging, who: Recorder) -> None:
    """Say that a position is something else, and why: a third person decides. Raises Refusal, Conflict."""
    declared = _allowed(session, cell, who)
    _recorded_by_another(session, cell, stance_id, who)
    if not judging.note.strip():
        raise Refusal("Say why: who decides reads it.")
    held = coded.of_box(session, cell.candidacy_id, cell.proposition_id)
    settled = held.decision is not None or held.split
    _keep(session, cell, judging, (who, declared), held.round + (1 if settled else 0), blind=False)


def decide(session: Session, cell: Cell, value: Judgement, why: str, who: Recorder) -> bool:
    """Decide as a third person between judgements that differ; whether the position went on record.

    Raises Refusal for one of those who judged, and for who recorded what was objected to; Conflict where nothing differs.
    """
    _allowed(session, cell, who)
    _lock(session, cell)
    held = coded.of_box(session, cell.candidacy_id, cell.proposition_id)
    if not held.split:
        raise Conflict(NOT_SPLIT)
    if who.id in held.judge_ids() | _recorder_objected_to(session, cell, held):
        raise Refusal(THIRD)
    if not why.strip():
        raise Refusal("Say why: those who judged will read it.")
    session.add(CodingDecision(**_of(session, cell, value, held.round), why=why, by_id=who.id or 0, by=who.name))
    session.flush()
    return publish(session, cell, coded.of_box(session, cell.candidacy_id, cell.proposition_id), who)


def again(session: Session, cell: Cell, why: str, who: Recorder) -> None:
    """Have a box coded anew that was decided: what stands on record stays until then. Raises Refusal, Conflict."""
    _allowed(session, cell, who)
    held = coded.of_box(session, cell.candidacy_id, cell.proposition_id)
    if held.decision is None:
        raise Conflict("This is not decided yet; there is nothing to code anew.")
    if not why.strip():
        raise Refusal("Say why it should be judged anew.")
    made = _of(session, cell, None, held.round + 1)
    session.add(CodingDecision(**made, why=why, by_id=who.id or 0, by=who.name))
    session.flush()


def publish(session: Session, cell: Cell, held: Judgements, who: Recorder) -> bool:
    """Put what was agreed or decided on record, if what is held is enough for it; whether it is on record now."""
    decision = held.decision
    if decision is None:
        return False
    now = standing.current(standing.of_box(session, cell.candidacy_id, cell.proposition_id))[:1]
    said = [one.code or one.reason for one in now]
    if decision.value in said:
        stances.record(session, recorded.one(session, now[0].id).stance, who)
        return True
    if not said and decision.value == Reason.NOT_REVIEWED:
        return True
    made = draft(session, cell, held)
    if made is None or not complete(made):
        return False
    stances.record(session, replace(made, as_of=now[0].as_of) if now else made, who)
    return True


def draft(session: Session, cell: Cell, held: Judgements) -> NewStance | None:
    """The position that was agreed or decided, from what those said who said it: the words they point at, the first tier and condition.

    None where nothing is decided, or words one of them points at were changed since: then somebody chooses them anew.
    """
    decision = held.decision
    if decision is None:
        return None
    value, saying = decision.value, held.saying(decision.value)
    pieces = dict(piece for one in saying for piece in one.evidence)
    condition = next((one for one in saying if one.condition_en), None)
    try:
        evidence = tuple(_piece(session, cell, ref, role) for ref, role in pieces.items())
    except Refusal:
        return None
    heard = coding.last_heard(session, cell)
    return NewStance(
        cell.candidacy_id,
        cell.proposition_id,
        date.fromisoformat(heard) if heard else moment().date(),
        code=Code(value) if value in set(Code) else None,
        reason=Reason(value) if value in set(Reason) else None,
        tier=coded.tier(saying),
        condition=both(condition.condition_en, condition.condition_es) if condition else None,
        evidence=evidence,
    )


def _piece(session: Session, cell: Cell, ref: str, role: str) -> NewEvidence:
    return NewEvidence(kind=EvidenceKind.QUOTATION, role=role, place=_placed(session, cell, ref))


def _placed(session: Session, cell: Cell, ref: str) -> Place:
    picked = words(ref)
    if picked is None:
        raise Conflict(NOT_WHOLE)
    return stances.quoted_at(session, cell.contest_id, cell.person_id, picked)


def _allowed(session: Session, cell: Cell, who: Recorder) -> Declared:
    if cell.type != "scale":
        raise Refusal(LISTED)
    return ties.cleared(coded.declared(session, who.id or 0), cell.person_id, cell.candidate)


def _lock(session: Session, cell: Cell) -> None:
    """Two people who judge one box at one moment do so one after the other."""
    session.exec(select(Candidacy.id).where(Candidacy.id == cell.candidacy_id).with_for_update()).one()


def _recorded_by_another(session: Session, cell: Cell, stance_id: int, who: Recorder) -> None:
    now = standing.of_box(session, cell.candidacy_id, cell.proposition_id)
    if stance_id not in [one.id for one in now]:
        raise Conflict(SUPERSEDED)
    if coded.recorders(session, [stance_id]).get(stance_id) == who.id:
        raise Refusal(OWN)


def _recorder_objected_to(session: Session, cell: Cell, held: Judgements) -> set[int]:
    """Who put on record what a checker objects to."""
    if all(one.blind for one in held.codings):
        return set()
    now = standing.current(standing.of_box(session, cell.candidacy_id, cell.proposition_id))[:1]
    return {id for id in coded.recorders(session, [one.id for one in now]).values() if id}


def _keep(
    session: Session, cell: Cell, judging: Judging, by: tuple[Recorder, Declared], round: int, *, blind: bool
) -> None:
    who, declared = by
    session.add(
        Coding(
            **_of(session, cell, judging.value, round),
            coder_id=who.id or 0,
            coder=who.name,
            declaration_id=declared.id,
            tier=judging.tier,
            condition_en=judging.condition[0],
            condition_es=judging.condition[1],
            note=judging.note,
            evidence=json.dumps([{"ref": ref, "role": role} for ref, role in judging.evidence]),
            blind=blind,
        )
    )
    session.flush()


def _of(session: Session, cell: Cell, value: Judgement | None, round: int) -> dict[str, Any]:
    """The columns that say of what, and what."""
    version = session.exec(select(Proposition.version).where(Proposition.id == cell.proposition_id)).one()
    return {
        "candidacy_id": cell.candidacy_id,
        "proposition_id": cell.proposition_id,
        "proposition_version": version,
        "round": round,
        "code": Code(value) if value in set(Code) else None,
        "reason": Reason(value) if value in set(Reason) else None,
    }
