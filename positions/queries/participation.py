"""What each candidate had of one forum, what became of every question, and the subjects nobody was asked about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy
from sqlmodel import Session, col

from positions.models import Candidacy, ContestForum, Tag, Topic
from transcripts import participation
from transcripts.bilingual import Bilingual, both
from transcripts.floor import Floor
from transcripts.models import Person, Record, Turn
from transcripts.participation import Candidate, Heard, Interruptions, Measure, Question
from transcripts.queries import forums, transcripts
from transcripts.queries.forums import ForumView
from transcripts.queries.records import shown
from transcripts.queries.transcripts import ExchangeView, Transcript
from transcripts.vocabulary import SPOKEN, Part, Role


@dataclass(frozen=True)
class Asked:
    """A question and what became of each candidate, in their order: `answered` or a Reason."""

    exchange: ExchangeView
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Unasked:
    """A subject of the upper level that no question is on, and how many passages speak of it all the same."""

    slug: str
    name: Bilingual
    summary: Bilingual | None
    passages: int


@dataclass(frozen=True)
class Participation:
    """Everything a page says of it. The candidates stand in alphabetical order, those never heard included.

    `words` is None where none can be shown, `time` where the record is not timed throughout, `interruptions` where its
    punctuation tells nothing.
    `without_topic` counts the questions no topic stands on: what they asked about is not known to us.
    """

    forum: ForumView
    candidates: tuple[Candidate, ...]
    floor: Floor
    words: Measure | None
    time: Measure | None
    turns: Measure
    interruptions: Interruptions | None
    questions: tuple[Asked, ...]
    unasked: tuple[Unasked, ...]
    without_topic: int


def of_forum(session: Session, slug: str) -> Participation:
    """One forum's figures, from what may be shown of its published record. Raises NotFound. A constant number of statements."""
    forum = forums.by_slug(session, slug)
    said = transcripts.transcript(session, forum.line.id)
    candidates = _candidates(forum, _standing(session, forum.line.id))
    told = participation.outcomes([_question(one) for one in said.exchanges], candidates)
    unasked, without_topic = _unasked(session, forum.line.id, said)
    grade = forum.published.grade if forum.published else ""
    return Participation(
        forum=forum,
        candidates=candidates,
        floor=said.floor,
        words=participation.words(said.floor, candidates) if said.floor.words else None,
        time=participation.time(said.floor, candidates),
        turns=participation.turns(said.floor, candidates),
        interruptions=participation.interruptions(_heard(said), candidates, grade) if said.floor.words else None,
        questions=tuple(Asked(one, row) for one, row in zip(said.exchanges, told, strict=True)),
        unasked=unasked,
        without_topic=without_topic,
    )


def _candidates(forum: ForumView, standing: Sequence[tuple[str, str, str]]) -> tuple[Candidate, ...]:
    """Who stands in a race of the forum, and who was a candidate there; a person with two voices is one candidate."""
    names = {slug: (sort_name, name) for slug, name, sort_name in standing}
    voices: dict[str, set[int]] = {slug: set() for slug in names}
    alone = []
    for one in forum.speakers:
        if one.person_slug is None:
            alone += [(one.sort_name, Candidate(one.name, None, frozenset({one.id})))] * (one.role == Role.CANDIDATE)
        elif one.role == Role.CANDIDATE or one.person_slug in names:
            names.setdefault(one.person_slug, (one.sort_name, one.name))
            voices.setdefault(one.person_slug, set()).add(one.id)
    known = [(sort, Candidate(name, slug, frozenset(voices[slug]))) for slug, (sort, name) in names.items()]
    return tuple(one for _, one in sorted([*known, *alone], key=lambda pair: (pair[0], pair[1].person or "")))


def _standing(session: Session, forum_id: int) -> list[tuple[str, str, str]]:
    """Slug, name and name in a register of who stands in the forum's races. One statement."""
    rows = session.execute(
        sqlalchemy.select(col(Person.slug), col(Person.name), col(Person.sort_name))
        .join(Candidacy, col(Candidacy.person_id) == col(Person.id))
        .join(ContestForum, col(ContestForum.contest_id) == col(Candidacy.contest_id))
        .where(col(ContestForum.forum_id) == forum_id)
        .distinct()
    )
    return [(slug, name, sort_name) for slug, name, sort_name in rows]


def _question(exchange: ExchangeView) -> Question:
    answering = frozenset(turn.speaker_id for turn in exchange.answers if turn.speaker_id is not None)
    return Question({voice: line.state for voice, line in exchange.states.items()}, answering)


def _heard(said: Transcript) -> list[Heard]:
    """Everything a voice is heard to say, “Time!” too; what was removed since leaves a gap that nobody is named for."""
    return [
        Heard(turn.speaker_id, turn.text) if turn.status == "current" else Heard(None, "")
        for turn in said.turns
        if turn.kind in SPOKEN
    ]


def _unasked(session: Session, forum_id: int, said: Transcript) -> tuple[tuple[Unasked, ...], int]:
    """The upper topics on no question, and how many questions have no topic. Two statements; nothing where no question is found."""
    tree = session.scalars(sqlalchemy.select(Topic).order_by(col(Topic.position), col(Topic.id))).all()
    upper = {topic.id: topic.parent_id or topic.id for topic in tree}
    rows = session.execute(
        sqlalchemy.select(col(Tag.turn_id), col(Tag.topic_id))
        .join(Turn, col(Turn.id) == col(Tag.turn_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(Turn.forum_id) == forum_id, col(Tag.status) != "rejected", col(Record.is_published), shown())
    )
    subjects: dict[int, set[int | None]] = {}
    for turn_id, topic_id in rows:
        subjects.setdefault(turn_id, set()).add(upper[topic_id])
    asked = [_subjects(exchange, subjects) for exchange in said.exchanges]
    if not asked:
        return (), 0
    known = set().union(*asked)
    return (
        tuple(_card(topic, subjects.values()) for topic in tree if topic.parent_id is None and topic.id not in known),
        sum(not one for one in asked),
    )


def _subjects(exchange: ExchangeView, subjects: dict[int, set[int | None]]) -> set[int | None]:
    """The upper topics of a question: of its lead-in, its own words, and what was asked after it."""
    after = [turn for turn in exchange.answers if turn.exchange_part == Part.FOLLOW_UP]
    asking = (*exchange.lead_ins, *exchange.questions, *after)
    return set().union(*(subjects.get(turn.id, set()) for turn in asking))


def _card(topic: Topic, subjects: Collection[set[int | None]]) -> Unasked:
    passages = sum(topic.id in one for one in subjects)
    summary = both(topic.summary_en, topic.summary_es)
    return Unasked(topic.slug, Bilingual(topic.name_en, topic.name_es), summary, passages)
