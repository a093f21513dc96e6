"""A matrix of listed answers as files hold it: questions with their options, and which one each candidate chose (docs/options.md). Pure.

Both files are CSV or JSON. Answers come a row a candidate (a column each question), a row an answer, or as an object of each
candidate whose fields are named after the questions and hold `option | words | source`.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from typing import Any

from transcripts.bilingual import Bilingual
from transcripts.errors import BadFile
from transcripts.text import clean, fold

MOST_BYTES = 5_000_000
NONE_LISTED = "0"
"""What stands for an answer that is none of those listed."""

_OPTION = re.compile(r"option(?:[ _](?P<word>[a-z0-9]{1,20})|(?P<number>[0-9]{1,2}))(?:[ _](?P<lang>en|es))?")
_KEY = re.compile(r"[a-z0-9]{1,20}")
_NUMBERED = re.compile(r"(?:question|pregunta|q)[ _]?(?=[0-9])")
_ANSWERED = re.compile(r"(?:quiz[ _]?)?(?:answer|response|respuesta)[ _]?(?=[0-9])")
_LINK = re.compile(r"<a\b[^>]*\bhref=\"(?P<url>[^\"]*)\"[^>]*>(?P<title>[^<]*)</a>")
_TAG = re.compile(r"<[^<>]*>")
_DAY = re.compile(r"\((?:[A-Za-z ]+ )?(?P<day>[A-Z][a-z]{2,8}\.? [0-9]{1,2}, [0-9]{4})\)\s*$")
_WHO = ("candidate", "name", "candidato", "candidata", "nombre")
_LONG = {"question", "option"}


@dataclass(frozen=True)
class Question:
    """One question: what is asked, the topic as the file names it, and its options (key, words)."""

    key: str
    topic: str
    text: Bilingual
    options: tuple[tuple[str, Bilingual], ...]
    proposed_by: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class Source:
    """Where an answer was found, where the file names it."""

    title: str
    url: str | None = None
    day: date | None = None


@dataclass(frozen=True)
class Answered:
    """One candidate's answer to one question: the key of an option, NONE_LISTED, or a reason code; with the words that were given."""

    candidate: str
    question: str
    said: str
    words: str = ""
    source: Source | None = None
    day: date | None = None
    tier: int | None = None
    line: int | None = None


@dataclass(frozen=True)
class _Row:
    line: int | None
    cells: Mapping[str, str]

    def first(self, *names: str) -> str:
        return next((self.cells[name] for name in names if self.cells.get(name)), "")


def read_questions(data: bytes) -> tuple[Question, ...]:
    """The questions in their order. Raises BadFile with the line of the first that cannot be taken."""
    text = _text(data)
    found = tuple(_question(row) for row in (_json_questions(text) if _is_json(text) else _table(text)))
    if not found:
        raise BadFile("The file holds no question.", 1)
    keys = [one.key for one in found]
    for n, one in enumerate(found):
        if one.key in keys[:n]:
            raise BadFile("The question “{key}” stands there twice.", one.line, key=one.key)
    return found


def read_answers(data: bytes, questions: Sequence[Question]) -> tuple[Answered, ...]:
    """Every answer that the file gives; an empty cell is none. Raises BadFile with the line of what cannot be taken."""
    text, keys = _text(data), {fold(one.key): one.key for one in questions}
    rows = list(_json_answers(text) if _is_json(text) else _table(text))
    if not rows:
        raise BadFile("The file holds no answer.", 1)
    found = [one for row in rows for one in (_long(row, keys) if set(row.cells) >= _LONG else _wide(row, keys))]
    twice = {(one.candidate, one.question) for n, one in enumerate(found) if _placed(one) in map(_placed, found[:n])}
    if twice:
        who, key = min(twice)
        raise BadFile("“{who}” answers “{key}” twice; keep one of the two.", None, who=who, key=key)
    return tuple(found)


def _placed(one: Answered) -> tuple[str, str]:
    return fold(one.candidate), one.question


def _question(row: _Row) -> Question:
    key = fold(row.first("key", "id"))
    text = row.first("text", "title", "question", "en")
    options: dict[str, dict[str, str]] = {}
    for name, value in row.cells.items():
        found = _OPTION.fullmatch(name)
        if found and value:
            options.setdefault(found["word"] or found["number"], {})[found["lang"] or "en"] = value
    if not _KEY.fullmatch(key) or not text:
        raise BadFile("A question needs its text and a key of small letters and digits.", row.line)
    listed = tuple((number, Bilingual(told["en"], told.get("es"))) for number, told in options.items() if "en" in told)
    if len(listed) < 2 or NONE_LISTED in options:
        raise BadFile(
            "“{key}” needs two options at least, numbered from 1: 0 stands for an answer that is none of them.",
            row.line,
            key=key,
        )
    spanish = row.first("text_es", "title_es", "question_es", "es") or None
    proposed = row.first("proposed_by") or None
    return Question(key, row.first("topic", "subject"), Bilingual(text, spanish), listed, proposed, row.line)


def _wide(row: _Row, keys: Mapping[str, str]) -> Iterator[Answered]:
    who = _who(row)
    for name, value in row.cells.items():
        key = keys.get(_ANSWERED.sub("", _NUMBERED.sub("", name)))
        if key is not None and value:
            yield _parts(who, key, value, row.line)


def _parts(who: str, key: str, value: str, line: int | None) -> Answered:
    """`1 | words | <a href="https://…">Source</a> (Mar 18, 2025)`: what follows the option may be left out."""
    said, _, rest = (part.strip() for part in value.partition("|"))
    words, _, told = (part.strip() for part in rest.rpartition("|")) if "|" in rest else (rest, "", "")
    source = _source(told) if told else None
    return Answered(who, key, said, _plain(words), source, source.day if source else None, None, line)


def _source(told: str) -> Source:
    day, link = _DAY.search(told), _LINK.search(told)
    title = link["title"] if link else _DAY.sub("", told)
    return Source(_plain(title) or _plain(told), link["url"] if link else None, _day(day["day"]) if day else None)


def _long(row: _Row, keys: Mapping[str, str]) -> Iterator[Answered]:
    who, asked = _who(row), row.first("question")
    key = keys.get(fold(asked))
    if key is None:
        raise BadFile("“{key}” is none of the questions.", row.line, key=asked)
    day, tier, title = row.first("date"), row.first("tier"), row.first("source")
    if tier and tier not in ("1", "2", "3", "4"):
        raise BadFile("The tier of an answer is 1 to 4 (docs/load.md), not “{tier}”.", row.line, tier=tier)
    source = Source(title, row.first("url") or None) if title else None
    if row.first("option"):
        when = _day(day, row.line) if day else None
        yield Answered(
            who, key, row.first("option"), row.first("words"), source, when, int(tier or 0) or None, row.line
        )


def _who(row: _Row) -> str:
    who = row.first(*_WHO)
    if not who:
        raise BadFile("A row says nothing of whose answers it holds: name the candidate under “candidate”.", row.line)
    return who


def _day(told: str, line: int | None = None) -> date | None:
    """A day as 2026-10-20, or as an English newspaper writes it."""
    for form in ("%Y-%m-%d", "%b %d, %Y", "%B %d, %Y"):
        try:
            return datetime.strptime(told.replace(".", ""), form).date()
        except ValueError:
            continue
    raise BadFile("“{day}” is no day; write one as 2026-10-20.", line, day=told)


def _plain(told: str) -> str:
    return " ".join(unescape(_TAG.sub("", told)).split())


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise BadFile("The file is larger than {most} bytes.", most=MOST_BYTES)
    try:
        return clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadFile("The file is not UTF-8 text; save it as UTF-8.", data[: error.start].count(b"\n") + 1) from error


def _is_json(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[")


def _table(text: str) -> Iterator[_Row]:
    """The rows of a table by their headings, each with the line it ends on."""
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    try:
        names = [_name(one) for one in next(reader, [])]
        if len({one for one in names if one}) < len([one for one in names if one]):
            raise BadFile("Two columns have the same heading.", 1)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _Row(reader.line_num, {n: " ".join(c.split()) for n, c in zip(names, cells, strict=False) if n})
    except csv.Error as error:
        raise BadFile("This row cannot be read: {what}.", reader.line_num, what=str(error)) from error


def _delimiter(text: str) -> str:
    head = text.lstrip("\n").partition("\n")[0]
    return max(",;\t", key=head.count)


def _name(heading: str) -> str:
    return fold(heading).strip().replace("-", "_")


def _json_questions(text: str) -> Iterator[_Row]:
    for key, said in _objects(text):
        cells = _cells(said)
        listed = said.get("options")
        for n, option in enumerate(listed if isinstance(listed, list) else (), start=1):
            told = option if isinstance(option, dict) else {"en": option}
            number = told.get("key", n)
            cells |= {f"option_{number}_{lang}": _string(told.get(lang)) for lang in ("en", "es")}
        yield _Row(None, {"key": _NUMBERED.sub("", _name(key)), **cells})


def _json_answers(text: str) -> Iterator[_Row]:
    for key, said in _objects(text):
        cells = _cells(said)
        yield _Row(None, cells if any(cells.get(name) for name in _WHO) else {"candidate": key, **cells})


def _objects(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a list, or those of an object with their keys."""
    try:
        said = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadFile("This is not JSON: {what}.", error.lineno, what=error.msg) from error
    except (ValueError, RecursionError) as error:
        raise BadFile("This is not JSON we can read: a number too long or lists too deep.") from error
    pairs = said.items() if isinstance(said, dict) else (("", one) for one in said) if isinstance(said, list) else ()
    for key, one in pairs:
        if not isinstance(one, dict):
            raise BadFile("The file holds one object for each question, or for each candidate or answer.", 1)
        yield key, one


def _cells(said: Mapping[str, Any]) -> dict[str, str]:
    return {_name(str(name)): _string(value) for name, value in said.items() if not isinstance(value, list | dict)}


def _string(value: object) -> str:
    return "" if value is None or isinstance(value, bool) else " ".join(str(value).split())
