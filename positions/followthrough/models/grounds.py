"""What rows of follow-through rest on, and who wrote down what is only ever added to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from transcripts.models import now

CITED = "document_id IS NOT NULL OR source_id IS NOT NULL OR turn_id IS NOT NULL"


def cited() -> CheckConstraint:
    """A row rests on a document, a source of a forum, or words of a turn."""
    return CheckConstraint(CITED, name="cited")


def told_or_taken_back(column: str) -> CheckConstraint:
    """A row says something, or takes back another one."""
    return CheckConstraint(f"(withdraws_id IS NULL) = ({column} IS NOT NULL)", name="told_or_taken_back")


class Cited(SQLModel):
    """What a row rests on: a document, a source of a forum, or code points [start, end) of a version of a turn; `place` is the page."""

    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    turn_id: int | None = Field(default=None, foreign_key="turn.id", index=True)
    turn_version: int | None = None
    start: int | None = None
    end: int | None = None
    place: str | None = Field(default=None, sa_type=Text)


class Kept(SQLModel):
    """Who wrote an append-only row, and when; `key` is its permanent name (a ULID)."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=26)
    recorded_by: str = Field(sa_type=Text)
    recorded_at: datetime = Field(default_factory=now, index=True)
    text_en: str | None = Field(default=None, sa_type=Text)
    text_es: str | None = Field(default=None, sa_type=Text)
