"""Pure: the record in the words of a news article, of a file of them or of a page: its paragraphs and who is quoted in them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from transcripts.errors import BadFile
from transcripts.formats.format import first_lines
from transcripts.formats.parsed import ParsedQuote, ParsedRecord, ParsedTurn, Problem
from transcripts.formats.recap import attribution
from transcripts.formats.recap.marks import Paragraph, Unclosed
from transcripts.formats.recap.verbs import REPORTING
from transcripts.vocabulary import Grade, Severity, TurnKind

NAME = "article"
"""The format of such a record, whatever file it came in."""

LONGEST = 1_000_000
"""Code points of an article: ten times the longest in any newspaper."""

_NAME = r"[A-ZÀ-Þ][\w.’'-]*(?: (?:[A-ZÀ-Þ(][\w.’')-]*|de|del|la|van|von|and|y|by)){0,6}(?:, [^:.“\"]{1,40})?"
_LABEL = re.compile(rf"(?:\[?\(?\d{{1,2}}:\d\d|{_NAME}:(?:\s|$)|>>|-->|\d+$)")
_SIGNED = re.compile(rf"{_NAME}: ?[“\"«‘]")
_UNDERSIGNED = re.compile(rf"[”\"»] ?(?:—|–|--) ?{_NAME}$")
_MARKS = re.compile("``|[“”\"«»‘]|(?<!\\w)'\\w")
_BLANK = re.compile(r"\n[^\S\n]*\n")
_WORD = re.compile(r"[^\W\d_]+")
_ENDS = tuple(".!?…”\"»’':")


def resembles(text: str) -> float:
    """How much a text is an article, 0 to 1: the share of prose lines, where at least two, and one in ten, quote somebody.

    They do by a verb of saying, or by a name and a colon before the quotation.
    """
    if len(text) > LONGEST:
        return 0.0
    lines = first_lines(text)
    signed = [line for line in lines if _SIGNED.match(line) or _UNDERSIGNED.search(line)]
    prose = [line for line in lines if len(line) > 40 and not _LABEL.match(line)]
    quoting = len(signed) + sum(
        1 for line in prose if _MARKS.search(line) and any(word.lower() in REPORTING for word in _WORD.findall(line))
    )
    labels = sum(1 for line in lines if _LABEL.match(line)) - len(signed)
    if quoting < 2 or quoting * 10 < len(prose) or labels * 10 > len(lines):
        return 0.0
    return min(0.95, (len(prose) + len(signed)) / len(lines))


def signs_quotations(rests: Sequence[str]) -> bool:
    """Whether what stands behind most names and colons is a quotation: an article's attribution, and no transcript's label."""
    return sum(rest.lstrip()[:1] in '“"«‘' for rest in rests if rest.strip()) * 2 > len(rests)


def read_report(text: str) -> ParsedRecord:
    """Every paragraph as a narration turn, and the quotations. Raises BadFile where there are no words, or a book of them."""
    if len(text) > LONGEST:
        raise BadFile("This is longer than any news article. If it is a transcript, give its format.")
    paragraphs = list(paragraphs_of(text))
    if not paragraphs:
        raise BadFile("The article holds no words.")
    found, unclosed = attribution.find(text, paragraphs)
    lines = _Lines(text)
    turns = tuple(
        ParsedTurn(None, _flat(text[p.start : p.end]), TurnKind.NARRATION, line=lines.of(p.start)) for p in paragraphs
    )
    quotes = tuple(
        ParsedQuote(
            " ".join(_flat(text[start:end]) for start, end in quote.spans), quote.speaker, quote.spans, quote.paragraph
        )
        for quote in found
    )
    return ParsedRecord(NAME, Grade.RECAP, turns, quotes, tuple(_problem(lines, mark) for mark in unclosed))


def paragraphs_of(text: str) -> Iterator[Paragraph]:
    """Blocks between blank lines; where the lines of the file are not wrapped, every line is a paragraph of its own."""
    blocks = [list(_lines(text, *block)) for block in _blocks(text)]
    wrapped = _wrapped(text, blocks)
    spans = [span for lines in blocks if lines for span in ([(lines[0][0], lines[-1][1])] if wrapped else lines)]
    return (Paragraph(number, start, end) for number, (start, end) in enumerate(spans))


def _wrapped(text: str, blocks: Sequence[Sequence[tuple[int, int]]]) -> bool:
    """Whether lines mostly break off in the middle of a sentence, to be taken up by the next one."""
    pairs = [(line, after) for lines in blocks for line, after in zip(lines, lines[1:], strict=False)]
    broken = sum(not text[a:b].endswith(_ENDS) or text[after].islower() for (a, b), (after, _) in pairs)
    return broken * 2 > len(pairs)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BLANK.finditer(text):
        if gap.start() >= start:
            yield start, gap.start()
            start = gap.end()
    yield start, len(text)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open places of the lines that are not blank, without white space at their ends."""
    for line in re.finditer(r"[^\n]+", text[start:end]):
        words = line[0].strip()
        if words:
            begin = start + line.start() + line[0].index(words[0])
            yield begin, begin + len(words)


def _flat(words: str) -> str:
    """Wrapped lines as one."""
    return " ".join(line.strip() for line in words.split("\n")) if "\n" in words else words


class _Lines:
    """Line numbers of places asked for in order."""

    def __init__(self, text: str) -> None:
        self._starts = [match.end() for match in re.finditer("\n", text)]

    def of(self, place: int) -> int:
        """The line of a place, counted from 1."""
        return bisect_right(self._starts, place) + 1


def _problem(lines: _Lines, mark: Unclosed) -> Problem:
    return Problem(
        lines.of(mark.place),
        Severity.WARNING,
        "A quotation mark opens here and nothing closes it: these words were not taken as a quotation.",
    )
