"""Laws and decisions of other bodies, with what depends on each; and which of them a race's positions depend on."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from positions.followthrough.days import PartialDay
from positions.followthrough.models.acts import ActLink, ExternalAct
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.programs import Program
from positions.followthrough.queries import grounds
from positions.followthrough.queries.grounds import Ground
from positions.followthrough.vocabulary.acts import ActLevel, ActResult
from positions.models import Candidacy, Contest, Proposition
from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound
from transcripts.models import Person


@dataclass(frozen=True)
class Named:
    """Something with a page of its own."""

    slug: str
    name: Bilingual


@dataclass(frozen=True)
class Link:
    """What depends on a law: exactly one of `program`, `commitment` and `statement` is set; `race` is the statement's.

    `person` (slug, printed name) narrows a statement to one candidate's position on it; `note` says how it depends.
    """

    program: Named | None
    commitment: Named | None
    statement: Named | None
    race: Named | None
    person: tuple[str, str] | None
    note: Bilingual | None


@dataclass(frozen=True)
class Act:
    """A law or decision and what became of it; `links` and `ground` are asked for on its own page."""

    id: int
    slug: str
    title: Bilingual
    level: ActLevel
    body: str
    result: ActResult
    decided: PartialDay | None
    number: str | None
    summary: Bilingual
    fictional: bool
    links: tuple[Link, ...] = ()
    ground: Ground | None = None


@dataclass(frozen=True)
class Condition:
    """A law that a position depends on, and how."""

    act: Named
    result: ActResult
    note: Bilingual | None


def every(session: Session) -> tuple[Act, ...]:
    """Every law and decision, the latest first: one statement."""
    rows = session.exec(select(ExternalAct).order_by(col(ExternalAct.title_en), col(ExternalAct.id))).all()
    return tuple(sorted((_act(row) for row in rows), key=_latest))


def one(session: Session, slug: str) -> Act:
    """One law or decision with what depends on it: a constant number of statements. Raises NotFound."""
    row = session.exec(select(ExternalAct).where(ExternalAct.slug == slug)).one_or_none()
    if row is None:
        raise NotFound("There is no law or decision “{slug}” (any more).", slug=slug)
    return _act(row, _links(session, row.id or 0), grounds.of(session, [row])[0])


def of_program(session: Session, program_id: int) -> tuple[Condition, ...]:
    """The laws and decisions a program depends on: one statement."""
    return _conditions(session, col(ActLink.program_id) == program_id)


def of_commitment(session: Session, commitment_id: int) -> tuple[Condition, ...]:
    """The laws and decisions a commitment depends on: one statement."""
    return _conditions(session, col(ActLink.commitment_id) == commitment_id)


def commitments(session: Session) -> list[tuple[str, str]]:
    """Every commitment something may depend on, as (slug, English title), by title: one statement."""
    rows = session.exec(select(Commitment.slug, Commitment.title_en).order_by(col(Commitment.title_en)))
    return list(rows)


def _conditions(session: Session, which: ColumnElement[bool]) -> tuple[Condition, ...]:
    rows = session.exec(
        select(ExternalAct, ActLink)
        .join(ActLink, col(ActLink.act_id) == col(ExternalAct.id))
        .where(which)
        .order_by(col(ExternalAct.title_en))
    )
    return tuple(condition(act, link) for act, link in rows)


def condition(act: ExternalAct, link: ActLink) -> Condition:
    """How a link says that something depends on a law."""
    named = Named(act.slug, Bilingual(act.title_en, act.title_es))
    return Condition(named, ActResult(act.result), both(link.note_en, link.note_es))


def _latest(act: Act) -> tuple[bool, int]:
    return act.decided is None, -act.decided.last.toordinal() if act.decided else 0


def _act(row: ExternalAct, links: Sequence[Link] = (), ground: Ground | None = None) -> Act:
    return Act(
        row.id or 0,
        row.slug,
        Bilingual(row.title_en, row.title_es),
        ActLevel(row.level),
        row.body,
        ActResult(row.result),
        PartialDay.of(row.decided_on) if row.decided_on else None,
        row.number,
        Bilingual(row.summary_en, row.summary_es),
        row.fictional,
        tuple(links),
        ground,
    )


def _links(session: Session, act_id: int) -> list[Link]:
    rows = session.execute(
        sqlalchemy.select(ActLink, Program, Commitment, Proposition, Contest, Candidacy, Person)
        .outerjoin(Program, col(Program.id) == col(ActLink.program_id))
        .outerjoin(Commitment, col(Commitment.id) == col(ActLink.commitment_id))
        .outerjoin(Proposition, col(Proposition.id) == col(ActLink.proposition_id))
        .outerjoin(Contest, col(Contest.id) == col(Proposition.contest_id))
        .outerjoin(Candidacy, col(Candidacy.id) == col(ActLink.candidacy_id))
        .outerjoin(Person, col(Person.id) == col(Candidacy.person_id))
        .where(col(ActLink.act_id) == act_id)
        .order_by(col(ActLink.id))
    )
    return [
        Link(
            Named(program.slug, Bilingual(program.name_en, program.name_es)) if program else None,
            Named(commitment.slug, Bilingual(commitment.title_en, commitment.title_es)) if commitment else None,
            Named(statement.slug, Bilingual(statement.text_en, statement.text_es)) if statement else None,
            Named(race.slug, Bilingual(race.title_en, race.title_es)) if race else None,
            (person.slug, candidacy.ballot_name or person.name) if person else None,
            both(link.note_en, link.note_es),
        )
        for link, program, commitment, statement, race, candidacy, person in rows
    ]
