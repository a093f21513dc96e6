"""Commitments with what was recorded of them: how each stands on a day, its due dates, and everything that happened in order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from positions.followthrough import models
from positions.followthrough.commitments import Commitment, Standing, standing
from positions.followthrough.models.commitments import CommitmentEvent, DueOccurrence
from positions.followthrough.models.programs import Program
from positions.followthrough.queries import grounds, unjudged
from positions.followthrough.queries.grounds import Ground
from positions.followthrough.queries.recorded import Happened, Observed, by_commitment, happened, observed
from positions.followthrough.queries.unjudged import LAST_ZONE
from positions.followthrough.recurrence import Due, outcomes, tally
from positions.followthrough.reminders import Reminder, Watched, reminders
from positions.followthrough.stored import events_of, facts, seen_of
from positions.followthrough.vocabulary.commitments import Axis, CommitmentKind, Occurrence, Verdict
from positions.models import Candidacy, Contest
from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound
from transcripts.models import Organisation, Person

Today = Callable[[str], date]
"""The day it is in a time zone."""
_Guide = aliased(Contest)


@dataclass(frozen=True)
class Named:
    """Something a commitment belongs to, with its own page."""

    slug: str
    name: Bilingual


@dataclass(frozen=True)
class TrackedCommitment:
    """A commitment, how it stands, what became of its due dates, and everything recorded of it in order.

    `person` or `organisation` made it; `race` is that of the candidacy. `told` tells the words in ours where we hold no quotation,
    with at most a `fragment`; `ground` is what it rests on, asked for a single page only. `unjudged` is a race whose guide judges
    nobody and in which the maker stands: until it is over readers are not told what became of it, and `happened`, `observed` and
    `dues` are empty for them.
    """

    id: int
    slug: str
    title: Bilingual
    facts: Commitment
    standing: Standing
    dues: tuple[Due, ...]
    happened: tuple[Happened, ...]
    observed: tuple[Observed, ...]
    maker: str
    person: Named | None
    organisation: Named | None
    race: Named | None
    program: Named | None
    said_on: date
    zone: str
    criterion: Bilingual | None
    responsible: str | None
    due_why: Bilingual | None
    origin_kind: str
    told: Bilingual | None
    fragment: str | None
    fictional: bool
    ground: Ground | None = None
    unjudged: Named | None = None

    @property
    def kind(self) -> CommitmentKind:
        """What sort of saying it is."""
        return self.facts.kind

    @property
    def told_of(self) -> bool:
        """Whether there is anything to keep or to break, and readers may be told what became of it."""
        return self.facts.tracked and self.unjudged is None

    @property
    def verdict(self) -> Verdict | None:
        """The verdict told in a line: “too early” only where a day is known on which it no longer is."""
        early = self.standing.verdict == Verdict.TOO_EARLY
        return None if early and self.facts.judged_from is None else self.standing.verdict

    @property
    def tally(self) -> dict[Occurrence, int]:
        """How many of its due dates came to what."""
        return tally(self.dues)

    def rests_on(self, axis: Axis) -> Happened | None:
        """The event that an axis rests on."""
        event = self.standing.by.get(axis)
        return next((one for one in self.happened if event is not None and one.event == event), None)


def days_of(moment: datetime) -> Today:
    """The day it is at a moment, by time zone."""
    return lambda zone: moment.astimezone(ZoneInfo(zone)).date()


def every(session: Session, today: Today, *, whole: bool = False) -> tuple[TrackedCommitment, ...]:
    """All commitments, the latest said first: three statements. `whole`, for editors: also what readers are not told yet."""
    return _tracked(session, _rows(today), today, whole=whole)


def of_program(session: Session, program_id: int, today: date) -> tuple[TrackedCommitment, ...]:
    """The commitments that belong to a program, the latest said first: three statements."""
    return _tracked(
        session,
        _rows(lambda zone: today).where(models.commitments.Commitment.program_id == program_id),
        lambda zone: today,
    )


def of_person(session: Session, slug: str, today: Today) -> tuple[TrackedCommitment, ...]:
    """The commitments a person made, the latest said first: three statements."""
    return _tracked(session, _rows(today).where(col(Person.slug) == slug), today)


def count_of_race(session: Session, slug: str) -> int:
    """How many commitments are held of the candidates of a race, positions among them. One statement."""
    counted = select(func.count(col(models.commitments.Commitment.id))).join(
        Candidacy, col(Candidacy.id) == col(models.commitments.Commitment.candidacy_id)
    )
    return session.exec(
        counted.join(Contest, col(Contest.id) == col(Candidacy.contest_id)).where(Contest.slug == slug)
    ).one()


def of_propositions(session: Session, ids: Iterable[int], today: Today) -> tuple[TrackedCommitment, ...]:
    """The commitments under statements of a race, the latest said first: three statements."""
    return _tracked(
        session, _rows(today).where(col(models.commitments.Commitment.proposition_id).in_(list(ids))), today
    )


def one(session: Session, slug: str, today: Today, *, whole: bool = False) -> TrackedCommitment:
    """One commitment with what everything rests on: a constant number of statements; `whole` as for `every`. Raises NotFound."""
    asked = _rows(today).where(models.commitments.Commitment.slug == slug)
    found = _tracked(session, asked, today, grounded=True, whole=whole)
    if not found:
        raise NotFound("There is no commitment “{slug}” (any more).", slug=slug)
    return found[0]


def waiting(every: Iterable[TrackedCommitment], today: date) -> tuple[Reminder, ...]:
    """What of these an editor should look at."""
    return reminders((Watched(one.slug, one.facts, one.standing, one.dues) for one in every), today)


def _rows(today: Today) -> Any:
    made = models.commitments.Commitment
    return (
        select(made, Person, Organisation, Program)
        .add_columns(Contest, _Guide)
        .outerjoin(Person, col(Person.id) == col(made.person_id))
        .outerjoin(Organisation, col(Organisation.id) == col(made.organisation_id))
        .outerjoin(Program, col(Program.id) == col(made.program_id))
        .outerjoin(Candidacy, col(Candidacy.id) == col(made.candidacy_id))
        .outerjoin(Contest, col(Contest.id) == col(Candidacy.contest_id))
        .outerjoin(_Guide, col(_Guide.id) == unjudged.race_of(made.person_id, today(LAST_ZONE)))
        .order_by(col(made.said_on).desc(), col(made.slug))
    )


def _tracked(
    session: Session, asked: Any, today: Today, *, grounded: bool = False, whole: bool = False
) -> tuple[TrackedCommitment, ...]:
    rows = session.exec(asked).all()
    ids = [made.id for made, *_, guide in rows if whole or guide is None]
    events, seen = by_commitment(session, CommitmentEvent, ids), by_commitment(session, DueOccurrence, ids)
    rest: dict[int, Ground | None] = {}
    if grounded:
        resting = [*(row[0] for row in rows), *(one for told in (events, seen) for of in told.values() for one in of)]
        rest = {id(row): ground for row, ground in zip(resting, grounds.of(session, resting), strict=True)}
    return tuple(
        _one(row, events[row[0].id], seen[row[0].id], today, rest, told=whole or row[-1] is None) for row in rows
    )


def _one(
    row: Any,
    events: Sequence[CommitmentEvent],
    seen: Sequence[DueOccurrence],
    today: Today,
    rest: Mapping[int, Ground | None],
    *,
    told: bool,
) -> TrackedCommitment:
    made, person, organisation, program, race, guide = row
    day, held, of = today(made.zone), events_of(events), facts(made)
    return TrackedCommitment(
        id=made.id,
        slug=made.slug,
        title=Bilingual(made.title_en, made.title_es),
        facts=of,
        standing=standing(of, held, day),
        dues=outcomes(of.recurrence, seen_of(seen), day) if of.recurrence and told else (),
        happened=happened(events, held, rest),
        observed=observed(seen, rest),
        maker=person.name if person else organisation.name,
        person=Named(person.slug, Bilingual(person.name, person.name)) if person else None,
        organisation=Named(organisation.slug, Bilingual(organisation.name, organisation.name))
        if organisation
        else None,
        race=_race(race),
        program=Named(program.slug, Bilingual(program.name_en, program.name_es)) if program else None,
        said_on=made.said_on,
        zone=made.zone,
        criterion=both(made.criterion_en, made.criterion_es),
        responsible=made.responsible,
        due_why=both(made.due_why_en, made.due_why_es),
        origin_kind=made.origin_kind,
        told=both(made.origin_en, made.origin_es),
        fragment=made.fragment,
        fictional=made.fictional,
        ground=rest.get(id(made)),
        unjudged=_race(guide),
    )


def _race(row: Contest | None) -> Named | None:
    return Named(row.slug, Bilingual(row.title_en, row.title_es)) if row else None
