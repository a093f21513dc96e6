"""Programs: what one is, its bodies, history, money, and what others claim of it or ask."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from positions.followthrough.models.grounds import Cited, cited
from positions.followthrough.vocabulary.programs import CheckStatus, ConcernKind, MoneyKind, Role, Stage, Step
from transcripts.models import one_of


class Program(SQLModel, table=True):
    """Something a place does or did, with its design where it follows one. `maintained_*`: who keeps its page and with what interest.

    `elsewhere` marks a program of another place that somebody pointed to.
    """

    __table_args__ = (one_of("stage", Stage),)
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    model_id: int | None = Field(default=None, foreign_key="program_model.id", index=True)
    topic_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
    name_en: str = Field(sa_type=Text)
    name_es: str | None = Field(default=None, sa_type=Text)
    place: str = Field(sa_type=Text)
    zone: str = Field(default="UTC", max_length=64)
    stage: str = Field(max_length=16)
    began: str | None = Field(default=None, max_length=10)
    ended: str | None = Field(default=None, max_length=10)
    summary_en: str = Field(sa_type=Text)
    summary_es: str | None = Field(default=None, sa_type=Text)
    elsewhere: bool = False
    fictional: bool = False
    maintained_by: str | None = Field(default=None, sa_type=Text)
    interest_en: str | None = Field(default=None, sa_type=Text)
    interest_es: str | None = Field(default=None, sa_type=Text)


class ProgramProposition(SQLModel, table=True):
    """A statement of a race that a program answers: the way from a box of the comparison to the program, and back."""

    __tablename__ = "program_proposition"
    program_id: int = Field(foreign_key="program.id", primary_key=True)
    proposition_id: int = Field(foreign_key="proposition.id", primary_key=True)


class ProgramDocument(SQLModel, table=True):
    """A document about a program."""

    __tablename__ = "program_document"
    program_id: int = Field(foreign_key="program.id", primary_key=True)
    document_id: int = Field(foreign_key="document.id", primary_key=True)


class ProgramBody(Cited, table=True):
    """What a body is to a program or to a design: exactly one of the two."""

    __tablename__ = "program_body"
    __table_args__ = (
        one_of("role", Role),
        CheckConstraint("(program_id IS NULL) <> (model_id IS NULL)", name="program_or_model"),
        UniqueConstraint("program_id", "model_id", "organisation_id", "role"),
    )
    id: int | None = Field(default=None, primary_key=True)
    program_id: int | None = Field(default=None, foreign_key="program.id", index=True)
    model_id: int | None = Field(default=None, foreign_key="program_model.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    role: str = Field(max_length=16)
    since: str | None = Field(default=None, max_length=10)
    until: str | None = Field(default=None, max_length=10)
    note_en: str | None = Field(default=None, sa_type=Text)
    note_es: str | None = Field(default=None, sa_type=Text)


class ProgramEvent(Cited, table=True):
    """One line of a program's history, with the step of its story that it belongs to."""

    __tablename__ = "program_event"
    __table_args__ = (one_of("step", Step), UniqueConstraint("program_id", "slug"), cited())
    id: int | None = Field(default=None, primary_key=True)
    program_id: int = Field(foreign_key="program.id", index=True)
    slug: str = Field(max_length=120)
    on: str = Field(max_length=10)
    step: str = Field(max_length=16)
    text_en: str = Field(sa_type=Text)
    text_es: str | None = Field(default=None, sa_type=Text)


class ProgramMoney(Cited, table=True):
    """A sum for a program, in units of `currency` (ISO 4217), for a time."""

    __tablename__ = "program_money"
    __table_args__ = (one_of("kind", MoneyKind), UniqueConstraint("program_id", "slug"), cited())
    id: int | None = Field(default=None, primary_key=True)
    program_id: int = Field(foreign_key="program.id", index=True)
    slug: str = Field(max_length=120)
    kind: str = Field(max_length=16)
    amount: Decimal = Field(sa_type=Numeric(16, 2))
    currency: str = Field(default="USD", max_length=3)
    first_on: str | None = Field(default=None, max_length=10)
    last_on: str | None = Field(default=None, max_length=10)
    giver: str | None = Field(default=None, sa_type=Text)
    text_en: str | None = Field(default=None, sa_type=Text)
    text_es: str | None = Field(default=None, sa_type=Text)


class ProgramClaim(Cited, table=True):
    """What somebody says a program achieves: the figure, compared with whom, over what time, and how far it was checked."""

    __tablename__ = "program_claim"
    __table_args__ = (one_of("status", CheckStatus), UniqueConstraint("program_id", "slug"), cited())
    id: int | None = Field(default=None, primary_key=True)
    program_id: int = Field(foreign_key="program.id", index=True)
    slug: str = Field(max_length=120)
    figure_en: str = Field(sa_type=Text)
    figure_es: str | None = Field(default=None, sa_type=Text)
    compared_en: str | None = Field(default=None, sa_type=Text)
    compared_es: str | None = Field(default=None, sa_type=Text)
    period_en: str | None = Field(default=None, sa_type=Text)
    period_es: str | None = Field(default=None, sa_type=Text)
    claimed_by: str = Field(sa_type=Text)
    status: str = Field(default=CheckStatus.NOT_CHECKED, max_length=16)
    checked_on: date | None = None
    check_en: str | None = Field(default=None, sa_type=Text)
    check_es: str | None = Field(default=None, sa_type=Text)


class Concern(Cited, table=True):
    """A concern or an open question that somebody raised about a program, and what was answered."""

    __table_args__ = (one_of("kind", ConcernKind), UniqueConstraint("program_id", "slug"), cited())
    id: int | None = Field(default=None, primary_key=True)
    program_id: int = Field(foreign_key="program.id", index=True)
    criterion_id: int | None = Field(default=None, foreign_key="fidelity_criterion.id", index=True)
    slug: str = Field(max_length=120)
    kind: str = Field(max_length=16)
    position: int = 0
    raised_by: str = Field(sa_type=Text)
    raised_on: str | None = Field(default=None, max_length=10)
    text_en: str = Field(sa_type=Text)
    text_es: str | None = Field(default=None, sa_type=Text)
