"""Markdown: `**Name:** words`, `**Name**` or `### Name` over words, headings, lists, quotations, and tables drawn with bars.

A heading or bold line without a colon names a voice only where names come back in that way of setting them and plain
text's evidence believes each; every other heading belongs to nobody, and nobody's voice goes on below it. A block
quotation among the words of a voice is nobody's, unless it holds the voice's first words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from transcripts.errors import BadFile
from transcripts.formats import marked, table
from transcripts.formats.evidence import key_of
from transcripts.formats.format import EXACT, LOOKED_AT, first_lines
from transcripts.formats.headings import SUBJECTS, is_heading
from transcripts.formats.hypertext import unmarked
from transcripts.formats.labels import Shape, shape_of
from transcripts.formats.marked import QUOTED, TITLED, Page, inline
from transcripts.formats.parsed import ParsedRecord, ParsedTurn
from transcripts.formats.sheet import read_sheet
from transcripts.formats.written import written
from transcripts.vocabulary import TurnKind

NAME = "markdown"
VERSION = 1

_NAMED_FILE = 0.1
"""What a file called .md claims where it shows marks and no names: more than plain text, less than any pattern."""
_LEAST = 4
_ROUNDS = 3
_MARKS = re.compile(r"(?:[-*+>] ?)*(?:#{1,6}\s+\S|\*\*\S|__\S)")
_ANY_MARK = re.compile(r"#{1,6}\s|[-*+] |> |\*\*\S|\[[^\[\]\n]{1,200}\]\(")
_BARS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_CELL = re.compile(r"(?<!\\)\|")

_PRINTED = re.compile(r"[#*_\s]*(?:(?:\d{1,2}:)?\d{1,2}:\d{2}|attendees|transcript)[:*_\s]*", re.IGNORECASE)
"""What services that take notes print on lines of their own: a time, Attendees, Transcript."""
_AS_EXPORTED = 0.95
"""A service's export in Markdown is the service's where its own format knows it."""


def sniff(text: str, name: str | None) -> float:
    """EXACT where names are set off by Markdown, or most lines are rows of a table drawn with bars."""
    lines = first_lines(text)
    if _bar_rows(lines) > len(lines) * 0.5 and _table(text):
        return EXACT
    if sum(_MARKS.match(line) is not None for line in lines) > 1:
        page = marked.page("\n".join(text.split("\n", LOOKED_AT * 3)[: LOOKED_AT * 3]))
        sheet = read_sheet(page.shown(_names(page)))
        untimed = [i for i, label in sheet.labels.items() if label.start_ms is None]  # times are what services print
        set_off = sum(sheet.lines[i].text.startswith(("**", "__", "#")) for i in untimed)
        if set_off > 1 and set_off * 2 > len(sheet.labels):
            return _AS_EXPORTED if any(map(_PRINTED.fullmatch, lines)) else EXACT
    typed = (name or "").lower().endswith((".md", ".markdown"))
    return _NAMED_FILE if typed and any(_ANY_MARK.match(line) for line in lines) else 0.0


def read(text: str) -> ParsedRecord:
    """The turns of the text, or of the table drawn in it. Raises BadFile where it holds no words."""
    lines = first_lines(text)
    drawn = _table(text) if _bar_rows(lines) > len(lines) * 0.5 else None
    if drawn is not None:
        return drawn.record()
    page = marked.page(text)
    found = written(NAME, page.shown(_names(page)))
    turns = tuple(piece for turn in found.turns for piece in _pieces(page, turn))
    if not turns:
        raise BadFile("There are no words in this text besides names and headings.")
    problems = tuple(one.altered(_bare) for one in found.problems)
    header = {_bare(key): _bare(value) for key, value in found.header.items()}
    return replace(found, turns=turns, problems=problems, header={**page.header, **header})


def _names(page: Page) -> frozenset[int]:
    """The lone lines that are names: one way of setting them in which names come back, and of these the believed."""
    labelled = len(read_sheet(page.shown()).labels)
    ways = [
        (again, way) for way, at in page.lone().items() if (again := _come_back(page, at)) >= max(_LEAST, 2 * labelled)
    ]
    if not ways:
        return frozenset()
    names = frozenset(i for i in page.lone()[max(ways)[1]] if _may_name(page.lines[i].label))
    for _ in range(_ROUNDS):
        sheet = read_sheet(page.shown(names))
        believed = names & {sheet.lines[i].number - 1 for i in sheet.labels}
        if believed == names:
            return names
        names = believed
    return frozenset()


def _come_back(page: Page, at: Sequence[int]) -> int:
    """How many of these lines hold names that come back; 0 where they are fewer than half, or one person's."""
    counted = Counter(key_of(page.lines[i].label) for i in at if _may_name(page.lines[i].label))
    again = [count for count in counted.values() if count > 1]
    return sum(again) if len(counted) > 1 and again and sum(again) * 2 >= len(at) else 0


def _may_name(label: str) -> bool:
    return shape_of(label) is not Shape.OTHER and not is_heading(label) and not set(key_of(label).split()) & SUBJECTS


def _bare(text: str) -> str:
    return unmarked(text).replace(QUOTED, "").replace(TITLED, "").strip()


def _pieces(page: Page, turn: ParsedTurn) -> Iterator[ParsedTurn]:
    """A turn cut at the block quotations inside it; rules between paragraphs are gone."""
    held: list[tuple[bool, list[str]]] = []
    begins = turn.label is not None  # nothing but quotations so far: they are what the voice says
    for is_quote, words in _runs(turn.text):
        begins = begins and is_quote
        aside = is_quote and not begins
        if held and held[-1][0] is aside:
            held[-1][1].append(words)
        else:
            held.append((aside, [words]))
    line = turn.line
    for number, (aside, parts) in enumerate(held):
        line = _from(page, line, aside) if number and line else line
        piece = replace(turn, text="\n\n".join(parts), line=line)
        yield replace(piece, label=None, kind=TurnKind.NARRATION, start_ms=None) if aside else piece


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """The paragraphs of a turn that hold words, each with whether it is quoted: a quotation lasts to the end of its own."""
    for paragraph in text.split("\n\n"):
        said, mark, quoted = paragraph.partition(QUOTED)
        for is_quote, words in ((False, said), (bool(mark), quoted)):
            shown = "\n".join(line for line in _bare(words).split("\n") if line != "---").strip()
            if shown:
                yield is_quote, shown


def _from(page: Page, line: int, quoted: bool) -> int:
    """The next line with words, quoted or not, from a line on (from 1)."""
    following = (i for i in range(line, len(page.lines)) if page.lines[i].words and page.lines[i].quoted is quoted)
    return next(following, line - 1) + 1


@dataclass(frozen=True)
class _Drawn:
    """A table drawn with bars, and the heading above it."""

    rows: table.Table
    title: str

    def record(self) -> ParsedRecord:
        found = table.record(NAME, self.rows)
        return replace(found, header={**({"title": self.title} if self.title else {}), **found.header})


def _bar_rows(lines: Sequence[str]) -> int:
    return sum(line.startswith("|") or _CELL.search(line) is not None for line in lines)


def _table(text: str) -> _Drawn | None:
    """The table under a line of bars and dashes, whose first row names a column of words; None where there is none."""
    lines = text.split("\n")
    ruled = next(
        (i for i, line in enumerate(lines[: LOOKED_AT * 3]) if i and "|" in line and _BARS.fullmatch(line.strip())),
        None,
    )
    if ruled is None:
        return None
    rows = [table.Row(ruled, _cells(lines[ruled - 1]))]
    for number, line in enumerate(lines[ruled + 1 :], start=ruled + 2):
        if "|" in line and not _BARS.fullmatch(line.strip()):
            rows.append(table.Row(number, _cells(line)))
    found = table.shaped(rows)
    title = next((inline(line.lstrip("# ")) for line in lines[:ruled] if line.startswith("#")), "")
    return _Drawn(found, title) if found.headed and found.rows and table.has_words(found) else None


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return tuple(inline(cell.replace("\\|", "|").strip()) for cell in _CELL.split(inner))
