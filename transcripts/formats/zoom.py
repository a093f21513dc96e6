"""Zoom: saved captions (`[Name] 18:03:22`, words below), the transcript beside a recording, and the saved chat."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transcripts.formats.format import first_lines
from transcripts.formats.labels import Shape, is_time, shape_of
from transcripts.formats.parsed import ParsedRecord, Problem
from transcripts.formats.stamped import TIME, Item, Stamp, certainty, is_label, items, record
from transcripts.vocabulary import Grade, Severity

NAME = "zoom"
VERSION = 1

_CAPTION = re.compile(rf"\[(?P<label>[^\[\]]{{1,80}})\]\s+(?P<time>{TIME})")
_FROM = re.compile(
    rf"(?:[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} )?(?P<time>{TIME})\s{{1,20}}From\s{{1,20}}"
    r"(?P<label>\S.{0,80}?)\s{1,20}to\s[^:]{1,80}:(?P<words>.*)",
    re.IGNORECASE,
)
_TABBED = re.compile(rf"(?P<time>{TIME})\t(?P<label>[^\t:]{{1,80}})(?P<colon>:?)\t(?P<words>.*)")
_STACKED = 0.2


def sniff(text: str, name: str | None) -> float:
    """EXACT where most lines stand under a name in square brackets, or under a name and a time on lines of their own."""
    lines = first_lines(text)
    return certainty(text, _time if _is_stacked(lines) else _stamp)


def read(text: str) -> ParsedRecord:
    """One turn a printed name. Raises BadFile where no line is a name and a time."""
    found = record(NAME, Grade.MACHINE, _lines(text), of_day=True)
    chat = sum(_is_chat(line) for line in first_lines(text))
    if not chat:
        return found
    return replace(
        found,
        problems=(
            *found.problems,
            Problem(None, Severity.WARNING, "This is a meeting's chat: people wrote these words, nobody spoke them."),
        ),
    )


def _lines(text: str) -> Iterator[Item]:
    """The lines; where a name and its time stand on two, they are made one stamp."""
    if not _is_stacked(first_lines(text)):
        yield from items(text, _stamp)
        return
    lines = list(items(text, lambda line: None))
    for i, (number, item) in enumerate(lines):
        before = lines[i - 1][1] if i else ""
        after = lines[i + 1][1] if i + 1 < len(lines) else ""
        if is_time(str(item)) and is_label(str(before)):
            yield number, Stamp(str(before), str(item).strip("[]()"))
        elif not (is_time(str(after)) and is_label(str(item))):
            yield number, item


def _is_stacked(lines: Sequence[str]) -> bool:
    """Names on lines of their own, each above a time: they look like names, and some come again."""
    names = [before for before, line in zip(lines, lines[1:], strict=False) if is_time(line)]
    if len(names) < 2 or len(names) < _STACKED * len(lines):
        return False
    named = [name for name in names if is_label(name) and shape_of(name) is not Shape.OTHER]
    return len(named) > 0.8 * len(names) and len(set(named)) <= max(2, 0.7 * len(named))


def _stamp(line: str) -> Stamp | None:
    found = _CAPTION.fullmatch(line) or _TABBED.fullmatch(line) or _FROM.fullmatch(line)
    if found is None or not is_label(found["label"].strip()):
        return None
    words = "" if found.re is _CAPTION else found["words"]
    return Stamp(found["label"].strip(), found["time"], " ".join(words.split()))


def _is_chat(line: str) -> bool:
    tabbed = _TABBED.fullmatch(line)
    return bool(tabbed and tabbed["colon"]) or _FROM.fullmatch(line) is not None


def _time(line: str) -> Stamp | None:
    return Stamp(None, line) if is_time(line) else None
