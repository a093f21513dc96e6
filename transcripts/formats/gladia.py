"""JSON of speech services that write “utterances” (Gladia and those alike): each of one voice, with its words."""

from typing import Any

from transcripts.errors import BadFile
from transcripts.formats import clock, spoken, strict_json
from transcripts.formats.format import EXACT
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.spoken import Segment, Word
from transcripts.text import count_words

NAME = "gladia"
VERSION = 1

_PLACES = ("utterances[].", "transcription.utterances[].", "result.transcription.utterances[].")


def sniff(text: str, name: str | None) -> float:
    """EXACT for a list “utterances” of texts with start and end, at the top or inside “transcription”."""
    keys = strict_json.outline(text)
    return EXACT if any({f"{at}text", f"{at}start", f"{at}end"} <= keys for at in _PLACES) else 0.0


def read(text: str) -> ParsedRecord:
    """The turns of such a file. Raises BadFile where it holds no utterances."""
    lists = dict(strict_json.objects(strict_json.parse(text)))
    listed = next((lists[f"{at[:-3]}"] for at in _PLACES if at[:-3] in lists), None)
    if listed is None:
        raise BadFile("This JSON has no list “utterances”.")
    said = [one for one in listed if isinstance(one.get("text"), str) and one["text"].strip()]
    starts = [str(one.get("start", "")) for one in said]
    unit = clock.unit("start", starts, sum(count_words(one["text"]) for one in said))
    return spoken.record(NAME, [_segment(one, unit) for one in said], [], {})


def _segment(one: dict[str, Any], unit: int) -> Segment:
    start = _ms(one.get("start"), unit) or 0
    end = max(start, _ms(one.get("end"), unit) or start)
    voice = _voice(one.get("speaker"))
    listed = one.get("words")
    words = [_word(word, unit, voice) for word in listed if isinstance(word, dict)] if isinstance(listed, list) else []
    return Segment(one["text"], start, end, voice, tuple(word for word in words if word is not None))


def _word(value: dict[str, Any], unit: int, voice: str | None) -> Word | None:
    text = value.get("word", value.get("text"))
    if not isinstance(text, str) or not text.strip():
        return None
    return Word(text, _ms(value.get("start"), unit), _ms(value.get("end"), unit), _voice(value.get("speaker")) or voice)


def _voice(value: Any) -> str | None:
    """A number as the label that says it is one; a label as it is."""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"Speaker {value}"
    return spoken.words(value) or None if isinstance(value, str) else None


def _ms(value: Any, unit: int) -> int | None:
    number = strict_json.number(value)
    return round(number * unit) if number is not None and 0 <= number * unit <= clock.LATEST_MS else None
