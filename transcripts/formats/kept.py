"""Pure: what the files we write have in common, so that reading one gives the record that was written.

A file of ours says in its header how it is laid out; then nothing in it is a guess: `NAME:` inside the words, `-->`, `>>`
and empty lines stay words. Without that line it is read like any other file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transcripts.errors import BadFile, Refusal
from transcripts.formats.parsed import ParsedRecord, ParsedTurn
from transcripts.vocabulary import Grade, Right

FACTS = "title date place venue kind language zone video source publisher words address fictional".split()
"""What our files say of a forum, by key; a header line prints it with a capital."""

GRADE, RIGHT, LAYOUT = "Grade", "Right", "Layout"
SHOWN_MS = 4_000
"""How long the words of a turn stand whose end, and whose next turn, are not known."""

_LINE = re.compile(r"([A-Z][a-z]+): (.*)")
_KEY = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_NBSP = "\N{NO-BREAK SPACE}"
_ARROW, _SPLIT_ARROW = "-->", "--\N{ZERO WIDTH SPACE}>"


@dataclass(frozen=True)
class Block:
    """Lines of a file without an empty one among them; `line` is the number of the first, from 1."""

    line: int
    lines: Sequence[str]


def is_key(text: str) -> bool:
    """Whether a text can be the permanent key of a turn: a ULID."""
    return _KEY.fullmatch(text) is not None


def header_lines(record: ParsedRecord, layout: str) -> Iterator[str]:
    """The header of a file: the facts that are known, the grade and the right, and last of all the layout."""
    for key in FACTS:
        value = " ".join(record.header.get(key, "").split())
        if value:
            yield f"{key.capitalize()}: {without_arrows(value)}"
    yield f"{GRADE}: {record.grade}"
    if record.right is not None:
        yield f"{RIGHT}: {record.right}"
    yield f"{LAYOUT}: {layout}"


def is_header(lines: Iterable[str], layout: str) -> bool:
    """Whether lines are the header of a file of ours in this layout."""
    said = _said(lines)
    return said.get(LAYOUT) == layout and GRADE in said


def record_of(name: str, lines: Sequence[str], turns: Sequence[ParsedTurn]) -> ParsedRecord:
    """The record of a file of ours: what its header says, and its turns. Raises BadFile where it holds no words."""
    if not turns:
        raise BadFile("There are no words in this file besides its header.")
    said = _said(lines)
    header = {key: said[key.capitalize()] for key in FACTS if said.get(key.capitalize())}
    return ParsedRecord(name, grade_of(said), tuple(turns), header=header, right=right_of(said))


def _said(lines: Iterable[str]) -> dict[str, str]:
    return {pair[1]: pair[2] for line in lines if (pair := _LINE.fullmatch(line))}


def grade_of(said: Mapping[str, str]) -> Grade:
    """The grade a header names. Raises BadFile for another word."""
    if said.get(GRADE) not in list(Grade):
        raise BadFile("“{grade}” is no grade; use one of: {grades}.", grade=said.get(GRADE), grades=", ".join(Grade))
    return Grade(said[GRADE])


def right_of(said: Mapping[str, str]) -> Right | None:
    """The publishing right a header names, if any. Raises BadFile for another word."""
    if RIGHT not in said:
        return None
    if said[RIGHT] not in list(Right):
        raise BadFile(
            "“{right}” is no publishing right; use one of: {rights}.", right=said[RIGHT], rights=", ".join(Right)
        )
    return Right(said[RIGHT])


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text, as captions are divided: by empty lines."""
    held: list[str] = []
    for number, line in enumerate((*text.split("\n"), ""), start=1):
        if line:
            held.append(line)
        elif held:
            yield Block(number - len(held), tuple(held))
            held = []


def filled(text: str) -> str:
    """Words of which no line is empty: one more no-break space on each line that holds nothing else."""
    return "\n".join(line if line.strip(_NBSP) else line + _NBSP for line in text.split("\n"))


def unfilled(text: str) -> str:
    """The words that were `filled`."""
    return "\n".join(line if line.strip(_NBSP) else line[1:] for line in text.split("\n"))


def without_arrows(text: str) -> str:
    """Words in which no player sees a timing: an unseen character, which reading takes out again, divides each arrow."""
    return text.replace(_ARROW, _SPLIT_ARROW)


def timed(record: ParsedRecord, what: str) -> list[ParsedTurn]:
    """The turns with a beginning and an end each, for a file that cannot do without. Raises Refusal where that is not known."""
    if len({turn.part for turn in record.turns}) > 1:
        raise Refusal(
            "This record is in several parts, and {what} belongs to one recording. Take another format.", what=what
        )
    if any(turn.start_ms is None for turn in record.turns):
        raise Refusal(
            "Not everything in this record has a time, and {what} cannot do without. Take another format.", what=what
        )
    following = [turn.start_ms for turn in record.turns[1:]]
    return [_ended(turn, after) for turn, after in zip(record.turns, (*following, None), strict=True)]


def _ended(turn: ParsedTurn, after: int | None) -> ParsedTurn:
    start = turn.start_ms or 0
    until = after if after is not None and after > start else start + SHOWN_MS
    return replace(turn, start_ms=start, end_ms=until if turn.end_ms is None else turn.end_ms)


def clock(ms: int, mark: str = ".") -> str:
    """01:02:03.456, or with a comma."""
    seconds, thousandths = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{thousandths:03}"
