"""Transcript JSON of Council Data Project: sentences with times; a speaker's name where somebody gave one.

Its `speaker_index` counts turns in files made from captions: the same person has many, so it never names a voice. It
only says where one voice ends.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from transcripts.errors import BadFile
from transcripts.formats import spoken, strict_json
from transcripts.formats.captions import turn_of
from transcripts.formats.format import EXACT
from transcripts.formats.paragraphs import Said, paragraphs
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem
from transcripts.formats.spoken import Segment, Word
from transcripts.formats.strict_json import ms
from transcripts.vocabulary import Grade, Severity

NAME = "cdp"
VERSION = 1

_PAUSE_OF_A_TURN_MS = 30_000


def sniff(text: str, name: str | None) -> float:
    """EXACT for a list “sentences” with start_time and speaker_index or a generator, as this project writes them."""
    keys = strict_json.outline(text)
    own = {"generator", "sentences[].speaker_index"} & keys
    return EXACT if own and {"sentences[].text", "sentences[].start_time"} <= keys else 0.0


def read(text: str) -> ParsedRecord:
    """The turns of such a file. Raises BadFile where it holds no sentences."""
    value = strict_json.parse(text)
    listed = value.get("sentences") if isinstance(value, dict) else None
    if not isinstance(listed, list):
        raise BadFile("This JSON has no list “sentences”, as Council Data Project writes it.")
    said = [one for one in listed if isinstance(one, dict) and isinstance(one.get("text"), str) and one["text"].strip()]
    if not said:
        raise BadFile("No sentence of this file holds words.")
    header = (
        {"generator": spoken.words(made)} if isinstance(made := value.get("generator"), str) and made.strip() else {}
    )
    if all(_voice(one) == (None, None) for one in said):
        return spoken.record(NAME, [_segment(one) for one in said], [], header)
    turns = spoken.timed(list(_turns(said)), [word for one in said for word in _segment(one).words])
    return ParsedRecord(NAME, Grade.MACHINE, turns, (), tuple(_about(turns)), header)


def _turns(said: Sequence[dict[str, Any]]) -> Iterator[ParsedTurn]:
    """One turn per run of sentences of one name and index, unless a long pause parts them."""
    numbers: list[int] = []
    for i, one in enumerate(said):
        before = said[i - 1] if i else one
        changed = _voice(one) != _voice(before) or _start(one) - _end(before) >= _PAUSE_OF_A_TURN_MS
        numbers.append((numbers[-1] if i else 0) + int(changed))
    for _, group in groupby(zip(numbers, said, strict=True), key=lambda pair: pair[0]):
        run = [one for _, one in group]
        pauses = [max(0, _start(b) - _end(a)) for a, b in zip(run, run[1:], strict=False)]
        heard = (
            Said(spoken.words(one["text"]), _start(one), _end(one), pause, 1)
            for one, pause in zip(run, [*pauses, 0], strict=True)
        )
        turn = turn_of(_voice(run[0])[0], list(paragraphs(heard)))
        yield ParsedTurn(turn.label, turn.text, turn.kind, turn.start_ms, turn.end_ms, timed=turn.timed)


def _segment(one: dict[str, Any]) -> Segment:
    listed = one.get("words")
    words = [_word(word) for word in listed if isinstance(word, dict)] if isinstance(listed, list) else []
    return Segment(one["text"], _start(one), _end(one), None, tuple(word for word in words if word is not None))


def _word(value: dict[str, Any]) -> Word | None:
    text = value.get("text")
    return (
        Word(text, ms(value.get("start_time")), ms(value.get("end_time")))
        if isinstance(text, str) and text.strip()
        else None
    )


def _voice(one: dict[str, Any]) -> tuple[str | None, int | None]:
    name, index = one.get("speaker_name"), one.get("speaker_index")
    label = spoken.words(name) or None if isinstance(name, str) else None
    return label, index if label is None and isinstance(index, int) and not isinstance(index, bool) else None


def _start(one: dict[str, Any]) -> int:
    return ms(one.get("start_time")) or 0


def _end(one: dict[str, Any]) -> int:
    return max(_start(one), ms(one.get("end_time")) or 0)


def _about(turns: Sequence[ParsedTurn]) -> Iterator[Problem]:
    nobody = sum(turn.label is None for turn in turns)
    if nobody:
        yield Problem(
            None,
            Severity.INFO,
            "Turns are numbered in this file, not people: the voice of {n} of {turns} turns is unknown.",
            {"n": nobody, "turns": len(turns)},
        )
