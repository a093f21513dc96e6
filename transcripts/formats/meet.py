"""Google Meet: a document with the people attending, times as headings every few minutes, and `Name: words`."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transcripts.formats.format import EXACT, first_lines
from transcripts.formats.labels import SENTENCE_WORDS, Shape, possible_label, shape_of
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.stamped import Item, Stamp, is_label, record, unmarked
from transcripts.formats.voices import BEFORE_A_COLON
from transcripts.text import fold
from transcripts.vocabulary import Grade

NAME = "meet"
VERSION = 1

_HEADING = re.compile(r"\(?(?P<time>[0-9]{1,2}:[0-9]{2}:[0-9]{2})\)?")
_BEGINS = re.compile(r"\W*(?:meeting )?(?:transcript|transcripción)\W*", re.IGNORECASE)
_ATTENDING = re.compile(r"\W*(?:attendees|invited|asistentes|participantes|participants)\W*", re.IGNORECASE)
_SERVICE = re.compile(
    r"[*_]*(?:(?:transcription|meeting|transcripción|reunión) (?:ended|started|finaliz\w+|termin\w+) .*"
    r"|this editable transcript was computer[- ]generated.*|esta transcripción editable .*)",
    re.IGNORECASE,
)
_NOT_VOICES = frozenset({"attendees", "invited", "transcript", "date", "meeting records", "asistentes", "fecha"})


def sniff(text: str, name: str | None) -> float:
    """EXACT where a line is the service's own, or names with a colon stand under times of their own as headings."""
    lines = [unmarked(line) for line in first_lines(text)]
    voices = sum(_voice(line) is not None for line in lines)
    if voices < 2:
        return 0.0
    last = text.rstrip()[-1_000:].split("\n")
    own = any(_SERVICE.fullmatch(unmarked(line)) for line in last)
    attending = any(map(_ATTENDING.fullmatch, lines)) and any(map(_BEGINS.fullmatch, lines))
    headings = [i for i, line in enumerate(lines[:-1]) if _HEADING.fullmatch(line) and _voice(lines[i + 1])]
    return EXACT if own or attending or (len(headings) > 1 and len(headings) <= voices) else 0.0


def read(text: str) -> ParsedRecord:
    """One turn a printed name; the first under a heading has its time. Raises BadFile where no line names anybody."""
    lines = [" ".join(unmarked(line).split()) for line in text.split("\n")]
    found = record(NAME, Grade.MACHINE, _lines(lines), _SERVICE)
    attending = _attending(lines)
    return replace(found, header={**found.header, "attendees": attending}) if attending else found


def _attending(lines: Sequence[str]) -> str:
    """The names under the heading of who attended, as printed."""
    at = next((i for i, line in enumerate(lines[:60]) if _ATTENDING.fullmatch(line)), None)
    return "" if at is None else next((line for line in lines[at + 1 : at + 4] if line), "")


def _lines(lines: Sequence[str]) -> Iterator[Item]:
    """The lines from the heading “Transcript” on, a time heading given to the first voice under it."""
    begin = max((i for i, line in enumerate(lines[:-1]) if _BEGINS.fullmatch(line)), default=-1)
    names = _names(lines[begin + 1 :], _attending(lines))
    time: str | None = None
    for number, line in enumerate(lines, start=1):
        if number <= begin + 1:
            yield from [(number, line)] if line and not _BEGINS.fullmatch(line) else []
            continue
        heading = _HEADING.fullmatch(line)
        voice = _voice(line)
        if heading:
            time = heading["time"]
        elif voice and voice.label in names:
            yield number, replace(voice, time=time)
            time = None
        else:
            yield number, line


def _names(lines: Sequence[str], attending: str) -> frozenset[str | None]:
    """The names that stand before a colon: of those attending, or because they come again, or by their look."""
    seen = Counter(voice.label for line in lines if (voice := _voice(line)))
    present = fold(attending)
    return frozenset(
        label
        for label, times in seen.items()
        if label and (fold(label) in present or times > 2 or _could_be_a_name(label))
    )


def _could_be_a_name(label: str) -> bool:
    """By its look, or as one word that begins no sentence: every paragraph of this document begins with a name."""
    if fold(label.rsplit(maxsplit=1)[-1]) in BEFORE_A_COLON:
        return False
    return shape_of(label) is not Shape.OTHER or (" " not in label and fold(label) not in SENTENCE_WORDS)


def _voice(line: str) -> Stamp | None:
    found = possible_label(line)
    if found is None or found.tight or not is_label(found.label) or fold(found.label) in _NOT_VOICES:
        return None
    return Stamp(found.label, None, found.rest)
