"""Changes of who said words that positions rest on, turn by turn or by merging people: those that wait for a second editor."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from transcripts.desk_models import ProposedChange
from transcripts.models import Person, Speaker, Turn
from transcripts.people_tables import PersonMerge, ProposedMerge


@dataclass(frozen=True)
class Proposal:
    """What one editor asks another to agree to. `before` and `after` are names of voices, None for nobody; `undoes`: a taking back."""

    id: int
    turn_key: str
    text: str
    lang: str
    before: str | None
    after: str | None
    undoes: bool
    why: str
    by: str
    requested_by: str | None
    at: datetime


def waiting(session: Session) -> tuple[Proposal, ...]:
    """The proposals that wait, the oldest first."""
    now, then = aliased(Speaker), aliased(Speaker)
    rows = session.execute(
        select(ProposedChange, Turn, col(now.name), col(then.name))
        .join(Turn, col(Turn.id) == col(ProposedChange.turn_id))
        .outerjoin(now, col(now.id) == col(Turn.speaker_id))
        .outerjoin(then, col(then.id) == col(ProposedChange.speaker_id))
        .where(ProposedChange.status == "open")
        .order_by(col(ProposedChange.id))
    )
    return tuple(
        Proposal(
            one.id or 0,
            turn.key,
            turn.text,
            turn.lang,
            before,
            after,
            one.undoes_id is not None,
            one.why,
            one.by,
            one.requested_by,
            one.at,
        )
        for one, turn, before, after in rows
    )


@dataclass(frozen=True)
class MergeProposal:
    """Two people whom one editor asks another to merge, or (`undoes_id`) to separate again; names as they are now or were."""

    id: int
    gone_slug: str
    gone: str
    kept_slug: str
    kept: str
    undoes_id: int | None
    why: str
    by: str
    at: datetime


def waiting_merges(session: Session) -> tuple[MergeProposal, ...]:
    """The proposals about people that wait, the oldest first. Three statements at most."""
    rows = session.exec(
        select(ProposedMerge).where(ProposedMerge.status == "open").order_by(col(ProposedMerge.id))
    ).all()
    slugs = {slug for row in rows for slug in (row.gone_slug, row.kept_slug)}
    names = dict(session.exec(select(PersonMerge.slug, PersonMerge.name).where(col(PersonMerge.slug).in_(slugs))).all())
    names |= dict(session.exec(select(Person.slug, Person.name).where(col(Person.slug).in_(slugs))).all())
    return tuple(
        MergeProposal(
            row.id or 0,
            row.gone_slug,
            names.get(row.gone_slug, row.gone_slug),
            row.kept_slug,
            names.get(row.kept_slug, row.kept_slug),
            row.undoes_id,
            row.why,
            row.by,
            row.at,
        )
        for row in rows
    )
