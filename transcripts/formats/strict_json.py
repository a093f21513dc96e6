"""Pure: JSON read as its standard says: no NaN, no key twice, no number or depth that breaks whoever reads it after us."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NoReturn

from transcripts.errors import BadFile

DEEPEST = 40
MOST_DIGITS = 30
_BEGINS = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*\{\s*[\"}])")
_NESTING = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_TOKEN = re.compile(r'"(?P<key>(?:[^"\\]|\\.)*+)"\s*:|"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_OUTLINED = 1_000_000
_OUTLINE_DEPTH = 8


def looks_like(text: str) -> bool:
    """Whether a text begins as JSON of ours may: an object with a key in quotation marks, or a list of such."""
    return _BEGINS.match(text[:20_000]) is not None


def parse(text: str) -> Any:
    """The value in a text. Raises BadFile with the line for whatever is no JSON, and for what is made to break its reader."""
    _refuse_depth(text)
    try:
        return json.loads(
            text,
            strict=False,
            object_pairs_hook=_once,
            parse_constant=_refuse_constant,
            parse_int=_whole,
            parse_float=_real,
        )
    except json.JSONDecodeError as error:
        raise BadFile("this is no JSON that can be read: {error}.", error.lineno, error=error.msg.lower()) from error


def objects(value: Any, path: str = "") -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every list of objects in a value with the keys that lead to it, outermost first; the whole has the path “.”."""
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        yield path or ".", value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from objects(inner, f"{path}.{key}" if path else str(key))


def number(value: Any) -> float | None:
    """A number as a float; None for anything else, and for true and false, which are none."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def ms(value: Any) -> int | None:
    """Seconds as a number, in whole ms; None for anything else and for times before the start or after any recording."""
    seconds = number(value)
    return round(seconds * 1000) if seconds is not None and 0 <= seconds < 10**7 else None


def _refuse_depth(text: str) -> None:
    depth = 0
    for found in _NESTING.finditer(text):
        mark = found[0]
        depth += (mark in "[{") - (mark in "]}") if len(mark) == 1 else 0
        if depth > DEEPEST:
            line = text.count("\n", 0, found.start()) + 1
            raise BadFile("this JSON is nested more than {most} deep, which no transcript is.", line, most=DEEPEST)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise BadFile(
            "This JSON gives the key “{key}” twice in one object: we cannot tell which is meant.", key=twice[:40]
        )
    return found


def _refuse_constant(constant: str) -> NoReturn:
    raise BadFile("This JSON holds {constant}, which is no number JSON knows. Write null instead.", constant=constant)


def _whole(digits: str) -> int:
    _refuse_length(digits)
    return int(digits)


def _real(digits: str) -> float:
    _refuse_length(digits)
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise BadFile("The number {digits} is too large.", digits=digits)
    return value


def _refuse_length(digits: str) -> None:
    if len(digits) > MOST_DIGITS:
        raise BadFile(
            "This JSON holds a number of {n} digits; we read at most {most}.", n=f"{len(digits):,}", most=MOST_DIGITS
        )


@lru_cache(maxsize=1)  # every format that reads JSON asks this of the same text
def outline(text: str) -> frozenset[str]:
    """The keys in the first million characters, each behind those that lead to it, `[]` for a list: “segments[].text”.

    Never raises: of what is no JSON it says whatever looks like keys, and nothing where the text does not begin as JSON.
    """
    if not looks_like(text):
        return frozenset()
    found: set[str] = set()
    open_at: list[str] = []
    key = ""
    for token in _TOKEN.finditer(text, 0, _OUTLINED):
        if token["key"] is not None and open_at:
            key = token["key"]
            if len(open_at) <= _OUTLINE_DEPTH:
                found.add(f"{open_at[-1]}{key}")
        elif token[0] in ("{", "["):
            before = f"{open_at[-1]}{key}" if open_at else ""
            shallow = len(open_at) < _OUTLINE_DEPTH
            opened = f"{before}[]." if token[0] == "[" else f"{before}." if key else before
            open_at.append(opened if shallow else "")
            key = ""
        elif token[0] in ("}", "]") and open_at:
            open_at.pop()
            key = ""
    return frozenset(found)
