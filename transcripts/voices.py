"""Pure: the printed labels of one forum → voices, and each voice against the people we know → a person or the reason for none.

Labels that may be two people are never put together, and a name that may be two people's is nobody's. A resemblance is
suggested to an editor and never assigned.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from transcripts.identity import Identity, agree, identify, joined, keys, same_first_name, whole
from transcripts.likeness import ALIKE, alike_as, faint, likeness, related
from transcripts.messages import Message
from transcripts.text import fold
from transcripts.vocabulary import Role

MOST_FAINT = 3
"""Only so many faint resemblances are shown: where everybody resembles a name, nobody does."""

MOST_COMPARED = 400
"""Only so many voices of one forum, the first, are looked over for misspellings."""

MOST_ALIKE = 100
"""Where more people than this share a first name or a surname, a label is compared with none of them and put together with none."""


@dataclass(frozen=True)
class Voice:
    """One voice at one forum: every label printed for it, in the order they first appear.

    `name` is the fullest form printed, without titles, marks of doubt or notes in brackets; for a role (MODERATOR,
    AUDIENCE QUESTION) the label itself. `role` is what the labels say, UNKNOWN where they say nothing. `hints` are
    sentences for an editor: why labels were put together or kept apart, or which voice a label may misspell. `unsure`
    is the reason why this voice may be nobody we know without a person's word; None where nothing speaks against it.
    """

    name: str
    labels: tuple[str, ...]
    role: Role = Role.UNKNOWN
    hints: tuple[Message, ...] = ()
    unsure: str | None = None


@dataclass(frozen=True)
class KnownPerson:
    """A person the record knows, by slug; `aliases` are other names and labels that are theirs."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """The person a voice is, or None with the reason (`why`, for a reader); `suggestions` are slugs, best first, never assigned."""

    slug: str | None
    why: str
    suggestions: tuple[str, ...] = field(default=())


def fold_labels(labels: Sequence[str]) -> list[Voice]:
    """The voices behind the printed labels of one forum, in order of first appearance.

    `labels` is the label of every labelled turn, in order and with repetitions. Each distinct label is in exactly one
    voice; labels that may be two people are never put together.
    """
    order = {label: i for i, label in enumerate(dict.fromkeys(labels))}
    found = [identify(label) for label in order]
    groups = _full_names([one for one in found if one.given])
    groups += _short_names([one for one in found if one.surname and not one.given], groups)
    voices = [_voice(group, order) for group in groups]
    voices += [_nobody(one) for one in found if not one.surname]
    return _with_slips(sorted(voices, key=lambda voice: order[voice.labels[0]]))


@dataclass
class _Group:
    """Labels of one person: `full` those with given names, in order of appearance with the others in `all`."""

    all: list[Identity]
    unsure: str | None = None
    hints: list[Message] = field(default_factory=list)

    @property
    def full(self) -> list[Identity]:
        return [one for one in self.all if one.given]


def _full_names(found: Sequence[Identity]) -> list[_Group]:
    """Labels with given names, put together where they agree; one that agrees with two others is kept apart."""
    groups: list[_Group] = []
    by_key: dict[str, list[_Group]] = defaultdict(list)
    for one in sorted(found, key=lambda identity: -len(identity.given)):
        near = {id(group): group for key in keys(one) for group in by_key[key][: MOST_ALIKE + 1]}.values()
        crowded = any(len(by_key[key]) > MOST_ALIKE for key in keys(one))
        compared = () if crowded or one.doubtful else near
        fits = [group for group in compared if all(agree(one, other) for other in group.all)]
        if len(fits) == 1 and fits[0].unsure is None:
            fits[0].all.append(one)
            group = fits[0]
        elif crowded:
            group = _Group([one], f"More than {MOST_ALIKE} people here share a name with “{one.printed}”.")
            groups.append(group)
        else:
            names = _listed(group.all[0].plain for group in fits)
            group = _Group([one], f"“{one.printed}” may be {names}." if len(fits) > 1 else _doubt(one))
            groups.append(group)
        for key in keys(one):
            by_key[key].append(group)
    return groups


def _short_names(found: Sequence[Identity], groups: Sequence[_Group]) -> list[_Group]:
    """Surnames (and first names) alone: they join the one full name they can stand for, or stand for themselves."""
    new: dict[str, _Group] = {}
    by_key: dict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        for key in {key for other in group.full for key in keys(other)}:
            by_key[key].append(group)
    for one in found:
        fits = _fitting(one, by_key[joined(one.surname)])
        if one.doubtful:
            new[one.printed] = _Group([one], _doubt(one))
        elif len(fits) == 1:
            fits[0].all.append(one)
            if joined(one.surname) != joined(fits[0].full[0].surname):
                fits[0].hints.append(
                    Message(
                        "“{label}” is the first name of {name} only.",
                        {"label": one.printed, "name": fits[0].full[0].plain},
                    )
                )
        elif fits:
            new[one.printed] = _Group(
                [one], f"“{one.printed}” may be {_listed(group.full[0].plain for group in fits)}."
            )
        else:
            _join_short(one, new)
    return list(new.values())


def _join_short(one: Identity, new: dict[str, _Group]) -> None:
    """A surname without a full name anywhere: one voice for all its prints, unless Mr. and Ms. tell two apart."""
    key = joined(one.surname)
    held = new.get(key)
    if held is None:
        new[key] = _Group([one])
    elif all(agree(one, other) for other in held.all):
        held.all.append(one)
    else:
        reason = f"Two people here are called {one.plain}: {held.all[-1].printed} and {one.printed}."
        held.unsure = held.unsure or reason
        new[one.printed] = _Group([one], reason)


def _fitting(one: Identity, groups: Sequence[_Group]) -> list[_Group]:
    """The full names that a surname or first name alone can stand for. A title all others lack decides between several."""
    sure = [group for group in groups if group.unsure is None or len(group.full) == 0]
    named = [group for group in sure if _named(one, group.full)]
    named += [
        group for group in sure if group not in named and any(same_first_name(one, other) for other in group.full)
    ]
    if len(named) > 1 and one.titles:
        titled = [group for group in named if any(other.titles == one.titles for other in group.full)]
        if len(titled) == 1 and all(group is titled[0] or any(other.titles for other in group.full) for group in named):
            return titled
    return named


def _named(one: Identity, full: Sequence[Identity]) -> bool:
    """Whether a short name agrees with full ones; a surname printed as initials (Savannah G.) says nothing against it."""
    agrees = [agree(one, other) for other in full]
    return any(agrees) and all(same or len(joined(other.surname)) < 3 for same, other in zip(agrees, full, strict=True))


def _doubt(one: Identity) -> str | None:
    return f"The transcript itself marks “{one.printed}” as uncertain." if one.doubtful else None


def _listed(names: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys(names))


def _voice(group: _Group, order: Mapping[str, int]) -> Voice:
    labels = tuple(sorted((one.printed for one in group.all), key=order.__getitem__))
    fullest = max(group.all, key=lambda one: (len(one.given), sum(map(len, (*one.given, one.surname)))))
    role = next((one.role for one in group.all if one.role is not Role.UNKNOWN), Role.UNKNOWN)
    hints = list(group.hints)
    if any(one.translated for one in group.all):
        hints.append(Message("Some of these words are an interpreter's."))
    if any(one.recorded for one in group.all):
        hints.append(Message("Some of these words come from a recording played at the forum."))
    return Voice(fullest.plain, labels, role, tuple(hints), group.unsure)


def _nobody(one: Identity) -> Voice:
    return Voice(one.printed, (one.printed,), one.role, unsure=one.nobody)


def _with_slips(voices: list[Voice]) -> list[Voice]:
    """The voices, each with a hint where another one's name is nearly its own."""
    read = [identify(voice.name) for voice in voices]
    spellings = [[whole(one) for one in read], [joined(one.surname) for one in read]]
    found = []
    for i, voice in enumerate(voices[:MOST_COMPARED]):
        near = {
            j
            for spelling in spellings
            for _, _, j in process.extract(
                spelling[i], spelling, scorer=OSA.normalized_similarity, score_cutoff=0.75, limit=20
            )
        }
        names = [voices[j].name for j in sorted(near - {i}) if alike_as(read[i], read[j])]
        hints = tuple(
            Message(
                "“{name}” and “{other}” are nearly alike: one may be misspelt.", {"name": voice.name, "other": name}
            )
            for name in names
        )
        found.append(replace(voice, hints=(*voice.hints, *hints)) if hints else voice)
    return found + voices[MOST_COMPARED:]


def match(voice: Voice, people: Sequence[KnownPerson]) -> Match:
    """The one known person this voice can be. Several candidates, a role only or a mere resemblance: nobody, and why."""
    exact = [person for person in people if _goes_by(person, voice)]
    read = [one for one in map(identify, voice.labels) if not one.nobody]
    fits = [person for person in people if person in exact or (read and _can_be(person, read))]
    suggestions = _suggested(voice, people, fits)
    if voice.unsure and not (len(exact) == 1 and not read):
        return Match(None, voice.unsure, suggestions)
    if len(fits) > 1 and len(exact) == 1 and any(one.given for one in read):
        fits = exact
    if len(fits) == 1:
        full = any(one.given for one in read)
        return Match(fits[0].slug, "Known by this name" if full or exact else f"The only {voice.name} we know here")
    if fits:
        return Match(None, f"Several people we know may be “{voice.name}”.", suggestions)
    return Match(None, "No one we know here goes by this name.", suggestions)


SAME, FITS = "Goes by this very name.", "The name fits."
ALIKE_NAMES = "The names are nearly alike: one may be misspelt."
RELATED, FAINTLY = "The same surname, first name or initials.", "The names resemble one another faintly."
NEAR = (SAME, FITS, ALIKE_NAMES)
"""Resemblances so near that the two may well be one person."""


def resemblance(voice: Voice, person: KnownPerson) -> str:
    """Why a suggested person is worth a look, in words for an editor."""
    names = (person.name, *person.aliases)
    if _goes_by(person, voice):
        return SAME
    read = [one for one in map(identify, voice.labels) if not one.nobody]
    if read and _can_be(person, read):
        return FITS
    if any(likeness(label, names) for label in voice.labels):
        return ALIKE_NAMES
    if any(related(identify(label), identify(name)) for label in voice.labels for name in names):
        return RELATED
    return FAINTLY


def _goes_by(person: KnownPerson, voice: Voice) -> bool:
    known = {fold(name) for name in (person.name, *person.aliases)}
    return any(fold(label) in known for label in voice.labels)


def _can_be(person: KnownPerson, read: Sequence[Identity]) -> bool:
    """Whether one of the names of a person agrees with every label of a voice."""
    names = [identify(name) for name in (person.name, *person.aliases)]
    return all(any(not name.nobody and agree(one, name) for name in names) for one in read)


def _suggested(voice: Voice, people: Sequence[KnownPerson], fits: Sequence[KnownPerson]) -> tuple[str, ...]:
    """Slugs worth an editor's look, best first: those who fit, those with a name nearly alike, the same surname, a faint one."""
    scored = []
    for person in people:
        names = (person.name, *person.aliases)
        score = 101.0 if person in fits else max(likeness(label, names) for label in voice.labels)
        if not score and any(related(identify(label), identify(name)) for label in voice.labels for name in names):
            score = ALIKE - 1
        if score:
            scored.append((-score, person.slug))
    seen = {slug for _, slug in scored}
    distant = [
        (-faint(voice.labels, (person.name, *person.aliases)), person.slug)
        for person in people
        if person.slug not in seen
    ]
    resembling = sorted(pair for pair in distant if pair[0])[:MOST_FAINT]
    return tuple(slug for _, slug in (*sorted(scored), *resembling))
