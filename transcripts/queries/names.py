"""Every name by which people and forums can be asked for."""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from transcripts.bilingual import Bilingual
from transcripts.models import Forum, Person, PersonAlias
from transcripts.people_tables import PersonRedirect


@dataclass(frozen=True)
class PersonNames:
    """A person and everything they are called; `sort_name` begins with the surname."""

    slug: str
    name: str
    sort_name: str
    aliases: tuple[str, ...]


def of_people(session: Session) -> tuple[PersonNames, ...]:
    """Everybody, without what a label stands for at one forum only. Two statements."""
    aliases: dict[int, list[str]] = defaultdict(list)
    for person_id, alias in session.exec(
        select(PersonAlias.person_id, PersonAlias.alias)
        .where(col(PersonAlias.forum_id).is_(None))
        .order_by(col(PersonAlias.id))
    ):
        aliases[person_id].append(alias)
    people = session.exec(select(Person.id, Person.slug, Person.name, Person.sort_name).order_by(col(Person.id)))
    return tuple(PersonNames(slug, name, sort, tuple(aliases.get(key or 0, ()))) for key, slug, name, sort in people)


def merged_people(session: Session) -> dict[str, str]:
    """Slugs of people who turned out to be another, by the slug they had. One statement."""
    asked = select(PersonRedirect.slug, Person.slug).join(Person, col(Person.id) == col(PersonRedirect.person_id))
    return dict(session.exec(asked).all())


def of_forums(session: Session) -> dict[str, Bilingual]:
    """Titles by slug. One statement."""
    rows = session.exec(select(Forum.slug, Forum.title_en, Forum.title_es))
    return {slug: Bilingual(title_en, title_es) for slug, title_en, title_es in rows}
