"""A voter's answers as a JSON file (docs/match.md). Pure.

{"statement": 1 | 0.5 | 0 | -0.5 | -1 | "answer" | null, …, "weights": {"statement": 2}}
"""

import json
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from positions.matching import STEPS, WEIGHTS, Answer
from transcripts.errors import BadFile

MOST_BYTES = 1_000_000
WEIGHTS_KEY = "weights"


def read_answers(data: bytes, statements: Mapping[str, Collection[str]]) -> dict[str, Answer]:
    """The answers by statement, skipped ones (null, or not in the file) left out.

    Raises BadFile with the line and the field of the first thing that is wrong: `statements` are the slugs that can be answered,
    each with the keys of the answers it lists (none: it is answered with a number).
    """
    text = _text(data)
    said = _object(text)
    weights = said.pop(WEIGHTS_KEY, {})
    if not isinstance(weights, dict):
        raise BadFile("“weights” holds statements and 0.5, 1 or 2 for each.", _line(text, WEIGHTS_KEY))
    for slug in (*said, *weights):
        if slug not in statements:
            raise BadFile("“{slug}” is no statement of this race.", _line(text, slug), slug=slug)
    for slug, value in said.items():
        keys = statements[slug]
        if keys and value is not None and value not in keys:
            raise BadFile(
                "“{slug}” must be {keys} or null.",
                _line(text, slug),
                slug=slug,
                keys=", ".join(f"“{key}”" for key in keys),
            )
        if not keys and value is not None and not _among(value, STEPS.values()):
            raise BadFile("“{slug}” must be 1, 0.5, 0, -0.5, -1 or null.", _line(text, slug), slug=slug)
    for slug, value in weights.items():
        if not _among(value, WEIGHTS.values()):
            raise BadFile("The weight of “{slug}” must be 0.5, 1 or 2.", _line(text, slug, last=True), slug=slug)
    return {
        slug: Answer(value if isinstance(value, str) else Fraction(value), Fraction(weights.get(slug, 1)))
        for slug, value in said.items()
        if value is not None
    }


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise BadFile("The file is larger than {most} bytes.", most=MOST_BYTES)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("The file is not UTF-8 text; save it as UTF-8.", data[: error.start].count(b"\n") + 1) from error


def _object(text: str) -> dict[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise BadFile("“{slug}” stands there twice.", _line(text, key, last=True), slug=key)
            found[key] = value
        return found

    def never(name: str) -> None:
        raise BadFile("{name} is no number.", _line(text, name, quoted=False), name=name)

    try:
        said = json.loads(text, object_pairs_hook=once, parse_constant=never)
    except json.JSONDecodeError as error:
        raise BadFile("This is not JSON: {what}.", error.lineno, what=error.msg) from error
    except (ValueError, RecursionError) as error:
        raise BadFile("This is not JSON we can read: a number too long or lists too deep.") from error
    if not isinstance(said, dict):
        raise BadFile("The file holds one object: a statement and its answer, each.", 1)
    return said


def _among(value: object, numbers: Collection[Fraction]) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value in numbers


def _line(text: str, key: str, *, last: bool = False, quoted: bool = True) -> int | None:
    """The line a key stands on; None where it is written in another way, with escapes."""
    written = json.dumps(key, ensure_ascii=False) if quoted else key
    found = text.rfind(written) if last else text.find(written)
    return None if found < 0 else text.count("\n", 0, found) + 1
