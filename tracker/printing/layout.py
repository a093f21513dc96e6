"""Where everything of a printed guide stands: sheets of lines and frames, in mm from the upper left corner of US letter paper. Pure.

Every topic begins on a new sheet, and every sheet repeats the head and the foot. Under a statement all boxes are equally wide and
equally high, however little one of them holds. A statement goes to the next sheet whole where it can; where it cannot, between
rows of boxes, and a box higher than a sheet is broken in step with its neighbours.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

from tracker.printing.content import Block, Box, Part, Style

WIDTH, HEIGHT = 215.9, 279.4
MARGIN = 12.0
QR = 26.0
GAP, PAD, APART = 2.0, 1.8, 0.9
"""Between boxes, inside a box, and between the paragraphs of a box."""
NUMBER = HEIGHT - MARGIN
"""The baseline of the last line of a sheet."""
LEAST_BODY = 120.0
"""A head or foot that would leave less of the sheet is cut short, the names of the candidates in it first."""
MOST_LINES = 3
"""Lines of one sentence in a head or foot."""


@dataclass(frozen=True)
class Face:
    """The type of a paragraph: size in points, height of a line in mm, bold or not, and how dark (0 black, 255 white)."""

    size: float
    leading: float
    bold: bool = False
    grey: int = 20


FACES = {
    Style.RACE: Face(15, 6.4, bold=True),
    Style.TOPIC: Face(13, 6.2, bold=True),
    Style.STATEMENT: Face(11, 4.9, bold=True),
    Style.NAME: Face(9.5, 4.2, bold=True),
    Style.POSITION: Face(9.5, 4.2),
    Style.REASON: Face(9.5, 4.2, grey=80),
    Style.WORDS: Face(9, 3.9),
    Style.SMALL: Face(8, 3.4, grey=80),
}

Measure = Callable[[Style, str], float]
"""How wide a text is in mm, in the type of a style."""


@dataclass(frozen=True)
class Line:
    """One line of text: the left end of its baseline."""

    x: float
    y: float
    style: Style
    text: str


@dataclass(frozen=True)
class Frame:
    """The border of a box."""

    x: float
    y: float
    width: float
    height: float


@dataclass
class Sheet:
    """One side of paper; `section` is set where a topic begins."""

    part: Part
    lines: list[Line] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    section: str | None = None


def sheets(parts: Sequence[Part], measure: Measure) -> tuple[Sheet, ...]:
    """All sheets of a guide, numbered through."""
    made = [sheet for part in parts for sheet in _Press(part, measure).sheets()]
    for n, sheet in enumerate(made, 1):
        told = sheet.part.numbered.format(n=n, all=len(made))
        sheet.lines.append(Line(WIDTH - MARGIN - measure(Style.SMALL, told), NUMBER, Style.SMALL, told))
    return tuple(made)


def wrapped(text: str, style: Style, width: float, measure: Measure) -> Iterator[str]:
    """Lines no wider than `width`; a word that is wider is broken."""
    line, space = "", measure(style, " ")
    used = 0.0
    for word in _words(text, style, width, measure):
        wide = measure(style, word)
        if line and used + space + wide > width:
            yield line
            line, used = word, wide
        else:
            line, used = (f"{line} {word}", used + space + wide) if line else (word, wide)
    if line:
        yield line


def columns(candidates: int) -> int:
    """Boxes in a row: at most four, and the rows as even as they can be."""
    return ceil(candidates / ceil(candidates / 4)) if candidates else 1


def _words(text: str, style: Style, width: float, measure: Measure) -> Iterator[str]:
    for word in text.split():
        start = 0
        while measure(style, word[start:]) > width:
            end = start + 1
            while end < len(word) and measure(style, word[start : end + 1]) <= width:
                end += 1
            yield word[start:end]
            start = end
        if start < len(word):
            yield word[start:]


class Row(NamedTuple):
    """One line that is not yet placed; `above` it so many mm are left free."""

    style: Style
    text: str
    above: float = 0.0


class _Press:
    """Fills the sheets of one part, from above."""

    def __init__(self, part: Part, measure: Measure) -> None:
        self.part, self.measure = part, measure
        self.made: list[Sheet] = []
        self.y = 0.0
        across = WIDTH - 2 * MARGIN
        self.foot = [*self._cut(part.address, across), *(row for text in part.foot for row in self._cut(text, across))]
        self.bottom = NUMBER - FACES[Style.SMALL].leading * (len(self.foot) + 1) - 2
        beside = across - QR - GAP
        head = [Row(Style.RACE, text) for text in wrapped(part.title, Style.RACE, beside, measure)][:MOST_LINES]
        self.head = [*head, *(row for text in part.head for row in self._cut(text, beside))]
        names = [Row(Style.SMALL, text) for text in wrapped(part.names, Style.SMALL, beside, measure)]
        room = self.bottom - LEAST_BODY - MARGIN - _height(self.head)
        self.head += names if _height(names) <= room else names[:MOST_LINES]

    def sheets(self) -> list[Sheet]:
        """All of them: topic by topic, what is told once after the first head and after the last box."""
        for n, topic in enumerate(self.part.topics):
            self._begin(topic.name, about="" if n else self.part.about)
            self.made[-1].section = topic.name
            for block in topic.blocks:
                self._place(topic.name, block)
        if self.part.topics:
            closing = self._cut(self.part.closing, WIDTH - 2 * MARGIN, len(self.part.closing))
            if _height(closing) > self._room():
                self._begin(self.part.topics[-1].name, again=True)
            self._tell(self.part.closing)
        return self.made

    def _begin(self, topic: str, again: bool = False, about: str = "") -> None:
        """A new sheet with head, foot and the name of the topic; `about` is told before it."""
        sheet = Sheet(self.part)
        self.made.append(sheet)
        self.y = MARGIN
        self._rows(MARGIN, self.head)
        self.y = max(self.y, MARGIN + QR) + 1
        sheet.rules += [self.y, self.bottom + 1]
        body, self.y = self.y + 2.5, self.bottom + 2
        self._rows(MARGIN, self.foot)
        self.y = body
        if about:
            self._tell(about)
        told = f"{topic} {self.part.again}" if again else topic
        self._rows(MARGIN, [Row(Style.TOPIC, text) for text in self._lines(told, Style.TOPIC)[:MOST_LINES]])
        self.y += 1

    def _tell(self, text: str) -> None:
        """A small paragraph across the sheet."""
        self._rows(MARGIN, [Row(Style.SMALL, line) for line in self._lines(text, Style.SMALL)])
        self.y += 2

    def _place(self, topic: str, block: Block) -> None:
        """A statement and all its boxes."""
        n = columns(len(block.boxes))
        width = (WIDTH - 2 * MARGIN - GAP * (n - 1)) / n
        boxes = [self._set(box, width - 2 * PAD) for box in block.boxes]
        high = max(map(_height, boxes), default=0.0) + 2 * PAD
        head = [Row(Style.STATEMENT, line) for line in self._lines(block.text, Style.STATEMENT)]
        again = [Row(Style.STATEMENT, line) for line in self._lines(f"{block.text} {self.part.again}", Style.STATEMENT)]
        rows = ceil(len(boxes) / n)
        if _height(head) + APART + rows * (high + GAP) - GAP > self._room() and self.made[-1].frames:
            self._begin(topic, again=True)
        self._rows(MARGIN, head)
        self.y += APART
        for at in range(0, len(boxes), n):
            if at and high > self._room():
                self._begin(topic, again=True)
                self._rows(MARGIN, again)
                self.y += APART
            self._abreast(topic, again, boxes[at : at + n], width, high)
        self.y += GAP

    def _abreast(self, topic: str, again: list[Row], boxes: list[list[Row]], width: float, high: float) -> None:
        """A row of boxes, all `high`; what does not fit goes on in boxes on the next sheet, under the names once more."""
        names = [box[:1] for box in boxes]
        while high > self._room():
            here = self._room()
            cut = [_fitting(box, here - 2 * PAD) for box in boxes]
            self._frame([box[:end] for box, end in zip(boxes, cut, strict=True)], width, here)
            boxes = [[*name, *box[end:]] for name, box, end in zip(names, boxes, cut, strict=True)]
            high = max(map(_height, boxes)) + 2 * PAD
            self._begin(topic, again=True)
            self._rows(MARGIN, again)
        self._frame(boxes, width, high)

    def _frame(self, boxes: list[list[Row]], width: float, high: float) -> None:
        top = self.y
        for n, box in enumerate(boxes):
            x = MARGIN + n * (width + GAP)
            self.made[-1].frames.append(Frame(x, top, width, high))
            self.y = top + PAD
            self._rows(x + PAD, box)
        self.y = top + high + GAP

    def _set(self, box: Box, width: float) -> list[Row]:
        return [
            Row(part.style, line, above=0.0 if i or not n else APART)
            for n, part in enumerate(box)
            for i, line in enumerate(wrapped(part.text, part.style, width, self.measure))
        ]

    def _rows(self, x: float, rows: Sequence[Row]) -> None:
        """Lines from here down."""
        for row in rows:
            leading = FACES[row.style].leading
            self.made[-1].lines.append(Line(x, self.y + row.above + 0.78 * leading, row.style, row.text))
            self.y += row.above + leading

    def _lines(self, text: str, style: Style) -> list[str]:
        return list(wrapped(text, style, WIDTH - 2 * MARGIN, self.measure))

    def _cut(self, text: str, width: float, most: int = MOST_LINES) -> list[Row]:
        """A small sentence in at most so many lines."""
        lines = list(wrapped(text, Style.SMALL, width, self.measure))
        return [
            Row(Style.SMALL, line)
            for line in (*lines[: most - 1], *([f"{lines[most - 1]} …"] if len(lines) > most else lines[most - 1 :]))
        ]

    def _room(self) -> float:
        return self.bottom - self.y


def _height(rows: Sequence[Row]) -> float:
    return sum(FACES[row.style].leading + row.above for row in rows)


def _fitting(box: Sequence[Row], room: float) -> int:
    """How many lines of a box fit, at least one beside the name: every sheet takes something."""
    used, n = 0.0, 0
    for row in box:
        used += FACES[row.style].leading + row.above
        if used > room and n > 1:
            break
        n += 1
    return n
