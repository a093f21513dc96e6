"""Documents, their numbered copies with pages and paragraphs, files that wait to be looked over, and whether addresses answer."""

from datetime import date, datetime

from sqlalchemy import LargeBinary, Text, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from positions.followthrough.vocabulary.documents import DocumentKind
from transcripts.models import now, one_of
from transcripts.vocabulary import Right


class Document(SQLModel, table=True):
    """Something written that follow-through rests on, whether or not we hold a copy. `url` is None where we hold no link."""

    __table_args__ = (one_of("kind", DocumentKind), one_of("publishing_right", Right))
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    kind: str = Field(max_length=16)
    title_en: str = Field(sa_type=Text)
    title_es: str | None = Field(default=None, sa_type=Text)
    publisher: str | None = Field(default=None, sa_type=Text)
    published_on: str | None = Field(default=None, max_length=10)
    url: str | None = Field(default=None, sa_type=Text)
    archived_url: str | None = Field(default=None, sa_type=Text)
    archived_on: date | None = None
    language: str = Field(default="en", max_length=16)
    publishing_right: str = Field(default=Right.WHOLE, max_length=16)
    interest_en: str | None = Field(default=None, sa_type=Text)
    interest_es: str | None = Field(default=None, sa_type=Text)
    summary_en: str | None = Field(default=None, sa_type=Text)
    summary_es: str | None = Field(default=None, sa_type=Text)
    fictional: bool = False


class DocumentCopy(SQLModel, table=True):
    """One copy of a document as it was on a day, the nth we hold; its bytes are a source file. Append-only."""

    __tablename__ = "document_copy"
    __table_args__ = (UniqueConstraint("document_id", "n"), UniqueConstraint("document_id", "sha256"))
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    n: int
    sha256: str = Field(foreign_key="source_file.sha256", index=True, max_length=64)
    file_name: str = Field(sa_type=Text)
    media_type: str = Field(max_length=120)
    captured_on: date
    pages: int | None = None
    recorded_by: str = Field(sa_type=Text)
    recorded_at: datetime = Field(default_factory=now, index=True)


class DocumentPassage(SQLModel, table=True):
    """One paragraph of a copy of a document, as it was read from the file; `page` begins at 1. Found by search under its key."""

    __tablename__ = "document_passage"
    __table_args__ = (UniqueConstraint("copy_id", "position"),)
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=26)
    copy_id: int = Field(foreign_key="document_copy.id", index=True)
    position: int
    page: int | None = None
    heading: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    text: str = Field(sa_type=Text)


class DocumentUpload(SQLModel, table=True):
    """A file that an editor looks over before it becomes a copy of a document; `paper` is what was read in it, as JSON."""

    __tablename__ = "document_upload"
    key: str = Field(primary_key=True, max_length=26)
    document_id: int = Field(foreign_key="document.id", index=True)
    file_name: str = Field(sa_type=Text)
    sha256: str = Field(max_length=64)
    data: bytes = Field(sa_type=LargeBinary)
    captured_on: date
    paper: str = Field(sa_type=Text)
    sent_by: str = Field(sa_type=Text)
    sent_at: datetime = Field(default_factory=now)


class LinkCheck(SQLModel, table=True):
    """What became of an address when it was last asked for; `failing_since` is the first of the failures in a row."""

    __tablename__ = "link_check"
    url: str = Field(primary_key=True, sa_type=Text)
    checked_at: datetime
    status: int | None = None
    reason: str | None = Field(default=None, sa_type=Text)
    failing_since: datetime | None = None
