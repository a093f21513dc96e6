"""What an entry rests on, and how days, keys and numbers are written."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from positions.followthrough import days
from positions.load_fields import Entry, Slug, Words
from transcripts.errors import Refusal
from transcripts.messages import Message


def _written(value: object) -> object:
    """A year or a day as a file of YAML gives it, written out."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:04}" if isinstance(value, int) and not isinstance(value, bool) else value


def _partial(value: str) -> str:
    try:
        return str(days.PartialDay.of(value))
    except Refusal as error:
        raise ValueError(Message("must be a year, a month or a day such as 2017, 2017-11 or 2017-11-05")) from error


PartialDay = Annotated[str, BeforeValidator(_written), AfterValidator(_partial)]
Key = Annotated[Slug, Field(max_length=64)]
Number = Annotated[Decimal, Field(max_digits=18, decimal_places=4, allow_inf_nan=False)]


class Cited(Entry):
    """What something rests on: a document, a source of a forum, or words of a forum (said, or named by turn and place).

    `place` is the page, section or time.
    """

    document: Slug | None = None
    forum: Slug | None = None
    source: Slug | None = None
    words: Words | None = None
    turn: Annotated[str, Field(min_length=1, max_length=26)] | None = None
    version: int | None = Field(default=None, ge=1)
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=1)
    place: Words | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        named = [name for name in ("document", "source", "words", "turn") if getattr(self, name) is not None]
        if len(named) != 1:
            raise ValueError(Message("needs exactly one of document, source (with forum), words (with forum) or turn"))
        if (self.forum is None) == (named[0] in ("source", "words")):
            raise ValueError(Message("a source and words are named with their forum, nothing else is"))
        if (self.start is None) != (self.end is None) or (self.start or 0) > (self.end or 0):
            raise ValueError(Message("start and end stand together, the start before the end"))
        return self
