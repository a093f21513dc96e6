"""What rests on a document, wherever on the site it is told."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, cast, literal, null, union
from sqlalchemy import select as plain_select
from sqlmodel import Session, SQLModel

from positions.followthrough import models
from positions.followthrough.models.grounds import Cited
from positions.followthrough.queries.passages import cited
from transcripts.bilingual import Bilingual


@dataclass(frozen=True)
class Resting:
    """Something that rests on a document, once for each place in it: a paragraph by its key, or the words of whoever cited it.

    `kind` says on what page it is told.
    """

    kind: str
    slug: str
    title: Bilingual
    place: str | None
    passage: str | None = None


_TOLD: tuple[tuple[str, type[SQLModel], str, type[SQLModel], str], ...] = (
    ("commitment", models.commitments.Commitment, "title", models.commitments.Commitment, "id"),
    ("commitment", models.commitments.Commitment, "title", models.commitments.CommitmentEvent, "commitment_id"),
    ("commitment", models.commitments.Commitment, "title", models.commitments.DueOccurrence, "commitment_id"),
    ("program", models.programs.Program, "name", models.programs.ProgramDocument, "program_id"),
    ("program", models.programs.Program, "name", models.programs.ProgramBody, "program_id"),
    ("program", models.programs.Program, "name", models.programs.ProgramEvent, "program_id"),
    ("program", models.programs.Program, "name", models.programs.ProgramMoney, "program_id"),
    ("program", models.programs.Program, "name", models.programs.ProgramClaim, "program_id"),
    ("program", models.programs.Program, "name", models.programs.Concern, "program_id"),
    ("program", models.programs.Program, "name", models.findings.FidelityFinding, "program_id"),
    ("program", models.programs.Program, "name", models.findings.CityReply, "program_id"),
    ("design", models.designs.ProgramModel, "name", models.designs.FidelityCriterion, "model_id"),
    ("figure", models.figures.Indicator, "name", models.figures.Indicator, "id"),
    ("figure", models.figures.Indicator, "name", models.figures.ObservationBatch, "indicator_id"),
    ("request", models.requests.RecordsRequest, "what", models.requests.RecordsRequest, "id"),
    ("request", models.requests.RecordsRequest, "what", models.requests.RecordsRequestEvent, "request_id"),
    ("act", models.acts.ExternalAct, "title", models.acts.ExternalAct, "id"),
    ("term", models.terms.GlossaryTerm, "term", models.terms.GlossaryTerm, "id"),
)
"""(kind, what is told on a page, its title, what rests on the document, its column that names the first)."""


def of_document(session: Session, document_id: int) -> tuple[Resting, ...]:
    """What rests on a document. One statement, and one where a paragraph is cited by its key."""
    asked = union(*(_of(document_id, *told) for told in _TOLD)).subquery()
    rows = session.execute(plain_select(asked).order_by(asked.c.kind, asked.c.slug, asked.c.place)).all()
    printed = cited(session, (row.place for row in rows))
    return tuple(
        Resting(kind, slug, Bilingual(en, es), printed.get(place, place), place if place in printed else None)
        for kind, slug, en, es, place in rows
    )


def _of(document_id: int, kind: str, told: Any, title: str, rests: Any, named: str) -> Any:
    page, row = (SQLModel.metadata.tables[one.__tablename__] for one in (told, rests))
    place = row.c.place if issubclass(rests, Cited) else null()
    titles = page.c[f"{title}_en"].label("en"), page.c[f"{title}_es"].label("es")
    asked = plain_select(
        literal(kind).label("kind"), page.c.slug.label("slug"), *titles, cast(place, Text).label("place")
    )
    rows = asked.select_from(page) if page is row else asked.select_from(row).join(page, page.c.id == row.c[named])
    return rows.where(row.c.document_id == document_id)
