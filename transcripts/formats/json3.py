"""YouTube json3, the captions of a video with the time of each word: events, their segments, no rolling repeats."""

from collections.abc import Iterator, Sequence
from typing import Any

from transcripts.errors import BadFile
from transcripts.formats import strict_json
from transcripts.formats.captions import record, without_lines
from transcripts.formats.cues import Cue
from transcripts.formats.format import EXACT
from transcripts.formats.markup import Span
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.spoken import Word, timed
from transcripts.text import clean

NAME = "json3"
VERSION = 1

_LONGEST_WORD_MS = 2_000
_LATEST_MS = 10**10


def sniff(text: str, name: str | None) -> float:
    """EXACT for a list “events” with tStartMs."""
    keys = strict_json.outline(text)
    return EXACT if "events[].tStartMs" in keys else 0.0


def read(text: str) -> ParsedRecord:
    """The turns of a json3 file. Raises BadFile where it holds no captions."""
    value = strict_json.parse(text)
    listed = value.get("events") if isinstance(value, dict) else None
    if not isinstance(listed, list):
        raise BadFile("This JSON has no list “events”, as YouTube writes it.")
    shown = [(one, words) for one in listed if isinstance(one, dict) and (words := list(_words(one)))]
    if not shown:
        raise BadFile("There are no captions with words in this file.")
    cues = list(_cues(shown))
    heard = [word for _, words in shown for word in _ended(words)]
    by_word = any(len(words) > 1 for _, words in shown)
    found = without_lines(record(NAME, cues, [], {}, by_software=by_word))
    return ParsedRecord(
        NAME, found.grade, timed(found.turns, heard) if by_word else found.turns, (), found.problems, found.header
    )


def _words(event: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The segments of an event with their start in ms; line breaks that only scroll the window are none."""
    start = _whole(event.get("tStartMs"))
    segments = event.get("segs")
    for one in segments if isinstance(segments, list) else ():
        text = one.get("utf8") if isinstance(one, dict) else None
        if isinstance(text, str) and text.strip():
            yield clean(text), start + _whole(one.get("tOffsetMs"))


def _cues(shown: Sequence[tuple[dict[str, Any], list[tuple[str, int]]]]) -> Iterator[Cue]:
    """Each event as a caption that ends, where its display overlaps the next, with the start of the next."""
    for i, (event, words) in enumerate(shown):
        start, last = words[0][1], words[-1][1]
        end = max(start, _whole(event.get("tStartMs")) + _whole(event.get("dDurationMs")))
        following = shown[i + 1][1][0][1] if i + 1 < len(shown) else end
        if start <= following < end or end == start:
            end = max(start, following)
        lines = (" ".join(line.split()) for line in "".join(text for text, _ in words).split("\n"))
        text = "\n".join(line for line in lines if line)
        yield Cue(start, end, (Span(None, text),), i + 1, last_word_ms=last if len(words) > 1 else None)


def _ended(words: Sequence[tuple[str, int]]) -> Iterator[Word]:
    """Each word with its end: where the next begins, and not long after it began."""
    for i, (text, start) in enumerate(words):
        following = words[i + 1][1] if i + 1 < len(words) else start + _LONGEST_WORD_MS
        yield Word(text, start, max(start, min(following, start + _LONGEST_WORD_MS)))


def _whole(value: Any) -> int:
    number = strict_json.number(value)
    return round(number) if number is not None and 0 <= number <= _LATEST_MS else 0
