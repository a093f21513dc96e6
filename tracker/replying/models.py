"""The tables of replies. Race, person and program stand by their slugs; the link is kept as a digest only."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from transcripts.models import now


class ReplyInvitation(SQLModel, table=True):
    """A candidate's link, and how it was made sure that it is theirs (printed). A later one ends those before."""

    __tablename__ = "reply_invitation"
    id: int | None = Field(default=None, primary_key=True)
    race: str = Field(max_length=120, index=True)
    person: str = Field(max_length=120)
    digest: str = Field(unique=True, max_length=64)
    verified: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)
    ended_at: datetime | None = None


class Reply(SQLModel, table=True):
    """One version of a candidate's reply; the last one stands, one without words takes it back. Append-only.

    `statement` is the slug of the statement replied to, empty for the comparison as a whole.
    """

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="reply_invitation.id", index=True)
    text: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)
    statement: str = Field(default="", max_length=120, sa_column_kwargs={"server_default": ""})


class BodyInvitation(SQLModel, table=True):
    """The link by which a body that runs a program replies itself, and how it was made sure that it is theirs (printed).

    `body` is the name their replies are printed under. A later link ends those before; what they write is a `CityReply`.
    """

    __tablename__ = "body_invitation"
    id: int | None = Field(default=None, primary_key=True)
    program: str = Field(max_length=120, index=True)
    body: str = Field(sa_type=Text)
    digest: str = Field(unique=True, max_length=64)
    verified: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)
    ended_at: datetime | None = None
