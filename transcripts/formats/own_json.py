"""Our own JSON: everything public about a forum's record, keys of turns included, as docs/export.md describes it.

It cannot carry quotations by their place in an article: an article's quotations are turns in it.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from transcripts.errors import BadFile
from transcripts.formats.format import EXACT
from transcripts.formats.kept import is_key
from transcripts.formats.parsed import ParsedExchange, ParsedRecord, ParsedSpeaker, ParsedTurn
from transcripts.messages import Message, Value
from transcripts.text import clean
from transcripts.vocabulary import Grade, Right, Role, TurnKind

NAME = "json"
VERSION = 1
SUFFIX = ".json"
MEDIA_TYPE = "application/json"
TIMED = False

WHAT = "said-and-done record"
"""The value of `format`, by which a file is known."""
EDITION = 1
"""The value of `version`: raised when what is there now changes its meaning."""
MOST_TURNS = 100_000
"""Turns of one record: a meeting of three hours has 4,000."""

_FIRST = re.compile(r'\s*\{\s*"format"\s*:\s*"said-and-done record"')
_LANG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_MOST_MS = 2_147_483_647
_PARTS = ("lead_in", "answers", "follow_ups", "rebuttals")
_Code = TypeVar("_Code", bound=StrEnum)


def write(record: ParsedRecord) -> bytes:
    """The record as JSON in UTF-8."""
    told = {
        "format": WHAT,
        "version": EDITION,
        "forum": record.header,
        "grade": record.grade,
        "right": record.right,
        "speakers": [
            {"name": one.name, "labels": one.labels, "role": one.role, "person": one.person, "slug": one.slug}
            for one in record.speakers
        ],
        "turns": [_told(turn) for turn in record.turns],
        "exchanges": [
            {"question": one.question} | {part: getattr(one, part) for part in _PARTS} for one in record.exchanges
        ],
    }
    written = json.dumps(told, ensure_ascii=False, indent=1)
    return "".join(_by_number(char) if unicodedata.combining(char) else char for char in written).encode()


def _by_number(mark: str) -> str:
    """A combining mark by its number: beside the `n` of an escaped line end it would become part of it."""
    return json.dumps(mark)[1:-1]


def is_ours(text: str) -> bool:
    """Whether a text begins as our JSON does."""
    return _FIRST.match(text) is not None


def sniff(text: str, name: str | None) -> float:
    """EXACT where a text begins as our JSON does."""
    return EXACT if is_ours(text) else 0.0


def read(text: str) -> ParsedRecord:
    """The record in our JSON. Raises BadFile with the place of whatever is not as docs/export.md describes it."""
    whole = _Place(Message("the file"), _loaded(text))
    if whole.text("format") != WHAT or whole.number("version", most=EDITION) != EDITION:
        raise BadFile(
            "This JSON is not version {edition} of “{what}”, the only one we read.", edition=EDITION, what=WHAT
        )
    told = list(whole.entries("turns"))
    if len(told) > MOST_TURNS:
        raise BadFile("There are more than {most} turns in this file. Divide it.", most=f"{MOST_TURNS:,}")
    turns = tuple(_turn(one) for one in told)
    if not turns:
        raise BadFile("There are no turns in this file.")
    return ParsedRecord(
        NAME,
        whole.code("grade", Grade),
        turns,
        header=whole.texts("forum"),
        right=whole.code("right", Right) if whole.held("right") else None,
        speakers=tuple(_speaker(one) for one in whole.entries("speakers")),
        exchanges=tuple(_exchange(one, len(turns)) for one in whole.entries("exchanges")),
    )


def _told(turn: ParsedTurn) -> dict[str, Any]:
    return {
        "key": turn.key,
        "label": turn.label,
        "kind": turn.kind,
        "text": turn.text,
        "lang": turn.lang,
        "part": turn.part,
        "start_ms": turn.start_ms,
        "end_ms": turn.end_ms,
        "source_ref": turn.source_ref,
    }


def _loaded(text: str) -> Any:
    """The values in JSON text. Raises BadFile where it is not JSON, or says one thing twice, or what no number is."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise BadFile("This is not JSON: {error}.", error.lineno, error=error.msg) from error
    except RecursionError as error:
        raise BadFile("This JSON is nested too deeply to be a record.") from error
    except ValueError as error:
        raise BadFile("This JSON holds a number no record needs.") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadFile("This JSON gives one name twice in the same place.")
    return found


def _no_number(written: str) -> NoReturn:
    raise BadFile("{written} is no number.", written=written)


@dataclass(frozen=True)
class _Place:
    """An object inside the file, with the words that say where it stands. Every question raises BadFile naming the place."""

    where: Message
    value: Any

    def __post_init__(self) -> None:
        if not isinstance(self.value, dict):
            self.fault("should be an object")

    def fault(self, why: str, **values: Value) -> NoReturn:
        raise BadFile("In {where}: {why}.", where=self.where, why=Message(why, values))

    def held(self, name: str) -> bool:
        return self.value.get(name) is not None

    def text(self, name: str) -> str:
        """Words, cleaned; empty where there are none."""
        found = self.value.get(name)
        if not isinstance(found, str | None):
            self.fault("“{name}” should be text", name=name)
        return clean(found or "").strip()

    def line(self, name: str) -> str | None:
        """Words on one line; None where there are none."""
        return " ".join(self.text(name).split()) or None

    def code(self, name: str, codes: type[_Code]) -> _Code:
        found = self.value.get(name)
        if found not in list(codes):
            self.fault("“{name}” should be one of: {codes}", name=name, codes=", ".join(codes))
        return codes(found)

    def number(self, name: str, most: int = _MOST_MS) -> int:
        found = self.value.get(name)
        if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= most:
            self.fault("“{name}” should be a whole number from 0 to {most}", name=name, most=most)
        return found

    def numbers(self, name: str, most: int) -> tuple[int, ...]:
        return tuple(_Place(self.where, {name: one}).number(name, most) for one in self._list(name))

    def entries(self, name: str) -> Iterable["_Place"]:
        return [
            _Place(Message("{name}, entry {n}", {"name": name, "n": n}), one)
            for n, one in enumerate(self._list(name), start=1)
        ]

    def texts(self, name: str) -> dict[str, str]:
        inside = _Place(Message("{name}", {"name": name}), self.value.get(name) or {})
        return {clean(key): said for key in inside.value if (said := inside.text(key))}

    def labels(self, name: str) -> tuple[str, ...]:
        found = (_Place(self.where, {name: one}).line(name) for one in self._list(name))
        return tuple(label for label in found if label)

    def _list(self, name: str) -> list[Any]:
        found = self.value.get(name)
        if not isinstance(found, list | None):
            self.fault("“{name}” should be a list", name=name)
        return found or []


def _turn(one: _Place) -> ParsedTurn:
    text, key, lang = one.text("text"), one.line("key"), one.line("lang")
    if not text:
        one.fault("“text” should hold words")
    if key is not None and not is_key(key):
        one.fault("“key” is no key of ours; leave it out and a new one is made")
    if lang is not None and not (len(lang) <= 16 and _LANG.fullmatch(lang)):
        one.fault("“lang” should be a language such as en or es")
    start, end = (one.number(name) if one.held(name) else None for name in ("start_ms", "end_ms"))
    if end is not None and (start is None or end < start):
        one.fault("“end_ms” should not come before “start_ms”")
    kind = one.code("kind", TurnKind) if one.held("kind") else TurnKind.SPEECH
    part = one.number("part", most=999) if one.held("part") else 0
    return ParsedTurn(one.line("label"), text, kind, start, end, part, None, one.line("source_ref"), lang, key)


def _speaker(one: _Place) -> ParsedSpeaker:
    role = one.code("role", Role) if one.held("role") else Role.UNKNOWN
    return ParsedSpeaker(one.line("name") or "", one.labels("labels"), role, one.line("person"), one.line("slug"))


def _exchange(one: _Place, turns: int) -> ParsedExchange:
    return ParsedExchange(
        one.number("question", most=turns - 1), *(one.numbers(part, most=turns - 1) for part in _PARTS)
    )
