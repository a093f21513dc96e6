"""Microsoft Teams: a meeting's transcript as its document prints it, or as copied from the page beside the video."""

import re
from collections.abc import Iterator

from transcripts.formats.format import EXACT, first_lines
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.stamped import STARTED, TIME, Item, Stamp, certainty, is_label, items, record, unmarked
from transcripts.vocabulary import Grade

NAME = "teams"
VERSION = 2

_SPOKEN = r"(?:[0-9]+ (?:hours?|horas?),? )?[0-9]+ (?:minutes?|minutos?),?(?: y| and)? [0-9]+ (?:seconds?|segundos?)"
"""A time read out for people who listen to the page."""

_DOCUMENT = re.compile(rf"(?P<label>\S.{{0,80}}?)(?:\t\s{{0,40}}| {{3,40}})(?P<time>{TIME})")
_READ_OUT = re.compile(rf"{_SPOKEN}\s*(?P<time>{TIME})")
_APART = re.compile(rf"^([ \t]*{_SPOKEN})[ \t]*\n[ \t]*({TIME})[ \t]*$", re.MULTILINE)
"""The time read out and the time printed, on two lines: some browsers copy them so."""
_STARTED = re.compile(STARTED, re.IGNORECASE)
_PAGE = re.compile(r"transcript(?:\. use arrow keys.*)?|search|ai-generated content may be incorrect\.?", re.IGNORECASE)
_INITIALS = re.compile(r"[^\W\d_]{1,3}")


def sniff(text: str, name: str | None) -> float:
    """EXACT where somebody started transcription, times are read out, or names stand wide apart from their times."""
    lines = first_lines(_together(text))
    said = any(_STARTED.fullmatch(line) for line in lines)
    if sum(_READ_OUT.fullmatch(line) is not None for line in lines) > 1 or (said and any(map(_stamp, lines))):
        return EXACT
    return certainty(text, _stamp)


def read(text: str) -> ParsedRecord:
    """One turn a printed name. Raises BadFile where no line is a name and a time."""
    return record(NAME, Grade.MACHINE, _lines(_together(text)), _STARTED)


def _together(text: str) -> str:
    """The text with times that are read out beside those printed; as many lines as before."""
    return _APART.sub(r"\1 \2\n", text)


def _lines(text: str) -> Iterator[Item]:
    """The lines, with the four that the page prints above each voice (initials, name, time, name) made one stamp."""
    lines = list(items(text, _stamp))
    words = [item if isinstance(item, str) else "" for _, item in lines]
    speaking: str | None = None
    for i, (number, item) in enumerate(lines):
        time = _READ_OUT.fullmatch(words[i])
        if time and i and is_label(words[i - 1]):
            speaking = words[i - 1]
            yield number, Stamp(speaking, time["time"])
        elif not (_above_read_out(words, i + 1) or _initials(words, i) or _of_the_page(words[i], speaking)):
            yield number, item
        if isinstance(item, Stamp):
            speaking = item.label


def _of_the_page(words: str, speaking: str | None) -> bool:
    """A heading above the first voice, or the name and the time read out once more before each caption."""
    if speaking is None:
        return _PAGE.fullmatch(words) is not None
    return words.startswith(speaking) and re.fullmatch(_SPOKEN, words[len(speaking) :].strip()) is not None


def _above_read_out(words: list[str], i: int) -> bool:
    return i < len(words) and is_label(words[i - 1]) and _READ_OUT.fullmatch(words[i]) is not None


def _initials(words: list[str], i: int) -> bool:
    """The letters of a portrait: `JV`, above `Jana Voss`."""
    if not _INITIALS.fullmatch(words[i]) or not words[i].isupper():
        return False
    following = next((j for j in range(i + 1, min(i + 3, len(words))) if words[j]), i)
    return following > i and _above_read_out(words, following + 1)


def _stamp(line: str) -> Stamp | None:
    found = _DOCUMENT.fullmatch(line)
    if found is None:
        return None
    label = unmarked(found["label"])
    return Stamp(label, found["time"]) if is_label(label) else None
