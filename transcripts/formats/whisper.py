"""Whisper JSON (openai, and programs after it) and WhisperX JSON with its voices: segments and their words."""

from collections.abc import Iterator, Sequence
from typing import Any

from transcripts.errors import BadFile
from transcripts.formats import spoken, strict_json
from transcripts.formats.format import EXACT
from transcripts.formats.parsed import ParsedRecord, Problem
from transcripts.formats.spoken import Segment, Word
from transcripts.formats.strict_json import ms, number
from transcripts.vocabulary import Severity

NAME = "whisper"
VERSION = 1

_SILENT, _UNSURE, _REPETITIVE = 0.6, -1.0, 2.4
"""The thresholds of Whisper itself: above, below and above them it takes its own segment for nothing heard."""
_QUOTED = 60


def sniff(text: str, name: str | None) -> float:
    """EXACT for a list “segments” of texts with start and end, in seconds as Whisper writes them."""
    keys = strict_json.outline(text)
    needed = {"segments[].text", "segments[].start", "segments[].end"}
    own = {
        "segments[].seek",
        "segments[].avg_logprob",
        "segments[].words",
        "segments[].no_speech_prob",
        "word_segments",
        "language",
    }
    return EXACT if needed <= keys and own & keys else 0.0


def read(text: str) -> ParsedRecord:
    """The turns of a Whisper or WhisperX file. Raises BadFile where it holds no segments."""
    value = strict_json.parse(text)
    listed = value.get("segments") if isinstance(value, dict) else None
    if not isinstance(listed, list) or not listed:
        raise BadFile("This JSON has no list “segments”, as Whisper writes it.")
    segments = [one for one in listed if isinstance(one, dict) and isinstance(one.get("text"), str)]
    heard = list(_segments(segments, value.get("words")))
    problems = [problem for one in segments for problem in _about(one)]
    language = value.get("language")
    header = {"language": spoken.words(language)} if isinstance(language, str) and spoken.words(language) else {}
    return spoken.record(NAME, heard, problems, header)


def _segments(listed: Sequence[dict[str, Any]], apart: Any) -> Iterator[Segment]:
    """The segments; where words stand in a list of their own, each with those that begin in it."""
    loose = [word for one in apart if (word := _word(one)) is not None] if isinstance(apart, list) else []
    at = after = 0
    for one in listed:
        start = ms(one.get("start"))
        start = after if start is None else start
        end = max(start, ms(one.get("end")) or start)
        own = one.get("words")
        words = [word for each in own if (word := _word(each)) is not None] if isinstance(own, list) else []
        if not words:
            begun = at
            while at < len(loose) and (loose[at].start_ms or 0) < end:
                at += 1
            words = loose[begun:at]
        yield Segment(one["text"], start, end, _voice(one.get("speaker")), tuple(words))
        after = end


def _word(value: Any) -> Word | None:
    """One word; keys may be missing where the software could not align it."""
    if not isinstance(value, dict):
        return None
    text = value.get("word", value.get("text"))
    if not isinstance(text, str) or not text.strip():
        return None
    start, end = ms(value.get("start")), ms(value.get("end"))
    return Word(text, start, end, _voice(value.get("speaker")))


def _voice(value: Any) -> str | None:
    return spoken.words(value) or None if isinstance(value, str) else None


def _about(segment: dict[str, Any]) -> Iterator[Problem]:
    """What Whisper itself says it may have made up."""
    silent, sure, dense = (number(segment.get(key)) for key in ("no_speech_prob", "avg_logprob", "compression_ratio"))
    quoted = spoken.words(segment["text"])[:_QUOTED]
    at = _clock(ms(segment.get("start")))
    if silent is not None and sure is not None and silent > _SILENT and sure < _UNSURE:
        yield Problem(
            None,
            Severity.WARNING,
            "At {at} Whisper may have heard words in silence: “{quoted}”.",
            {"at": at, "quoted": quoted},
        )
    elif dense is not None and dense > _REPETITIVE:
        yield Problem(
            None,
            Severity.WARNING,
            "At {at} Whisper repeats itself, as it does where it hears nothing: “{quoted}”.",
            {"at": at, "quoted": quoted},
        )


def _clock(at: int | None) -> str:
    seconds = (at or 0) // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
