"""Diarisation JSON: who speaks when, and no words. Of use beside a transcript only (`transcripts.diarising`).

Each stretch is a turn without text; voices are numbers of software (SPEAKER_00), never people.
"""

from typing import Any

from transcripts.errors import BadFile
from transcripts.formats import strict_json
from transcripts.formats.format import EXACT
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem
from transcripts.formats.strict_json import ms
from transcripts.text import clean
from transcripts.vocabulary import Grade, Severity

NAME = "diarisation"
VERSION = 1

_VOICES = ("speaker", "label", "speaker_id")
_WORDS = ("text", "word", "words", "body", "transcript", "statement", "speech", "content")


def sniff(text: str, name: str | None) -> float:
    """EXACT for one list of objects with start, end and a speaker, none of which has words."""
    keys = strict_json.outline(text)
    lists = {key.rpartition(".")[0] for key in keys if key.endswith("[].start") or key == "[].start"}
    fitting = [at for at in lists if f"{at}.end" in keys and any(f"{at}.{voice}" in keys for voice in _VOICES)]
    wordy = any(key.rpartition(".")[2] in _WORDS for key in keys)
    return EXACT if len(fitting) == 1 and not wordy else 0.0


def read(text: str) -> ParsedRecord:
    """The stretches, in the order of time. Raises BadFile where there are none."""
    lists = strict_json.objects(strict_json.parse(text))
    found = next((held for _, held in lists if any(_stretch(one) is not None for one in held)), [])
    stretches = [stretch for one in found if (stretch := _stretch(one)) is not None]
    if not stretches:
        raise BadFile("This JSON holds no list of stretches with start, end and speaker.")
    ordered = tuple(sorted(stretches, key=lambda turn: turn.start_ms or 0))
    return ParsedRecord(
        NAME,
        Grade.MACHINE,
        ordered,
        (),
        (
            Problem(
                None,
                Severity.INFO,
                "This file says who speaks when and holds no words: give it together with the transcript.",
            ),
        ),
    )


def _stretch(one: dict[str, Any]) -> ParsedTurn | None:
    voice = next((one[key] for key in _VOICES if one.get(key) is not None), None)
    if isinstance(voice, int) and not isinstance(voice, bool):
        voice = f"Speaker {voice}"
    label = " ".join(clean(voice).split()) if isinstance(voice, str) else ""
    start, end = ms(one.get("start")), ms(one.get("end"))
    if not label or start is None or end is None or end <= start:
        return None
    return ParsedTurn(label, "", start_ms=start, end_ms=end)
