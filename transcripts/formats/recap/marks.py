"""Where quotation marks open and close: curly, straight, single and angled, nested, repeated at the head of a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from transcripts.formats.recap.verbs import SPANISH
from transcripts.formats.recap.words import ELISIONS

_MARK = re.compile("``|''|[“”„‟\"＂«»‘’‚‛'`]")
_FAMILY = dict.fromkeys(("“", "”", "„", "‟", '"', "＂", "``", "''"), "double")
_FAMILY |= {"«": "angle", "»": "angle"} | dict.fromkeys("‘’‚‛'`", "single")
_BEFORE_OPENING = frozenset("([{<—–-/¿¡:;,‘'“\"«>*_")
_DEFINITE_END = frozenset('.,!?…;:—–)]”"»')
_ASIDE = re.compile(
    r"(?P<aside>[—–] ?(?:(?:se|le|les|lo|nos|me) )?(?P<verb>[^\W\d_]{4,})(?: [^—–«»“”\n]{0,200})?[—–]?)[.,;:]?"
)
"""What a dash opens inside a Spanish quotation, up to the next dash or to its end."""

_NICKNAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?$")


@dataclass(frozen=True)
class Part:
    """The words of one paragraph between an opening and a closing mark. Offsets are code points of the whole text.

    `start` to `end` includes the marks, `inner` lies strictly between them. A part `continues` where its paragraph ends
    before a closing mark and the next one opens again; `continued` is that next one.
    """

    paragraph: int
    start: int
    end: int
    inner: tuple[int, int]
    continues: bool = False
    continued: bool = False


class Paragraph(NamedTuple):
    """A paragraph of the file: its number and its half-open place in the whole text."""

    number: int
    start: int
    end: int


class Unclosed(NamedTuple):
    """An opening mark that nothing closes, or that another one follows first; nothing is quoted from it."""

    place: int


class _Open(NamedTuple):
    """The mark a quotation was opened with."""

    start: int
    inner: int
    family: str
    continued: bool


@dataclass
class Found:
    """The parts of a text in order, and the marks that open nothing."""

    parts: list[Part]
    unclosed: list[Unclosed]


def find(text: str, paragraphs: list[Paragraph]) -> Found:
    """Every run of words between quotation marks, outermost only, paragraph by paragraph. Linear in the text."""
    found = Found([], [])
    carried: str | None = None
    for paragraph in paragraphs:
        scan = _Scan(text, paragraph, found)
        if carried is not None and not scan.reopened(carried):
            _drop_last(found)
        carried = scan.run(carried)
    if carried is not None:
        _drop_last(found)
    found.parts = [piece for part in found.parts for piece in _without_asides(text, part)]
    return found


def _without_asides(text: str, part: Part) -> Iterator[Part]:
    """«Los datos son públicos —dijo—. Cualquiera puede verlos»: what the narrator says between dashes is no quotation."""
    start, low = part.start, part.inner[0]
    for aside in _ASIDE.finditer(text, *part.inner):
        if aside["verb"].lower() in SPANISH:
            inner = _trimmed(text, low, aside.start())
            if inner[0] < inner[1]:
                yield replace(part, start=start, end=aside.start(), inner=inner, continues=False)
                part = replace(part, continued=False)
            start, low = aside.end("aside"), aside.end()
    inner = _trimmed(text, low, part.inner[1])
    if inner[0] < inner[1] or low == part.inner[0]:
        yield replace(part, start=start, inner=inner)


def _drop_last(found: Found) -> None:
    """A quotation ran to the end of its paragraph and nothing took it up: the words before it stay, those in it go."""
    last = found.parts.pop()
    found.unclosed.append(Unclosed(last.start))
    if last.continued and found.parts:
        found.parts[-1] = replace(found.parts[-1], continues=False)


class _Scan:
    """One paragraph read from left to right with at most one quotation open."""

    def __init__(self, text: str, paragraph: Paragraph, found: Found) -> None:
        self.text, self.paragraph, self.found = text, paragraph, found
        self.body = text[paragraph.start : paragraph.end]
        self.lead = len(self.body) - len(self.body.lstrip())
        self.open: _Open | None = None
        self.depth = 0
        self.balanced = self.body.count("“") == self.body.count("”")
        self.single_ends = _SingleEnds(self.body) if any(mark in self.body for mark in "‘'`‚") else None

    def reopened(self, family: str) -> bool:
        """Whether the paragraph opens with a mark of the family; Spanish repeats the closing one."""
        first = _MARK.match(self.body, self.lead)
        return first is not None and _FAMILY[first[0]] == family and first[0] not in {"”", "''"}

    def run(self, carried: str | None) -> str | None:
        """Collect the parts; the family of a quotation left open at the end, if its paragraph may be continued."""
        start = 0
        if carried is not None and self.reopened(carried):
            first = next(_MARK.finditer(self.body))
            start = self._single(first, True) if carried == "single" else first.end()
            if carried != "single":
                self._begin(first, carried, continued=True)
            self.balanced = self.body.count("“") - 1 == self.body.count("”") or self.balanced
        self._read(_MARK.finditer(self.body, start))
        return self._finish()

    def _read(self, marks: Iterator[re.Match[str]]) -> None:
        resume = 0
        for mark in marks:
            if mark.start() < resume:
                continue
            family = _FAMILY[mark[0]]
            if self.open is not None:
                if family == self.open.family:
                    self._inside(mark)
            elif family == "single":
                resume = self._single(mark)
            elif self._opens(mark):
                self._begin(mark, family)

    def _begin(self, mark: re.Match[str], family: str, continued: bool = False) -> None:
        base = self.paragraph.start
        self.open = _Open(base + mark.start(), base + mark.end(), family, continued)
        self.depth = 1

    def _sides(self, mark: re.Match[str]) -> tuple[str, str]:
        before = self.body[mark.start() - 1] if mark.start() else " "
        return before, self.body[mark.end() : mark.end() + 1] or " "

    def _opens(self, mark: re.Match[str]) -> bool:
        """Whether a double or angled mark met outside a quotation opens one. Inches and stray closing marks do not."""
        before, after = self._sides(mark)
        if mark[0] in {"“", "„", "``", "«"}:
            return True
        led = before.isspace() or before in _BEFORE_OPENING
        return led and not after.isspace() and (mark[0] != "»") and (after.isalnum() or after in "¿¡([{…$.'‘#@—–-")

    def _inside(self, mark: re.Match[str]) -> None:
        """A mark of the family that is open: the end, something nested, or a new beginning where the end was forgotten."""
        if self._closes(mark):
            self._end(mark)
        elif (mark[0] == "“" and not self.balanced) or mark[0] not in {"“", "«"}:
            self._restart(mark)
        else:
            self.depth += 1

    def _closes(self, mark: re.Match[str]) -> bool:
        """Whether a mark met inside a quotation is an end: by its shape, or, typed wrongly, by what stands round it."""
        before, after = self._sides(mark)
        if mark[0] in {"»", "”", "''"}:
            return True
        if mark[0] in {'"', "‟", "＂"}:
            return not before.isspace() or after.isspace()
        return not before.isspace() and not after.isalnum()

    def _restart(self, mark: re.Match[str]) -> None:
        if self.open is not None:
            self.found.unclosed.append(Unclosed(self.open.start))
            self._begin(mark, self.open.family)

    def _end(self, mark: re.Match[str]) -> None:
        self.depth -= 1
        if self.depth == 0:
            self._keep(self.paragraph.start + mark.start(), self.paragraph.start + mark.end())

    def _keep(self, inner_end: int, end: int, continues: bool = False) -> bool:
        """Close what is open; whether there were words in it."""
        opened, self.open = self.open, None
        if opened is None:
            return False
        inner = _trimmed(self.text, opened.inner, inner_end)
        if inner[0] >= inner[1] or (opened.family == "double" and self._nickname(opened, inner, end)):
            return False
        self.found.parts.append(Part(self.paragraph.number, opened.start, end, inner, continues, opened.continued))
        return True

    def _nickname(self, opened: _Open, inner: tuple[int, int], end: int) -> bool:
        """Robert “Bob” Smith: a word or two between two names."""
        words = self.text[inner[0] : min(inner[1], inner[0] + 30)]
        before = self.text[max(self.paragraph.start, opened.start - 30) : opened.start].split(" ")[-2:]
        after = self.text[end : end + 2]
        named = len(before) == 2 and before[0][:1].isupper() and before[1] == "" and before[0][-1:].isalnum()
        return (
            named and len(after) == 2 and after[0] == " " and after[1].isupper() and _NICKNAME.match(words) is not None
        )

    def _single(self, mark: re.Match[str], continued: bool = False) -> int:
        """A single mark outside a quotation: an apostrophe, or the quotation up to the end foreseen for it."""
        end = self.single_ends.end_of(mark.start()) if self.single_ends else None
        if end is None:
            if mark[0] == "‘" and mark.start() == self.lead:
                self._begin(mark, "single", continued)
                return len(self.body)
            return mark.end()
        self._begin(mark, "single", continued)
        self._keep(self.paragraph.start + end, self.paragraph.start + end + 1)
        return end + 1

    def _finish(self) -> str | None:
        if self.open is None:
            return None
        family = self.open.family
        return family if self._keep(self.paragraph.end, self.paragraph.end, continues=True) else None


class _SingleEnds:
    """For single marks, which are apostrophes too: where each that opens is closed, worked out once from right to left."""

    def __init__(self, body: str) -> None:
        self.body = body
        size = len(body) + 1
        self.definite = [-1] * (size + 1)
        self.possible = [-1] * (size + 1)
        self.opening = [-1] * (size + 1)
        for place in range(len(body) - 1, -1, -1):
            definite, possible, opening = self._role(place)
            self.definite[place] = place if definite else self.definite[place + 1]
            self.possible[place] = place if possible else self.possible[place + 1]
            self.opening[place] = place if opening else self.opening[place + 1]

    def _role(self, place: int) -> tuple[bool, bool, bool]:
        char = self.body[place]
        if char not in "‘’‚‛'`":
            return False, False, False
        before = self.body[place - 1] if place else " "
        after = self.body[place + 1 : place + 2] or " "
        if after in "'`" or before in "'`":
            return False, False, False
        ends = char in "’'" and not after.isalnum() and not before.isspace()
        definite = ends and (before in _DEFINITE_END or after in ",.;:!?)")
        led = before.isspace() or before in _BEFORE_OPENING
        opens = char != "’" and led and not after.isspace() and not self._elision(place)
        return definite, definite or (ends and before.isalnum()), opens

    def _elision(self, place: int) -> bool:
        """’90s, ’em, ’til: the apostrophe stands for what is left out."""
        word = re.match(r"\w+", self.body[place + 1 : place + 9])
        return word is not None and (word[0].lower() in ELISIONS or word[0][:2].isdigit() and len(word[0]) <= 3)

    def end_of(self, place: int) -> int | None:
        """The mark that closes the quotation opened at `place`; None where that is an apostrophe."""
        if self.opening[place] != place:
            return None
        definite, possible, opening = (line[place + 1] for line in (self.definite, self.possible, self.opening))
        if possible < 0:
            return None
        if definite < 0 or possible == definite or (0 <= opening < definite):
            return possible
        after = self.body[possible + 1 : possible + 3]
        plural = self.body[possible - 1] in "sn" and after[:1].isspace() and after[1:].islower()
        return definite if plural else possible


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), max(start, end - len(inner) + len(inner.rstrip()))
