"""Pure: plain text as we write it: names at the margin, words indented by four spaces.

It cannot carry keys, languages, parts, the source's own ids and exchanges.
"""

import re
from collections.abc import Iterator

from transcripts.errors import BadFile
from transcripts.formats import kept
from transcripts.formats.labels import milliseconds
from transcripts.formats.parsed import ParsedRecord, ParsedTurn
from transcripts.vocabulary import TurnKind

LAYOUT = "names at the margin, words indented"
NOBODY = "(voice not identified)"

_INDENT = "    "
_MOST_LINES = 40
_KIND_WORDS = {
    TurnKind.PROCEDURE: "(procedure)",
    TurnKind.SCENE: "(scene)",
    TurnKind.NARRATION: "(narration)",
    TurnKind.RECAP_QUOTE: "(quotation)",
    TurnKind.PARAPHRASE: "(paraphrase)",
}
_KINDS = {words: kind for kind, words in _KIND_WORDS.items()}
_TIMES = re.compile(r"\[(\d{2,4}:\d\d:\d\d\.\d{3})(?: - (\d{2,4}:\d\d:\d\d\.\d{3}))?\]")


def write(record: ParsedRecord) -> bytes:
    """The record as plain text."""
    lines = [*kept.header_lines(record, LAYOUT), ""]
    for turn in record.turns:
        indented = (f"{_INDENT}{line}" if line else "" for line in turn.text.split("\n"))
        lines += ["\t".join(_margin(turn)), *indented, ""]
    return "\n".join(lines).encode()


def is_ours(text: str) -> bool:
    """Whether the lines at the top of a text are the header as we write it."""
    return kept.is_header(_header(text), LAYOUT)


def read(name: str, text: str) -> ParsedRecord:
    """The record of a text of ours. Raises BadFile with the line that is neither a name nor indented."""
    return kept.record_of(name, _header(text), list(_turns(text, len(_header(text)))))


def _header(text: str) -> list[str]:
    lines = text.split("\n", _MOST_LINES)[:_MOST_LINES]
    return lines[: lines.index("")] if "" in lines else lines


def _margin(turn: ParsedTurn) -> Iterator[str]:
    """Name, kind and times, between tabs."""
    yield f"{turn.label}:" if turn.label is not None else NOBODY
    if turn.kind in _KIND_WORDS:
        yield _KIND_WORDS[turn.kind]
    if turn.start_ms is not None:
        times = (turn.start_ms, turn.end_ms)
        yield f"[{' - '.join(kept.clock(ms) for ms in times if ms is not None)}]"


def _turns(text: str, first: int) -> Iterator[ParsedTurn]:
    margin: tuple[int, str] | None = None
    words: list[str] = []
    for number, line in enumerate(text.split("\n")[first:], start=first + 1):
        if not line or line.startswith(_INDENT):
            words.append(line.removeprefix(_INDENT))
            continue
        yield from _turn(margin, words)
        margin, words = (number, line), []
    yield from _turn(margin, words)


def _turn(margin: tuple[int, str] | None, words: list[str]) -> Iterator[ParsedTurn]:
    text = "\n".join(words).strip()
    if margin is None or not text:
        return
    number, line = margin
    name, *notes = line.split("\t")
    if name != NOBODY and not name.endswith(":"):
        raise BadFile(
            "A name with a colon should stand at the margin. Take out the line “Layout: …” if the file is not as we wrote it.",
            number,
        )
    times = next((found for note in notes if (found := _TIMES.fullmatch(note))), None)
    start, end = (milliseconds(ms) if ms else None for ms in times.groups()) if times else (None, None)
    yield ParsedTurn(
        label=None if name == NOBODY else name[:-1].strip() or None,
        text=text,
        kind=next((_KINDS[note] for note in notes if note in _KINDS), TurnKind.SPEECH),
        start_ms=start,
        end_ms=end if end is None or start is None else max(start, end),
        line=number + 1,
    )
