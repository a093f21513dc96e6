"""Pure values: an assignment as it is read, the marks made on it, and where each student's work stands.

What a viewer holds of these has been let through by `visibility.may_read`: nothing here is filtered again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from positions.classes.visibility import Rule, Scope, State
from transcripts.bilingual import Bilingual
from transcripts.exchanges import sentences
from transcripts.text import count_words

READING_PACE = 180
"""Words a student reads closely in a minute: half of what adults read for pleasure (Brysbaert 2019: 238 words of non-fiction)."""


@dataclass(frozen=True)
class Tag:
    """A tag students may put. `parent` is the key of the one above it; `topic` the slug of a topic it stands for."""

    id: int
    key: str
    name: Bilingual
    description: Bilingual
    includes: str = ""
    excludes: str = ""
    parent: str | None = None
    topic: str | None = None


@dataclass(frozen=True)
class Passage:
    """A turn of an assignment in the version that is read; `asked` ones are the questions above the answers.

    `letter` is what its voice goes by while names are hidden; `corrected`: the record says it otherwise by now; `gone`: it was
    removed from the record, and its words with it. `start_ms` counts from the start of a part.
    """

    id: int
    turn_id: int
    key: str
    version: int
    position: int
    asked: bool
    text: str
    lang: str
    speaker_id: int | None
    speaker: str | None
    label: str | None
    letter: str
    start_ms: int | None = None
    video_url: str | None = None
    corrected: bool = False
    gone: bool = False

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Where its sentences stand: half-open spans of code points."""
        return tuple(sentences.spans(self.text))

    @property
    def words(self) -> int:
        """How many words it has."""
        return count_words(self.text)


@dataclass(frozen=True)
class Sheet:
    """An assignment: what is read, with which tags, under which rule. `least` marks are asked for; `due_at` is UTC."""

    id: int
    key: str
    title: str
    instructions: str
    preset: str
    unit: str
    exclusive: bool
    rule: Rule
    names_hidden: bool
    comments: bool
    replies: bool
    raters: int | None
    least: int
    due_at: datetime | None
    revealed_at: datetime | None
    class_id: int
    class_key: str
    class_title: str
    lang: str
    teacher: int
    paused: bool
    forum: str
    forum_title: Bilingual
    passages: tuple[Passage, ...]
    tags: tuple[Tag, ...]

    @property
    def nameless(self) -> bool:
        """Whether speakers go by letters now."""
        return self.names_hidden and not self.rule.revealed

    @property
    def answers(self) -> tuple[Passage, ...]:
        """What is marked: every passage that asks nothing and still stands in the record."""
        return tuple(one for one in self.passages if not one.asked and not one.gone)

    @property
    def words(self) -> int:
        """How many words there are to read, questions included."""
        return sum(one.words for one in self.passages)

    @property
    def minutes(self) -> int:
        """How long reading takes, in minutes, one at least."""
        return minutes_for(self.words)

    def passage(self, id: int) -> Passage:
        """The passage of an id."""
        return next(one for one in self.passages if one.id == id)

    def tag(self, id: int | None) -> Tag | None:
        """The tag of an id."""
        return next((one for one in self.tags if one.id == id), None)


@dataclass(frozen=True)
class MarkView:
    """A mark: at most one tag on code points [start, end) of a passage, and what was said beside it.

    `key` is that of the annotation; `at` and `changed_at` are UTC. `who` is the pseudonym, None where it may not be told.
    """

    id: int
    key: str
    member: int
    who: str | None
    passage: int
    tag: int | None
    start: int
    end: int
    comment: str
    purpose: str
    scope: Scope
    state: State
    hidden: bool
    version: int
    at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class Work:
    """Where a student's work on an assignment stands; times are UTC. `given`: the passages they judge, None for all.

    `independent`: handed in the first time before classmates' work was open, so that it counts in figures of agreement.
    """

    member: int
    who: str
    state: State
    n: int
    handed_in_at: datetime | None
    first_at: datetime | None
    until: datetime | None
    remark: str
    independent: bool
    given: frozenset[int] | None = None

    @property
    def handed_in(self) -> bool:
        """Whether it lies with the teacher now and cannot be changed."""
        return self.state == State.SUBMITTED

    def judges(self, passage: int) -> bool:
        """Whether this student was given a passage."""
        return self.given is None or passage in self.given


def minutes_for(words: int) -> int:
    """How many minutes so many words take a student who reads closely, one at least."""
    return max(1, -(-words // READING_PACE))


def letters(speakers: Sequence[int | None]) -> dict[int | None, str]:
    """Letters for voices in the order they are first heard: A, B … Z, A2; a voice nobody has named has none."""
    order = dict.fromkeys(one for one in speakers if one is not None)
    return {one: chr(65 + n % 26) + (str(n // 26 + 1) if n >= 26 else "") for n, one in enumerate(order)} | {None: "?"}
