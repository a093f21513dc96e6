"""Designs that programs follow, and what each asks for."""

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from positions.followthrough.models.grounds import Cited, cited


class ProgramModel(SQLModel, table=True):
    """The design that programs of several places follow, such as LEAD."""

    __tablename__ = "program_model"
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    name_en: str = Field(sa_type=Text)
    name_es: str | None = Field(default=None, sa_type=Text)
    summary_en: str = Field(sa_type=Text)
    summary_es: str | None = Field(default=None, sa_type=Text)
    place: str | None = Field(default=None, sa_type=Text)
    fictional: bool = False


class FidelityCriterion(Cited, table=True):
    """What a design asks of whoever says they follow it, and where it says so."""

    __tablename__ = "fidelity_criterion"
    __table_args__ = (UniqueConstraint("model_id", "slug"), cited())
    id: int | None = Field(default=None, primary_key=True)
    model_id: int = Field(foreign_key="program_model.id", index=True)
    slug: str = Field(max_length=120)
    position: int = 0
    core: bool = True
    text_en: str = Field(sa_type=Text)
    text_es: str | None = Field(default=None, sa_type=Text)


class FidelityRule(Cited, table=True):
    """What a design says of programs that depart from it, told in our words, and where it says so; at most one for a design."""

    __tablename__ = "fidelity_rule"
    __table_args__ = (UniqueConstraint("model_id"), cited())
    id: int | None = Field(default=None, primary_key=True)
    model_id: int = Field(foreign_key="program_model.id")
    text_en: str = Field(sa_type=Text)
    text_es: str | None = Field(default=None, sa_type=Text)
