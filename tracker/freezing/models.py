"""The tables of the freeze. A race stands by its slug, because races may be merged; an empty slug stands for every race."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from transcripts.models import now, one_of


class FreezeSwitch(SQLModel, table=True):
    """An administrator's word over the calendar: `on` freezes, `off` does not, `calendar` takes that back. Append-only; the last counts."""

    __tablename__ = "freeze_switch"
    __table_args__ = (one_of("state", ("on", "off", "calendar")),)
    id: int | None = Field(default=None, primary_key=True)
    race: str = Field(default="", max_length=120, index=True)
    state: str = Field(max_length=16)
    why: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)


class FreezeException(SQLModel, table=True):
    """What somebody asked to change in a frozen race, and another account's word on it; printed once it is decided.

    Agreed, it holds for the account that asked, until `until`. `alone`: a command, which has one person only.
    """

    __tablename__ = "freeze_exception"
    __table_args__ = (one_of("status", ("open", "agreed", "refused", "alone")),)
    id: int | None = Field(default=None, primary_key=True)
    race: str = Field(default="", max_length=120, index=True)
    what: str = Field(default="", sa_type=Text)
    why: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    at: datetime = Field(default_factory=now)
    status: str = Field(default="open", max_length=16, index=True)
    decided_by: str | None = Field(default=None, sa_type=Text)
    decided_account_id: int | None = Field(default=None, foreign_key="account.id")
    decided_at: datetime | None = None
    decided_why: str | None = Field(default=None, sa_type=Text)
    until: datetime | None = None


class FrozenChange(SQLModel, table=True):
    """An act that changed a frozen race, under which exception. Append-only."""

    __tablename__ = "frozen_change"
    id: int | None = Field(default=None, primary_key=True)
    exception_id: int = Field(foreign_key="freeze_exception.id", index=True)
    race: str = Field(max_length=120, index=True)
    act: str = Field(max_length=64)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)
