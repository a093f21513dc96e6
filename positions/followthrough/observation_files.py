"""Pure: a table of numbers as somebody publishes it, read for one figure by its headings or by columns that a person named.

Long: a row a number, its group in a column. Wide: a column a group. The columns that were named are kept for the next file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from positions.followthrough import observation_days as days
from positions.followthrough.figures import Moment
from positions.followthrough.observations import Observed
from positions.followthrough.suppression import Place
from positions.followthrough.vocabulary.figures import IndicatorKind
from transcripts.errors import BadFile
from transcripts.formats.delimited import cells
from transcripts.formats.parsed import Problem
from transcripts.formats.table import MOST_COLUMNS, MOST_ROWS, Row, told_apart
from transcripts.text import fold
from transcripts.vocabulary import Severity

MOST_PROBLEMS = 50
_WHEN = "date day as_of month period quarter year fecha dia mes periodo trimestre ano from start first_on desde"
_UNTIL = "until to end through last_on hasta fin"
_VALUE = "value number count total all n people amount valor numero cantidad personas total_general"
_GROUP = "category group categoria grupo"


@dataclass(frozen=True)
class Columns:
    """What the columns of a table hold, by their headings. With `groups` (heading, key of the group) the table is wide, and
    `value` is its column of totals; else `value` holds every number and `group` names its group, nothing for a total.

    `axis` is the key of the breakdown the groups are of. `decimal`: the mark before what is less than one. `day_first`: how
    3/4/2025 is read; None where the file shows it itself.
    """

    when: str
    until: str | None = None
    value: str | None = None
    axis: str | None = None
    group: str | None = None
    groups: tuple[tuple[str, str], ...] = ()
    decimal: str = "."
    day_first: bool | None = None

    def as_json(self) -> dict[str, Any]:
        """The columns as a plain object, to be kept."""
        return {**vars(self), "groups": [list(pair) for pair in self.groups]}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Columns":
        """Columns as they were kept."""
        return cls(**{**kept, "groups": tuple((name, key) for name, key in kept["groups"])})


@dataclass(frozen=True)
class Words:
    """What a reader of tables must know of a figure: its kind, and by breakdown every name its groups go by, folded, to their key."""

    kind: IndicatorKind
    groups: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Sheet:
    """A table under its headings, each of them once."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Read:
    """The numbers of a table, and what could not be read, with its line."""

    found: tuple[Observed, ...]
    problems: tuple[Problem, ...]


def sheet(text: str) -> Sheet:
    """The table in a text: its first row are the headings. Raises BadFile with the line."""
    rows = cells(text)
    if len(rows) < 2:
        raise BadFile("A table has headings in its first line and at least one row below.", 1)
    width = max(len(row.cells) for row in rows)
    if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
        raise BadFile(
            "This table is larger than {rows} rows or {columns} columns.", rows=MOST_ROWS, columns=MOST_COLUMNS
        )
    padded = tuple(replace(row, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows[1:])
    return Sheet(told_apart(rows[0].cells, width), padded)


def recognised(table: Sheet, words: Words, kept: Columns | None = None) -> Columns | None:
    """What the columns hold: as they were kept where the table still has them all, else told from their headings; None where
    no column of days, or none of numbers, is found."""
    if kept is not None and _used(kept) <= set(table.names):
        return kept
    folded = {name: fold(name).replace(" ", "_") for name in table.names}
    when, until = (_first(folded, known) for known in (_WHEN, _UNTIL))
    value, group = _first(folded, _VALUE), _first(folded, _GROUP)
    if when is None:
        return None
    axis, wide = _widest(table.names, words)
    if group is not None and value is not None:
        of = next((key for key, named in words.groups.items() if _column(table, group) <= {*named, ""}), None)
        return Columns(when, until, value, of, group)
    return Columns(when, until, value, axis, None, wide) if value or wide else None


def read(table: Sheet, columns: Columns, words: Words) -> Read:
    """The numbers of a table by its columns. A cell that is empty gives no number; one that says <5 or * gives one that the
    source does not show. Raises BadFile where a column is not there; what cannot be read in a row is a problem with its line.
    """
    if columns.groups and columns.axis not in words.groups:
        raise BadFile("Say which breakdown the groups are of.", 1)
    missing = sorted(_used(columns) - set(table.names))
    if missing:
        raise BadFile(
            "There is no column “{name}”; the columns are {names}.",
            1,
            name=missing[0],
            names=", ".join(table.names[:20]),
        )
    at = {name: n for n, name in enumerate(table.names)}
    by_day = columns.day_first
    if by_day is None:
        by_day = days.day_first(row.cells[at[columns.when]] for row in table.rows)
    found: list[Observed] = []
    problems: list[Problem] = []
    for row in table.rows:
        cell = {name: row.cells[n] for name, n in at.items()}
        when = _moment(cell, columns, words.kind, by_day)
        if when is None:
            problems.append(_unreadable(row, columns.when, cell[columns.when], NO_DAY))
            continue
        for name, axis, group in _places(cell, columns, words):
            if axis is not None and group is None:
                problems.append(_unreadable(row, columns.group or name, cell[columns.group or name], NO_GROUP))
                continue
            value, is_read = _value(cell[name], columns.decimal)
            if not is_read:
                problems.append(_unreadable(row, name, cell[name], NO_NUMBER))
            elif value is not None or days.is_hidden(cell[name]):
                found.append(Observed(Place(when, axis, group), value, row.line))
    return Read(tuple(found), tuple(problems[:MOST_PROBLEMS]))


UNKNOWN = "We do not see which column holds the days and which the numbers; name them. The columns are {names}."
NO_DAY = "{column}: “{cell}” is no day, month, quarter or year that we can read; write one as 2026-09-30, 2026-09, 2026-Q3 or 2026."
NO_GROUP = "{column}: “{cell}” is no group of this breakdown."
NO_NUMBER = "{column}: “{cell}” is no number. Leave a cell empty where there is none, and write <5 or * where the source hides it."


def _unreadable(row: Row, column: str, cell: str, template: str) -> Problem:
    return Problem(row.line, Severity.ERROR, template, {"column": column, "cell": cell[:80]})


def _value(cell: str, decimal: str) -> tuple[Decimal | None, bool]:
    """The number of a cell, and whether the cell could be read: one that holds nothing, or is hidden, gives none."""
    if days.is_nothing(cell) or days.is_hidden(cell):
        return None, True
    value = days.number(cell, decimal)
    return value, value is not None


def _moment(cell: Mapping[str, str], columns: Columns, kind: IndicatorKind, by_day: bool | None) -> Moment | None:
    first = days.days_of(cell[columns.when], by_day)
    last = days.days_of(cell[columns.until], by_day) if columns.until else first
    if first is None or last is None:
        return None
    return days.moment((first[0], last[1]), kind is IndicatorKind.PERIOD)


def _places(cell: Mapping[str, str], columns: Columns, words: Words) -> Iterator[tuple[str, str | None, str | None]]:
    """The columns of a row that hold numbers, each with its breakdown and group; a breakdown without a group is not known."""
    if columns.groups:
        yield from ((name, columns.axis, key) for name, key in columns.groups)
    if columns.value is None:
        return
    said = fold(cell[columns.group]) if columns.group and not columns.groups else ""
    if not said:
        yield columns.value, None, None
    else:
        yield columns.value, columns.axis or "", words.groups.get(columns.axis or "", {}).get(said)


def _used(columns: Columns) -> set[str]:
    named = (columns.when, columns.until, columns.value, columns.group, *(name for name, _ in columns.groups))
    return {name for name in named if name}


def _first(folded: Mapping[str, str], known: str) -> str | None:
    ranks = known.split()
    held = [(ranks.index(name), heading) for heading, name in folded.items() if name in ranks]
    return min(held)[1] if held else None


def _widest(names: Sequence[str], words: Words) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """The breakdown most of whose groups have a column, with those columns."""
    found = {
        axis: tuple((name, named[fold(name)]) for name in names if fold(name) in named)
        for axis, named in words.groups.items()
    }
    axis = max(found, key=lambda key: len(found[key]), default=None)
    return (axis, found[axis]) if axis is not None and found[axis] else (None, ())


def _column(table: Sheet, name: str) -> set[str]:
    at = table.names.index(name)
    return {fold(row.cells[at]) for row in table.rows}
