"""Pure: times as tables and programs write them, to ms from the start of the recording."""

import re
from collections.abc import Sequence

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6}))?")
_LETTERS = re.compile(
    r"(?:(\d{1,3})\s*h(?:ours?)?)?\s*(?:(\d{1,4})\s*m(?:in(?:utes?)?)?)?\s*(?:(\d{1,6}(?:\.\d{1,6})?)\s*s(?:ec(?:onds?)?)?)?",
    re.I,
)
_NUMBER = re.compile(r"\d{1,12}(?:[.,]\d{1,20})?(?:[eE][+-]?\d{1,2})?")
_SLOWEST = 0.02
"""Words a second over a whole file below which its times are no seconds."""
LATEST_MS = 10**10
"""Nearly four months: no recording is longer, and no clock time of a calendar is taken for one."""


def milliseconds(printed: str, unit: int = 1000) -> int | None:
    """A printed time in ms; `unit` is how many ms a bare number counts. None for anything that is no time."""
    text = printed.strip()
    number, clock = _NUMBER.fullmatch(text), _CLOCK.fullmatch(text)
    if number:
        value = round(float(text.replace(",", ".")) * unit)
    elif clock:
        hours, minutes, seconds, fraction = clock.groups()
        value = ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000
        value += int((fraction or "").ljust(3, "0")[:3])
    else:
        letters = _LETTERS.fullmatch(text) if any(map(str.isdigit, text)) else None
        if letters is None:
            return None
        value = round(int(letters[1] or 0) * 3_600_000 + int(letters[2] or 0) * 60_000 + float(letters[3] or 0) * 1000)
    return value if value <= LATEST_MS else None


def unit(name: str, printed: Sequence[str], words: int) -> int:
    """How many ms a bare number of this column counts: 1 where its heading or the pace of the talk says ms, else 1000."""
    plain = name.lower()
    if re.search(r"(?:^|[^a-z])ms(?:$|[^a-z])|milli|Ms$", name):
        return 1
    numbers = [float(text.replace(",", ".")) for text in map(str.strip, printed) if _NUMBER.fullmatch(text)]
    whole = all(number.is_integer() for number in numbers)
    if "sec" in plain or not numbers or not whole:
        return 1000
    lasts = max(numbers) - min(numbers)
    return 1 if lasts > 1000 and words < lasts * _SLOWEST else 1000
