"""The queue of voices nobody is linked to, across forums, with people they may be and why: for an editor, never assigned."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col

from transcripts import voices
from transcripts.likeness import FAINT, spellings
from transcripts.models import Person, PersonAlias, Record, Speaker, SpeakerLabel, Turn
from transcripts.people_tables import Attribution
from transcripts.queries import forums
from transcripts.queries.forums import HEARD, ForumLine
from transcripts.queries.records import shown
from transcripts.text import fold
from transcripts.voices import KnownPerson, Voice, fold_labels

SUGGESTED = 5
"""Only so many people are suggested for one voice."""
ELSEWHERE = "“%(label)s” was theirs at another forum."


@dataclass(frozen=True)
class Suggestion:
    """A person a voice may be, and why that is worth a look."""

    slug: str
    name: str
    why: str


@dataclass(frozen=True)
class Unmatched:
    """A voice linked to nobody: what it said, why nobody is assigned, and who it may be. `seen` is for `attributing`."""

    speaker_id: int
    name: str
    role: str
    labels: tuple[str, ...]
    why: str
    forum: ForumLine
    turns: int
    words: int
    suggestions: tuple[Suggestion, ...]
    seen: int


@dataclass(frozen=True)
class Queue:
    """One page of the queue, those who said most first."""

    total: int
    voices: tuple[Unmatched, ...]


def queue(
    session: Session, page: int = 1, size: int = 20, forum_id: int | None = None, *, left_open: bool = False
) -> Queue:
    """The voices nobody is linked to, of one forum or all. The number of statements is the same whatever the page holds.

    Voices all of whose labels stand for several people, by an editor's word, are not among them; those that an editor left
    open are the others, asked for with `left_open`.
    """
    which = waiting(left_open=left_open)
    if forum_id is not None:
        which &= col(Speaker.forum_id) == forum_id
    total = session.execute(select(func.count()).select_from(Speaker).where(which)).scalar_one()
    said = (
        select(
            col(Turn.speaker_id).label("speaker_id"),
            func.count(col(Turn.id)).label("turns"),
            func.sum(col(Turn.words)).label("words"),
        )
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(Turn.kind).in_(HEARD), shown())
        .group_by(col(Turn.speaker_id))
        .subquery()
    )
    seen = select(func.max(Attribution.id)).where(col(Attribution.speaker_id) == col(Speaker.id)).scalar_subquery()
    words = func.coalesce(said.c.words, 0)
    rows = session.execute(
        select(Speaker, func.coalesce(said.c.turns, 0), words, func.coalesce(seen, 0))
        .outerjoin(said, said.c.speaker_id == col(Speaker.id))
        .where(which)
        .order_by(words.desc(), col(Speaker.id))
        .offset((max(page, 1) - 1) * size)
        .limit(size)
    ).all()
    labels = _labels(session, [speaker.id or 0 for speaker, *_ in rows])
    held = forums.lines(session, {speaker.forum_id for speaker, *_ in rows})
    register = _Register(_everybody(session))
    return Queue(
        total,
        tuple(
            Unmatched(
                speaker_id=speaker.id or 0,
                name=speaker.name,
                role=speaker.role,
                labels=labels.get(speaker.id or 0, ()),
                why=speaker.why,
                forum=held[speaker.forum_id],
                turns=turns,
                words=words,
                suggestions=_suggestions(
                    labels.get(speaker.id or 0) or (speaker.name,), held[speaker.forum_id], register
                ),
                seen=last,
            )
            for speaker, turns, words, last in rows
        ),
    )


class _Event(NamedTuple):
    """Where and when names are read: `id` is None at a forum that is yet to be made, `held_on` where its day is not known."""

    id: int | None
    held_on: date | None


def suggested(
    session: Session, voices: Sequence[Sequence[str]], forum_id: int | None, day: date | None
) -> list[tuple[Suggestion, ...]]:
    """For each voice of a file, by its labels: people it may be, whoever they are, as for the queue. Two statements."""
    register = _Register(_everybody(session))
    return [_suggestions(labels, _Event(forum_id, day), register) for labels in voices]


def waiting(*, left_open: bool = False) -> ColumnElement[bool]:
    """Whether a voice waits in the queue, or was left open by an editor who looked."""
    nobody = and_(col(Speaker.person_id).is_(None), col(Speaker.joined_to_id).is_(None), ~_settled())
    return and_(nobody, _open() if left_open else ~_open())


@dataclass(frozen=True)
class _Named:
    """A person with every other name, and where each applies."""

    slug: str
    name: str
    aliases: tuple[PersonAlias, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Their name and every other one, wherever it applies."""
        return (self.name, *(alias.alias for alias in self.aliases))

    def at(self, forum: ForumLine | _Event) -> KnownPerson:
        """With the names that apply at a forum on its day."""
        fits = (alias.alias for alias in self.aliases if _applies(alias, forum))
        return KnownPerson(self.slug, self.name, tuple(fits))

    def elsewhere(self, printed: set[str]) -> bool:
        """Whether one of these labels stood for this person at some forum."""
        return any(alias.forum_id is not None and alias.folded in printed for alias in self.aliases)


def _applies(alias: PersonAlias, forum: ForumLine | _Event) -> bool:
    """The rule of `aliases.applying`, for rows at hand."""
    day = forum.held_on
    if day is None and (alias.valid_from or alias.valid_to):
        return False
    return (
        alias.forum_id in (None, forum.id)
        and (alias.valid_from is None or day is None or alias.valid_from <= day)
        and (alias.valid_to is None or day is None or alias.valid_to >= day)
    )


def _settled() -> ColumnElement[bool]:
    own = col(SpeakerLabel.speaker_id) == col(Speaker.id)
    shared = select(col(SpeakerLabel.id)).where(own, col(SpeakerLabel.several)).exists()
    return and_(shared, ~select(col(SpeakerLabel.id)).where(own, ~col(SpeakerLabel.several)).exists())


def _open() -> ColumnElement[bool]:
    """Whether the last that was said of who a voice is left it open."""
    said, later = aliased(Attribution), aliased(Attribution)
    since = select(col(later.id)).where(
        col(later.speaker_id) == col(said.speaker_id), col(later.id) > col(said.id), col(later.kind) != "role"
    )
    latest = and_(col(said.speaker_id) == col(Speaker.id), col(said.kind) == "open", ~since.correlate(said).exists())
    return select(col(said.id)).where(latest).correlate(Speaker).exists()


def _labels(session: Session, speakers: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        select(col(SpeakerLabel.speaker_id), col(SpeakerLabel.label))
        .where(col(SpeakerLabel.speaker_id).in_(speakers))
        .order_by(col(SpeakerLabel.id))
    )
    for speaker_id, label in rows:
        found[speaker_id].append(label)
    return {speaker_id: tuple(printed) for speaker_id, printed in found.items()}


def _everybody(session: Session) -> list[_Named]:
    names: dict[int, list[PersonAlias]] = defaultdict(list)
    for alias in session.scalars(select(PersonAlias).order_by(col(PersonAlias.id))):
        names[alias.person_id].append(alias)
    people = session.execute(select(col(Person.id), col(Person.slug), col(Person.name)).order_by(col(Person.id)))
    return [_Named(slug, name, tuple(names[id])) for id, slug, name in people]


class _Register:
    """Everybody, looked up by how their names are spelled: with thousands of people, few are worth a closer look."""

    def __init__(self, people: Sequence[_Named]) -> None:
        self.people = people
        self.owners: dict[str, list[_Named]] = defaultdict(list)
        for one in people:
            for spelled in {part for name in one.names for part in spellings(name)}:
                self.owners[spelled].append(one)
        self.spelled = list(self.owners)

    def near(self, labels: Sequence[str]) -> list[_Named]:
        """Those one of whose names is not too far from one of these labels."""
        found: dict[str, _Named] = {}
        for printed in {part for label in labels for part in spellings(label)}:
            hits = process.extract(
                printed, self.spelled, scorer=OSA.normalized_similarity, score_cutoff=FAINT, limit=None
            )
            found |= {one.slug: one for spelled, _, _ in hits for one in self.owners[spelled]}
        return [found[slug] for slug in sorted(found)]


def _suggestions(labels: Sequence[str], forum: ForumLine | _Event, register: _Register) -> tuple[Suggestion, ...]:
    """Best first: what the names say, then who had the very label at another forum."""
    voice = _voice(labels)
    known = {one.slug: one.at(forum) for one in register.near(labels)}
    match = voices.match(voice, list(known.values()))
    best = ((match.slug,) if match.slug else ()) + match.suggestions
    found = [Suggestion(slug, known[slug].name, voices.resemblance(voice, known[slug])) for slug in dict.fromkeys(best)]
    printed = {fold(label) for label in labels}
    found += [
        Suggestion(one.slug, one.name, ELSEWHERE % {"label": labels[0]})
        for one in register.people
        if one.slug not in best and one.elsewhere(printed)
    ]
    return tuple(found[:SUGGESTED])


def _voice(labels: Sequence[str]) -> Voice:
    """The labels of one held voice as one, whatever they say of themselves."""
    first = fold_labels(labels)[0]
    return Voice(first.name, tuple(labels), first.role, unsure=first.unsure)
