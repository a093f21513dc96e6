"""Give a class something to read: pick questions of a forum, fix the turns and their versions, copy the tags.

Each function is one step of the caller's transaction.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from positions.classes import allocation
from positions.classes.models import (
    UNITS,
    Allocation,
    Assignment,
    AssignmentTag,
    AssignmentTurn,
    ClassMember,
    ClassReply,
)
from positions.classes.sheet import Sheet, minutes_for
from positions.classes.visibility import Policy
from transcripts.bilingual import Bilingual
from transcripts.errors import NotFound, Refusal
from transcripts.models import Forum, now
from transcripts.queries import transcripts, turns
from transcripts.queries.turns import TurnView

Clock = Callable[[], datetime]

MOST_TURNS = 300
MOST_TAGS = 60


@dataclass(frozen=True)
class Question:
    """A question of a forum as a teacher picks it: how many answers, by how many voices, how many words to read in all."""

    key: str
    number: int
    text: str
    answers: int
    words: int


@dataclass(frozen=True)
class Load:
    """What was picked comes to: answers, words to read with the questions, minutes of close reading."""

    answers: int
    words: int

    @property
    def minutes(self) -> int:
        """How long reading takes, one at least."""
        return minutes_for(self.words)


@dataclass(frozen=True)
class WantedTag:
    """A tag of a new assignment; `parent` is the key of one before it, `topic` the slug of a topic it stands for."""

    key: str
    name: Bilingual
    description: Bilingual = Bilingual("")
    includes: str = ""
    excludes: str = ""
    parent: str | None = None
    topic: str | None = None


@dataclass(frozen=True)
class Wanted:
    """An assignment as its teacher wants it. `questions` and `turns` are keys of turns; the words are those of today."""

    title: str
    questions: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    tags: tuple[WantedTag, ...] = ()
    preset: str = "own"
    instructions: str = ""
    unit: str = "turn"
    exclusive: bool = False
    policy: Policy = Policy.HIDDEN
    seen_from: datetime | None = None
    names_hidden: bool = False
    comments: bool = True
    replies: bool = True
    raters: int | None = None
    least: int = 0
    due_at: datetime | None = None
    seeds: tuple[tuple[str, str], ...] = ()
    """(key of a turn, the teacher's note on it), there from the beginning."""


def questions_of(session: Session, forum: str) -> tuple[Question, ...]:
    """The questions of a forum with what reading each comes to. Raises NotFound."""
    told = transcripts.transcript(session, _forum(session, forum))
    return tuple(
        Question(
            one.key,
            one.number,
            " ".join(turn.text for turn in one.questions),
            len(one.answers),
            sum(turn.words for turn in (*one.lead_ins, *one.questions, *one.answers)),
        )
        for one in told.exchanges
        if one.answers
    )


def load_of(questions: Sequence[Question], keys: Sequence[str]) -> Load:
    """What the picked questions come to."""
    picked = [one for one in questions if one.key in keys]
    return Load(sum(one.answers for one in picked), sum(one.words for one in picked))


def make(session: Session, class_id: int, forum: str, wanted: Wanted, clock: Clock = now) -> str:
    """Give a class an assignment; returns its key. Raises Refusal, NotFound."""
    forum_id = _forum(session, forum)
    picked = _picked(session, forum_id, wanted)
    _check(wanted, picked)
    key = secrets.token_urlsafe(16)
    made = Assignment(
        key=key,
        class_id=class_id,
        forum_id=forum_id,
        title=wanted.title,
        instructions=wanted.instructions,
        preset=wanted.preset,
        unit=wanted.unit,
        exclusive=wanted.exclusive,
        policy=wanted.policy,
        seen_from=wanted.seen_from,
        names_hidden=wanted.names_hidden,
        comments=wanted.comments,
        replies=wanted.replies,
        raters=wanted.raters,
        seed=secrets.randbelow(2**31),
        least=wanted.least,
        due_at=wanted.due_at,
        created_at=clock(),
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    for n, tag in enumerate(wanted.tags):
        session.add(_tag_row(made.id, n, tag))
    held: dict[str, int] = {}
    for n, (turn, asked) in enumerate(picked):
        row = AssignmentTurn(assignment_id=made.id, position=n, turn_id=turn.id, turn_version=turn.version, asked=asked)
        session.add(row)
        session.flush()
        assert row.id is not None
        held[turn.key] = row.id
    for turn_key, note in wanted.seeds:
        session.add(
            ClassReply(
                key=secrets.token_urlsafe(16),
                assignment_id=made.id,
                class_turn_id=held[turn_key],
                text=note,
                seed=True,
                at=clock(),
            )
        )
    session.flush()
    return key


def copy(session: Session, sheet: Sheet, class_id: int, clock: Clock = now) -> str:
    """The same assignment for another class, with the words of today and without anybody's work; returns its key."""
    asked = {one.key for one in sheet.passages if one.asked and not one.gone}
    wanted = Wanted(
        title=sheet.title,
        questions=(),
        turns=tuple(one.key for one in sheet.passages if not one.gone),
        tags=tuple(
            WantedTag(one.key, one.name, one.description, one.includes, one.excludes, one.parent, one.topic)
            for one in sheet.tags
        ),
        preset=sheet.preset,
        instructions=sheet.instructions,
        unit=sheet.unit,
        exclusive=sheet.exclusive,
        policy=sheet.rule.policy if sheet.rule.policy != Policy.UNTIL else Policy.HIDDEN,
        names_hidden=sheet.names_hidden,
        comments=sheet.comments,
        replies=sheet.replies,
        raters=sheet.raters,
        least=sheet.least,
    )
    key = make(session, class_id, sheet.forum, wanted, clock)
    made = session.exec(select(Assignment).where(Assignment.key == key)).one()
    for row in session.exec(select(AssignmentTurn).where(AssignmentTurn.assignment_id == made.id)):
        row.asked = next((True for one in sheet.passages if one.turn_id == row.turn_id and one.key in asked), False)
        session.add(row)
    session.flush()
    return key


def allot(session: Session, sheet: Sheet, member: int, seed: int) -> None:
    """Give a student the passages they judge, at the first look, where not everybody judges everything."""
    if sheet.raters is None:
        return
    session.exec(select(Assignment.id).where(Assignment.id == sheet.id).with_for_update()).one()
    ours = [one.id for one in sheet.answers]
    rows = session.exec(select(Allocation).where(col(Allocation.class_turn_id).in_(ours))).all()
    if any(row.member_id == member for row in rows):
        return
    held: dict[int, int] = {}
    for row in rows:
        held[row.class_turn_id] = held.get(row.class_turn_id, 0) + 1
    students = session.exec(select(func.count(col(ClassMember.id))).where(ClassMember.class_id == sheet.class_id)).one()
    many = allocation.share(len(ours), sheet.raters, students)
    for passage in allocation.given(ours, held, many, seed, str(member)):
        session.add(Allocation(class_turn_id=passage, member_id=member))
    session.flush()


def seed_of(session: Session, sheet: Sheet) -> int:
    """The number the lots of an assignment are drawn from."""
    return session.exec(select(Assignment.seed).where(Assignment.id == sheet.id)).one()


def _check(wanted: Wanted, picked: Sequence[tuple[TurnView, bool]]) -> None:
    answers = [turn.key for turn, asked in picked if not asked]
    if not answers:
        raise Refusal("Pick at least one question that was answered.")
    if len(picked) > MOST_TURNS:
        raise Refusal("At most {n} turns in one assignment; pick fewer questions.", n=MOST_TURNS)
    if len(wanted.tags) > MOST_TAGS or len({tag.key for tag in wanted.tags}) != len(wanted.tags):
        raise Refusal("At most {n} tags, each with a name of its own.", n=MOST_TAGS)
    if not wanted.tags and not wanted.comments:
        raise Refusal("Give the class tags to put, or let it write comments.")
    if wanted.unit not in UNITS or (wanted.raters is not None and wanted.raters < 1) or wanted.least < 0:
        raise Refusal("Choose what is marked, by how many, and how many marks are asked for.")
    if wanted.policy == Policy.UNTIL and wanted.seen_from is None:
        raise Refusal("Say from when on classmates see one another’s work.")
    if {key for key, _ in wanted.seeds} - set(answers):
        raise Refusal("A note of yours stands on an answer that is not in this assignment.")


def _picked(session: Session, forum_id: int, wanted: Wanted) -> list[tuple[TurnView, bool]]:
    """The turns of an assignment with whether they ask, in printed order."""
    told = transcripts.transcript(session, forum_id)
    found: dict[str, tuple[TurnView, bool]] = {}
    known = {one.key for one in told.exchanges}
    if set(wanted.questions) - known:
        raise NotFound("One of these questions is not in this forum (any more). Pick anew.")
    for one in told.exchanges:
        if one.key in wanted.questions:
            found |= {turn.key: (turn, True) for turn in (*one.lead_ins, *one.questions)}
            found |= {turn.key: (turn, False) for turn in one.answers}
    extra = [turn for turn in turns.by_keys(session, wanted.turns) if turn.forum.id == forum_id]
    if len(extra) != len(set(wanted.turns)):
        raise NotFound("Some of these words are not in this forum (any more). Pick anew.")
    found |= {turn.key: (turn, False) for turn in extra if turn.key not in found}
    return sorted(found.values(), key=lambda pair: (pair[0].record.id, pair[0].position))


def _tag_row(assignment_id: int, n: int, tag: WantedTag) -> AssignmentTag:
    return AssignmentTag(
        assignment_id=assignment_id,
        position=n,
        key=tag.key,
        parent=tag.parent,
        name_en=tag.name.en,
        name_es=tag.name.es,
        description_en=tag.description.en,
        description_es=tag.description.es,
        includes=tag.includes,
        excludes=tag.excludes,
        topic=tag.topic,
    )


def _forum(session: Session, slug: str) -> int:
    found = session.exec(select(Forum.id).where(Forum.slug == slug)).first()
    if found is None:
        raise NotFound("There is no {kind} “{key}”.", kind="forum", key=slug)
    return found
