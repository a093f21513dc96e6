"""What the pages of an import show: the preview, problems with their place in the source, events that may be the same."""

import hashlib
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz
from sqlmodel import Session

from positions import attribution
from tracker import intake
from tracker.config import Config
from tracker.imports.answers import VoiceAnswer
from tracker.imports.drafts import Draft, FileLine
from transcripts import importing, received
from transcripts.errors import Refusal
from transcripts.formats.parsed import ParsedTurn
from transcripts.importing import Change, Heard, Preview
from transcripts.messages import Message
from transcripts.queries import forums, imports, unmatched
from transcripts.queries.forums import ForumLine
from transcripts.queries.unmatched import Suggestion
from transcripts.text import fold

OPENING = 6
"""Turns shown of a file."""
DAYS = 3
"""An event of a name alike, so many days away at most, may be the same."""
SAMPLE = 220
"""Code points shown of what a voice says."""
ALIKE = 70.0
"""How alike (0-100) two titles must be."""


@dataclass(frozen=True)
class Pointed:
    """A problem and where to look: the file by its position and name, None where several may be meant; line from 1 or None."""

    position: int | None
    filename: str
    line: int | None
    severity: str
    said: Message


@dataclass(frozen=True)
class Seen:
    """A draft looked at. `preview` is None where there is none yet: `refusal` says why, where that is not plain from the files.

    `forum` is the event where it is held already; `alike` are other events that may be the same one.
    """

    preview: Preview | None
    refusal: Message | None
    forum: ForumLine | None
    alike: tuple[ForumLine, ...]
    opening: tuple[ParsedTurn, ...]
    problems: tuple[Pointed, ...]


def see(session: Session, config: Config, draft: Draft) -> Seen:
    """The preview of a draft as its answers are now. Writes nothing."""
    files = draft.received
    preview, forum, refusal = None, None, None
    opening: Sequence[ParsedTurn] = ()
    if files is not None:
        try:
            where = draft.answers.where(config.zone, config.lang) if draft.answers.is_placed else None
            held, preview = intake.preview(session, files, where, draft.answers.choices(draft.by))
            forum = forums.line(held) if held else None
            opening = received.in_order(received.joined(files))[:OPENING]
        except Refusal as refused:
            refusal = refused.message
    return Seen(
        preview=preview,
        refusal=refusal,
        forum=forum,
        alike=tuple(_alike(session, draft, preview, forum)),
        opening=tuple(opening),
        problems=tuple(_problems(draft.files, preview)),
    )


def _alike(session: Session, draft: Draft, preview: Preview | None, forum: ForumLine | None) -> Iterator[ForumLine]:
    """Other events with the same words, or of nearly the same name on nearly the same day."""
    same = preview.elsewhere if preview else ()
    day = _day(draft) if not draft.answers.forum else None
    title = fold(draft.answers.title)
    for one in imports.near(session, day, DAYS, same):
        close = one.slug in same or fuzz.token_sort_ratio(fold(one.title.en), title) >= ALIKE
        if close and (forum is None or one.id != forum.id):
            yield one


def _problems(files: Sequence[FileLine], preview: Preview | None) -> Iterator[Pointed]:
    """What the readers of the files found, then what only the import sees, the worst first."""
    found: list[Pointed] = []
    told: set[str] = set()
    for file in files:
        for problem in file.received.record.problems if file.received else ():
            told.update((problem.message, f"{file.filename}: {problem.message}"))
            found.append(Pointed(file.position, file.filename, problem.line, problem.severity, problem.said))
    for problem in preview.problems if preview else ():
        if problem.message not in told:
            position, name = (files[0].position, files[0].filename) if len(files) == 1 else (None, "")
            found.append(Pointed(position, name, problem.line, problem.severity, problem.said))
    order = ("error", "warning", "info")
    return iter(sorted(found, key=lambda one: (order.index(one.severity), one.position or 0, one.line or 0)))


def parts_held(session: Session, config: Config, draft: Draft) -> list[tuple[str, str, bytes]]:
    """The files of the transcript that stands and are not in the draft: (name, format, bytes). Raises Refusal."""
    place = draft.answers.where(config.zone, config.lang) if draft.answers.is_placed else None
    forum = intake.find(session, place.slug, place.new) if place else None
    if forum is None or forum.id is None:
        raise Refusal("Say first which of the events we hold this is.")
    here = {file.sha256 for file in draft.files}
    held = [file for file in imports.files_of(session, forum.id) if hashlib.sha256(file[2]).hexdigest() not in here]
    if not held:
        raise Refusal("The files we hold are among these already.")
    return held


@dataclass(frozen=True)
class VoiceRow:
    """One voice of the files: what it said, the first words of it, who it may be and why, what an editor said of it."""

    heard: Heard
    sample: str
    suggestions: tuple[Suggestion, ...]
    answer: VoiceAnswer

    @property
    def label(self) -> str:
        """The label an answer is kept under: the first printed."""
        return self.heard.cast.voice.labels[0]


def voices(session: Session, draft: Draft, seen: Seen, page: int, size: int) -> tuple[list[VoiceRow], int]:
    """One page of the voices of a draft, and how many there are."""
    heard = seen.preview.voices if seen.preview else ()
    part = heard[(page - 1) * size : page * size]
    forum_id, day = (seen.forum.id, seen.forum.held_on) if seen.forum else (None, _day(draft))
    found = unmatched.suggested(session, [one.cast.voice.labels for one in part], forum_id, day)
    answers = {answer.label: answer for answer in draft.answers.voices}
    first = _first_words(draft, {label for one in part for label in one.cast.voice.labels})
    rows = []
    for one, suggestions in zip(part, found, strict=True):
        labels = one.cast.voice.labels
        said = next((answers[label] for label in labels if label in answers), VoiceAnswer(labels[0]))
        sample = next((first[label] for label in labels if label in first), "")
        rows.append(VoiceRow(one, sample, suggestions, said))
    return rows, len(heard)


def _first_words(draft: Draft, labels: set[str]) -> dict[str, str]:
    """The first thing printed under each label."""
    found: dict[str, str] = {}
    for turn in received.in_order(received.joined(draft.received)) if draft.received else ():
        if turn.label in labels and turn.label not in found:
            found[turn.label] = textwrap.shorten(turn.text, SAMPLE, placeholder=" …")
    return found


def _day(draft: Draft) -> date | None:
    return date.fromisoformat(draft.answers.day) if draft.answers.day else None


@dataclass(frozen=True)
class Changes:
    """What storing would do to the record that stands: `rested` are ids of turns whose words positions rest on; `evidence` and
    `marked` say what becomes of quotations, of positions and of annotations: how many get which status."""

    counts: dict[str, int]
    evidence: dict[str, int]
    marked: dict[str, int]
    changes: tuple[Change, ...]
    rested: frozenset[int]


def changes(session: Session, config: Config, draft: Draft) -> Changes | None:
    """The plan of a re-import; None where nothing is replaced. Raises Refusal as the preview does."""
    files = draft.received
    if files is None or not draft.answers.is_placed:
        return None
    place, choices = draft.answers.where(config.zone, config.lang), draft.answers.choices(draft.by)
    forum = intake.find(session, place.slug, place.new)
    if forum is None:
        return None
    known = intake.with_candidates(session, choices, forum, place.contest)
    found = importing.changes(session, files, forum, known)
    counts: dict[str, int] = {}
    for change in found:
        counts[change.fate] = counts.get(change.fate, 0) + 1
    held = [change.turn_id for change in found if change.turn_id is not None]
    evidence, marked = intake.quotations_after(session, files, forum, known)
    return Changes(
        counts, evidence, marked, tuple(found), attribution.rested_on(session, held) if held else frozenset()
    )
