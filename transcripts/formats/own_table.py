"""Pure: our own record as rows under headings of our own: what a table we write holds, and the record read back from it.

A spreadsheet runs what begins with = + - @, a tab or a carriage return; such a cell gets an apostrophe in front, which
is taken off again here and only here: in the tables of others an apostrophe is theirs.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TypeVar

from transcripts.errors import BadFile
from transcripts.formats.kept import is_key
from transcripts.formats.parsed import ParsedRecord, ParsedTurn
from transcripts.formats.table import Table
from transcripts.vocabulary import Grade, Right, TurnKind

NAMES = tuple("said_and_done_turn speaker text kind start_ms end_ms part source_ref lang key grade right".split())
"""The headings of a table we wrote; the first is nobody else's."""

_HEADER = "header"
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\0|%＝＋－＠﹢﹣﹦﹫]")
_LANG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_WHOLE = re.compile(r"[0-9]{1,12}")
_Code = TypeVar("_Code", bound=StrEnum)


def is_ours(names: Sequence[str]) -> bool:
    """Whether a table was written by us and not changed in its columns since."""
    return tuple(names[: len(NAMES)]) == NAMES


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """A guarded cell as it was."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def rows(record: ParsedRecord) -> Iterator[tuple[str, ...]]:
    """The lines of the header, each with its name as the speaker, then each turn by its number from 1."""
    common = (str(record.grade), record.right or "")
    for name, value in record.header.items():
        yield ("", guarded(name), guarded(value), _HEADER, "", "", "", "", "", "", *common)
    for i, turn in enumerate(record.turns, start=1):
        times = ("" if ms is None else str(ms) for ms in (turn.start_ms, turn.end_ms))
        ids = map(guarded, (turn.source_ref or "", turn.lang or "", turn.key or ""))
        said = (guarded(turn.label or ""), guarded(turn.text), str(turn.kind), *times, str(turn.part or ""))
        yield (str(i), *said, *ids, *common)


def read(name: str, table: Table) -> ParsedRecord:
    """The record in a table we wrote. Raises BadFile where a cell was changed to what no record can hold."""
    turns: list[ParsedTurn] = []
    header: dict[str, str] = {}
    grade, right = Grade.MACHINE, None
    for row in table.rows:
        cells = dict(zip(NAMES, map(plain, row.cells), strict=False))
        grade, right = _code(Grade, cells["grade"], row.line), _right(cells["right"], row.line)
        if cells["kind"] == _HEADER:
            header[cells["speaker"]] = cells["text"]
        elif cells["text"].strip():
            turns.append(_turn(cells, row.line))
    if not turns:
        raise BadFile("This table holds no turns.")
    return ParsedRecord(name, grade, tuple(turns), (), table.problems, header, right)


def _turn(cells: dict[str, str], line: int | None) -> ParsedTurn:
    start, end = (_number(cells[name], line) for name in ("start_ms", "end_ms"))
    if end is not None and (start is None or end < start):
        raise BadFile("This turn ends before it begins.", line)
    if cells["key"] and not is_key(cells["key"]):
        raise BadFile("“{key}” is no key of a turn.", line, key=cells["key"][:40])
    if cells["lang"] and not _LANG.fullmatch(cells["lang"]):
        raise BadFile("“{lang}” is no language; write for example en or es.", line, lang=cells["lang"][:40])
    return ParsedTurn(
        label=" ".join(cells["speaker"].split()) or None,
        text=cells["text"].strip(),
        kind=_code(TurnKind, cells["kind"], line),
        start_ms=start,
        end_ms=end,
        part=_number(cells["part"], line) or 0,
        line=line,
        source_ref=cells["source_ref"] or None,
        lang=cells["lang"] or None,
        key=cells["key"] or None,
    )


def _number(cell: str, line: int | None) -> int | None:
    if not cell:
        return None
    if _WHOLE.fullmatch(cell) is None:
        raise BadFile("“{cell}” is no whole number.", line, cell=cell[:40])
    return int(cell)


def _right(cell: str, line: int | None) -> Right | None:
    return _code(Right, cell, line) if cell else None


def _code(codes: type[_Code], cell: str, line: int | None) -> _Code:
    if cell not in list(codes):
        raise BadFile("“{cell}” cannot stand here; write one of {codes}.", line, cell=cell[:40], codes=", ".join(codes))
    return codes(cell)
