"""A file becomes a forum's record: received, previewed as often as wanted (nothing is kept of a preview), stored whole or not at all."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from transcripts import annotating, appearances, asking, drafting, revising, storing
from transcripts.appearances import Cast
from transcripts.drafting import Choices, Draft
from transcripts.formats.parsed import Problem
from transcripts.models import Forum, now
from transcripts.queries import imports
from transcripts.received import Received, receive
from transcripts.search import outbox
from transcripts.text import count_words
from transcripts.vocabulary import Grade, Right, TurnKind

__all__ = ["Choices", "Heard", "Preview", "Received", "Stored", "preview", "receive", "store"]


@dataclass(frozen=True)
class Heard:
    """One voice of the file and what it said: `turns` and `words` of speech or quotation."""

    cast: Cast
    turns: int
    words: int


@dataclass(frozen=True)
class Preview:
    """What storing would do. `same_as` names a record made of these very files: then storing does nothing.

    `turns` counts by kind; `unnamed` counts turns of speech under no label; `questions` are those found, as they will be
    asked; `changes` counts what becomes of the turns of the record replaced, None where none is; `repeats` are sentences
    about words held already.
    """

    format: str
    grade: Grade
    right: Right
    published: bool
    turns: dict[str, int]
    words: int
    timed: bool
    unnamed: int
    voices: tuple[Heard, ...]
    questions: tuple[str, ...]
    problems: tuple[Problem, ...]
    changes: dict[str, int] | None
    same_as: int | None
    repeats: tuple[str, ...]


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
        unnamed=sum(turn.label is None for turn in speech),
        voices=_voices(draft),
        questions=asking.questions(draft),
        problems=draft.problems,
        changes=draft.plan.counts if draft.plan else None,
        same_as=draft.same_as,
        repeats=draft.repeats,
    )


def store(
    session: Session, files: Sequence[Received], forum: Forum, choices: Choices, clock: Callable[[], datetime] = now
) -> Stored:
    """Store the files as the next version of one of the forum's records, or as a record of their own.

    Part of the caller's transaction: everything or nothing. Raises Conflict where the files do not fit what is held.
    """
    assert forum.id is not None, "the forum is written before its record"
    imports.lock(session, forum.id)
    draft = drafting.draft(session, files, forum, choices)
    if draft.same_as is not None:
        return Stored(forum.id, draft.same_as, False, {})
    draft.refuse_strangers(choices)
    at = clock()
    speakers = appearances.keep(session, forum.id, draft.cast, draft.guests)
    record_id = storing.keep_record(session, forum.id, draft, choices, at)
    storing.keep_videos(session, forum, draft, choices)
    if draft.plan is None:
        storing.add_turns(session, forum, record_id, list(enumerate(draft.entries)), speakers, at)
    else:
        revising.apply(session, forum, record_id, draft, choices, speakers, at)
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
