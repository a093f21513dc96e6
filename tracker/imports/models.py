"""The tables of imports under way. Nothing here is part of the record; the files of a draft go when it is stored or thrown away."""

from datetime import datetime

from sqlalchemy import LargeBinary, Text
from sqlmodel import Field, SQLModel

from transcripts.models import now, one_of

STATES = ("draft", "queued", "storing", "stored", "failed", "cancelled")
EDITABLE = ("draft", "failed", "cancelled")
"""States in which answers can still change; a draft that failed or was cancelled has stored nothing."""


class ImportDraft(SQLModel, table=True):
    """An import under way. `answers` is JSON (`answers.Answers`); `version` grows with every answer.

    `refusal` (JSON, `Message`) says why storing failed; `tries` how often it was begun; `forum_id` and `counts` (JSON) what came of it.
    """

    __tablename__ = "import_draft"
    __table_args__ = (one_of("state", STATES),)
    key: str = Field(primary_key=True, max_length=26)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    by: str = Field(sa_type=Text)
    state: str = Field(default="draft", max_length=16, index=True)
    version: int = 1
    answers: str = Field(default="{}", sa_type=Text)
    refusal: str | None = Field(default=None, sa_type=Text)
    tries: int = 0
    forum_id: int | None = Field(default=None, foreign_key="forum.id")
    counts: str = Field(default="{}", sa_type=Text)
    began_at: datetime = Field(default_factory=now)
    changed_at: datetime = Field(default_factory=now, index=True)


class ImportFile(SQLModel, table=True):
    """A file of a draft, in order. `record` (JSON) is what its reader found, or `refusal` (JSON, `Message`) and `line`
    why it found nothing.

    `format` and `columns` (JSON) are what an editor chose; `sample` (JSON) is the table it is, None for no table; `scores`
    (JSON) is how much each format sees of itself in the file.
    """

    __tablename__ = "import_file"
    draft_key: str = Field(foreign_key="import_draft.key", primary_key=True, max_length=26)
    position: int = Field(primary_key=True)
    filename: str = Field(sa_type=Text)
    sha256: str = Field(max_length=64)
    size: int
    data: bytes = Field(sa_type=LargeBinary)
    format: str | None = Field(default=None, max_length=32)
    parser_version: int | None = None
    record: str | None = Field(default=None, sa_type=Text)
    refusal: str | None = Field(default=None, sa_type=Text)
    line: int | None = None
    scores: str = Field(default="[]", sa_type=Text)
    columns: str | None = Field(default=None, sa_type=Text)
    sample: str | None = Field(default=None, sa_type=Text)
