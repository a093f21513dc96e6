"""What a file for `tracker load` may say of follow-through: documents, designs, programs, commitments, figures, findings, requests,
laws and a glossary (docs/load.md). Validated before anything is stored.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, model_validator

from positions.followthrough import days
from positions.followthrough.vocabulary import (
    ActLevel,
    ActResult,
    Axis,
    CheckStatus,
    CommitmentKind,
    ConcernKind,
    DocumentKind,
    Fidelity,
    IndicatorKind,
    MoneyKind,
    Occurrence,
    Part,
    RequestOutcome,
    Role,
    Stage,
    Step,
)
from positions.load_fields import Both, Day, Entry, FileName, InBoth, Language, Slug, Url, Words, Zone
from positions.scale import EvidenceKind
from transcripts.errors import Refusal
from transcripts.messages import Message
from transcripts.vocabulary import Right


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


class Document(Entry):
    slug: Slug
    kind: DocumentKind
    title: Both
    publisher: Words | None = None
    published_on: PartialDay | None = None
    url: Url | None = None
    archived_url: Url | None = None
    archived_on: Day | None = None
    language: Language = "en"
    right: Right = Right.WHOLE
    interest: Both | None = None
    summary: Both | None = None
    fictional: StrictBool = False
    file: FileName | None = None
    captured_on: Day | None = None


class Body(Entry):
    organisation: Slug
    role: Role
    since: PartialDay | None = None
    until: PartialDay | None = None
    note: Both | None = None
    cited: Cited | None = None


class Criterion(Entry):
    slug: Slug
    text: Both
    core: StrictBool = True
    cited: Cited


class Rule(Entry):
    """What a design says of programs that depart from it, told in our words."""

    text: Both
    cited: Cited


class Model(Entry):
    """A design that programs of several places follow."""

    slug: Slug
    name: Both
    summary: Both
    place: Words | None = None
    fictional: StrictBool = False
    bodies: tuple[Body, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    rule: Rule | None = None


class History(Entry):
    """One line of a program's history."""

    slug: Slug
    on: PartialDay
    step: Step
    text: Both
    cited: Cited


class Money(Entry):
    slug: Slug
    kind: MoneyKind
    amount: Annotated[Decimal, Field(max_digits=16, decimal_places=2, ge=0, allow_inf_nan=False)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "USD"
    first_on: PartialDay | None = None
    last_on: PartialDay | None = None
    giver: Words | None = None
    text: Both | None = None
    cited: Cited


class Claim(Entry):
    """What somebody says a program achieves."""

    slug: Slug
    figure: Both
    compared: Both | None = None
    period: Both | None = None
    claimed_by: Words
    status: CheckStatus = CheckStatus.NOT_CHECKED
    checked_on: Day | None = None
    check: Both | None = None
    cited: Cited


class Concern(Entry):
    slug: Slug
    kind: ConcernKind
    criterion: Slug | None = None
    raised_by: Words
    raised_on: PartialDay | None = None
    text: Both
    cited: Cited


class Program(Entry):
    slug: Slug
    name: Both
    model: Slug | None = None
    topic: Slug | None = None
    place: Words
    zone: Zone
    stage: Stage
    began: PartialDay | None = None
    ended: PartialDay | None = None
    summary: Both
    elsewhere: StrictBool = False
    fictional: StrictBool = False
    maintained_by: Words | None = None
    interest: Both | None = None
    statements: tuple[Slug, ...] = ()
    documents: tuple[Slug, ...] = ()
    bodies: tuple[Body, ...] = ()
    history: tuple[History, ...] = ()
    money: tuple[Money, ...] = ()
    claims: tuple[Claim, ...] = ()
    concerns: tuple[Concern, ...] = ()


class Finding(Entry):
    """What somebody found of one criterion at one program; the same words of the same day by the same people are one finding."""

    program: Slug
    criterion: Slug
    result: Fidelity
    on: PartialDay
    text: Both
    found_by: Words
    interest: Both | None = None
    request: Slug | None = None
    cited: Cited | None = None


class Reply(Entry):
    """What whoever runs a program answers, word for word."""

    program: Slug
    criterion: Slug | None = None
    concern: Slug | None = None
    replied_by: Words
    words: Words
    language: Language = "en"
    on: Day
    received: Words | None = None
    cited: Cited | None = None


class RequestEvent(Entry):
    outcome: RequestOutcome
    on: Day
    text: Both | None = None
    due_on: Day | None = None
    document: Slug | None = None


class Request(Entry):
    """A request for records."""

    slug: Slug
    program: Slug | None = None
    commitment: Slug | None = None
    what: Both
    asked_of: Words
    asked_by: Words
    asked_on: Day
    due_on: Day | None = None
    law: Words | None = None
    document: Slug | None = None
    fictional: StrictBool = False
    events: tuple[RequestEvent, ...] = ()


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


class Category(Entry):
    key: Key
    en: Words
    es: Words | None = None


class FigureAxis(Entry):
    """One way to break a figure down, such as by gender."""

    key: Key
    en: Words
    es: Words | None = None
    categories: tuple[Category, ...]


class Headline(Entry):
    """The ratio that is told first: `over` against `under`, two categories of one axis."""

    axis: Key
    over: Key
    under: Key


class Observation(Entry):
    """One value; none where the source itself hides it."""

    first_on: Day | None = None
    last_on: Day
    axis: Key | None = None
    category: Key | None = None
    value: Number | None = None


class Figure(Entry):
    """A figure that is followed (indicator)."""

    slug: Slug
    program: Slug | None = None
    commitment: Slug | None = None
    name: Both
    kind: IndicatorKind
    unit: Both
    people: StrictBool = False
    denominator: Both | None = None
    about: Both | None = None
    part: Part | None = None
    part_of: Slug | None = None
    axes: tuple[FigureAxis, ...] = ()
    headline: Headline | None = None
    cited: Cited
    fictional: StrictBool = False
    observations: tuple[Observation, ...] = ()
    file: FileName | None = None


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


class TermAlias(Entry):
    lang: Literal["en", "es"]
    text: Words
    exact_case: StrictBool = False


class Term(Entry):
    """A word of the glossary, in both languages."""

    slug: Slug
    term: InBoth
    meaning: InBoth
    aliases: tuple[TermAlias, ...] = ()
    topic: Slug | None = None
    cited: Cited | None = None
