"""From a statement of a race to deeds: which programs answer it, and which laws and decisions positions on it depend on."""

from dataclasses import dataclass

import sqlalchemy
from sqlalchemy import or_
from sqlmodel import Session, col

from positions.followthrough.models.acts import ActLink, ExternalAct
from positions.followthrough.models.programs import Program, ProgramProposition
from positions.followthrough.queries.acts import Condition, condition
from positions.models import Candidacy, Contest, Proposition
from transcripts.bilingual import Bilingual
from transcripts.models import Person


@dataclass(frozen=True)
class Answering:
    """A program that answers a statement, and whose it is."""

    slug: str
    name: Bilingual
    place: str


@dataclass(frozen=True)
class Answered:
    """A statement that a program answers, with its race."""

    slug: str
    text: Bilingual
    race: str
    race_title: Bilingual


@dataclass(frozen=True)
class Deeds:
    """`programs` by the slug of a statement, those of other places last; `conditions` by slugs of a statement and a person, None for
    the statement as such, whoever stands."""

    programs: dict[str, tuple[Answering, ...]]
    conditions: dict[tuple[str, str | None], tuple[Condition, ...]]


def of_race(session: Session, contest: str) -> Deeds:
    """What programs and laws have to do with the statements of a race: one statement."""
    rows = session.execute(
        sqlalchemy.select(col(Proposition.slug), Program, col(Person.slug), ExternalAct, ActLink)
        .join(Contest, col(Contest.id) == col(Proposition.contest_id))
        .outerjoin(ProgramProposition, col(ProgramProposition.proposition_id) == col(Proposition.id))
        .outerjoin(Program, col(Program.id) == col(ProgramProposition.program_id))
        .outerjoin(ActLink, col(ActLink.proposition_id) == col(Proposition.id))
        .outerjoin(ExternalAct, col(ExternalAct.id) == col(ActLink.act_id))
        .outerjoin(Candidacy, col(Candidacy.id) == col(ActLink.candidacy_id))
        .outerjoin(Person, col(Person.id) == col(Candidacy.person_id))
        .where(col(Contest.slug) == contest, or_(col(Program.id).is_not(None), col(ActLink.id).is_not(None)))
        .order_by(col(Program.elsewhere), col(Program.name_en), col(ExternalAct.title_en), col(ActLink.id))
    )
    programs: dict[str, dict[int, Answering]] = {}
    conditions: dict[tuple[str, str | None], dict[int, Condition]] = {}
    for statement, one, person, act, link in rows:
        if one is not None:
            named = Answering(one.slug, Bilingual(one.name_en, one.name_es), one.place)
            programs.setdefault(statement, {})[one.id] = named
        if link is not None:
            conditions.setdefault((statement, person), {})[link.id] = condition(act, link)
    return Deeds(
        {statement: tuple(ones.values()) for statement, ones in programs.items()},
        {which: tuple(ones.values()) for which, ones in conditions.items()},
    )
