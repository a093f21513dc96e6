"""Pure: the paragraph styles by which a Word document that we wrote says what each paragraph is, and how it is read back.

A turn begins with a paragraph in the style of a voice: the printed label (or a dash), and after a tab the times. Its
words follow in the style of their kind; later paragraphs of the same turn are in that style `continued`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from transcripts.formats import kept
from transcripts.formats.hypertext import walk
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem
from transcripts.text import clean
from transcripts.vocabulary import Severity, TurnKind

LAYOUT = "a style for each paragraph"
FACT = "Transcript fact"
VOICE = "Transcript voice"
UNKNOWN = "Transcript voice unknown"
NOBODY = "—"
"""What stands where a label would, in the style of an unknown voice."""


def first(kind: TurnKind) -> str:
    """The style of the first paragraph of a turn of a kind."""
    return f"Transcript {kind.value.replace('_', ' ')}"


def later(kind: TurnKind) -> str:
    """The style of its other paragraphs."""
    return f"{first(kind)} continued"


STYLES = (FACT, VOICE, UNKNOWN, *map(first, TurnKind), *map(later, TurnKind))


def _class(style: str) -> str:
    return style.lower().replace(" ", "-")


MAP = "\n".join(f"p[style-name='{style}'] => p.{_class(style)}:fresh" for style in STYLES)
"""The styles as classes of HTML, for the library that turns documents into it."""

_STYLE_OF = {_class(style): style for style in STYLES}
_KINDS = {first(kind): kind for kind in TurnKind} | {later(kind): kind for kind in TurnKind}
_LATER = frozenset(map(later, TurnKind))
_TIME = r"(\d{1,6}):([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_TIME}(?:–{_TIME})?")


def is_ours(body: LexborNode) -> bool:
    """Whether the facts at the top of a document are those that we write."""
    return kept.is_header([_words(node) for node in body.css(f"p.{_class(FACT)}")], LAYOUT)


def printed_times(start_ms: int, end_ms: int | None) -> str:
    """`00:00:03.250–00:00:07.000`, to the millisecond, or the start alone."""
    return "–".join(kept.clock(ms) for ms in (start_ms, end_ms) if ms is not None)


def as_written(name: str, body: LexborNode) -> ParsedRecord:
    """The record of a document in our styles. What somebody added in other styles is nobody's."""
    reader = _Reader()
    for node in body.css("p"):
        style = _STYLE_OF.get(node.attributes.get("class") or "", "")
        reader.take(style, _words(node))
    return reader.record(name)


def paragraphs(body: LexborNode) -> list[str]:
    """The paragraphs of a document in our styles, as its record counts them."""
    return [_words(node).replace("\n", " ") for node in body.css("p")]


@dataclass
class _Turn:
    """A turn being read; `kind` is None while only its voice was read."""

    label: str | None
    line: int
    start_ms: int | None = None
    end_ms: int | None = None
    kind: TurnKind | None = None
    paragraphs: list[str] = field(default_factory=list)


class _Reader:
    """Goes down the paragraphs once."""

    def __init__(self) -> None:
        self.facts: list[str] = []
        self.turns: list[_Turn] = []
        self.problems: list[Problem] = []
        self.line = 0

    def take(self, style: str, words: str) -> None:
        self.line += 1
        if style == FACT:
            self.facts.append(words)
        elif style in (VOICE, UNKNOWN):
            self.turns.append(self._voice(style, words))
        elif style in _LATER and self.turns and self.turns[-1].kind is not None:
            self.turns[-1].paragraphs.append(words)
        elif style in _KINDS:
            self._words(_KINDS[style], words)
        elif words.strip():
            self.turns.append(_Turn(None, self.line, kind=TurnKind.SPEECH, paragraphs=[words]))
            self.problems.append(
                Problem(
                    self.line,
                    Severity.WARNING,
                    "This paragraph was added in another style: we do not know whose words it holds.",
                )
            )

    def _voice(self, style: str, words: str) -> _Turn:
        label, tab, printed = words.rpartition("\t")
        times = _TIMES.fullmatch(printed.strip()) if tab else None
        if times is None:
            label = words
        turn = _Turn(label.strip() or None if style == VOICE else None, self.line)
        if times is not None:
            parts = times.groups()
            turn.start_ms = _milliseconds(parts[:4])
            turn.end_ms = _milliseconds(parts[4:]) if parts[4] is not None else None
        return turn

    def _words(self, kind: TurnKind, words: str) -> None:
        """The first paragraph of a turn: of the voice just read, or of nobody."""
        if not self.turns or self.turns[-1].kind is not None:
            self.turns.append(_Turn(None, self.line))
        self.turns[-1].kind = kind
        self.turns[-1].paragraphs.append(words)

    def record(self, name: str) -> ParsedRecord:
        """What was read. Raises BadFile where there are no words."""
        turns: list[ParsedTurn] = []
        for turn in self.turns:
            text = "\n\n".join(turn.paragraphs)
            if turn.kind is not None and text.strip():
                turns.append(ParsedTurn(turn.label, text, turn.kind, turn.start_ms, turn.end_ms, line=turn.line))
            else:
                self.problems.append(Problem(turn.line, Severity.INFO, "There are no words under this voice."))
        record = kept.record_of(name, self.facts, turns)
        return replace(record, problems=tuple(self.problems))


def _words(paragraph: LexborNode) -> str:
    """The words of a paragraph with its line ends, as they were written."""
    held = []
    for node, enters in walk(paragraph):
        if node.is_text_node:
            held.append(node.text_content or "")
        elif enters and node.tag == "br":
            held.append("\n")
    return clean("".join(held))


def _milliseconds(parts: Sequence[str]) -> int:
    hours, minutes, seconds, rest = map(int, parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
