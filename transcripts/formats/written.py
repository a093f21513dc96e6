"""Pure: the turns of a text as people write it, by the names printed in it: what plain text, documents and pages share.

One turn per printed label block: paragraphs without a label go on with the voice above, and so does a voice after
`(APPLAUSE)`; such notes stay in the words of the turn where they are printed. Where it is not sure that the voice
above goes on, the voice is unknown.
"""

from collections.abc import Iterator, Sequence

from transcripts.errors import BadFile
from transcripts.formats.blocks import Block, read_blocks
from transcripts.formats.labels import is_scene
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem
from transcripts.formats.sheet import read_sheet
from transcripts.text import count_words, fold
from transcripts.vocabulary import Grade, Severity, TurnKind

_UNPUNCTUATED = 0.02
"""Fewer sentence ends a word than this: nobody wrote these words down, software did."""


def written(name: str, text: str) -> ParsedRecord:
    """The record in a text (NFC, LF), for the format `name`. Raises BadFile where it holds no words."""
    sheet = read_sheet(text)
    problems = list(sheet.problems)
    blocks = list(read_blocks(sheet, problems))
    turns = tuple(_turn(block) for block in blocks)
    if not turns:
        raise BadFile("There are no words in this text besides names and headings.")
    problems.extend(_remarks(turns))
    if sheet.minutes:
        problems.append(Problem(None, Severity.INFO, "These look like minutes: what was done, not what anybody said."))
    header = {key.strip(): value for key, value in sheet.header.values.items()}
    problems.sort(key=lambda problem: problem.line or 0)
    return ParsedRecord(name, _grade(turns), turns, problems=tuple(problems), header=header)


def _turn(block: Block) -> ParsedTurn:
    scene = all(is_scene(line) for line in block.text.split("\n") if line)
    kind = TurnKind.SCENE if scene or fold(block.label or "") == "system" else block.kind
    return ParsedTurn(block.label, block.text, kind, block.start_ms, line=block.line)


def _grade(turns: Sequence[ParsedTurn]) -> Grade:
    """Prose without sentence ends is what speech software writes; anything else somebody published."""
    if any(turn.label for turn in turns):
        return Grade.PUBLISHED
    words = sum(count_words(turn.text) for turn in turns)
    ends = sum(turn.text.count(mark) for turn in turns for mark in ".?!")
    return Grade.MACHINE if words > 100 and ends < words * _UNPUNCTUATED else Grade.PUBLISHED


def _remarks(turns: Sequence[ParsedTurn]) -> Iterator[Problem]:
    if not any(turn.label for turn in turns):
        yield Problem(None, Severity.INFO, "Nobody is named in this text: every voice is unknown.")
    timed = [turn for turn in turns if turn.start_ms is not None]
    for before, after in zip(timed, timed[1:], strict=False):
        if (after.start_ms or 0) < (before.start_ms or 0):
            yield Problem(after.line, Severity.WARNING, "The times begin again here; the file does not say why.")
    yield from _twice(turns)


def _twice(turns: Sequence[ParsedTurn]) -> Iterator[Problem]:
    """A file that holds the same transcript two times over."""
    seen: dict[str, int] = {}
    again = [i for i, turn in enumerate(turns) if len(turn.text) > 80 and seen.setdefault(turn.text, i) != i]
    if len(again) > 3 and len(again) > len(seen) * 0.3:
        line = turns[again[0]].line
        yield Problem(
            line, Severity.WARNING, "From here on the file repeats what it held before; remove one of the two."
        )
