"""The lines of a program by the list they stand in: history, money, claims, concerns, bodies, statements; all in one statement."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Integer, Numeric, Select, Text, cast, literal, null
from sqlmodel import Session, SQLModel, col

from positions.followthrough import models
from positions.followthrough.days import PartialDay
from positions.followthrough.models.grounds import Cited
from positions.followthrough.models.programs import ProgramProposition
from positions.followthrough.queries import grounds
from positions.followthrough.queries.answering import Answered
from positions.followthrough.queries.grounds import Ground
from positions.followthrough.vocabulary.programs import CheckStatus, ConcernKind, MoneyKind, Role, Step
from positions.models import Contest, Proposition
from transcripts.bilingual import Bilingual, both
from transcripts.models import Organisation


@dataclass(frozen=True)
class History:
    """One line of a program's history."""

    slug: str
    on: PartialDay
    step: Step
    text: Bilingual
    ground: Ground | None


@dataclass(frozen=True)
class Money:
    """A sum in units of `currency`, for the time between two partial days where it is known."""

    slug: str
    kind: MoneyKind
    amount: Decimal
    currency: str
    first: PartialDay | None
    last: PartialDay | None
    giver: str | None
    text: Bilingual | None
    ground: Ground | None


@dataclass(frozen=True)
class Claim:
    """What somebody says the program achieves, and how far it was checked."""

    slug: str
    figure: Bilingual
    claimed_by: str
    status: CheckStatus
    ground: Ground | None


@dataclass(frozen=True)
class Concern:
    """A concern or an open question; `id` is what a reply names."""

    id: int
    slug: str
    kind: ConcernKind
    raised_by: str
    raised: PartialDay | None
    text: Bilingual
    ground: Ground | None


@dataclass(frozen=True)
class Body:
    """What an organisation is to the program."""

    slug: str
    name: str
    role: Role


def day(text: str | None) -> PartialDay | None:
    """A partial day as a column holds it."""
    return PartialDay.of(text) if text else None


def of_program(session: Session, program_id: int) -> dict[str, Any]:
    """Everything told of a program, asked for in one statement, and where it all stands in three more."""
    asked = sqlalchemy.union_all(*(_PARTS[name](program_id) for name in _MADE))
    rows = session.execute(asked).all()
    led = grounds.leading(session, [_cited(row) for row in rows])
    found: dict[str, list[Any]] = {name: [] for name in _MADE}
    for row, ground in sorted(zip(rows, led, strict=True), key=lambda pair: (pair[0].position, pair[0].id)):
        found[row.part].append(_MADE[row.part](row, ground))
    return {name: tuple(ones) for name, ones in found.items()}


def _cited(row: Any) -> Cited:
    return Cited(
        **{
            name: getattr(row, name)
            for name in ("document_id", "source_id", "turn_id", "turn_version", "start", "end", "place")
        }
    )


_EMPTY: dict[str, ColumnElement[Any]] = {
    "part": cast(null(), Text),
    "position": cast(null(), Integer),
    "id": cast(null(), Integer),
    "slug": cast(null(), Text),
    "kind": cast(null(), Text),
    "first_on": cast(null(), Text),
    "last_on": cast(null(), Text),
    "who": cast(null(), Text),
    "en": cast(null(), Text),
    "es": cast(null(), Text),
    "more_en": cast(null(), Text),
    "more_es": cast(null(), Text),
    "amount": cast(null(), Numeric(16, 2)),
    "document_id": cast(null(), Integer),
    "source_id": cast(null(), Integer),
    "turn_id": cast(null(), Integer),
    "turn_version": cast(null(), Integer),
    "start": cast(null(), Integer),
    "end": cast(null(), Integer),
    "place": cast(null(), Text),
}
"""The columns every part is asked for with; what a part does not have is NULL."""


def _columns(part: str, **has: Any) -> list[ColumnElement[Any]]:
    held = {"part": literal(part), "position": literal(0), **has}
    return [held.get(name, empty).label(name) for name, empty in _EMPTY.items()]


def _of(model: Any) -> dict[str, Any]:
    """Id, slug and what a row rests on."""
    return {"id": model.id, "slug": model.slug, **{name: getattr(model, name) for name in list(_EMPTY)[-7:]}}


def _select(model: type[SQLModel], part: str, program_id: int, **has: Any) -> Select[Any]:
    table: Any = model
    return sqlalchemy.select(*_columns(part, **_of(table), **has)).where(table.program_id == program_id)


def _history(id: int) -> Select[Any]:
    one = models.programs.ProgramEvent
    return _select(one, "history", id, kind=one.step, first_on=one.on, en=one.text_en, es=one.text_es)


def _money(id: int) -> Select[Any]:
    one = models.programs.ProgramMoney
    told = {"first_on": one.first_on, "last_on": one.last_on, "en": one.text_en, "es": one.text_es}
    return _select(one, "money", id, kind=one.kind, who=one.giver, amount=one.amount, more_en=one.currency, **told)


def _claims(id: int) -> Select[Any]:
    one = models.programs.ProgramClaim
    return _select(one, "claims", id, kind=one.status, who=one.claimed_by, en=one.figure_en, es=one.figure_es)


def _concerns(id: int) -> Select[Any]:
    one = models.programs.Concern
    told = {"position": one.position, "first_on": one.raised_on, "who": one.raised_by}
    return _select(one, "concerns", id, kind=one.kind, en=one.text_en, es=one.text_es, **told)


def _bodies(id: int) -> Select[Any]:
    one = models.programs.ProgramBody
    has = {"id": one.id, "slug": Organisation.slug, "kind": one.role, "who": Organisation.name}
    asked = sqlalchemy.select(*_columns("bodies", **has)).select_from(one)
    return asked.join(Organisation, col(Organisation.id) == col(one.organisation_id)).where(col(one.program_id) == id)


def _statements(id: int) -> Select[Any]:
    said = {"id": Proposition.id, "position": Proposition.position, "slug": Proposition.slug}
    texts = {"en": Proposition.text_en, "es": Proposition.text_es}
    race = {"who": Contest.slug, "more_en": Contest.title_en, "more_es": Contest.title_es}
    return (
        sqlalchemy.select(*_columns("statements", **said, **texts, **race))
        .select_from(ProgramProposition)
        .join(Proposition, col(Proposition.id) == col(ProgramProposition.proposition_id))
        .join(Contest, col(Contest.id) == col(Proposition.contest_id))
        .where(col(ProgramProposition.program_id) == id, col(Proposition.status) == "open")
    )


_PARTS = {
    "history": _history,
    "money": _money,
    "claims": _claims,
    "concerns": _concerns,
    "bodies": _bodies,
    "statements": _statements,
}
_MADE: Mapping[str, Callable[[Any, Ground | None], object]] = {
    "history": lambda row, ground: History(
        row.slug, PartialDay.of(row.first_on), Step(row.kind), Bilingual(row.en, row.es), ground
    ),
    "money": lambda row, ground: Money(
        row.slug,
        MoneyKind(row.kind),
        row.amount,
        row.more_en,
        day(row.first_on),
        day(row.last_on),
        row.who,
        both(row.en, row.es),
        ground,
    ),
    "claims": lambda row, ground: Claim(row.slug, Bilingual(row.en, row.es), row.who, CheckStatus(row.kind), ground),
    "concerns": lambda row, ground: Concern(
        row.id, row.slug, ConcernKind(row.kind), row.who, day(row.first_on), Bilingual(row.en, row.es), ground
    ),
    "bodies": lambda row, ground: Body(row.slug, row.who, Role(row.kind)),
    "statements": lambda row, ground: Answered(
        row.slug, Bilingual(row.en, row.es), row.who, Bilingual(row.more_en, row.more_es)
    ),
}
"""How a row of each part becomes what it tells."""
