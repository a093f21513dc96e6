"""What every format yields: turns in the order printed, quotes of an article, problems with line numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from transcripts.messages import Message, Value
from transcripts.vocabulary import Grade, Right, Role, Severity, TurnKind


@dataclass(frozen=True)
class Timed:
    """When some words of a turn were said: `start` and `end` are half-open code points of its text, the times are ms."""

    start: int
    end: int
    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class ParsedTurn:
    """One printed label block. `text` is NFC with LF; times are ms from the start of the media part; `line` counts from 1.

    `key` is the permanent key (a ULID) of a turn that we, or a site like ours, have held: only our own exports carry it.
    """

    label: str | None
    text: str
    kind: TurnKind = TurnKind.SPEECH
    start_ms: int | None = None
    end_ms: int | None = None
    part: int = 0
    line: int | None = None
    source_ref: str | None = None
    lang: str | None = None
    key: str | None = None
    timed: tuple[Timed, ...] = ()
    """Words or sentences by their times, where the file gives those: in order, none over another."""


@dataclass(frozen=True)
class ParsedQuote:
    """A direct quotation of an article. `text` joins the parts of a split quote with one space, without quotation marks.

    `spans` are half-open code points of the decoded NFC/LF text of the whole file (of a web page: of the words of its
    article), inside the quotation marks;
    `speaker` is the name as the article first gives it in full, None where the article does not say who spoke;
    `turn` is the index of the narration turn (paragraph) the quote begins in.
    """

    text: str
    speaker: str | None
    spans: tuple[tuple[int, int], ...]
    turn: int


@dataclass(frozen=True)
class Problem:
    """Something the editor should look at. `line` counts from 1; None where no line is to blame.

    `template` and `values` are those of a `Message`.
    """

    line: int | None
    severity: Severity
    template: str
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def said(self) -> Message:
        """The sentence, to be told in a reader's language."""
        return Message(self.template, self.values)

    @property
    def message(self) -> str:
        """The sentence in English."""
        return str(self.said)

    def altered(self, alter: Callable[[str], str]) -> "Problem":
        """The same problem with the words of the file in it passed through `alter`."""
        return replace(self, values=self.said.altered(alter).values)


@dataclass(frozen=True)
class ParsedSpeaker:
    """One voice as an export tells it: its name, printed labels and role, and the person it is (`slug`), where known."""

    name: str
    labels: tuple[str, ...]
    role: Role = Role.UNKNOWN
    person: str | None = None
    slug: str | None = None


@dataclass(frozen=True)
class ParsedExchange:
    """A question and what was said to it, as an export tells it: 0-based positions among the turns."""

    question: int
    lead_in: tuple[int, ...] = ()
    answers: tuple[int, ...] = ()
    follow_ups: tuple[int, ...] = ()
    rebuttals: tuple[int, ...] = ()


@dataclass(frozen=True)
class ParsedRecord:
    """A whole file, read. `header` holds the key: value lines of a header block (title, date, place …) as printed.

    `right`, `speakers` and `exchanges` are what an export of ours says; other files say nothing of them.
    """

    format: str
    grade: Grade
    turns: tuple[ParsedTurn, ...]
    quotes: tuple[ParsedQuote, ...] = ()
    problems: tuple[Problem, ...] = ()
    header: dict[str, str] = field(default_factory=dict)
    right: Right | None = None
    speakers: tuple[ParsedSpeaker, ...] = ()
    exchanges: tuple[ParsedExchange, ...] = ()
