"""A law or decision in a file, with what depends on it."""

from typing import Self

from pydantic import StrictBool, model_validator

from positions.followthrough.vocabulary.acts import ActLevel, ActResult
from positions.followthrough_entries.grounds import Cited, PartialDay
from positions.load_fields import Both, Entry, Slug, Words
from transcripts.messages import Message


class ActLink(Entry):
    """What depends on a law: a program, a commitment, or a statement (and one person's position on it)."""

    program: Slug | None = None
    commitment: Slug | None = None
    statement: Slug | None = None
    person: Slug | None = None
    note: Both | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(one is not None for one in (self.program, self.commitment, self.statement)) != 1:
            raise ValueError(Message("needs exactly one of program, commitment or statement"))
        if self.person is not None and self.statement is None:
            raise ValueError(Message("a person is named with the statement their position is on"))
        return self


class Act(Entry):
    """A law or a decision of another body."""

    slug: Slug
    title: Both
    level: ActLevel
    body: Words
    result: ActResult
    decided_on: PartialDay | None = None
    number: Words | None = None
    summary: Both
    fictional: StrictBool = False
    cited: Cited
    links: tuple[ActLink, ...] = ()
