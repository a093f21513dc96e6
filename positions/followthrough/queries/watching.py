"""What the watch page of a program tells of the program itself, in a handful of statements however much there is."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from positions.followthrough import models
from positions.followthrough.days import PartialDay
from positions.followthrough.models.designs import ProgramModel
from positions.followthrough.models.programs import Program
from positions.followthrough.queries import program_lines
from positions.followthrough.queries.answering import Answered
from positions.followthrough.queries.program_lines import Body, Claim, Concern, History, Money, day
from positions.followthrough.vocabulary.programs import Stage
from positions.models import Topic
from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound


@dataclass(frozen=True)
class Named:
    """Something with a page of its own."""

    slug: str
    name: Bilingual


@dataclass(frozen=True)
class Watched:
    """A program with everything told of it; lines stand in the order in which they are read."""

    id: int
    slug: str
    name: Bilingual
    place: str
    zone: str
    stage: Stage
    began: PartialDay | None
    ended: PartialDay | None
    summary: Bilingual
    elsewhere: bool
    fictional: bool
    maintained_by: str | None
    interest: Bilingual | None
    model: Named | None
    topic: Named | None
    bodies: tuple[Body, ...]
    history: tuple[History, ...]
    money: tuple[Money, ...]
    claims: tuple[Claim, ...]
    concerns: tuple[Concern, ...]
    statements: tuple[Answered, ...]


@dataclass(frozen=True)
class ProgramLine:
    """A program in a list, with how many commitments and figures it has."""

    slug: str
    name: Bilingual
    place: str
    stage: Stage
    began: PartialDay | None
    summary: Bilingual
    elsewhere: bool
    fictional: bool
    model: Named | None
    commitments: int
    figures: int


def every(session: Session) -> tuple[ProgramLine, ...]:
    """All programs by place and name, those of other places last. One statement."""
    rows = session.execute(
        sqlalchemy.select(
            Program, ProgramModel, _counted(models.commitments.Commitment), _counted(models.figures.Indicator)
        )
        .outerjoin(ProgramModel, col(ProgramModel.id) == col(Program.model_id))
        .order_by(col(Program.elsewhere), col(Program.place), col(Program.name_en), col(Program.id))
    )
    return tuple(
        ProgramLine(
            one.slug,
            Bilingual(one.name_en, one.name_es),
            one.place,
            Stage(one.stage),
            day(one.began),
            Bilingual(one.summary_en, one.summary_es),
            one.elsewhere,
            one.fictional,
            _model(model),
            commitments,
            figures,
        )
        for one, model, commitments, figures in rows
    )


def by_slug(session: Session, slug: str) -> Watched:
    """One program with everything told of it: at most five statements. Raises NotFound."""
    found = session.execute(
        sqlalchemy.select(Program, ProgramModel, Topic)
        .outerjoin(ProgramModel, col(ProgramModel.id) == col(Program.model_id))
        .outerjoin(Topic, col(Topic.id) == col(Program.topic_id))
        .where(col(Program.slug) == slug)
    ).first()
    if found is None:
        raise NotFound("There is no program “{slug}” (any more).", slug=slug)
    program, model, topic = found
    parts = program_lines.of_program(session, program.id)
    return Watched(
        id=program.id,
        slug=program.slug,
        name=Bilingual(program.name_en, program.name_es),
        place=program.place,
        zone=program.zone,
        stage=Stage(program.stage),
        began=day(program.began),
        ended=day(program.ended),
        summary=Bilingual(program.summary_en, program.summary_es),
        elsewhere=program.elsewhere,
        fictional=program.fictional,
        maintained_by=program.maintained_by,
        interest=both(program.interest_en, program.interest_es),
        model=_model(model),
        topic=Named(topic.slug, Bilingual(topic.name_en, topic.name_es)) if topic else None,
        **parts,
    )


def _model(model: ProgramModel | None) -> Named | None:
    return Named(model.slug, Bilingual(model.name_en, model.name_es)) if model else None


def _counted(model: Any) -> ColumnElement[int]:
    return (
        sqlalchemy.select(sqlalchemy.func.count(model.id)).where(model.program_id == col(Program.id)).scalar_subquery()
    )
