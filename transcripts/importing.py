"""A file becomes a forum's record: received, previewed as often as wanted (nothing is kept of a preview), stored whole or not at all."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from transcripts import annotating, appearances, asking, drafting, revising, storing
from transcripts.appearances import Cast
from transcripts.drafting import Choices, Draft
from transcripts.floor import Floor, Spoken, floor
from transcripts.formats.parsed import ParsedTurn, Problem
from transcripts.messages import Message
from transcripts.models import Forum, now
from transcripts.queries import imports
from transcripts.received import Received, receive
from transcripts.reimport import Kept
from transcripts.search import outbox
from transcripts.text import count_words
from transcripts.vocabulary import Grade, Right, TurnKind

Step = Callable[[str], None]
STEPS = ("compare", "write", "questions")
"""What storing does, in its order."""

__all__ = ["Choices", "Heard", "Preview", "Received", "Step", "Stored", "changes", "preview", "receive", "store"]


@dataclass(frozen=True)
class Heard:
    """One voice of the file and what it said: `turns` and `words` of speech or quotation."""

    cast: Cast
    turns: int
    words: int


@dataclass(frozen=True)
class Preview:
    """What storing would do. `same_as` names a record made of these very files: then storing does nothing.

    `turns` counts by kind; `floor` is the speech in minutes, or in words where it is not timed, and how much of it stands under
    a printed label (voice 1); `unnamed` counts turns of speech under no label; `questions` are those found, as they will be
    asked; `changes` counts what becomes of the turns of the record replaced, None where none is; `stranger` is (turns kept,
    turns held) where too little is shared to replace it unasked; `repeats` are sentences about words held already, at the
    forums `elsewhere` (slugs).
    """

    format: str
    grade: Grade
    right: Right
    published: bool
    turns: dict[str, int]
    words: int
    timed: bool
    floor: Floor
    unnamed: int
    voices: tuple[Heard, ...]
    questions: tuple[str, ...]
    problems: tuple[Problem, ...]
    changes: dict[str, int] | None
    same_as: int | None
    repeats: tuple[Message, ...]
    elsewhere: tuple[str, ...] = ()
    stranger: tuple[int, int] | None = None


@dataclass(frozen=True)
class Change:
    """What becomes of one turn: `fate` as in `Preview.changes`; `turn_id` and `key` are those of a turn held, None for a new one.

    `before` and `after` are its words; `label` the printed one, `was` the label held where that differs.
    """

    fate: str
    label: str | None
    before: str
    after: str
    turn_id: int | None = None
    key: str | None = None
    was: str | None = None


@dataclass(frozen=True)
class Stored:
    """What storing did. `changed` is False where the very same files were held already; `counts` are as in `Preview.changes`."""

    forum_id: int
    record_id: int
    changed: bool
    counts: dict[str, int]


def preview(session: Session, files: Sequence[Received], forum: Forum | None, choices: Choices) -> Preview:
    """What storing these files into `forum` would do; None stands for a forum that is yet to be made. Writes nothing."""
    draft = drafting.draft(session, files, forum, choices)
    runs = asking.procedure(draft)
    kinds = [TurnKind.PROCEDURE if n in runs else turn.kind for n, turn in enumerate(draft.entries)]
    speech = [turn for turn, kind in zip(draft.entries, kinds, strict=True) if kind == TurnKind.SPEECH]
    return Preview(
        format=draft.record.format,
        grade=storing.grade_of(draft, choices),
        right=storing.right_of(draft, choices),
        published=draft.published,
        turns=dict(Counter(map(str, kinds))),
        words=sum(count_words(turn.text) for turn in speech),
        timed=any(turn.start_ms is not None for turn in speech),
        floor=floor([_spoken(turn) for turn in speech]),
        unnamed=sum(turn.label is None for turn in speech),
        voices=_voices(draft),
        questions=asking.questions(draft),
        problems=draft.problems,
        changes=draft.plan.counts if draft.plan else None,
        same_as=draft.same_as,
        repeats=draft.repeats,
        elsewhere=draft.elsewhere,
        stranger=draft.stranger,
    )


def _spoken(turn: ParsedTurn) -> Spoken:
    return Spoken(1 if turn.label else None, count_words(turn.text), turn.part, turn.start_ms, turn.end_ms)


def changes(session: Session, files: Sequence[Received], forum: Forum, choices: Choices) -> list[Change]:
    """What storing would do to every turn held, and every turn it would add, in the order of the files; nothing unchanged."""
    draft = drafting.draft(session, files, forum, choices)
    plan = draft.plan
    if plan is None:
        return []
    found = [(kept.found, _kept(draft, kept)) for kept in plan.kept if kept.changed]
    found += [(j, Change("new", draft.entries[j].label, "", draft.entries[j].text)) for j in plan.new]
    place, merged = {kept.held: kept.found for kept in plan.kept}, dict(plan.merged)
    withdrawn = set(plan.withdrawn)
    for i, turn in enumerate(draft.held):
        place.setdefault(i, place.get(i - 1, -1))
        fate = "merged" if i in merged else "withdrawn" if i in withdrawn else None
        if fate and turn.status == "current":
            found.append((place[i], Change(fate, turn.label, turn.text, "", turn.id, turn.key)))
    return [change for _, change in sorted(found, key=lambda pair: pair[0])]


def _kept(draft: Draft, kept: Kept) -> Change:
    turn, now = draft.held[kept.held], draft.entries[kept.found]
    fate = "reworded" if kept.reworded else "relabelled" if kept.relabelled else "retimed"
    was = turn.file_label if kept.relabelled else None
    return Change(fate, now.label, turn.file_text or "", now.text, turn.id, turn.key, was)


def store(
    session: Session,
    files: Sequence[Received],
    forum: Forum,
    choices: Choices,
    clock: Callable[[], datetime] = now,
    step: Step = lambda _: None,
) -> Stored:
    """Store the files as the next version of one of the forum's records, or as a record of their own.

    Part of the caller's transaction: everything or nothing; `step` hears what begins now (STEPS) and may raise. Raises
    Conflict where the files do not fit what is held.
    """
    assert forum.id is not None, "the forum is written before its record"
    step("compare")
    imports.lock(session, forum.id)
    draft = drafting.draft(session, files, forum, choices)
    if draft.same_as is not None:
        return Stored(forum.id, draft.same_as, False, {})
    draft.refuse_strangers(choices)
    step("write")
    at = clock()
    speakers = appearances.keep(session, forum.id, draft.cast, draft.guests)
    record_id = storing.keep_record(session, forum.id, draft, choices, at)
    storing.keep_videos(session, forum, draft, choices)
    if draft.plan is None:
        storing.add_turns(session, forum, record_id, list(enumerate(draft.entries)), speakers, at)
    else:
        revising.apply(session, forum, record_id, draft, choices, speakers, at)
    step("questions")
    asking.keep(session, forum.id, record_id)
    annotating.reanchor(session, record_id, lambda: at)
    outbox.enqueue_forums(session, [forum.id])
    return Stored(forum.id, record_id, True, draft.plan.counts if draft.plan else {"new": len(draft.entries)})


def _voices(draft: Draft) -> tuple[Heard, ...]:
    said: Counter[str | None] = Counter()
    words: Counter[str | None] = Counter()
    for turn in draft.entries:
        if turn.kind in (TurnKind.SPEECH, TurnKind.RECAP_QUOTE):
            said[turn.label] += 1
            words[turn.label] += count_words(turn.text)
    return tuple(
        Heard(one, sum(said[label] for label in one.voice.labels), sum(words[label] for label in one.voice.labels))
        for one in draft.cast
    )
