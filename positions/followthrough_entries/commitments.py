"""A commitment in a file, with what was recorded of it."""

from typing import Annotated, Self

from pydantic import Field, StrictBool, model_validator

from positions.followthrough.vocabulary.commitments import Axis, CommitmentKind, Occurrence
from positions.followthrough_entries.grounds import Cited
from positions.load_fields import Both, Day, Entry, Slug, Words, Zone
from positions.scale import EvidenceKind
from transcripts.messages import Message


class Looked(Entry):
    """Who looked, when and where."""

    by: Words
    at: Day
    where: Both


class Event(Entry):
    """What became of a commitment on a day; `taken_back` says why it was, where it was."""

    axis: Axis
    value: Annotated[str, Field(min_length=1, max_length=32)]
    on: Day
    text: Both | None = None
    looked: Looked | None = None
    cited: Cited | None = None
    taken_back: Both | None = None


class Due(Entry):
    """What became of one due date of a commitment that is due again and again."""

    due_on: Day
    outcome: Occurrence
    on: Day | None = None
    text: Both | None = None
    cited: Cited | None = None
    taken_back: Both | None = None


class Commitment(Entry):
    """What somebody said they would do. Made by a person (in a race or not) or by a body."""

    slug: Slug
    kind: CommitmentKind
    title: Both
    person: Slug | None = None
    contest: Slug | None = None
    organisation: Slug | None = None
    program: Slug | None = None
    topic: Slug | None = None
    statement: Slug | None = None
    said_on: Day
    zone: Zone
    criterion: Both | None = None
    measurable: StrictBool = False
    responsible: Words | None = None
    due_on: Day | None = None
    due_why: Both | None = None
    every_months: int | None = Field(default=None, ge=1, le=120)
    first_due_on: Day | None = None
    term_ends_on: Day | None = None
    origin_kind: EvidenceKind
    origin: Both | None = None
    fragment: Words | None = None
    cited: Cited
    fictional: StrictBool = False
    events: tuple[Event, ...] = ()
    occurrences: tuple[Due, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.person is None) == (self.organisation is None):
            raise ValueError(Message("needs either a person or an organisation who made it"))
        if self.contest is not None and self.person is None:
            raise ValueError(Message("a contest is named with the person who stands in it"))
        if (self.every_months is None) != (self.first_due_on is None):
            raise ValueError(Message("every_months and first_due_on stand together"))
        return self
