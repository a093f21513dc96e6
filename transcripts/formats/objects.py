"""JSON of any shape that holds a list of objects, one for each turn or sentence: read as a table by the names of its keys."""

from typing import Any

from transcripts.errors import BadFile
from transcripts.formats import strict_json, table
from transcripts.formats.columns import Columns, ask
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.table import Row, Table
from transcripts.text import clean

NAME = "json_list"
VERSION = 2

CLAIM = 0.98
"""What any JSON is to this format: less than to a format that knows its keys, more than to one for words."""


def sniff(text: str, name: str | None) -> float:
    """A claim below that of every format which knows the keys of its own; 0 for what is no JSON."""
    return CLAIM if strict_json.looks_like(text) else 0.0


def rows(text: str, sheet: str | None = None, unsure: bool = False) -> Table:
    """The list of objects that holds the turns: the one named, or the one with a column of words, or the longest.

    Where several hold words and none is named it is the first of them if `unsure` is right, and a refusal if not.
    """
    value = strict_json.parse(text)
    found = dict(strict_json.objects(value))
    if not found:
        raise BadFile("This JSON holds no list of objects, one for each turn: we find no transcript in it.")
    if sheet is not None:
        if sheet not in found:
            raise BadFile(
                "There is no list “{sheet}” in this JSON. The lists are {names}.",
                sheet=sheet,
                names=", ".join(list(found)[:20]),
            )
        return _table(found[sheet], sheet, tuple(found))
    tables = [_table(held, path, tuple(found)) for path, held in found.items()]
    wordy = [one for one in tables if table.has_words(one)]
    if len(wordy) > 1 and not unsure:
        named = ", ".join(str(one.sheet) for one in wordy[:20])
        raise BadFile(
            "Several lists in this JSON hold words: {named}. Name the one you mean, for example "
            "--columns sheet={sheet}.",
            named=named,
            sheet=wordy[0].sheet,
        )
    return wordy[0] if wordy else max(tables, key=lambda one: len(one.rows))


def read(text: str) -> ParsedRecord:
    """The turns of a list of objects. Raises BadFile where no key is known to hold the words, naming the keys there are."""
    return read_as(text, None)


def read_as(text: str, columns: Columns | None) -> ParsedRecord:
    """The turns of a list whose keys a person named."""
    return table.record(NAME, rows(text, columns.sheet if columns else None), columns)


def _table(held: list[dict[str, Any]], path: str, sheets: tuple[str, ...]) -> Table:
    if len(held) > table.MOST_ROWS:
        raise BadFile(
            "This JSON has {rows} rows; we read at most {most}.", rows=f"{len(held):,}", most=f"{table.MOST_ROWS:,}"
        )
    flat = [_flat(one) for one in held]
    names = tuple(dict.fromkeys(key for one in flat for key in one))
    if len(names) > table.MOST_COLUMNS:
        raise ask(names)
    rows = tuple(Row(None, tuple(one.get(name, "") for name in names)) for one in flat)
    return Table(names, rows, sheets=sheets, sheet=path)


def _flat(one: dict[str, Any]) -> dict[str, str]:
    """The plain values of an object as text, those of an object inside it under both names; lists inside are left out."""
    found: dict[str, str] = {}
    for key, value in one.items():
        inner = value.items() if isinstance(value, dict) else ()
        for name, held in ((key, value), *((f"{key}_{part}", held) for part, held in inner)):
            if not isinstance(held, dict | list):
                found.setdefault(" ".join(clean(name).split()) or "?", _text(held))
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value == int(value):
        return str(int(value)) if abs(value) < 10**15 else str(value)
    return str(value).lower() if isinstance(value, bool) else clean(str(value))
