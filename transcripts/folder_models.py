"""The tables of folders: quotations somebody keeps without an account, in their order, with notes. No words of the record are in them."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from transcripts.models import now


class QuoteFolder(SQLModel, table=True):
    """A folder: known by the digests of two links, one to change it and one to read it. `version` counts its changes."""

    __tablename__ = "quote_folder"
    id: int | None = Field(default=None, primary_key=True)
    edit_digest: str = Field(unique=True, max_length=64)
    share_digest: str = Field(unique=True, max_length=64)
    title: str = Field(sa_type=Text)
    version: int = 1
    created_at: datetime = Field(default_factory=now)
    changed_at: datetime = Field(default_factory=now, index=True)


class FolderQuote(SQLModel, table=True):
    """Words in a folder by their place: code points [start, end) of a version of a turn, all of it where both are None."""

    __tablename__ = "folder_quote"
    id: int | None = Field(default=None, primary_key=True)
    folder_id: int = Field(foreign_key="quote_folder.id", index=True)
    position: int
    turn_id: int = Field(foreign_key="turn.id", index=True)
    turn_version: int
    start: int | None = None
    end: int | None = None
    note: str = Field(default="", sa_type=Text)
    added_at: datetime = Field(default_factory=now)
