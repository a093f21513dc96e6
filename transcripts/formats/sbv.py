"""SubViewer (.sbv), as YouTube Studio saves captions: two times with a comma between them, the words below."""

import re

from transcripts.errors import BadFile
from transcripts.formats.captions import record
from transcripts.formats.cues import Cue, milliseconds
from transcripts.formats.format import EXACT, first_lines
from transcripts.formats.markup import spans
from transcripts.formats.parsed import ParsedRecord, Problem
from transcripts.vocabulary import Severity

NAME = "sbv"
VERSION = 2

_TIME = r"([0-9]{1,3}):([0-9]{1,2}):([0-9]{1,2})\.([0-9]{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*,\s*{_TIME}\s*")
_BREAK = re.compile(r"\[br\]", re.IGNORECASE)


def sniff(text: str, name: str | None) -> float:
    """EXACT where the first line that is not blank holds two times with a comma between them."""
    lines = first_lines(text)
    return EXACT if lines and _TIMING.fullmatch(lines[0]) else 0.0


def read(text: str) -> ParsedRecord:
    """The turns of an SBV file. Raises BadFile where it holds no captions."""
    found: list[tuple[int, int, int, list[str]]] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        timing = _TIMING.fullmatch(line)
        if timing:
            times = timing.groups()
            start, end = milliseconds(*times[:4]), milliseconds(*times[4:])
            if end < start:
                problems.append(
                    Problem(
                        number,
                        Severity.WARNING,
                        "This caption ends before it begins; its end was set to its beginning.",
                    )
                )
            found.append((number, start, max(start, end), []))
        elif found:
            found[-1][3].append(_BREAK.sub("\n", line))
        elif line.strip():
            problems.append(
                Problem(
                    number,
                    Severity.WARNING,
                    "Words before the first caption were left out: “{words}”.",
                    {"words": line.strip()[:60]},
                )
            )
    if not found:
        raise BadFile(
            "There are no captions in this SBV file: no line holds two times such as 0:00:01.000,0:00:04.000."
        )
    cues = [Cue(start, end, spans("\n".join(words).strip()), number) for number, start, end, words in found]
    return record(NAME, cues, problems, {})
