"""The tables of annotations: marks on words of a turn, their wordings, and where the words stand in every version of the turn."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Float, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from transcripts.models import now, one_of

SCOPES = ("private", "class", "group", "teacher", "public")
PURPOSES = ("tagging", "classifying", "commenting", "questioning", "assessing", "replying")
STATUSES = ("exact", "moved", "needs_review", "orphan")


class Annotation(SQLModel, table=True):
    """A mark somebody put on words. `key` is a ULID; `version` counts its wordings; a deleted one keeps its row."""

    __table_args__ = (one_of("scope", SCOPES), one_of("motivation", PURPOSES))
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=26)
    author: str = Field(sa_type=Text, index=True)
    scope: str = Field(default="private", max_length=16)
    motivation: str = Field(default="commenting", max_length=16)
    created_at: datetime = Field(default_factory=now)
    modified_at: datetime = Field(default_factory=now)
    version: int = 1
    deleted_at: datetime | None = None


class AnnotationBody(SQLModel, table=True):
    """One thing an annotation says in its wording `version`: a tag, a comment, a question. Append-only."""

    __tablename__ = "annotation_body"
    __table_args__ = (UniqueConstraint("annotation_id", "version", "position"), one_of("purpose", PURPOSES))
    id: int | None = Field(default=None, primary_key=True)
    annotation_id: int = Field(foreign_key="annotation.id")
    version: int
    position: int
    purpose: str = Field(max_length=16)
    text: str = Field(sa_type=Text)
    lang: str = Field(default="en", max_length=16)
    at: datetime = Field(default_factory=now)


class AnnotationAnchor(SQLModel, table=True):
    """Where an annotation's words stand in version `turn_version` of a turn (code points); an orphan stands nowhere.

    One row for every version that was looked at, never overwritten: the first is what was marked, the last is what holds.
    `score` is the likeness of the words, 0 to 1; `confirmed_by` is who said that a doubtful place is right.
    """

    __tablename__ = "annotation_anchor"
    __table_args__ = (
        one_of("status", STATUSES),
        CheckConstraint("(start IS NULL) = (status = 'orphan')", name="place"),
    )
    id: int | None = Field(default=None, primary_key=True)
    annotation_id: int = Field(foreign_key="annotation.id", index=True)
    turn_id: int = Field(foreign_key="turn.id", index=True)
    turn_version: int
    start: int | None = None
    end: int | None = None
    exact: str | None = Field(default=None, sa_type=Text)
    before: str | None = Field(default=None, sa_type=Text)
    after: str | None = Field(default=None, sa_type=Text)
    status: str = Field(max_length=16)
    method: str = Field(max_length=16)
    score: float = Field(sa_type=Float)
    confirmed_by: str | None = Field(default=None, sa_type=Text)
    at: datetime = Field(default_factory=now)
