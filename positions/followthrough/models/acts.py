"""Laws and decisions of other bodies, and what depends on them."""

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from positions.followthrough.models.grounds import Cited, cited
from positions.followthrough.vocabulary.acts import ActLevel, ActResult
from transcripts.models import one_of


class ExternalAct(Cited, table=True):
    """A law or a decision of another body that a position or a program depends on, and what became of it."""

    __tablename__ = "external_act"
    __table_args__ = (one_of("level", ActLevel), one_of("result", ActResult), cited())
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    title_en: str = Field(sa_type=Text)
    title_es: str | None = Field(default=None, sa_type=Text)
    level: str = Field(max_length=16)
    body: str = Field(sa_type=Text)
    result: str = Field(max_length=16)
    decided_on: str | None = Field(default=None, max_length=10)
    number: str | None = Field(default=None, sa_type=Text)
    summary_en: str = Field(sa_type=Text)
    summary_es: str | None = Field(default=None, sa_type=Text)
    fictional: bool = False


class ActLink(SQLModel, table=True):
    """What depends on a law or decision: a program, a commitment, or a candidate's position on a statement; `note_*` says how."""

    __tablename__ = "act_link"
    __table_args__ = (
        CheckConstraint(
            "program_id IS NOT NULL OR commitment_id IS NOT NULL OR proposition_id IS NOT NULL", name="linked"
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="external_act.id", index=True)
    program_id: int | None = Field(default=None, foreign_key="program.id", index=True)
    commitment_id: int | None = Field(default=None, foreign_key="commitment.id", index=True)
    proposition_id: int | None = Field(default=None, foreign_key="proposition.id", index=True)
    candidacy_id: int | None = Field(default=None, foreign_key="candidacy.id", index=True)
    note_en: str | None = Field(default=None, sa_type=Text)
    note_es: str | None = Field(default=None, sa_type=Text)
