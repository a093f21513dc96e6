"""People of a list against those we know: who is new, who is known, who may be either; then written, nobody merged unasked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from slugify import slugify
from sqlmodel import Session, select

from transcripts import aliases, voices
from transcripts.aliases import Bounds
from transcripts.errors import Conflict, NotFound
from transcripts.models import Person, PersonAlias
from transcripts.people_tables import PersonRedirect
from transcripts.queries.aliases import known as known_people
from transcripts.roster_line import RosterLine
from transcripts.text import fold
from transcripts.voices import KnownPerson, Voice


class State(StrEnum):
    """What a line of a list is against the people we know."""

    NEW = "new"
    KNOWN = "known"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class Enrolled:
    """One line: `slug` is who it is, where KNOWN; `maybe` are (slug, name, why) of those it may be, where DOUBTFUL."""

    line: RosterLine
    state: State
    slug: str | None = None
    maybe: tuple[tuple[str, str, str], ...] = ()


def compare(session: Session, lines: Sequence[RosterLine], told: Mapping[str, str | None]) -> list[Enrolled]:
    """What each line is. Writes nothing. Two statements.

    `told` is an editor's word by the name on the list: the slug of who it is, or None for somebody new. Somebody we hold
    under the very name, and nobody else near it, is known; a name that fits or nearly spells another's is doubtful, and so
    is one that two people on the list have. Raises NotFound for a slug nobody has or a name that is not on the list;
    Conflict for a slug given to two people.
    """
    slugs = list(session.exec(select(Person.slug)))
    everybody = [person for _, person in known_people(session, slugs, None, None)]
    words = {fold(name): slug for name, slug in told.items()}
    names = Counter(fold(line.name) for line in lines)
    shared = [line.name for line in lines if names[fold(line.name)] > 1 and words.get(fold(line.name))]
    if shared:
        raise Conflict(
            "Two people on this list are called “{name}”: leave one out to say who the other is.", name=shared[0]
        )
    strangers = set(words) - set(names)
    missing = {slug for slug in words.values() if slug is not None} - set(slugs)
    if strangers or missing:
        name = next(iter(strangers or missing))
        if strangers:
            raise NotFound("“{name}” is not on this list.", name=name)
        raise NotFound("There is nobody under the name “{slug}”.", slug=name)
    return [_compared(line, everybody, words, names[fold(line.name)] > 1) for line in lines]


def keep(session: Session, enrolled: Sequence[Enrolled]) -> list[Person]:
    """Write the new people and everybody's other names; returns the person of each line.

    Raises Conflict, before anything is written, while a line is doubtful.
    """
    doubtful = [one.line.name for one in enrolled if one.state is State.DOUBTFUL]
    if doubtful:
        raise Conflict(
            "Say first whether these are somebody we know or somebody new: {names}.", names=", ".join(doubtful)
        )
    taken = {*session.exec(select(Person.slug)), *session.exec(select(PersonRedirect.slug))}
    people = []
    for one in enrolled:
        person = aliases.person(session, one.slug) if one.slug else _new(session, one.line, taken)
        people.append(person)
        _keep_names(session, person, one.line)
    return people


def _compared(
    line: RosterLine, everybody: Sequence[KnownPerson], words: Mapping[str, str | None], namesakes: bool
) -> Enrolled:
    """`namesakes`: two people on the list have this name, so that it is doubtful whatever we hold."""
    if fold(line.name) in words:
        slug = words[fold(line.name)]
        return Enrolled(line, State.KNOWN if slug else State.NEW, slug)
    voice = Voice(line.name, (line.name,))
    why = {person.slug: voices.resemblance(voice, person) for person in everybody}
    near = [person for person in everybody if why[person.slug] in voices.NEAR]
    same = [person for person in near if fold(person.name) == fold(line.name)]
    if len(near) == len(same) == 1 and not namesakes:
        return Enrolled(line, State.KNOWN, same[0].slug)
    if near or namesakes:
        return Enrolled(line, State.DOUBTFUL, None, tuple((one.slug, one.name, why[one.slug]) for one in near))
    return Enrolled(line, State.NEW)


def _new(session: Session, line: RosterLine, taken: set[str]) -> Person:
    base = slugify(line.name, max_length=100, word_boundary=True) or "person"
    slug = next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
    taken.add(slug)
    given, _, surname = line.name.partition(",")[0].rpartition(" ")
    person = Person(slug=slug, name=line.name, sort_name=f"{surname}, {given}" if given else surname)
    session.add(person)
    session.flush()
    return person


def _keep_names(session: Session, person: Person, line: RosterLine) -> None:
    """Add the other names that are not there yet."""
    held = {
        (row.folded, row.valid_from, row.valid_to)
        for row in session.exec(select(PersonAlias).where(PersonAlias.person_id == person.id))
        if row.forum_id is None
    }
    held.add((fold(person.name), None, None))
    wanted = [(alias, aliases.EVERYWHERE) for alias in (line.name, *line.aliases)]
    wanted += [(one.name, Bounds(None, one.valid_from, one.valid_to)) for one in line.dated]
    for alias, bounds in wanted:
        key = (fold(alias), bounds.valid_from, bounds.valid_to)
        if key not in held:
            held.add(key)
            aliases.add(session, person.slug, alias, bounds, origin="import")
