"""A program in a file, with its lists."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StrictBool

from positions.followthrough.vocabulary.programs import CheckStatus, ConcernKind, MoneyKind, Stage, Step
from positions.followthrough_entries.designs import Body
from positions.followthrough_entries.grounds import Cited, PartialDay
from positions.load_fields import Both, Day, Entry, Slug, Words, Zone


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
