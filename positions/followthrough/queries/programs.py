"""Who does what at a program, its documents; and a design with what it asks for and every program that follows it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from positions.followthrough import fidelity
from positions.followthrough.days import PartialDay
from positions.followthrough.fidelity import Criterion, Finding, Tally
from positions.followthrough.models.designs import FidelityCriterion, ProgramModel
from positions.followthrough.models.documents import Document
from positions.followthrough.models.findings import FidelityFinding
from positions.followthrough.models.grounds import Cited
from positions.followthrough.models.programs import Program, ProgramBody, ProgramDocument
from positions.followthrough.queries import grounds
from positions.followthrough.queries.grounds import Ground
from positions.followthrough.vocabulary.documents import DocumentKind
from positions.followthrough.vocabulary.fidelity import Fidelity
from positions.followthrough.vocabulary.programs import Role, Stage
from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound
from transcripts.models import Organisation


@dataclass(frozen=True)
class Body:
    """What an organisation is to a program or a design, from when to when; `interest` is its stake in the subject."""

    slug: str
    name: str
    url: str | None
    interest: Bilingual | None
    role: Role
    since: PartialDay | None
    until: PartialDay | None
    note: Bilingual | None
    ground: Ground | None
    grounded: bool


@dataclass(frozen=True)
class Paper:
    """A document about a program; `day` is a partial day."""

    slug: str
    kind: DocumentKind
    title: Bilingual
    publisher: str | None
    day: str | None
    summary: Bilingual | None
    interest: Bilingual | None
    fictional: bool


@dataclass(frozen=True)
class Following:
    """A program that follows a design, with what came out of its checklist."""

    slug: str
    name: Bilingual
    place: str
    stage: Stage
    began: PartialDay | None
    elsewhere: bool
    fictional: bool
    tally: Tally


@dataclass(frozen=True)
class Asked:
    """One thing a design asks for, and where it says so."""

    slug: str
    text: Bilingual
    core: bool
    ground: Ground | None


@dataclass(frozen=True)
class Design:
    """A design that programs of several places follow."""

    slug: str
    name: Bilingual
    summary: Bilingual
    place: str | None
    fictional: bool
    criteria: tuple[Asked, ...]
    bodies: tuple[Body, ...]
    programs: tuple[Following, ...]


@dataclass(frozen=True)
class DesignLine:
    """A design in a list, with how many programs follow it and how many things it asks for."""

    slug: str
    name: Bilingual
    summary: Bilingual
    place: str | None
    fictional: bool
    programs: int
    criteria: int


def bodies_of(session: Session, program_id: int) -> tuple[Body, ...]:
    """Who does what at a program, in the order of the roles: a constant number of statements."""
    rows = _bodies(session, col(ProgramBody.program_id) == program_id)
    return _told(rows, grounds.of(session, [row for row, _ in rows]))


def papers_of(session: Session, program_id: int) -> tuple[Paper, ...]:
    """The documents about a program, the latest first: one statement."""
    rows = session.exec(
        select(Document)
        .join(ProgramDocument, col(ProgramDocument.document_id) == col(Document.id))
        .where(ProgramDocument.program_id == program_id)
        .order_by(col(Document.published_on).desc().nulls_last(), col(Document.slug))
    )
    return tuple(
        Paper(
            row.slug,
            DocumentKind(row.kind),
            Bilingual(row.title_en, row.title_es),
            row.publisher,
            row.published_on,
            both(row.summary_en, row.summary_es),
            both(row.interest_en, row.interest_es),
            row.fictional,
        )
        for row in rows
    )


def designs(session: Session) -> tuple[DesignLine, ...]:
    """Every design by name: one statement."""
    programs = sqlalchemy.select(sqlalchemy.func.count()).where(col(Program.model_id) == col(ProgramModel.id))
    criteria = sqlalchemy.select(sqlalchemy.func.count()).where(col(FidelityCriterion.model_id) == col(ProgramModel.id))
    rows = session.execute(
        sqlalchemy.select(ProgramModel, programs.scalar_subquery(), criteria.scalar_subquery()).order_by(
            col(ProgramModel.name_en), col(ProgramModel.id)
        )
    )
    return tuple(
        DesignLine(
            row.slug,
            Bilingual(row.name_en, row.name_es),
            Bilingual(row.summary_en, row.summary_es),
            row.place,
            row.fictional,
            following,
            asked,
        )
        for row, following, asked in rows
    )


def design(session: Session, slug: str, today: date) -> Design:
    """One design as of `today`: a constant number of statements. Raises NotFound."""
    row = session.exec(select(ProgramModel).where(ProgramModel.slug == slug)).one_or_none()
    if row is None:
        raise NotFound("There is no design “{slug}” (any more).", slug=slug)
    asked = _criteria(session, row.id or 0)
    bodies = _bodies(session, col(ProgramBody.model_id) == row.id)
    cited: list[Cited] = [*asked, *(body for body, _ in bodies)]
    found = grounds.of(session, cited)
    criteria = [
        Asked(one.slug, Bilingual(one.text_en, one.text_es), one.core, ground)
        for one, ground in zip(asked, found[: len(asked)], strict=True)
    ]
    return Design(
        row.slug,
        Bilingual(row.name_en, row.name_es),
        Bilingual(row.summary_en, row.summary_es),
        row.place,
        row.fictional,
        tuple(criteria),
        _told(bodies, found[len(asked) :]),
        _following(session, row.id or 0, asked, today),
    )


def _criteria(session: Session, model_id: int) -> Sequence[FidelityCriterion]:
    which = select(FidelityCriterion).where(FidelityCriterion.model_id == model_id)
    return session.exec(which.order_by(col(FidelityCriterion.position), col(FidelityCriterion.id))).all()


def _bodies(session: Session, whose: ColumnElement[bool]) -> list[tuple[ProgramBody, Organisation]]:
    rows = session.exec(
        select(ProgramBody, Organisation)
        .join(Organisation, col(Organisation.id) == col(ProgramBody.organisation_id))
        .where(whose)
        .order_by(col(Organisation.name), col(ProgramBody.id))
    )
    order = list(Role)
    return sorted(rows, key=lambda pair: order.index(Role(pair[0].role)))


def _told(rows: Sequence[tuple[ProgramBody, Organisation]], found: Sequence[Ground | None]) -> tuple[Body, ...]:
    return tuple(
        Body(
            body.slug,
            body.name,
            body.url,
            both(body.interest_en, body.interest_es),
            Role(row.role),
            PartialDay.of(row.since) if row.since else None,
            PartialDay.of(row.until) if row.until else None,
            both(row.note_en, row.note_es),
            ground,
            bool(row.document_id or row.source_id or row.turn_id),
        )
        for (row, body), ground in zip(rows, found, strict=True)
    )


def _following(
    session: Session, model_id: int, asked: Sequence[FidelityCriterion], today: date
) -> tuple[Following, ...]:
    programs = session.exec(
        select(Program)
        .where(Program.model_id == model_id)
        .order_by(col(Program.elsewhere), col(Program.name_en), col(Program.id))
    ).all()
    criteria = [Criterion(one.id or 0, one.slug, Bilingual(one.text_en, one.text_es)) for one in asked]
    findings = _findings(session, [one.id or 0 for one in programs])
    return tuple(
        Following(
            one.slug,
            Bilingual(one.name_en, one.name_es),
            one.place,
            Stage(one.stage),
            PartialDay.of(one.began) if one.began else None,
            one.elsewhere,
            one.fictional,
            fidelity.checklist(criteria, findings[one.id or 0], (), today).tally,
        )
        for one in programs
    )


def _findings(session: Session, programs: Iterable[int]) -> dict[int, list[Finding]]:
    """The findings of programs that nobody took back, by program."""
    rows = session.exec(select(FidelityFinding).where(col(FidelityFinding.program_id).in_(list(programs)))).all()
    taken_back = {row.withdraws_id for row in rows}
    found: dict[int, list[Finding]] = defaultdict(list)
    for row in rows:
        if row.result is not None and row.id not in taken_back:
            said = (row.id or 0, row.key, row.criterion_id, Fidelity(row.result), row.on, row.found_by or "")
            found[row.program_id].append(Finding(*said, row.recorded_at))
    return found
