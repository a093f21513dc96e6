"""What pages say of the freeze: whether a race is frozen, and what was changed nevertheless, by whom and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from positions.queries import merged
from positions.queries.merged import Merges
from tracker.freezing import calendar
from tracker.freezing.models import FreezeException, FrozenChange
from transcripts.bilingual import Bilingual
from transcripts.models import now

SHOWN = ("agreed", "alone")


@dataclass(frozen=True)
class Exceptional:
    """An exception that two people agreed to, or (`agreed_by` None) a command's; `changes` were made under it, the last at `last`."""

    id: int
    what: str
    why: str
    by: str
    agreed_by: str | None
    agreed_why: str | None
    at: datetime
    changes: int
    last: datetime | None


@dataclass(frozen=True)
class Freeze:
    """The freeze of one race as its readers see it."""

    race: str
    title: Bilingual
    frozen: calendar.Period | None
    exceptions: tuple[Exceptional, ...]


def every(session: Session) -> tuple[calendar.Race, ...]:
    """Every race and whether it is frozen now. One statement."""
    return calendar.races(session.connection(), now())


def of_race(session: Session, slug: str, merges: Merges | None = None) -> Freeze | None:
    """The freeze of one race; None where there is nothing to tell. As many statements as `of_races`."""
    return next(iter(of_races(session, [slug], merges)), None)


def of_races(session: Session, slugs: Collection[str], merges: Merges | None = None) -> tuple[Freeze, ...]:
    """The freezes of races that are frozen now, or were changed while they were, with what was told of races merged into them.

    Two statements, one more where the caller does not know the `merges`, none for no race.
    """
    if not slugs:
        return ()
    known = merges or merged.read(session)
    into = {named: slug for slug in slugs for named in known.leading_to("race", slug)}
    told: dict[str, dict[int, Exceptional]] = {slug: {} for slug in slugs}
    race = func.coalesce(col(FrozenChange.race), col(FreezeException.race))
    asked = (
        select(FreezeException, race, func.count(col(FrozenChange.id)), func.max(FrozenChange.at))
        .outerjoin(FrozenChange, col(FrozenChange.exception_id) == col(FreezeException.id))
        .where(col(FreezeException.status).in_(SHOWN), race.in_(list(into)))
        .group_by(col(FreezeException.id), race)
        .order_by(col(FreezeException.id).desc())
    )
    for one, slug, changes, last in session.exec(asked):
        found = told[into[slug]]
        found[one.id or 0] = _exceptional(one, changes, last, found.get(one.id or 0))
    races = calendar.races(session.connection(), now(), slugs)
    freezes = (Freeze(race.slug, race.title, race.frozen, tuple(told[race.slug].values())) for race in races)
    return tuple(freeze for freeze in freezes if freeze.frozen or freeze.exceptions)


def waiting(session: Session) -> Sequence[FreezeException]:
    """The requests another account may agree to, the oldest first."""
    asked = select(FreezeException).where(FreezeException.status == "open").order_by(col(FreezeException.id))
    return session.exec(asked).all()


def holding(session: Session, account_id: int) -> Sequence[FreezeException]:
    """The exceptions that hold for an account now."""
    mine = (FreezeException.account_id == account_id, FreezeException.status == "agreed")
    return session.exec(select(FreezeException).where(*mine, col(FreezeException.until) > now())).all()


def _exceptional(one: FreezeException, changes: int, last: datetime | None, before: Exceptional | None) -> Exceptional:
    """As told so far of another race that was merged into the same one (`before`), with these changes."""
    moments = [at for at in (last, before.last if before else None) if at is not None]
    agreed_by = one.decided_by if one.status == "agreed" else None
    return Exceptional(
        one.id or 0,
        one.what,
        one.why,
        one.by,
        agreed_by,
        one.decided_why,
        one.decided_at or one.at,
        changes + (before.changes if before else 0),
        max(moments, default=None),
    )


def as_data(freeze: Freeze | None) -> dict[str, Any] | None:
    """The freeze as plain data, None where there is nothing to tell. Moments are UTC."""
    if freeze is None:
        return None
    since = freeze.frozen
    return {
        "frozen": since is not None,
        "since": since.since.isoformat() if since else None,
        "election_date": since.election.isoformat() if since else None,
        "why": since.why if since else None,
        "exceptions": [
            {
                "what": one.what,
                "why": one.why,
                "by": one.by,
                "agreed_by": one.agreed_by,
                "agreed_why": one.agreed_why,
                "at": one.at.isoformat(),
                "changes": one.changes,
            }
            for one in freeze.exceptions
        ],
    }
