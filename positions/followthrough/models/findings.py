"""What somebody found of a program held against its design, and what was answered."""

from datetime import date

from sqlalchemy import Text
from sqlmodel import Field

from positions.followthrough.models.grounds import Cited, Kept, told_or_taken_back
from positions.followthrough.vocabulary.fidelity import Fidelity
from transcripts.models import one_of


class FidelityFinding(Kept, Cited, table=True):
    """What somebody found of one criterion at one program, as of a day. `interest_*`: the stake of whoever found it.

    `day` is that day as its source gives it where that is less exact (2018); `on` is then the first day it may be.
    """

    __tablename__ = "fidelity_finding"
    __table_args__ = (one_of("result", Fidelity), told_or_taken_back("result"))
    program_id: int = Field(foreign_key="program.id", index=True)
    criterion_id: int = Field(foreign_key="fidelity_criterion.id", index=True)
    result: str | None = Field(default=None, max_length=16)
    on: date
    found_by: str | None = Field(default=None, sa_type=Text)
    interest_en: str | None = Field(default=None, sa_type=Text)
    interest_es: str | None = Field(default=None, sa_type=Text)
    request_id: int | None = Field(default=None, foreign_key="records_request.id", index=True)
    withdraws_id: int | None = Field(default=None, foreign_key="fidelity_finding.id", unique=True)
    day: str | None = Field(default=None, max_length=10)


class CityReply(Kept, Cited, table=True):
    """What whoever runs a program answers, in their own words (`words`), to the whole page, a criterion or a concern.

    `received`: how it reached us, where no document holds it. `text_*` says why a reply was taken back.
    """

    __tablename__ = "city_reply"
    __table_args__ = (told_or_taken_back("words"),)
    program_id: int = Field(foreign_key="program.id", index=True)
    criterion_id: int | None = Field(default=None, foreign_key="fidelity_criterion.id", index=True)
    concern_id: int | None = Field(default=None, foreign_key="concern.id", index=True)
    replied_by: str | None = Field(default=None, sa_type=Text)
    words: str | None = Field(default=None, sa_type=Text)
    language: str = Field(default="en", max_length=16)
    on: date
    received: str | None = Field(default=None, sa_type=Text)
    withdraws_id: int | None = Field(default=None, foreign_key="city_reply.id", unique=True)
