"""Pure: the printed label blocks of a plain text, in order, each with its words and whose they are said to be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from transcripts.formats.headings import is_heading
from transcripts.formats.labels import Possible, is_scene, is_time, is_title, possible_label
from transcripts.formats.layout import Line
from transcripts.formats.parsed import Problem
from transcripts.formats.sheet import Sheet
from transcripts.vocabulary import Severity, TurnKind

_MARKED_HEADING = re.compile(r"#{1,6}\s+\S")
_END = re.compile(r"[\W_]*end(?: of (?:\w+ ){0,5}\w+)?[\W_]*", re.IGNORECASE)
_RULE = re.compile(r"[\W_]{3,}")
_UNKNOWN = re.compile(r"\W*(?:unknown|desconocid[oa])\W*", re.IGNORECASE)


@dataclass
class Block:
    """What stands under one label: paragraphs of lines, `label` None where the voice is unknown; `line` counts from 1.

    `begun`: a label or a mark began it, so it lasts until the next; else it is one paragraph. `resumed`: it goes on
    after words of the page.
    """

    label: str | None
    line: int
    kind: TurnKind = TurnKind.SPEECH
    start_ms: int | None = None
    joint: str = "\n"
    begun: bool = True
    resumed: bool = False
    paragraphs: list[list[str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(self.joint.join(paragraph) for paragraph in self.paragraphs)

    def add(self, words: str, apart: bool) -> None:
        if apart or not self.paragraphs:
            self.paragraphs.append([])
        self.paragraphs[-1].append(words)


def read_blocks(sheet: Sheet, problems: list[Problem]) -> Iterator[Block]:
    """The blocks of the text that hold words. What is left out or doubtful is added to `problems`."""
    reader = _Reader(sheet, problems)
    for i, line in enumerate(sheet.lines):
        reader.take(i, line)
    for block in reader.blocks:
        if block.paragraphs:
            yield block
        elif block.label and not block.resumed:
            problems.append(
                Problem(block.line, Severity.INFO, "There are no words under “{label}”.", {"label": block.label})
            )


class _Reader:
    """Goes down the lines once. `kind` is what unlabelled words are where no block is open."""

    def __init__(self, sheet: Sheet, problems: list[Problem]) -> None:
        self.sheet = sheet
        self.problems = problems
        self.blocks: list[Block] = []
        self.open: Block | None = None
        self.held: Block | None = None
        self.kind = TurnKind.NARRATION if sheet.labels or sheet.minutes else TurnKind.SPEECH

    def take(self, i: int, line: Line) -> None:
        label = self.sheet.labels.get(i)
        if label is not None:
            self._begin(label, line)
        elif i in self.sheet.furniture:
            self._furniture(i, line)
        elif i in self.sheet.header.lines:
            return
        elif i in self.sheet.closing.lines:
            self._end()
            self._notice(line, "“{words}” is about the transcript and was left out of it.", words=line.text)
        elif self.sheet.labels and _END.fullmatch(line.text):
            self._end()
            self._notice(
                line, "“{words}”: the transcript ends here; we do not know who speaks after it.", words=line.text
            )
        elif self.sheet.labels and _RULE.fullmatch(line.text):
            self.open = None
        elif i in self.sheet.headings or self._titles(i):
            self._alone(line, TurnKind.NARRATION)
        elif self.sheet.labels and _heads(line):
            self._alone(line, TurnKind.PROCEDURE)
        elif self.sheet.labels and is_time(line.text):
            self._notice(line, "The time “{time}” stands alone and was left out of the words.", time=line.text)
        else:
            self._words(replace(line, change=True) if i in self.sheet.doubtful else line)

    def _titles(self, i: int) -> bool:
        """Whether a line is a heading between what voices say: in capitals, on its own, in a text that is not."""
        lines = self.sheet.lines
        if not self.sheet.labels or self.sheet.capitals or not lines[i].apart or not is_title(lines[i].text):
            return False
        return i + 1 == len(lines) or lines[i + 1].apart

    def _begin(self, label: Possible, line: Line) -> None:
        named = None if _UNKNOWN.fullmatch(label.label) else label.label
        if named is None:
            self._notice(line, "“{label}” names nobody: the voice is unknown.", label=label.label)
        self.kind = TurnKind.SPEECH
        self.open = self._block(named, line, TurnKind.SPEECH, label.start_ms)
        if label.rest:
            self.open.add(label.rest, True)

    def _block(self, label: str | None, line: Line, kind: TurnKind, start_ms: int | None = None) -> Block:
        block = Block(label, line.number, kind, start_ms, " " if self.sheet.wrapped else "\n")
        self.blocks.append(block)
        return block

    def _end(self) -> None:
        self.open = None
        self.kind = TurnKind.NARRATION

    def _alone(self, line: Line, kind: TurnKind) -> None:
        """A heading or the record of a vote: words of nobody, after which it is not sure who speaks."""
        self.open = self._block(None, line, kind)
        self.open.begun = False
        self.open.add(line.text.lstrip("# "), True)
        self.kind = TurnKind.SPEECH

    def _furniture(self, i: int, line: Line) -> None:
        """Words of the page: nobody's. The voice above goes on below them, unless they printed a label of their own."""
        if i - 1 not in self.sheet.furniture:
            named = possible_label(line.text)
            stands = named is not None and named.label.isupper()
            self.held = None if stands or self.open is None or self.open.label is None else self.open
            self.open = self._block(None, line, TurnKind.SPEECH if stands else TurnKind.NARRATION)
        if self.open is not None:
            self.open.add(line.text, line.apart)
        if self.held is not None and i + 1 not in self.sheet.furniture:
            self.open = self._block(self.held.label, line, self.held.kind)
            self.open.resumed = True
        elif i + 1 not in self.sheet.furniture and self.open is not None and self.open.kind is TurnKind.NARRATION:
            self.open = None

    def _words(self, line: Line) -> None:
        if line.change:
            self.open = self._block(None, line, TurnKind.SPEECH)
        elif self.open is None or (line.apart and not self.open.begun):
            self.open = self._block(None, line, self.kind)
            self.open.begun = False
        self.open.add(line.text, line.apart)

    def _notice(self, line: Line, template: str, /, **values: str) -> None:
        self.problems.append(Problem(line.number, Severity.INFO, template, values))


def _heads(line: Line) -> bool:
    """`## Housing`, `AYES: Diaz, Lee`: printed over or between what voices say."""
    if _MARKED_HEADING.match(line.text):
        return True
    found = possible_label(line.text) if line.apart else None
    return found is not None and found.label.isupper() and is_heading(found.label) and not is_scene(line.text)
