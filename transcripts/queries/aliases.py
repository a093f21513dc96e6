"""Other names of people: whose they are, where and when they apply, and everybody a voice may be with the names they go by there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, and_, col, or_

from transcripts.models import Forum, Person, PersonAlias
from transcripts.voices import KnownPerson


@dataclass(frozen=True)
class AliasLine:
    """One other name and where it applies: at one forum (slug and title) or everywhere, on local days from–to, both included.

    `origin` says how it came: import, editor or merge.
    """

    id: int
    alias: str
    person_slug: str
    person_name: str
    forum_slug: str | None
    forum_title: str | None
    valid_from: date | None
    valid_to: date | None
    origin: str


def of_person(session: Session, slug: str) -> tuple[AliasLine, ...]:
    """The other names of one person, in the order they came. One statement."""
    return _lines(session, col(Person.slug) == slug)


def listed(session: Session) -> tuple[AliasLine, ...]:
    """Every other name of everybody, by person. One statement."""
    return _lines(session, None)


def applying(forum_id: int | None, day: date | None) -> ColumnElement[bool]:
    """Whether an alias applies at a forum on its local day. Where either is not known, a bounded one does not."""
    where = or_(col(PersonAlias.forum_id).is_(None), col(PersonAlias.forum_id) == forum_id)
    if day is None:
        return and_(where, col(PersonAlias.valid_from).is_(None), col(PersonAlias.valid_to).is_(None))
    began = or_(col(PersonAlias.valid_from).is_(None), col(PersonAlias.valid_from) <= day)
    return and_(where, began, or_(col(PersonAlias.valid_to).is_(None), col(PersonAlias.valid_to) >= day))


def known(
    session: Session, slugs: Sequence[str], forum_id: int | None, day: date | None
) -> list[tuple[int, KnownPerson]]:
    """Those people with the names they go by at a forum on its day, by id. One statement."""
    if not slugs:
        return []
    rows = session.execute(
        select(col(Person.id), col(Person.slug), col(Person.name), col(PersonAlias.alias))
        .outerjoin(PersonAlias, and_(col(PersonAlias.person_id) == col(Person.id), applying(forum_id, day)))
        .where(col(Person.slug).in_(slugs))
        .order_by(col(Person.id), col(PersonAlias.id))
    ).all()
    aliases: dict[int, list[str]] = defaultdict(list)
    for id, _, _, alias in rows:
        aliases[id].extend([alias] if alias is not None else [])
    people = {id: (slug, name) for id, slug, name, _ in rows}
    return [(id, KnownPerson(slug, name, tuple(aliases[id]))) for id, (slug, name) in people.items()]


def _lines(session: Session, which: ColumnElement[bool] | None) -> tuple[AliasLine, ...]:
    asked = (
        select(PersonAlias, col(Person.slug), col(Person.name), col(Forum.slug), col(Forum.title_en))
        .join(Person, col(Person.id) == col(PersonAlias.person_id))
        .outerjoin(Forum, col(Forum.id) == col(PersonAlias.forum_id))
        .order_by(col(Person.sort_name), col(Person.id), col(PersonAlias.id))
    )
    return tuple(
        AliasLine(
            id=alias.id or 0,
            alias=alias.alias,
            person_slug=slug,
            person_name=name,
            forum_slug=forum_slug,
            forum_title=title,
            valid_from=alias.valid_from,
            valid_to=alias.valid_to,
            origin=alias.origin,
        )
        for alias, slug, name, forum_slug, title in session.execute(asked if which is None else asked.where(which))
    )
