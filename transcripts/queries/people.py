"""Everybody as editors look for them, and who was merged into whom."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from transcripts.models import Person, PersonAlias, Speaker
from transcripts.people_tables import PersonMerge
from transcripts.text import fold


@dataclass(frozen=True)
class PersonRow:
    """Somebody in a list: how many voices are linked to them; `folded` holds every name they go by, to be searched."""

    slug: str
    name: str
    sort_name: str
    voices: int
    folded: str


@dataclass(frozen=True)
class MergeRow:
    """Two people found to be one; `undone_by` is set where they were separated again."""

    id: int
    name: str
    slug: str
    into_name: str
    into_slug: str
    why: str
    by: str
    at: datetime
    undone_by: str | None


def every(session: Session) -> tuple[PersonRow, ...]:
    """Everybody by name as a register sorts it. Three statements."""
    names: dict[int, list[str]] = {}
    for person_id, folded in session.exec(select(PersonAlias.person_id, PersonAlias.folded)):
        names.setdefault(person_id, []).append(folded)
    voices = dict(
        session.exec(
            select(Speaker.person_id, func.count(col(Speaker.id)))
            .where(col(Speaker.person_id).is_not(None))
            .group_by(col(Speaker.person_id))
        ).all()
    )
    return tuple(
        PersonRow(
            one.slug,
            one.name,
            one.sort_name,
            voices.get(one.id, 0),
            "\n".join((fold(one.name), fold(one.sort_name), *names.get(one.id or 0, ()))),
        )
        for one in session.exec(select(Person).order_by(col(Person.sort_name), col(Person.id)))
    )


def called(session: Session, name: str) -> tuple[PersonRow, ...]:
    """People one of whose names is exactly this, case and accents apart. Three statements."""
    return tuple(one for one in every(session) if fold(name) in one.folded.split("\n"))


def merges(session: Session) -> tuple[MergeRow, ...]:
    """Every merging, the latest first. One statement."""
    rows = session.exec(
        select(PersonMerge, Person.name)
        .join(Person, col(Person.id) == col(PersonMerge.into_id))
        .order_by(col(PersonMerge.at).desc(), col(PersonMerge.id).desc())
    )
    return tuple(
        MergeRow(row.id or 0, row.name, row.slug, name, row.into_slug, row.why, row.by, row.at, row.undone_by)
        for row, name in rows
    )
