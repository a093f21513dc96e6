"""CSV and TSV: rows of cells between commas, tabs, semicolons or bars; read by their headings, and written.

Quoting is taken strictly: a quotation mark nobody closes would put the words of one person under the name of another.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from transcripts.errors import BadFile
from transcripts.formats import own_table, table
from transcripts.formats.columns import Columns, is_known, names_words
from transcripts.formats.format import EXACT, first_lines
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.table import Row, Table

NAME = "csv"
VERSION = 2
SUFFIX = ".csv"
MEDIA_TYPE = "text/csv"
TIMED = False

_DELIMITERS = ",\t;|"
_EVEN = 0.9
_RATHER_EVEN = 0.8
_FEWEST_ROWS = 2
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_LONGEST_NAME = 40
_CELL = "a cell is longer than 131,072 characters: a quotation mark is opened and not closed. Close it."
_MARKS = (
    "the quotation marks of this row do not close, so that we cannot tell whose words are whose. "
    'Quoted cells begin and end with " and double it inside; mend the row, or save the table again.'
)


def sniff(text: str, name: str | None) -> float:
    """EXACT where the first row names columns as people do; less for even rows of three cells and more between tabs."""
    lines = first_lines(text)
    if not lines or lines[0].startswith(("|", "{", "[", "<", "WEBVTT")):
        return 0.0
    delimiter = _delimiter(lines)
    if delimiter is None:
        return 0.0
    rows = _sample(lines, delimiter)
    if _named(rows[0]) and len(rows) >= _FEWEST_ROWS and _evenness(rows) >= _RATHER_EVEN:
        return EXACT
    if delimiter == "\t" and len(rows[0]) > 2 and len(rows) > _FEWEST_ROWS and _evenness(rows) >= _EVEN:
        return 0.95
    typed = (name or "").lower().endswith((".csv", ".tsv"))
    return 0.95 if typed and len(rows) > _FEWEST_ROWS and _evenness(rows) >= _EVEN else 0.0


def is_ours(text: str) -> bool:
    """Whether a text begins with the headings of the tables we write."""
    return text.lstrip("\n").startswith(",".join(own_table.NAMES))


def rows(text: str) -> Table:
    """The rows of the file under its headings. Raises BadFile where quoting leaves open which cell words belong to."""
    return table.shaped(cells(text))


def cells(text: str) -> list[Row]:
    """Every row that is not empty, its headings too, with its line. Raises as `rows` does."""
    delimiter = "," if is_ours(text) else _delimiter(first_lines(text)) or ","
    quoted = delimiter != "\t" or _quotes(text.split("\n"))
    return list(_read(text, delimiter, quoted))


def read(text: str) -> ParsedRecord:
    """The turns of a table. Raises BadFile where no column is known to hold the words, naming the columns there are."""
    return read_as(text, None)


def read_as(text: str, columns: Columns | None) -> ParsedRecord:
    """The turns of a table whose columns a person named."""
    found = rows(text)
    if columns is None and own_table.is_ours(found.names):
        return own_table.read(NAME, found)
    return table.record(NAME, found, columns)


def write(record: ParsedRecord) -> bytes:
    """A record as CSV in UTF-8, for spreadsheets too: no cell begins a formula. `read` gives the same record back.

    The people behind the voices and the exchanges are not carried; a report's quotations are turns.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(own_table.NAMES)
    writer.writerows(own_table.rows(record))
    return written.getvalue().encode()


def _named(first: Sequence[str]) -> bool:
    """Whether a row reads like headings: short, and with a name for words among them, or two for other parts of a turn."""
    held = [cell.strip() for cell in first if cell.strip()]
    known = sum(map(is_known, held))
    enough = len(held) > 1 and known * 5 >= len(held) and (known > 1 or any(map(names_words, held)))
    return enough and all(len(cell) <= _LONGEST_NAME and cell[-1] not in ".!?:" for cell in held)


def _delimiter(lines: Sequence[str]) -> str | None:
    """What parts the cells: named headings first, then the one that gives the evenest rows; None where none does."""
    found: list[tuple[bool, float, int, str]] = []
    for delimiter in _DELIMITERS:
        if delimiter not in lines[0] if lines else True:
            continue
        sample = _sample(lines, delimiter)
        width = len(sample[0])
        if width > 1 and len(sample) >= _FEWEST_ROWS:
            found.append((_named(sample[0]), _evenness(sample), width, delimiter))
    best = max(found, default=None)
    return best[3] if best and (best[0] or best[1] >= _EVEN) else None


def _sample(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """The cells of the first lines, taken loosely: enough to tell a table by."""
    if delimiter == "\t" and not _quotes(lines):
        return [line.split("\t") for line in lines]
    try:
        return [row for row in csv.reader(lines, delimiter=delimiter) if row] or [[""]]
    except csv.Error:
        return [line.split(delimiter) for line in lines]


def _evenness(rows: Sequence[Sequence[str]]) -> float:
    widths = Counter(map(len, rows))
    return widths[len(rows[0])] / len(rows)


def _quotes(lines: Sequence[str]) -> bool:
    """Whether quotation marks in a file of tabs are quoting: every one at the start of a cell must be, and some must need it."""
    if sum(line.count('"') for line in lines[:1]) and all(_QUOTED.fullmatch(cell) for cell in lines[0].split("\t")):
        return True
    begun = [cell for line in lines for cell in line.split("\t") if cell.startswith('"')]
    whole = [cell for cell in begun if _QUOTED.fullmatch(cell)]
    return bool(begun) and len(whole) == len(begun) and any('""' in cell[1:-1] for cell in whole)


def _read(text: str, delimiter: str, quoted: bool) -> Iterator[Row]:
    if not quoted:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield Row(number, tuple(line.split(delimiter)))
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(begun + 1, tuple(cells))
            begun = reader.line_num
    except csv.Error as error:
        raise BadFile(_CELL if "field larger" in str(error) else _MARKS, begun + 1) from error
