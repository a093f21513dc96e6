"""Pure: the words of an HTML tree as lines of plain text, the way they stand on the page: shared by pages and documents.

Paragraphs are set apart by blank lines, `<br>` ends a line, headings begin with `##`. A bold or italic name before
words is marked `**Name:** words` as in Markdown, and `__Name:__ words` where the page prints no colon; `unmarked` takes
both off what turns out to be words. A row of a table is one line, or `Name: words`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transcripts.errors import BadFile
from transcripts.formats.labels import Shape, is_scene, is_time, shape_of
from transcripts.text import clean

MOST_NODES = 250_000
"""Elements and runs of words a tree may have: a day of talk has 20,000."""
MOST_NESTED = 1_000
"""How deep elements may lie in one another: browsers show no more than half of it, and parsing takes its square."""

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_DROPPED = frozenset(
    "script style noscript template head title svg math iframe object embed audio video canvas select button textarea input"
    " datalist rp rt map area link meta".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SET_OFF = frozenset("b strong i em u cite dfn".split())
_OPEN_ENDED = frozenset(
    "p li td th tr dt dd tbody thead tfoot option optgroup colgroup col br hr img input meta link area base embed param source"
    " track wbr rp rt html head body".split()
)
"""Elements that need no end, or have none: they do not nest."""
_NESTING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,40})")
_CELLS = frozenset({"td", "th", "dt", "dd"})
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NAMED = re.compile(r"(?:^|[\s_-])(?:speaker|speaker-?name)(?:$|[\s_-])", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_BESIDE = re.compile(r"\s?(?P<note>\([^()\n]{2,60}\))?\s?:\s*")
_MARKED = re.compile(r"(?<!\S)(?:\*\*(?P<printed>[^*\n]{1,200}:)\*\*|__(?P<added>[^_\n]{1,200}):__)(?!\S)")
_MOST_LABEL = 120
_LOOKED_AT = 8
_COLUMNS = frozenset("speaker name text speech transcript time start words who what orador texto hora nombre".split())


@dataclass(frozen=True)
class Rendered:
    """The words of a page as plain text. `firsts` holds, for each line of it, the first run of words it is made of."""

    text: str
    firsts: tuple[str, ...]


@dataclass
class _Line:
    """A line being written: runs of words and whether each is set off by its type; `apart` where a paragraph begins."""

    apart: bool
    runs: list[tuple[str, bool]] = field(default_factory=list)
    heading: bool = False
    spaced: bool = False

    @property
    def words(self) -> str:
        return self._set("".join(run for run, _ in self.runs))

    def _set(self, words: str) -> str:
        return words.strip() if self.spaced else _single(words)

    def printed(self) -> str:
        """The line with its name marked, where type sets one off."""
        lead, rest = self._lead()
        if self.heading or not lead:
            return f"## {self.words}" if self.heading else self.words
        if lead.endswith(":"):
            return f"**{lead}** {rest}".rstrip()
        told = _BESIDE.match(rest)
        if told:
            note = f" {told['note']}" if told["note"] else ""
            return f"**{lead}{note}:** {rest[told.end() :]}".rstrip()
        if rest[:1].isupper() and len(lead) <= _MOST_LABEL and shape_of(lead) is not Shape.OTHER:
            return f"__{lead}:__ {rest}"
        return self.words

    def _lead(self) -> tuple[str, str]:
        """The words at the start that are set off, up to a colon inside them, and the rest."""
        held: list[str] = []
        for i, (run, off) in enumerate(self.runs):
            if run.strip() and not off:
                rest = "".join(run for run, _ in self.runs[i:])
                break
            held.append(run)
        else:
            rest = ""
        lead, rest = self._set("".join(held)), self._set(rest)
        before, colon, inside = lead.partition(": ")
        return (f"{before}:", f"{inside} {rest}".strip()) if colon else (lead, rest)


def parsed(html: str) -> LexborNode:
    """The body of an HTML text. Raises BadFile for one that holds none, or is nested as no page is."""
    depth = deepest = 0
    for tag in _NESTING.finditer(html):
        if tag[2].lower() not in _OPEN_ENDED:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    if deepest > MOST_NESTED:
        raise BadFile("This page is nested more deeply than any browser shows: we do not read it.")
    tree = LexborHTMLParser(html)
    body = tree.body or tree.root
    if body is None:
        raise BadFile("There is no page in this file.")
    return body


def rendered(body: LexborNode, dropped: frozenset[int] = frozenset(), spaced: bool = False) -> Rendered:
    """The words of a tree, without those of the elements whose `mem_id` is `dropped`; `spaced`: with all their spaces."""
    writer = Writer(spaced)
    for node, enters in walk(body, dropped):
        if node.is_text_node:
            writer.say(node.text_content or "")
        elif enters:
            writer.enter(node)
        else:
            writer.leave(node)
    return writer.finished()


def unmarked(text: str) -> str:
    """Words without the marks that `rendered` put round what might have been a name."""
    return _MARKED.sub(lambda found: found["printed"] or found["added"], text)


def walk(top: LexborNode, dropped: frozenset[int] = frozenset()) -> Iterator[tuple[LexborNode, bool]]:
    """Every node under `top` in order: elements as they open (True) and close (False), runs of words once.

    Elements that are never read (scripts, forms) and those `dropped` are passed over. Nesting may be as deep as it likes.
    """
    node, opens, seen = top, True, 0
    while True:
        seen += opens
        if seen > MOST_NODES:
            raise BadFile("This page has more parts than we read at once.")
        inner = opens and node.is_element_node and node.tag not in _DROPPED and node.mem_id not in dropped
        if inner or opens and node.is_text_node:
            yield node, True
        child = node.child if inner else None
        if child is not None:
            node = child
            continue
        while True:
            if node.is_element_node and (inner or not opens):
                yield node, False
            if node.mem_id == top.mem_id:
                return
            following, above = node.next, node.parent
            if following is not None:
                node, opens = following, True
                break
            if above is None:
                return
            node, opens, inner = above, False, False


class Writer:
    """Writes lines as a tree is walked. `cells` holds, for each row that is open, where its cells begin among the lines."""

    def __init__(self, spaced: bool = False) -> None:
        self.spaced = spaced
        self.lines: list[_Line] = []
        self.open: _Line | None = None
        self.apart = True
        self.off = 0
        self.heading = 0
        self.exact = 0
        self.cells: list[list[int]] = []

    def say(self, words: str) -> None:
        """Words of the page; their line ends count only where the page says so."""
        words = clean(words)
        if self.exact:
            first, *others = words.split("\n")
            self._add(first)
            for other in others:
                self.end_line()
                self._add(other)
        else:
            self._add(words)

    def _add(self, words: str) -> None:
        if self.open is None:
            if not words.strip():
                return
            self.open = _Line(self.apart, [], bool(self.heading), self.spaced)
            self.apart = False
        self.open.runs.append((words, self.off > 0))

    def enter(self, node: LexborNode) -> None:
        """An element opens."""
        tag = node.tag or ""
        if tag == "br":
            self.end_line()
        elif tag in _BLOCKS:
            self.end_paragraph()
        self.off += _sets_off(node)
        self.heading += tag in _HEADINGS
        self.exact += tag in {"pre", "textarea"}
        if tag in {"tr", "dl"}:
            self.cells.append([])
        elif tag in _CELLS and self.cells:
            if tag == "dt":
                self._row(True)
            self.cells[-1].append(len(self.lines))

    def leave(self, node: LexborNode) -> None:
        """An element closes."""
        tag = node.tag or ""
        if tag in _BLOCKS:
            self.end_paragraph()
        self.off -= _sets_off(node)
        self.heading -= tag in _HEADINGS
        self.exact -= tag in {"pre", "textarea"}
        if tag in {"tr", "dl"} and self.cells:
            self._row(tag == "dl" or _is_among_rows(node))
            self.cells.pop()

    def end_line(self) -> None:
        """A line ends; one without words ends the paragraph."""
        if self.open is None:
            self.apart = True
            return
        if self.open.words:
            self.lines.append(self.open)
        else:
            self.apart = True
        self.open = None

    def end_paragraph(self) -> None:
        """A paragraph ends."""
        if self.open is not None:
            self.end_line()
        self.apart = True

    def _row(self, names: bool) -> None:
        """The cells of a row that is at its end, put together where they are short; `names`: one of them may name a voice."""
        starts = self.cells[-1]
        self.cells[-1] = []
        if len(starts) < 2 or starts[0] >= len(self.lines):
            return
        ends = [*starts[1:], len(self.lines)]
        cells = [self.lines[start:end] for start, end in zip(starts, ends, strict=True) if end > start]
        self.lines[starts[0] :] = _joined(cells, names)

    def finished(self) -> Rendered:
        """Everything written."""
        self.end_paragraph()
        text: list[str] = []
        firsts: list[str] = []
        for line in self.lines:
            printed = line.printed()
            if text and (line.apart or printed.startswith("**")):
                text.append("")
                firsts.append("")
            text.append(printed)
            firsts.append(next(run.strip() for run, _ in line.runs if run.strip()))
        return Rendered("\n".join(text), tuple(firsts))


def _single(words: str) -> str:
    """Words with single spaces, as a page shows them; where no-break ones hold them wide apart, a tab stands."""
    return _SPACES.sub(lambda run: "\t" if run[0].count("\N{NO-BREAK SPACE}") > 2 else " ", words).strip()


def _sets_off(node: LexborNode) -> bool:
    if node.tag in _SET_OFF:
        return True
    if node.tag not in {"span", "font", "a", "div", "p"}:
        return False
    attributes = node.attributes
    if node.tag in {"span", "font"} and _BOLD.search(attributes.get("style") or ""):
        return True
    return _NAMED.search(attributes.get("class") or "") is not None


def _is_among_rows(row: LexborNode) -> bool:
    """Whether a row stands among others: a table of two rows is no transcript, but the head of a page."""
    beside = 0
    for step in ("prev", "next"):
        other = getattr(row, step)
        for _ in range(_LOOKED_AT):
            if other is None:
                break
            beside += other.tag == "tr"
            other = getattr(other, step)
    return beside > 1


def _joined(cells: list[list[_Line]], may_name: bool) -> list[_Line]:
    """The lines of one row: names and times before the words of its last cell, short cells beside one another."""
    *before, last = cells
    if not before or any(len(cell) > 1 or len(cell[0].words) > _MOST_LABEL for cell in before):
        return [line for cell in cells for line in cell]
    heads = [cell[0] for cell in before]
    if all(line.words.casefold() in _COLUMNS for line in (*heads, last[0])):
        return []
    times = [line.words for line in heads if is_time(line.words)]
    names = [line for line in heads if line.words not in times]
    first = last[0]
    if may_name and len(names) == 1 and len(times) < 2 and _may_name(names[0].words):
        label = names[0].words.rstrip(": ")
        told = [(f"[{times[0].strip('[]()')}] ", False)] if times else []
        return [_Line(True, [*told, (f"{label}: ", True), *((run, False) for run, _ in first.runs)]), *last[1:]]
    runs = [run for line in heads for run in (*line.runs, ("\t", False))]
    return [_Tabbed(True, [*runs, *first.runs]), *last[1:]]


class _Tabbed(_Line):
    """Cells of one row, which a tab keeps apart."""

    @property
    def words(self) -> str:
        cells = "".join(run for run, _ in self.runs).split("\t")
        return "\t".join(_single(cell) for cell in cells).strip()

    def printed(self) -> str:
        return self.words


def _may_name(words: str) -> bool:
    return shape_of(words.rstrip(": ")) is not Shape.OTHER and not is_scene(words)
