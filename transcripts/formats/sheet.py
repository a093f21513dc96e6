"""Pure: a plain text with its header, its labels and the furniture of its page told apart; not yet cut into turns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from transcripts.formats.header import Header, closing_lines, is_sentence, read_header
from transcripts.formats.headings import is_record
from transcripts.formats.labels import Possible, is_time, possible_label
from transcripts.formats.layout import Facts, Line, facts, read_lines, rejoined
from transcripts.formats.pages import furniture, without_line_numbers, without_running_heads
from transcripts.formats.parsed import Problem
from transcripts.formats.styles import Labelled, labelled, unglued
from transcripts.vocabulary import Severity

_RECORDED = 3
"""So many headings of motions and votes make minutes."""


@dataclass(frozen=True)
class Sheet:
    """The lines of a text in order, and by index: labels, header lines, closing lines, headings, doubtful names and page furniture.

    `minutes`: it records what was done, and nobody's words.
    """

    lines: Sequence[Line]
    labels: Mapping[int, Possible]
    header: Header
    closing: Header
    headings: frozenset[int]
    doubtful: frozenset[int]
    furniture: frozenset[int]
    problems: tuple[Problem, ...]
    wrapped: bool
    capitals: bool
    minutes: bool


@lru_cache(maxsize=2)  # sniffing and reading ask it of the same file
def read_sheet(text: str) -> Sheet:
    """The text with everything found that cutting it into turns needs."""
    lines, heads = without_running_heads(read_lines(without_line_numbers(text)))
    lines = rejoined(lines)
    known = facts(lines)
    header = read_header(lines)
    found = _labelled(lines, header, known)
    cut = unglued(lines, found.labels, known)
    if len(cut) > len(lines):
        lines, header = cut, read_header(cut)
        found = _labelled(lines, header, known)
    _take_titles(header, lines, found)
    return Sheet(
        lines=lines,
        labels=found.labels,
        header=header,
        closing=closing_lines(lines) if found.labels else Header(),
        headings=found.headings,
        doubtful=frozenset(found.doubtful),
        furniture=frozenset(i for block in furniture(lines) for i in block),
        problems=(*_about_heads(heads), *_about_glued(lines, found), *_about_doubts(lines, found)),
        wrapped=known.wrapped,
        capitals=known.capitals,
        minutes=not found.labels and _are_minutes(lines),
    )


def _labelled(lines: Sequence[Line], header: Header, known: Facts) -> Labelled:
    not_words = header.lines.union(*furniture(lines))
    return labelled(lines, [i for i in range(len(lines)) if i not in not_words], known)


def _take_titles(header: Header, lines: Sequence[Line], found: Labelled) -> None:
    """Short lines above the first voice that are no sentences: the title of the transcript and what stands below it."""
    for i in range(min(found.labels, default=0)):
        if i not in header.lines and not lines[i].change and not (is_sentence(lines[i].text) or is_time(lines[i].text)):
            titled = any(key.casefold() in {"title", "título"} for key in header.values)
            header.add("heading" if titled else "title", lines[i].text.lstrip("# "), i)


def _are_minutes(lines: Sequence[Line]) -> bool:
    """Whether a text without voices records what was done and not what was said: headings of motions and votes."""
    return (
        sum(is_record(found.label) for line in lines if (found := possible_label(line.text)) is not None) >= _RECORDED
    )


def _about_heads(heads: Sequence[Sequence[Line]]) -> list[Problem]:
    return [
        Problem(
            at[0].number,
            Severity.INFO,
            "“{words}” is printed on every page ({n} times) and was left out.",
            {"words": at[0].text, "n": len(at)},
        )
        for at in heads
    ]


def _about_glued(lines: Sequence[Line], found: Labelled) -> list[Problem]:
    return [
        Problem(
            lines[i].number,
            Severity.INFO,
            "“{label}:” is printed inside a line; we took it for a new voice.",
            {"label": label.label},
        )
        for i, label in found.labels.items()
        if lines[i].glued
    ]


def _about_doubts(lines: Sequence[Line], found: Labelled) -> list[Problem]:
    return [
        Problem(
            lines[i].number,
            Severity.WARNING,
            "“{label}:” may be a name: we left it in the words and do not know whose they are.",
            {"label": label.label},
        )
        for i, label in found.doubtful.items()
    ]
