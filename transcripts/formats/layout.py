"""Pure: how a plain text is laid out: its lines, what stands before each, and facts about the whole that weigh names."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from transcripts.formats.labels import is_scene
from transcripts.text import fold

_ENDS = re.compile(r"(?:[.?!…:;)\]»”\"’'*_]|--|[—–-])$")
_WORDS = re.compile(r"[^\W\d_]+")
_ALL_CAPITALS = re.compile(r"(?<![^\W_])[A-ZÀ-ÖØ-Þ]{2,}(?![^\W_])(?!\s*:)")
_BRACKETS = re.compile(r"[\[(][^()\[\]\n]{1,120}[\])]")
_CHANGE = re.compile(r">{2,3}|≫")
_BEFORE_COLON = re.compile(r"^[^:\n]{1,80}:", re.MULTILINE)
_OPEN = re.compile(r"[^\W\d_a-zß-öø-ÿ][^():\n]{2,100}\([^():\n]{0,40}")
_CLOSED = re.compile(r"[^():\n]{1,40}\)\s?:")
_INDENT = re.compile(r"[ \t\u00a0]{2,}|\t")


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

    `words` counts every word, folded; `common` holds those that mostly stand in lower case; `acronyms` counts words in
    capitals inside the prose that never stand there with one capital, as names do.
    """

    capitals: bool
    wrapped: bool
    words: Counter[str]
    common: frozenset[str]
    acronyms: Counter[str]


def read_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, cut where `>>` marks a change of voice inside them.

    A paragraph begins after a blank line, or, where few lines are indented, with an indented one.
    """
    raws = text.split("\n")
    indented = sum(_INDENT.match(raw) is not None for raw in raws)
    marks = 0 < indented < sum(bool(raw.strip()) for raw in raws) * 0.4
    changes = len(_CHANGE.findall(text)) > 1
    found: list[Line] = []
    before, apart = "", True
    for number, raw in enumerate(raws, start=1):
        stripped = raw.strip()
        if not stripped:
            apart = True
            continue
        apart = apart or (marks and _INDENT.match(raw) is not None)
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


def rejoined(lines: Sequence[Line]) -> list[Line]:
    """The lines, a long label that is broken over two of them put together: in capitals, or inside its brackets.

    `…, PRESIDENTIAL` `CANDIDATE: …` and `The Minister for Roads (Mr.` `Alder): …`.
    """
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        if before and before.rested and not line.apart and _OPEN.fullmatch(before.text) and _CLOSED.match(line.text):
            found[-1] = replace(before, text=f"{before.text} {line.text}")
            continue
        head = line.text.partition(":")[0]
        broken = (
            before is not None
            and before.apart
            and "," in before.text
            and ":" not in before.text
            and before.text.isupper()
        )
        if (
            before
            and broken
            and not line.apart
            and ":" in line.text
            and head.isupper()
            and not before.text.endswith((".", "?", "!"))
        ):
            found[-1] = replace(before, text=f"{before.text} {line.text}")
        else:
            found.append(line)
    return found


def facts(lines: Sequence[Line]) -> Facts:
    """The facts about a whole text that weigh what may be a name."""
    prose = _BRACKETS.sub(" ", "\n".join(line.text for line in lines))
    printed = Counter(_WORDS.findall(prose))
    words: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for word, count in printed.items():
        words[fold(word)] += count
        lower[fold(word)] += count * word.islower()
    names = {word.upper() for word in printed if word[0].isupper() and not word.isupper()}
    return Facts(
        capitals=_capitals(prose),
        wrapped=_wrapped(lines),
        words=words,
        common=frozenset(word for word, count in lower.items() if count and count * 3 >= words[word]),
        acronyms=Counter(word for word in _ALL_CAPITALS.findall(prose) if word not in names),
    )


def _capitals(prose: str) -> bool:
    """Whether most words are in capitals, what stands before a colon at the start of a line apart."""
    letters = _BEFORE_COLON.sub("", prose)
    return sum(map(str.isupper, letters)) > sum(map(str.islower, letters))


def _wrapped(lines: Sequence[Line]) -> bool:
    """Whether lines are broken inside sentences: enough of them go on in lower case on the next line."""
    following = [line for line in lines if not line.apart]
    if len(following) < 5:
        return False
    longest = max(len(line.text) for line in lines)
    going_on = sum(line.text[0].islower() for line in following)
    return longest <= 200 and going_on > len(following) * 0.25
