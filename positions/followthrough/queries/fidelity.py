"""Whether a program is run as its design asks, and what was raised about it, each with what it rests on and what was answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from positions.followthrough.appending import taken_back
from positions.followthrough.fidelity import (
    AskedFor,
    Checklist,
    Criterion,
    Finding,
    Replies,
    Reply,
    Rule,
    checklist,
    replies_to,
)
from positions.followthrough.models.designs import FidelityCriterion, FidelityRule, ProgramModel
from positions.followthrough.models.findings import CityReply, FidelityFinding
from positions.followthrough.models.grounds import Cited
from positions.followthrough.models.programs import Concern, Program, ProgramBody
from positions.followthrough.queries import grounds, requests
from positions.followthrough.queries.grounds import Ground
from positions.followthrough.queries.requests import AskedRecords, Named
from positions.followthrough.vocabulary.fidelity import Fidelity
from positions.followthrough.vocabulary.programs import ConcernKind, Role
from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound
from transcripts.models import Organisation

Grounds = Mapping[int, Ground | None]
"""What rows rest on, by the identity of the row."""


@dataclass(frozen=True)
class Designed:
    """A program, the design it follows, whoever runs it by name, and who keeps its page with what interest."""

    id: int
    slug: str
    name: Bilingual
    place: str
    zone: str
    fictional: bool
    maintained_by: str | None
    interest: Bilingual | None
    model: Named | None
    run_by: tuple[str, ...]


@dataclass(frozen=True)
class Raised:
    """A concern or an open question about a program, who raised it, and what was answered to it. `on` is a partial day."""

    id: int
    slug: str
    kind: ConcernKind
    by: str
    on: str | None
    text: Bilingual
    criterion: int | None
    ground: Ground | None
    replies: Replies


class Whole(NamedTuple):
    """A program's checklist, what was raised about it, and what records were asked for."""

    checklist: Checklist
    raised: tuple[Raised, ...]
    asked: tuple[AskedRecords, ...]


def program(session: Session, slug: str) -> Designed:
    """One program by its slug. One statement. Raises NotFound."""
    rows = session.execute(
        select(Program, ProgramModel, col(Organisation.name))
        .outerjoin(ProgramModel, col(ProgramModel.id) == col(Program.model_id))
        .outerjoin(ProgramBody, (col(ProgramBody.program_id) == col(Program.id)) & (col(ProgramBody.role) == Role.RUNS))
        .outerjoin(Organisation, col(Organisation.id) == col(ProgramBody.organisation_id))
        .where(col(Program.slug) == slug)
        .order_by(col(Organisation.name))
    ).all()
    if not rows:
        raise NotFound("There is no program “{slug}” (any more).", slug=slug)
    held, model, _ = rows[0]
    return Designed(
        held.id,
        held.slug,
        Bilingual(held.name_en, held.name_es),
        held.place,
        held.zone,
        held.fictional,
        held.maintained_by,
        both(held.interest_en, held.interest_es),
        Named(model.slug, Bilingual(model.name_en, model.name_es)) if model else None,
        tuple(name for _, _, name in rows if name is not None),
    )


def of_program(session: Session, program_id: int, today: date) -> Checklist:
    """The checklist of a program as of a day; without rows where it follows no design, or one that asks for nothing we hold.

    At most five statements, those of `citations.of_places` apart where something rests on words of a forum.
    """
    design = _design(session, program_id)
    said = _replies(session, program_id)
    on = _grounds(session, [*design.rows, *said])
    asked = requests.of_ids(session, design.requests, today)
    return _checklist(design, said, on, asked, today)


def raised(session: Session, program_id: int, today: date) -> tuple[Raised, ...]:
    """Concerns and open questions in the order in which they were written down, with what was answered to each.

    At most four statements, those of words of a forum apart.
    """
    concerns = _concerns(session, program_id)
    said = _replies(session, program_id) if concerns else []
    return _raised(concerns, said, _grounds(session, [*concerns, *said]), today)


def whole(session: Session, program_id: int, today: date) -> Whole:
    """Everything of a program's page at once, in as many statements as its checklist takes and one more."""
    design, concerns = _design(session, program_id), _concerns(session, program_id)
    said = _replies(session, program_id)
    on = _grounds(session, [*design.rows, *concerns, *said])
    asked = requests.of_program(session, program_id, today)
    told = _checklist(design, said, on, {one.id: one for one in asked}, today)
    return Whole(told, _raised(concerns, said, on, today), asked)


class _Design(NamedTuple):
    """Rows of what a program's design asks for, what was found of it, and what it says of departing from it."""

    criteria: list[FidelityCriterion]
    found: list[FidelityFinding]
    rules: list[FidelityRule]

    @property
    def rows(self) -> list[Cited]:
        return [*self.criteria, *self.found, *self.rules]

    @property
    def requests(self) -> set[int]:
        return {row.request_id for row in self.found if row.request_id is not None}


def _design(session: Session, program_id: int) -> _Design:
    rows = session.execute(
        select(FidelityCriterion, FidelityFinding, FidelityRule)
        .join(Program, col(Program.model_id) == col(FidelityCriterion.model_id))
        .outerjoin(
            FidelityFinding,
            (col(FidelityFinding.criterion_id) == col(FidelityCriterion.id))
            & (col(FidelityFinding.program_id) == col(Program.id)),
        )
        .outerjoin(FidelityRule, col(FidelityRule.model_id) == col(FidelityCriterion.model_id))
        .where(col(Program.id) == program_id)
        .order_by(col(FidelityFinding.id))
    ).all()
    return _Design(
        list({row[0].id: row[0] for row in rows}.values()),
        [row[1] for row in rows if row[1] is not None],
        [row[2] for row in rows[:1] if row[2] is not None],
    )


def _concerns(session: Session, program_id: int) -> list[Concern]:
    of = select(Concern).where(col(Concern.program_id) == program_id)
    return list(session.execute(of.order_by(col(Concern.position), col(Concern.id))).scalars())


def _checklist(
    design: _Design, said: Sequence[CityReply], on: Grounds, asked: Mapping[int, AskedRecords], today: date
) -> Checklist:
    rule = next((Rule(Bilingual(row.text_en, row.text_es), on[id(row)]) for row in design.rules), None)
    told = [_criterion(row, on) for row in design.criteria]
    return checklist(told, _findings(design.found, on, asked), _told(said, on), today, rule)


def _replies(session: Session, program_id: int) -> list[CityReply]:
    of = select(CityReply).where(col(CityReply.program_id) == program_id).order_by(col(CityReply.id))
    return list(session.execute(of).scalars())


def _grounds(session: Session, rows: Sequence[Cited]) -> Grounds:
    return {id(row): one for row, one in zip(rows, grounds.of(session, rows), strict=True)}


def _criterion(row: FidelityCriterion, on: Grounds) -> Criterion:
    text = Bilingual(row.text_en, row.text_es)
    return Criterion(row.id or 0, row.slug, text, row.core, row.position, on[id(row)])


def _findings(rows: Sequence[FidelityFinding], on: Grounds, asked: Mapping[int, AskedRecords]) -> list[Finding]:
    gone = taken_back(rows)
    return [
        Finding(
            row.id or 0,
            row.key,
            row.criterion_id,
            Fidelity(row.result),
            row.on,
            row.found_by or "",
            row.recorded_at,
            both(row.text_en, row.text_es),
            both(row.interest_en, row.interest_es),
            _asked_for(asked.get(row.request_id or 0)),
            on[id(row)],
            gone.get(row.id or 0),
            row.day,
        )
        for row in rows
        if row.result is not None
    ]


def _asked_for(asked: AskedRecords | None) -> AskedFor | None:
    return AskedFor(asked.slug, asked.facts.asked_on, asked.asked_of, asked.standing) if asked else None


def _told(rows: Iterable[CityReply], on: Grounds) -> list[Reply]:
    held = list(rows)
    gone = taken_back(held)
    return [
        Reply(
            row.id or 0,
            row.key,
            row.replied_by or "",
            row.words,
            row.language,
            row.on,
            row.recorded_at,
            row.criterion_id,
            row.concern_id,
            row.received,
            on[id(row)],
            gone.get(row.id or 0),
        )
        for row in held
        if row.words is not None
    ]


def _raised(rows: Sequence[Concern], said: Sequence[CityReply], on: Grounds, today: date) -> tuple[Raised, ...]:
    answered = [one for one in _told(said, on) if one.on <= today]
    return tuple(
        Raised(
            row.id or 0,
            row.slug,
            ConcernKind(row.kind),
            row.raised_by,
            row.raised_on,
            Bilingual(row.text_en, row.text_es),
            row.criterion_id,
            on[id(row)],
            replies_to([one for one in answered if one.concern == row.id]),
        )
        for row in rows
    )


def programs(session: Session) -> tuple[tuple[Named, Named | None], ...]:
    """Every program with the design it follows, by name."""
    rows = session.execute(
        select(Program, ProgramModel)
        .outerjoin(ProgramModel, col(ProgramModel.id) == col(Program.model_id))
        .order_by(col(Program.name_en), col(Program.id))
    )
    return tuple(
        (
            Named(one.slug, Bilingual(one.name_en, one.name_es)),
            Named(model.slug, Bilingual(model.name_en, model.name_es)) if model else None,
        )
        for one, model in rows
    )


def in_short(
    session: Session, program_id: int, today: date, asked: Mapping[int, AskedRecords]
) -> tuple[Checklist, dict[int, Replies]]:
    """The checklist without what it rests on, and what was answered to each concern, by its id: two statements.

    `asked` are the requests for records of the program, by id.
    """
    rows = session.execute(
        select(FidelityCriterion, FidelityFinding)
        .join(Program, col(Program.model_id) == col(FidelityCriterion.model_id))
        .outerjoin(
            FidelityFinding,
            (col(FidelityFinding.criterion_id) == col(FidelityCriterion.id))
            & (col(FidelityFinding.program_id) == col(Program.id)),
        )
        .where(col(Program.id) == program_id)
        .order_by(col(FidelityFinding.id))
    ).all()
    criteria = list({row[0].id: row[0] for row in rows}.values())
    found: list[FidelityFinding] = [row[1] for row in rows if row[1] is not None]
    said = _replies(session, program_id)
    nothing: Grounds = dict.fromkeys(map(id, [*criteria, *found, *said]))
    told = _told(said, nothing)
    answered: dict[int, list[Reply]] = {}
    for one in told:
        if one.concern is not None and one.on <= today:
            answered.setdefault(one.concern, []).append(one)
    short = checklist([_criterion(row, nothing) for row in criteria], _findings(found, nothing, asked), told, today)
    return short, {concern: replies_to(replies) for concern, replies in answered.items()}
