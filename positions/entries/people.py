"""People, and the other names they go by."""

from datetime import date

from sqlmodel import Session, col, select

from positions.entries.entry import Doc, Kind, by_slug, free_slug, needed, take_away
from positions.load_document import checked
from positions.load_record import keep_person
from positions.load_schema import Person as Entry
from transcripts import aliases
from transcripts.aliases import Bounds
from transcripts.errors import NotFound
from transcripts.models import Forum, Person, PersonAlias
from transcripts.names import SUFFIXES, bare, parse_name
from transcripts.people_tables import PersonRedirect
from transcripts.text import fold


def read(session: Session, slug: str) -> Doc | None:
    """One person, without their other names."""
    row = by_slug(session, Person, slug)
    return {"slug": row.slug, "name": row.name, "sort_name": row.sort_name} if row else None


def write(session: Session, slug: str, doc: Doc) -> None:
    """Bring one person into line. Raises BadEntry, Conflict."""
    keep_person(session, checked(Entry, {**doc, "slug": slug}))


def remove(session: Session, slug: str) -> None:
    """Take a person away whom nothing names. Raises NotFound, Conflict."""
    row = needed(session, Person, slug, "person")
    take_away(session, (row,), row.name)


def sort_name(name: str) -> str:
    """A name as a register sorts it: “Okoro-Reyes, Delphine”; one word alone stays as it is."""
    parsed = parse_name(name)
    words = parsed.plain.split()
    ending = [words.pop()] if parsed.suffix and len(words) > 1 and bare(words[-1].strip(",")) in SUFFIXES else []
    words = [word.strip(",") for word in words]
    n = len(parsed.surname.split())
    if not n or n >= len(words):
        return name
    return f"{' '.join(words[-n:])}, {' '.join([*words[:-n], *ending])}"


def new_slug(session: Session, name: str, also: tuple[str, ...] = ()) -> str:
    """A free slug for somebody new; `also` are slugs given in this transaction."""
    taken = {*session.exec(select(Person.slug)), *session.exec(select(PersonRedirect.slug)), *also}
    return free_slug(name, taken, "person")


def alias_key(person: str, alias: str, forum: str | None, first: date | None, last: date | None) -> str:
    """What one other name is known by: whose it is, how it is written, where and when it holds."""
    days = (day.isoformat() if day else "" for day in (first, last))
    return "/".join((person, forum or "", *days, fold(alias)))


def _alias(session: Session, key: str) -> tuple[PersonAlias | None, Bounds, str]:
    person, forum, first, last, folded = key.split("/", 4)
    who = needed(session, Person, person, "person")
    forum_id = needed(session, Forum, forum, "forum").id if forum else None
    bounds = Bounds(forum_id, *(date.fromisoformat(day) if day else None for day in (first, last)))
    which = select(PersonAlias).where(
        PersonAlias.person_id == who.id,
        PersonAlias.folded == folded,
        PersonAlias.forum_id == bounds.forum_id,
        PersonAlias.valid_from == bounds.valid_from,
        PersonAlias.valid_to == bounds.valid_to,
    )
    return session.exec(which.order_by(col(PersonAlias.id))).first(), bounds, person


def read_alias(session: Session, key: str) -> Doc | None:
    """One other name with where and when it holds."""
    person, forum, first, last, _ = key.split("/", 4)
    there = by_slug(session, Person, person) and (not forum or by_slug(session, Forum, forum))
    row = _alias(session, key)[0] if there else None
    if row is None:
        return None
    return {"person": person, "alias": row.alias, "forum": forum, "valid_from": first, "valid_to": last}


def write_alias(session: Session, key: str, doc: Doc) -> None:
    """Give somebody another name. Raises Refusal."""
    row, bounds, person = _alias(session, key)
    if row is None:
        aliases.add(session, person, doc["alias"], bounds)


def remove_alias(session: Session, key: str) -> None:
    """Take another name away; voices linked by it stay linked. Raises NotFound."""
    row, _, _ = _alias(session, key)
    if row is None or row.id is None:
        raise NotFound("There is no such name any more.")
    aliases.remove(session, row.id)


KIND = Kind(read, write, remove)
ALIAS = Kind(read_alias, write_alias, remove_alias)
