"""Programs as editors fill them in, whole with their parts, in the shape of a loaded file."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from positions.entries.entry import Doc, Kind, Row, both, by_slug, free_slug, needed, take_away
from positions.entries.models import bodies, body_doc
from positions.followthrough.models.designs import FidelityCriterion, ProgramModel
from positions.followthrough.models.documents import Document
from positions.followthrough.models.programs import (
    Concern,
    Program,
    ProgramBody,
    ProgramClaim,
    ProgramDocument,
    ProgramEvent,
    ProgramMoney,
    ProgramProposition,
)
from positions.followthrough_entries.programs import Program as Entry
from positions.load_document import checked
from positions.load_followthrough import grounds
from positions.load_followthrough.programs import keep_program
from positions.models import Proposition, Topic

AS_THEY_ARE = "slug place zone stage began ended elsewhere fictional maintained_by".split()
TEXTS = ("name", "summary", "interest")


def read(session: Session, slug: str) -> Doc | None:
    """One program with all its parts, each list in its order."""
    row = by_slug(session, Program, slug)
    if row is None:
        return None
    model = session.get(ProgramModel, row.model_id) if row.model_id else None
    topic = session.get(Topic, row.topic_id) if row.topic_id else None
    behind = bodies(session, col(ProgramBody.program_id) == row.id)
    history, money = _parts(session, ProgramEvent, row), _parts(session, ProgramMoney, row)
    claims = _parts(session, ProgramClaim, row)
    concerns = _concerns(session, row)
    rows = [*(body for body, _ in behind), *history, *money, *claims, *(concern for concern, _ in concerns)]
    cited = grounds.entries(session, rows)
    return {
        **{name: getattr(row, name) for name in AS_THEY_ARE},
        **{name: both(getattr(row, f"{name}_en"), getattr(row, f"{name}_es")) for name in TEXTS},
        "model": model.slug if model else None,
        "topic": topic.slug if topic else None,
        "statements": _statements(session, row),
        "documents": _documents(session, row),
        "bodies": [body_doc(body, slug, cited(body)) for body, slug in behind],
        "history": [{**_event(one), "cited": cited(one)} for one in history],
        "money": [{**_sum(one), "cited": cited(one)} for one in money],
        "claims": [{**_claim(one), "cited": cited(one)} for one in claims],
        "concerns": [{**_concern(one, criterion), "cited": cited(one)} for one, criterion in concerns],
    }


def write(session: Session, slug: str, doc: Doc) -> None:
    """Bring one program into line with everything it says. Raises BadEntry, NotFound, Conflict, Refusal."""
    keep_program(session, checked(Entry, {**doc, "slug": slug}))


def remove(session: Session, slug: str) -> None:
    """Take a program away with its parts. Raises NotFound; Conflict where anything was recorded of it."""
    row = needed(session, Program, slug, "program")
    parts = (ProgramProposition, ProgramDocument, ProgramBody, ProgramEvent, ProgramMoney, ProgramClaim, Concern)
    rows = [one for model in parts for one in session.exec(select(model).filter_by(program_id=row.id)).all()]
    take_away(session, (*rows, row), row.name_en)


def new_slug(session: Session, name: str) -> str:
    """A free slug for a new program."""
    return free_slug(name, session.exec(select(Program.slug)).all(), "program")


def _parts(session: Session, model: type[Row], row: Program) -> Sequence[Row]:
    found = session.exec(select(model).filter_by(program_id=row.id)).all()
    return sorted(found, key=lambda one: getattr(one, "id", 0))


def _statements(session: Session, row: Program) -> list[str]:
    which = select(Proposition.slug).join(
        ProgramProposition, col(ProgramProposition.proposition_id) == col(Proposition.id)
    )
    found = session.exec(which.where(ProgramProposition.program_id == row.id).order_by(col(Proposition.slug)))
    return list(found)


def _documents(session: Session, row: Program) -> list[str]:
    which = select(Document.slug).join(ProgramDocument, col(ProgramDocument.document_id) == col(Document.id))
    return list(session.exec(which.where(ProgramDocument.program_id == row.id).order_by(col(Document.slug))))


def _event(one: ProgramEvent) -> Doc:
    return {
        "slug": one.slug,
        "on": one.on,
        "step": one.step,
        "text": both(one.text_en, one.text_es),
    }


def _sum(one: ProgramMoney) -> Doc:
    return {
        "slug": one.slug,
        "kind": one.kind,
        "amount": f"{one.amount:.2f}",
        "currency": one.currency,
        "first_on": one.first_on,
        "last_on": one.last_on,
        "giver": one.giver,
        "text": both(one.text_en, one.text_es),
    }


def _claim(one: ProgramClaim) -> Doc:
    return {
        "slug": one.slug,
        "figure": both(one.figure_en, one.figure_es),
        "compared": both(one.compared_en, one.compared_es),
        "period": both(one.period_en, one.period_es),
        "claimed_by": one.claimed_by,
        "status": one.status,
        "checked_on": one.checked_on.isoformat() if one.checked_on else None,
        "check": both(one.check_en, one.check_es),
    }


def _concerns(session: Session, row: Program) -> list[tuple[Concern, str | None]]:
    rows = session.exec(
        select(Concern, FidelityCriterion.slug)
        .outerjoin(FidelityCriterion, col(FidelityCriterion.id) == col(Concern.criterion_id))
        .where(Concern.program_id == row.id)
        .order_by(col(Concern.position), col(Concern.id))
    )
    return list(rows)


def _concern(one: Concern, criterion: str | None) -> Doc:
    return {
        "slug": one.slug,
        "kind": one.kind,
        "criterion": criterion,
        "raised_by": one.raised_by,
        "raised_on": one.raised_on,
        "text": both(one.text_en, one.text_es),
    }


KIND = Kind(read, write, remove)
