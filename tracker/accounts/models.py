"""The tables of accounts. Secrets are kept as digests only: a copy of the database opens no door."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from tracker.accounts.roles import AccountRole as Role
from transcripts.models import now, one_of


class Account(SQLModel, table=True):
    """Somebody who may sign in. `name` is printed beside what they change; `folded` is what they sign in with."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text)
    folded: str = Field(unique=True, max_length=120)
    password: str | None = Field(default=None, sa_type=Text)
    created_at: datetime = Field(default_factory=now)
    disabled_at: datetime | None = None


class AccountRole(SQLModel, table=True):
    """A role an account holds beside being a member."""

    __tablename__ = "account_role"
    __table_args__ = (one_of("role", tuple(role for role in Role if role != Role.MEMBER)),)
    account_id: int = Field(foreign_key="account.id", primary_key=True)
    role: str = Field(primary_key=True, max_length=16)


class SignIn(SQLModel, table=True):
    """A browser that is signed in. `id` names it in lists; the cookie's secret is kept as a digest."""

    __tablename__ = "sign_in"
    id: str = Field(primary_key=True, max_length=26)
    digest: str = Field(unique=True, max_length=64)
    account_id: int = Field(foreign_key="account.id", index=True)
    device: str = Field(default="", max_length=120)
    created_at: datetime = Field(default_factory=now)
    seen_at: datetime = Field(default_factory=now)
    expires_at: datetime
    ended_at: datetime | None = None


class OneTimeLink(SQLModel, table=True):
    """A link that works once: to make an account with `roles` (between commas), or to choose a password for `account_id`."""

    __tablename__ = "one_time_link"
    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(unique=True, max_length=64)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    roles: str = Field(default="", max_length=64)
    made_by: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(default_factory=now)
    expires_at: datetime
    used_at: datetime | None = None


class AuditEntry(SQLModel, table=True):
    """One privileged act: who, what, on what. Append-only by trigger; `digest` chains it to the entry before."""

    __tablename__ = "audit_entry"
    seq: int | None = Field(default=None, primary_key=True)
    at: datetime
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    name: str = Field(sa_type=Text)
    act: str = Field(max_length=64, index=True)
    subject: str = Field(default="", sa_type=Text)
    detail: str = Field(default="", sa_type=Text)
    digest: str = Field(max_length=64)


class AuditCheckpoint(SQLModel, table=True):
    """How far the log of acts had come, as a signed note that others keep too: the copy here is for convenience only."""

    __tablename__ = "audit_checkpoint"
    seq: int | None = Field(default=None, primary_key=True)
    at: datetime
    entries: int
    head: str = Field(max_length=64)
    note: str = Field(sa_type=Text)
    sent_at: datetime | None = None


class DoneForm(SQLModel, table=True):
    """A form that was carried out, by its idempotency key, and where its answer led: sent again, it changes nothing."""

    __tablename__ = "done_form"
    __table_args__ = (UniqueConstraint("account_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    key: str = Field(max_length=26, index=True)
    url: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)


class RateCount(SQLModel, table=True):
    """How often something happened in the present window; `resets_at` is seconds since 1970."""

    __tablename__ = "rate_count"
    key: str = Field(primary_key=True, max_length=200)
    count: int = 0
    resets_at: float = 0.0
