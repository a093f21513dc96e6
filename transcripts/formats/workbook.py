"""Excel workbooks (.xlsx): the sheet that holds the words, read like any table; of a formula its last value."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any

from transcripts.errors import BadFile
from transcripts.formats import archives, own_table, table
from transcripts.formats.columns import Columns
from transcripts.formats.format import EXACT
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.table import Row, Table
from transcripts.text import clean

NAME = "xlsx"
VERSION = 2

_PART = "xl/workbook.xml"


def sniff(data: bytes, name: str | None) -> float:
    """EXACT where the archive holds a workbook."""
    return EXACT if _PART in archives.names(data) else 0.0


def rows(data: bytes, sheet: str | None = None, unsure: bool = False) -> Table:
    """The rows of the sheet that is named, or of the only one with a column of words, or of the fullest.

    Where several hold words and none is named it is the first of them if `unsure` is right, and a refusal if not.
    """
    found = _sheets(data)
    if not found:
        raise BadFile("This workbook has no sheet with anything in it.")
    if sheet is not None:
        _refuse_missing(found, sheet)
        return _table(found[sheet], sheet, tuple(found))
    tables = [_table(held, title, tuple(found)) for title, held in found.items()]
    wordy = [one for one in tables if table.has_words(one) or own_table.is_ours(one.names)]
    if len(wordy) > 1 and not unsure:
        named = ", ".join(str(one.sheet) for one in wordy[:20])
        raise BadFile(
            "Several sheets hold words: {named}. Name the one you mean, for example --columns sheet={sheet}.",
            named=named,
            sheet=wordy[0].sheet,
        )
    return wordy[0] if wordy else max(tables, key=lambda one: len(one.rows))


def rows_as_they_stand(
    data: bytes, sheet: str | None, wanted: Callable[[Sequence[str]], bool]
) -> tuple[list[Row], tuple[str, ...], str | None]:
    """The rows of the sheet that is named, or of the first whose first row is `wanted`, the titles of all, and its own.

    No rows where none is.
    """
    found = _sheets(data)
    title = sheet or next((title for title, held in found.items() if wanted(held[0].cells)), None)
    if sheet is not None:
        _refuse_missing(found, sheet)
    return found.get(title or "", []), tuple(found), title


def read(data: bytes) -> ParsedRecord:
    """The turns of a workbook. Raises BadFile where no column is known to hold the words, naming the columns there are."""
    return read_as(data, None)


def read_as(data: bytes, columns: Columns | None) -> ParsedRecord:
    """The turns of a workbook whose columns, and sheet, a person named."""
    found = rows(data, columns.sheet if columns else None)
    if own_table.is_ours(found.names):
        return own_table.read(NAME, found)
    return table.record(NAME, found, columns)


def lines(data: bytes, sheet: str | None = None) -> Sequence[str]:
    """The rows of a sheet by their number, a tab between cells: of the one named, or as `rows` chooses where it is not sure.

    Raises BadFile as `read` does.
    """
    held = _sheets(data)[rows(data, sheet, unsure=True).sheet or ""]
    cells = {row.line: "\t".join(" ".join(cell.split()) for cell in row.cells) for row in held}
    return [cells.get(number, "") for number in range(1, max(row.line or 0 for row in held) + 1)]


def _refuse_missing(found: dict[str, list[Row]], sheet: str) -> None:
    if sheet not in found:
        raise BadFile(
            "There is no sheet “{sheet}” in this workbook. The sheets are {names}.",
            sheet=sheet,
            names=", ".join(list(found)[:20]),
        )


def _sheets(data: bytes) -> dict[str, list[Row]]:
    """The rows of each visible sheet that has any, by its title."""
    archives.checked(data).close()
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(), redirect_stdout(StringIO()):  # it prints what it finds amiss in styles
            warnings.simplefilter("ignore")  # styles and rules it does not keep: we read words
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
                found = {sheet.title: list(_rows(sheet)) for sheet in shown}
            finally:
                book.close()
    except (ArithmeticError, AttributeError, LookupError, OSError, SyntaxError, TypeError, ValueError) as error:
        raise BadFile("This workbook is damaged. Open it, save it again as .xlsx and send that.") from error
    return {title: held for title, held in found.items() if held}


def _rows(sheet: Any) -> Iterator[Row]:
    """The rows of a sheet that hold anything, as text, by their number in the sheet."""
    sheet.reset_dimensions()
    cells = sheet.iter_rows(max_row=table.MOST_ROWS + 2, max_col=table.MOST_COLUMNS + 1, values_only=True)
    for number, values in enumerate(cells, start=1):
        if values.count(None) == len(values):  # the many rows between two that hold something
            continue
        texts = tuple(_text(value) for value in values)
        if any(texts):
            while texts and not texts[-1]:
                texts = texts[:-1]
            yield Row(number, texts)


def _table(held: list[Row], title: str, sheets: tuple[str, ...]) -> Table:
    shaped = table.shaped(held)
    return Table(shaped.names, shaped.rows, shaped.headed, sheets, title)


def _text(value: Any) -> str:
    """A cell as it would be typed: times as H:MM:SS.fff, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, time):
        return value.isoformat("milliseconds" if value.microsecond else "seconds")
    if isinstance(value, timedelta):
        ms = round(value.total_seconds() * 1000)
        return f"{ms // 3_600_000}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}" if ms >= 0 else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value)).strip()
