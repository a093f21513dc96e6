"""Pure: how a plain text is laid out: its lines, what stands before each, and facts about the whole that weigh names."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from transcripts.formats.labels import is_scene, possible_label

_ENDS = re.compile(r"(?:[.?!…:;)\]»”\"’'*_]|--|[—–-])$")
_WORDS = re.compile(r"[^\W\d_]+")
_ALL_CAPITALS = re.compile(r"(?<![^\W_])[A-ZÀ-ÖØ-Þ]{2,}(?![^\W_])(?!\s*:)")
_BRACKETS = re.compile(r"[\[(][^()\[\]\n]{1,120}[\])]")
_CHANGE = re.compile(r"\s*(?:>{2,3}|≫)\s*")
_FURNITURE = frozenset(
    """embed sharetweet share tweet video videos photo photos advertisement facebook twitter email print save more
    comments subscribe loading play pause mute replay transcript copy listen""".split()
)
_CHUNK = 12


@dataclass(frozen=True)
class Line:
    """A line that is not blank. `number` counts from 1; `apart` after a blank line; `rested` where the words before ended.

    `change` says that `>>` stands before it: another voice begins. `glued` says that we cut it off the line before.
    """

    number: int
    text: str
    apart: bool
    rested: bool
    change: bool = False
    glued: bool = False


@dataclass(frozen=True)
class Facts:
    """What the whole text says about its letters: mostly capitals, lines broken inside sentences, which words are common.

    `lower` holds every word that stands in lower case somewhere; `acronyms` counts the words in capitals inside the prose.
    """

    capitals: bool
    wrapped: bool
    lower: frozenset[str]
    acronyms: Counter[str]


def read_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, cut where `>>` marks a change of voice inside them."""
    found: list[Line] = []
    before = ""
    apart = True
    changes = len(_CHANGE.findall(text)) > 1
    for number, raw in enumerate(text.split("\n"), start=1):
        stripped = raw.strip()
        if not stripped:
            apart = True
            continue
        for i, (part, change) in enumerate(_cut(stripped) if changes else [(stripped, False)]):
            rested = apart or i > 0 or bool(_ENDS.search(before)) or is_scene(before)
            found.append(Line(number, part, apart and i == 0, rested, change))
            before, apart = part, False
    return found


def _cut(line: str) -> list[tuple[str, bool]]:
    """The parts of a line between marks of change, each with whether a mark stands before it."""
    first, *others = _CHANGE.split(line)
    parts = [(first.strip(), False)] if first.strip() else []
    return parts + [(part.strip(), True) for part in others if part.strip()]


def facts(lines: Sequence[Line]) -> Facts:
    """The facts about a whole text that weigh what may be a name."""
    prose = _BRACKETS.sub(" ", "\n".join(line.text for line in lines))
    words = Counter(_WORDS.findall(prose))
    upper = sum(count for word, count in words.items() if len(word) > 1 and word.isupper())
    lower = sum(count for word, count in words.items() if word.islower())
    return Facts(
        capitals=upper > lower,
        wrapped=_wrapped(lines),
        lower=frozenset(word for word in words if word.islower()),
        acronyms=Counter(_ALL_CAPITALS.findall(prose)),
    )


def _wrapped(lines: Sequence[Line]) -> bool:
    """Whether lines are broken inside sentences: enough of them go on in lower case on the next line."""
    following = [line for line in lines if not line.apart]
    if len(following) < 5:
        return False
    longest = max(len(line.text) for line in lines)
    going_on = sum(line.text[0].islower() for line in following)
    return longest <= 200 and going_on > len(following) * 0.25


def without_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[list[Line]]]:
    """The lines of the transcript, and the blocks of page furniture (Embed, Share, Video …) that stood among them.

    A block is furniture where at least two of its lines are nothing but such a word; it goes from the first line of
    its paragraph to the last such word. What follows in the paragraph is transcript again; where the furniture printed
    a label of its own, it does not say whose words they are.
    """
    kept: list[Line] = []
    blocks: list[list[Line]] = []
    for paragraph in _paragraphs(lines):
        ends = [i for i, line in enumerate(paragraph[:_CHUNK]) if line.text.casefold() in _FURNITURE]
        cut = ends[-1] + 1 if len(ends) >= 2 else 0
        if cut:
            blocks.append(paragraph[:cut])
        if cut and cut < len(paragraph):
            paragraph[cut] = replace(paragraph[cut], apart=True, rested=True, change=_names(paragraph[0]))
        kept.extend(paragraph[cut:])
    return kept, blocks


def _names(line: Line) -> bool:
    found = possible_label(line.text)
    return found is not None and found.label.isupper()


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    found: list[list[Line]] = []
    for line in lines:
        if line.apart or not found:
            found.append([])
        found[-1].append(line)
    return found
