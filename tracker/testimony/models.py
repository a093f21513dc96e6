"""The tables of testimony. What somebody wrote is in none of them: only what it was sealed into, and what must be known beside it."""

from datetime import date, datetime

from sqlalchemy import LargeBinary, Text
from sqlmodel import Field, SQLModel

from transcripts.models import now


class Testimony(SQLModel, table=True):
    """One testimony, sealed. Days only, and rows in the order of random keys: nothing here says who came after whom.

    `about` is the slug of a program, or empty; `consent` the version of the text that was agreed to; `key_id` tells the key it
    was sealed with; `receipt` is the digest of the code that takes it back.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)
    key: str = Field(primary_key=True, max_length=32)
    receipt: str = Field(unique=True, max_length=64)
    about: str = Field(default="", max_length=120)
    received_on: date
    delete_on: date = Field(index=True)
    consent: int
    key_id: str = Field(max_length=16)
    sealed: bytes = Field(sa_type=LargeBinary)


class TestimonyTakenBack(SQLModel, table=True):
    """The digest of a code that was used: the form it came with, sent again by a browser, is not kept again. Swept on `until`."""

    __tablename__ = "testimony_taken_back"
    receipt: str = Field(primary_key=True, max_length=64)
    until: date = Field(index=True)


class TestimonySwitch(SQLModel, table=True):
    """An administrator opened or closed it: with which key, for how many days, after reading which version of the limits.

    Append-only; the last row counts.
    """

    __tablename__ = "testimony_switch"
    id: int | None = Field(default=None, primary_key=True)
    is_open: bool
    key_id: str = Field(default="", max_length=16)
    limits: int = 0
    days: int = 0
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)
