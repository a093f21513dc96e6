"""Requests for records, and what came of them."""

from datetime import date

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from positions.followthrough.models.grounds import Kept, told_or_taken_back
from positions.followthrough.vocabulary.requests import RequestOutcome
from transcripts.models import one_of


class RecordsRequest(SQLModel, table=True):
    """What records were asked of whom, when, under what law, and by when a reply is due."""

    __tablename__ = "records_request"
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    program_id: int | None = Field(default=None, foreign_key="program.id", index=True)
    commitment_id: int | None = Field(default=None, foreign_key="commitment.id", index=True)
    what_en: str = Field(sa_type=Text)
    what_es: str | None = Field(default=None, sa_type=Text)
    asked_of: str = Field(sa_type=Text)
    asked_by: str = Field(sa_type=Text)
    asked_on: date
    due_on: date | None = None
    law: str | None = Field(default=None, sa_type=Text)
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    fictional: bool = False


class RecordsRequestEvent(Kept, table=True):
    """What became of a request on a day; `due_on` is the new day where more time was taken, `document_id` what was given."""

    __tablename__ = "records_request_event"
    __table_args__ = (one_of("outcome", RequestOutcome), told_or_taken_back("outcome"))
    request_id: int = Field(foreign_key="records_request.id", index=True)
    outcome: str | None = Field(default=None, max_length=16)
    on: date
    due_on: date | None = None
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    withdraws_id: int | None = Field(default=None, foreign_key="records_request_event.id", unique=True)
