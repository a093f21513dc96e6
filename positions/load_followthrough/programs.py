"""Programs: their facts, bodies, history, money, claims and concerns, as an entry says them."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from positions.followthrough.models.designs import FidelityCriterion, ProgramModel
from positions.followthrough.models.documents import Document
from positions.followthrough.models.findings import FidelityFinding
from positions.followthrough.models.programs import (
    Concern,
    Program,
    ProgramClaim,
    ProgramDocument,
    ProgramEvent,
    ProgramMoney,
    ProgramProposition,
)
from positions.followthrough.vocabulary.programs import CheckStatus
from positions.followthrough_entries.programs import Claim, History, Money
from positions.followthrough_entries.programs import Program as Entry
from positions.keeping import Outcome, keep
from positions.load_followthrough import grounds
from positions.load_followthrough.models import keep_bodies
from positions.load_followthrough.parts import Parts, both, in_order, keep_parts, once, together
from positions.load_stances import find
from positions.models import Proposition, Topic
from transcripts.errors import Conflict, NotFound, Refusal

Part = TypeVar("Part", History, Money, Claim)


def keep_program(session: Session, entry: Entry) -> Outcome:
    """Bring one program into line with all its parts. Raises NotFound and Conflict."""
    in_order(entry.began, entry.ended)
    row, outcome = keep(session, Program, {"slug": entry.slug}, _facts(session, entry))
    _refuse_other_design(session, row)
    of = {"program_id": row.id}
    return together(
        outcome,
        [
            keep_parts(session, ProgramProposition, of, ("proposition_id",), _statements(session, entry)),
            keep_parts(session, ProgramDocument, of, ("document_id",), _documents(session, entry)),
            keep_bodies(session, of, entry.bodies),
            keep_parts(session, ProgramEvent, of, ("slug",), _slugged(session, entry.history, _event)),
            keep_parts(session, ProgramMoney, of, ("slug",), _slugged(session, entry.money, _sum)),
            keep_parts(session, ProgramClaim, of, ("slug",), _slugged(session, entry.claims, _claim)),
            keep_parts(session, Concern, of, ("slug",), _concerns(session, entry, row.model_id)),
        ],
    )


def _facts(session: Session, entry: Entry) -> dict[str, Any]:
    return {
        "model_id": find(session, ProgramModel, entry.model, "models").id if entry.model else None,
        "topic_id": find(session, Topic, entry.topic, "the curated topics").id if entry.topic else None,
        "place": entry.place,
        "zone": entry.zone,
        "stage": str(entry.stage),
        "began": entry.began,
        "ended": entry.ended,
        "elsewhere": entry.elsewhere,
        "fictional": entry.fictional,
        "maintained_by": entry.maintained_by,
        **both("name", entry.name),
        **both("summary", entry.summary),
        **both("interest", entry.interest),
    }


def _refuse_other_design(session: Session, row: Program) -> None:
    """Findings are of criteria of one design: with another design they would be findings of nothing."""
    of_others = (
        select(FidelityFinding.id)
        .join(FidelityCriterion, col(FidelityCriterion.id) == col(FidelityFinding.criterion_id))
        .where(FidelityFinding.program_id == row.id, col(FidelityCriterion.model_id).is_distinct_from(row.model_id))
    )
    if session.exec(of_others.limit(1)).first() is not None:
        raise Conflict(
            "Findings were recorded under the design this program followed so far; it cannot get another one."
        )


def _statements(session: Session, entry: Entry) -> Parts:
    return once(
        [((find(session, Proposition, slug, "propositions").id,), slug, {}) for slug in entry.statements],
    )


def _documents(session: Session, entry: Entry) -> Parts:
    return once([((find(session, Document, slug, "documents").id,), slug, {}) for slug in entry.documents])


def _slugged(session: Session, entries: Sequence[Part], values: Callable[[Part], dict[str, Any]]) -> Parts:
    return once([((one.slug,), one.slug, {**values(one), **grounds.columns(session, one.cited)}) for one in entries])


def _event(entry: History) -> dict[str, Any]:
    return {"on": entry.on, "step": str(entry.step), **both("text", entry.text)}


def _sum(entry: Money) -> dict[str, Any]:
    in_order(entry.first_on, entry.last_on)
    return {
        "kind": str(entry.kind),
        "amount": entry.amount,
        "currency": entry.currency,
        "first_on": entry.first_on,
        "last_on": entry.last_on,
        "giver": entry.giver,
        **both("text", entry.text),
    }


def _claim(entry: Claim) -> dict[str, Any]:
    if (entry.status == CheckStatus.NOT_CHECKED) != (entry.checked_on is None and entry.check is None):
        raise Refusal("A claim that was checked says when and what was found; one that was not says neither.")
    return {
        "claimed_by": entry.claimed_by,
        "status": str(entry.status),
        "checked_on": entry.checked_on,
        **both("figure", entry.figure),
        **both("compared", entry.compared),
        **both("period", entry.period),
        **both("check", entry.check),
    }


def _concerns(session: Session, entry: Entry, model_id: int | None) -> Parts:
    criteria = session.exec(select(FidelityCriterion).where(FidelityCriterion.model_id == model_id)).all()
    by_slug = {one.slug: one.id for one in criteria}
    parts = []
    for n, one in enumerate(entry.concerns):
        if one.criterion is not None and one.criterion not in by_slug:
            raise NotFound(
                "“{slug}” is no criterion of the design this program follows; correct it or leave it out.",
                slug=one.criterion,
            )
        said = {
            "kind": str(one.kind),
            "position": n,
            "criterion_id": by_slug[one.criterion] if one.criterion else None,
            "raised_by": one.raised_by,
            "raised_on": one.raised_on,
            **both("text", one.text),
            **grounds.columns(session, one.cited),
        }
        parts.append(((one.slug,), one.slug, said))
    return once(parts)
