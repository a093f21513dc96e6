"""The tables of the quote quiz. Append-only: the latest row of a phrase or a quotation is what holds.

They name race, statement and person by slug and words by digest, so that nothing that may be withheld is copied here.
"""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from positions.quiz import VERDICTS
from transcripts.models import now, one_of

BLANK, LEAVE, OFF = "blank", "leave", "off"
TREATMENTS = (BLANK, LEAVE, OFF)
"""What happens to a phrase: left out of every card, allowed to stand, or off the list again."""


class QuizWord(SQLModel, table=True):
    """A phrase an editor put on a race's list, as one that gives a speaker away or as one that does not."""

    __tablename__ = "quiz_word"
    __table_args__ = (one_of("treatment", TREATMENTS),)
    id: int | None = Field(default=None, primary_key=True)
    contest: str = Field(max_length=120, index=True)
    phrase: str = Field(sa_type=Text)
    treatment: str = Field(max_length=16)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)


class QuizDecision(SQLModel, table=True):
    """What an editor said of a candidate's words (`words`, their digest) as a card (`card`, a digest of what was shown)."""

    __tablename__ = "quiz_decision"
    __table_args__ = (one_of("verdict", VERDICTS),)
    id: int | None = Field(default=None, primary_key=True)
    contest: str = Field(max_length=120, index=True)
    statement: str = Field(max_length=120)
    person: str = Field(max_length=120)
    words: str = Field(max_length=64)
    card: str = Field(max_length=64)
    verdict: str = Field(max_length=16)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)
