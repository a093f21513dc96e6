"""Designs as editors fill them in, in the shape of a loaded file."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from positions.entries.entry import Doc, Kind, both, by_slug, free_slug, needed, take_away
from positions.followthrough.models.designs import FidelityCriterion, FidelityRule, ProgramModel
from positions.followthrough.models.programs import ProgramBody
from positions.followthrough_entries.designs import Model as Entry
from positions.load_document import checked
from positions.load_followthrough import grounds
from positions.load_followthrough.models import keep_model
from transcripts.models import Organisation


def read(session: Session, slug: str) -> Doc | None:
    """One design with its criteria, in their order, and its bodies."""
    row = by_slug(session, ProgramModel, slug)
    if row is None:
        return None
    criteria, rules = _criteria(session, row), _rules(session, row)
    behind = bodies(session, col(ProgramBody.model_id) == row.id)
    cited = grounds.entries(session, [*criteria, *rules, *(body for body, _ in behind)])
    return {
        "slug": row.slug,
        "name": both(row.name_en, row.name_es),
        "summary": both(row.summary_en, row.summary_es),
        "place": row.place,
        "fictional": row.fictional,
        "bodies": [body_doc(body, slug, cited(body)) for body, slug in behind],
        "criteria": [
            {"slug": one.slug, "text": both(one.text_en, one.text_es), "core": one.core, "cited": cited(one)}
            for one in criteria
        ],
        "rule": next(({"text": both(one.text_en, one.text_es), "cited": cited(one)} for one in rules), None),
    }


def bodies(session: Session, whose: ColumnElement[bool]) -> list[tuple[ProgramBody, str]]:
    """The bodies of a program or a design (`whose`: which rows) with their slugs, by slug and role."""
    rows = session.exec(
        select(ProgramBody, Organisation.slug)
        .join(Organisation, col(Organisation.id) == col(ProgramBody.organisation_id))
        .where(whose)
        .order_by(col(Organisation.slug), col(ProgramBody.role))
    )
    return list(rows)


def body_doc(row: ProgramBody, slug: str, cited: Doc | None) -> Doc:
    """One body as a document."""
    return {
        "organisation": slug,
        "role": row.role,
        "since": row.since,
        "until": row.until,
        "note": both(row.note_en, row.note_es),
        "cited": cited,
    }


def write(session: Session, slug: str, doc: Doc) -> None:
    """Bring one design into line with everything it says. Raises BadEntry, NotFound, Conflict."""
    keep_model(session, checked(Entry, {**doc, "slug": slug}))


def remove(session: Session, slug: str) -> None:
    """Take a design away with its criteria and bodies. Raises NotFound; Conflict where a program follows it."""
    row = needed(session, ProgramModel, slug, "design")
    of = session.exec(select(ProgramBody).where(ProgramBody.model_id == row.id)).all()
    take_away(session, (*of, *_rules(session, row), *_criteria(session, row), row), row.name_en)


def new_slug(session: Session, name: str) -> str:
    """A free slug for a new design."""
    return free_slug(name, session.exec(select(ProgramModel.slug)).all(), "design")


def _criteria(session: Session, row: ProgramModel) -> list[FidelityCriterion]:
    which = select(FidelityCriterion).where(FidelityCriterion.model_id == row.id)
    return list(session.exec(which.order_by(col(FidelityCriterion.position), col(FidelityCriterion.id))))


def _rules(session: Session, row: ProgramModel) -> list[FidelityRule]:
    """What it says of programs that depart from it: one or none."""
    return list(session.exec(select(FidelityRule).where(FidelityRule.model_id == row.id)))


KIND = Kind(read, write, remove)
