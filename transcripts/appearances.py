"""Who is heard at a forum: printed labels → voices → speakers we hold, people we know, or an unlinked voice with its reason."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from slugify import slugify
from sqlmodel import Session, col, select

from transcripts import voices
from transcripts.errors import Conflict
from transcripts.models import Person, PersonAlias, Speaker, SpeakerLabel
from transcripts.people_tables import Attribution, PersonRedirect
from transcripts.queries import aliases
from transcripts.roster_line import RosterLine, told_apart
from transcripts.text import fold
from transcripts.vocabulary import Role
from transcripts.voices import KnownPerson, Voice

HELD = "This label already stands for this voice here"
NAMED_HERE = "Named in the list of people given with the file"


@dataclass(frozen=True)
class Occasion:
    """Where names are read: a forum (None: yet to be made) and its local day (None: not known)."""

    forum_id: int | None
    day: date | None


@dataclass(frozen=True)
class Guest:
    """A person who may be heard at a forum. `id` is None for one the roster brings; `line` is that roster line."""

    known: KnownPerson
    role: Role
    id: int | None
    speaker_id: int | None
    line: RosterLine | None = None


@dataclass(frozen=True)
class Cast:
    """One voice of a file and what it will be stored as.

    `speaker_id` is set for a voice held already; `guest` for one linked to a person. Neither: a new, unlinked voice, and
    `why` says why. `suggestions` are names for an editor to look at, never assigned.
    """

    voice: Voice
    role: Role
    speaker_id: int | None
    guest: Guest | None
    why: str
    suggestions: tuple[str, ...] = ()

    @property
    def linked(self) -> bool:
        """Whether the voice is a person we know."""
        return self.guest is not None


def guests(
    session: Session, at: Occasion, extra: Sequence[tuple[str, Role]], roster: Sequence[RosterLine]
) -> list[Guest]:
    """The people a voice of this forum may be: those who appear there, those named by slug with a role, and the roster's.

    They go by those of their other names that apply there on that day.
    """
    found = _appearing(session, at)
    known = {guest.known.slug for guest in found}
    wanted = {slug: role for slug, role in extra if slug not in known}
    people = aliases.known(session, list(wanted), at.forum_id, at.day)
    found += [Guest(person, wanted[person.slug], id, None) for id, person in people]
    return _with_roster(session, at, found, roster)


def cast(
    session: Session, forum_id: int | None, labels: Sequence[str], invited: Sequence[Guest], moderators: Sequence[str]
) -> list[Cast]:
    """The voices behind the labels of a file, in order of first appearance; every distinct label is in exactly one."""
    held = _labels(session, forum_id)
    speakers = {speaker.id: speaker for speaker in _speakers(session, forum_id)}
    told = set(session.exec(select(Attribution.speaker_id).where(Attribution.forum_id == forum_id)))
    shared = set(
        session.exec(select(SpeakerLabel.label).where(SpeakerLabel.forum_id == forum_id, SpeakerLabel.several))
    )
    made: list[Cast] = []
    for voice in voices.fold_labels(labels):
        for part in _by_speaker(voice, held, shared):
            known = held.get(part.labels[0]) or _same_name(part, speakers.values())
            role = _role(part, moderators)
            made.append(
                _held(part, role, speakers[known], invited, known in told) if known else _new(part, role, invited)
            )
    return made


def _held(voice: Voice, role: Role, speaker: Speaker, invited: Sequence[Guest], told: bool) -> Cast:
    """A voice we hold: linked as it is, or now to a person who has become known, unless an editor has `told` who it is."""
    kept = role if speaker.role == Role.UNKNOWN else Role(speaker.role)
    guest = next((one for one in invited if one.speaker_id == speaker.id), None)
    if guest is None and speaker.person_id is None and not told:
        return replace(_new(voice, kept, invited), speaker_id=speaker.id)
    return Cast(voice, kept, speaker.id, guest, speaker.why or HELD)


def _new(voice: Voice, role: Role, invited: Sequence[Guest]) -> Cast:
    match = voices.match(voice, [guest.known for guest in invited])
    names = {guest.known.slug: guest for guest in invited}
    guest = names.get(match.slug or "")
    if guest is None:
        suggested = tuple(names[slug].known.name for slug in match.suggestions if slug in names)
        return Cast(voice, role, None, None, match.why, suggested)
    return Cast(voice, guest.role if guest.role != Role.UNKNOWN else role, guest.speaker_id, guest, match.why)


def _by_speaker(voice: Voice, held: dict[str, int], shared: set[str]) -> list[Voice]:
    """A voice whose labels stand for one held speaker is that one; labels held for several keep them apart.

    A label that is several people's (`shared`) draws no other label to its voice.
    """
    owners = {held[label] for label in voice.labels if label in held}
    if not owners:
        return [voice]
    if len(owners) == 1 and shared.isdisjoint(voice.labels):
        first = next(label for label in voice.labels if label in held)
        return [replace(voice, labels=(first, *(label for label in voice.labels if label != first)))]
    apart: dict[int | str, list[str]] = defaultdict(list)
    for label in voice.labels:
        apart[held.get(label, "new")].append(label)
    return [Voice(labels[0], tuple(labels), voice.role, voice.hints) for labels in apart.values()]


def _same_name(voice: Voice, speakers: Iterable[Speaker]) -> int | None:
    """An unlinked voice held under the very name, as `load` makes them for a role (Student questioner)."""
    same = [one.id for one in speakers if one.person_id is None and fold(one.name) == fold(voice.name)]
    return same[0] if len(same) == 1 else None


def _role(voice: Voice, moderators: Sequence[str]) -> Role:
    named = [KnownPerson(str(n), name) for n, name in enumerate(moderators)]
    return Role.MODERATOR if named and voices.match(voice, named).slug is not None else voice.role


def _speakers(session: Session, forum_id: int | None) -> list[Speaker]:
    standing = select(Speaker).where(Speaker.forum_id == forum_id, col(Speaker.joined_to_id).is_(None))
    return list(session.exec(standing.order_by(col(Speaker.id))))


def _labels(session: Session, forum_id: int | None) -> dict[str, int]:
    rows = select(SpeakerLabel.label, SpeakerLabel.speaker_id).where(SpeakerLabel.forum_id == forum_id)
    return dict(session.exec(rows).all())


def _appearing(session: Session, at: Occasion) -> list[Guest]:
    speakers = {one.person_id: one for one in _speakers(session, at.forum_id) if one.person_id is not None}
    slugs = session.exec(select(Person.slug).where(col(Person.id).in_(list(speakers)))).all() if speakers else []
    labels: dict[int, list[str]] = defaultdict(list)
    for label, speaker_id in _labels(session, at.forum_id).items():
        labels[speaker_id].append(label)
    found = []
    for id, person in aliases.known(session, slugs, at.forum_id, at.day):
        speaker = speakers[id]
        known = replace(person, aliases=(*person.aliases, *labels[speaker.id or 0]))
        found.append(Guest(known, Role(speaker.role), id, speaker.id))
    return found


def _with_roster(session: Session, at: Occasion, found: list[Guest], roster: Sequence[RosterLine]) -> list[Guest]:
    """The roster's people beside the others: somebody we know under the very name stays one person. Raises Conflict for two."""
    told_apart(roster)
    taken = {*session.exec(select(Person.slug)), *session.exec(select(PersonRedirect.slug))} if roster else set()
    named = _named(session, at, [line.name for line in roster])
    for line in roster:
        here = [n for n, guest in enumerate(found) if fold(guest.known.name) == fold(line.name)]
        held = named.get(fold(line.name), [])
        if len(here) > 1 or (not here and len(held) > 1):
            raise Conflict("We know several people called “{name}”: say which one with tracker load.", name=line.name)
        if not here:
            id, person = held[0] if held else (None, KnownPerson(_free_slug(line.name, taken), line.name))
            found.append(Guest(person, Role.UNKNOWN, id, None))
            here = [len(found) - 1]
        guest = found[here[0]]
        known = replace(guest.known, aliases=(*guest.known.aliases, *line.names_on(at.day)))
        role = guest.role if line.role == Role.UNKNOWN else line.role
        found[here[0]] = replace(guest, known=known, role=role, line=line)
    return found


def _named(session: Session, at: Occasion, names: Sequence[str]) -> dict[str, list[tuple[int, KnownPerson]]]:
    """People by their folded name, of those names."""
    wanted = {fold(name) for name in names}
    everybody = session.exec(select(Person.slug, Person.name)).all() if wanted else []
    found: dict[str, list[tuple[int, KnownPerson]]] = defaultdict(list)
    slugs = [slug for slug, name in everybody if fold(name) in wanted]
    for id, person in aliases.known(session, slugs, at.forum_id, at.day):
        found[fold(person.name)].append((id, person))
    return found


def _free_slug(name: str, taken: set[str]) -> str:
    base = slugify(name) or "person"
    slug = next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
    taken.add(slug)
    return slug


def keep(session: Session, forum_id: int, made: Sequence[Cast], invited: Sequence[Guest]) -> dict[str, int]:
    """Write people of the roster, new voices, roles and labels. Returns the speaker id of every label of the file."""
    speakers = {one.guest.known.slug: one.speaker_id for one in made if one.guest and one.speaker_id}
    for guest in invited:
        if guest.line:
            speakers[guest.known.slug] = _keep_guest(session, forum_id, guest, speakers.get(guest.known.slug))
    speaker_of = _labels(session, forum_id)
    for one in made:
        speaker = _keep_voice(session, forum_id, one, speakers)
        new = [label for label in one.voice.labels if label not in speaker_of]
        session.add_all(SpeakerLabel(forum_id=forum_id, speaker_id=speaker, label=label) for label in new)
        speaker_of.update(dict.fromkeys(new, speaker))
    session.flush()
    return speaker_of


def _keep_voice(session: Session, forum_id: int, one: Cast, speakers: dict[str, int]) -> int:
    """The speaker of a voice, made where missing, linked where a person has become known. `speakers` is by person."""
    id = one.speaker_id or (speakers.get(one.guest.known.slug) if one.guest else None)
    speaker = session.get_one(Speaker, id) if id else Speaker(forum_id=forum_id, name=one.voice.name, why=one.why)
    if one.guest and speaker.person_id is None:
        speaker.person_id, speaker.name, speaker.why = one.guest.id, one.guest.known.name, one.why
    if speaker.role == Role.UNKNOWN:
        speaker.role = one.role
    return _flushed(session, speaker, one.guest, speakers)


def _flushed(session: Session, speaker: Speaker, guest: Guest | None, speakers: dict[str, int]) -> int:
    session.add(speaker)
    session.flush()
    assert speaker.id is not None
    if guest:
        speakers[guest.known.slug] = speaker.id
    return speaker.id


def _keep_guest(session: Session, forum_id: int, guest: Guest, speaker_id: int | None) -> int:
    """A person of the roster and their appearance at this forum, made where missing. Returns the speaker's id."""
    person_id = guest.id or _new_person(session, guest.known)
    anywhere = (PersonAlias.person_id == person_id, col(PersonAlias.forum_id).is_(None))
    held = set(session.exec(select(PersonAlias.folded).where(*anywhere)))
    named = {fold(alias): alias for alias in (guest.line.aliases if guest.line else ())}
    session.add_all(
        PersonAlias(person_id=person_id, alias=alias, folded=folded)
        for folded, alias in named.items()
        if folded not in held
    )
    for one in guest.line.dated if guest.line else ():
        if fold(one.name) not in held | set(named):
            alias = PersonAlias(person_id=person_id, alias=one.name, folded=fold(one.name))
            alias.valid_from, alias.valid_to = one.valid_from, one.valid_to
            session.add(alias)
    id = guest.speaker_id or speaker_id
    speaker = session.get_one(Speaker, id) if id else Speaker(forum_id=forum_id, name=guest.known.name, why=NAMED_HERE)
    if speaker.person_id is None:
        speaker.person_id, speaker.name, speaker.why = person_id, guest.known.name, NAMED_HERE
    if speaker.role == Role.UNKNOWN:
        speaker.role = guest.role
    return _flushed(session, speaker, guest, {})


def _new_person(session: Session, known: KnownPerson) -> int:
    given, _, surname = known.name.rpartition(" ")
    person = Person(slug=known.slug, name=known.name, sort_name=f"{surname}, {given}" if given else surname)
    session.add(person)
    session.flush()
    assert person.id is not None
    return person.id
