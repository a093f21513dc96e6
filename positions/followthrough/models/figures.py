"""Figures and their numbers, which come in batches."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric, Text
from sqlmodel import Field, SQLModel

from positions.followthrough.models.grounds import Cited, cited
from positions.followthrough.vocabulary.figures import IndicatorKind, Part
from transcripts.models import now, one_of


class Indicator(Cited, table=True):
    """A figure that is followed: what it counts, in what unit, of how many.

    `axes` is a JSON list of {key, en, es, categories: [{key, en, es}]}; `headline` a JSON object {axis, over, under} that names the
    two categories whose ratio is told first; `mapping` the columns of the last file that was read; `part_of` the slug of the figure
    whose numbers hold these (no key: a figure may outlive the one it is a part of).
    """

    __table_args__ = (one_of("kind", IndicatorKind), one_of("part", Part), cited())
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    program_id: int | None = Field(default=None, foreign_key="program.id", index=True)
    commitment_id: int | None = Field(default=None, foreign_key="commitment.id", index=True)
    position: int = 0
    name_en: str = Field(sa_type=Text)
    name_es: str | None = Field(default=None, sa_type=Text)
    kind: str = Field(max_length=16)
    unit_en: str = Field(sa_type=Text)
    unit_es: str | None = Field(default=None, sa_type=Text)
    people: bool = False
    denominator_en: str | None = Field(default=None, sa_type=Text)
    denominator_es: str | None = Field(default=None, sa_type=Text)
    about_en: str | None = Field(default=None, sa_type=Text)
    about_es: str | None = Field(default=None, sa_type=Text)
    part: str | None = Field(default=None, max_length=16)
    axes: str = Field(default="[]", sa_type=Text)
    headline: str | None = Field(default=None, sa_type=Text)
    mapping: str | None = Field(default=None, sa_type=Text)
    fictional: bool = False
    part_of: str | None = Field(default=None, max_length=120)


class ObservationBatch(Cited, table=True):
    """What was read in one go for a figure, from a file or a form; later batches stand over earlier ones, value by value."""

    __tablename__ = "observation_batch"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=26)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    file_name: str | None = Field(default=None, sa_type=Text)
    sha256: str | None = Field(default=None, max_length=64)
    recorded_by: str = Field(sa_type=Text)
    recorded_at: datetime = Field(default_factory=now, index=True)


class Observation(SQLModel, table=True):
    """One value: as of `last_on`, or from `first_on` to it; of one category of one axis, or the whole where both are NULL.

    `value` is NULL where the source itself hides it. Read only through `queries/figures.py`, which lets no small number of people out.
    """

    __table_args__ = (
        CheckConstraint("(axis IS NULL) = (category IS NULL)", name="axis_and_category"),
        CheckConstraint("first_on IS NULL OR first_on <= last_on", name="period"),
    )
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="observation_batch.id", index=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    first_on: date | None = None
    last_on: date = Field(index=True)
    axis: str | None = Field(default=None, max_length=64)
    category: str | None = Field(default=None, max_length=64)
    value: Decimal | None = Field(default=None, sa_type=Numeric(18, 4))
