"""Pure: days and numbers as tables of figures print them: a day, month, quarter or year, and 1,234 or 1.234 or <5."""

import calendar
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from positions.followthrough.figures import Moment
from transcripts.formats.table import NOTHING
from transcripts.text import fold

_MONTHS = (
    "january enero jan ene",
    "february febrero feb",
    "march marzo mar",
    "april abril apr abr",
    "may mayo",
    "june junio jun",
    "july julio jul",
    "august agosto aug ago",
    "september septiembre setiembre sept sep",
    "october octubre oct",
    "november noviembre nov",
    "december diciembre dec dic",
)
_MONTH = {name: n for n, names in enumerate(_MONTHS, start=1) for name in names.split()}
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[t ]00:00(?::00)?)?", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_QUARTER = re.compile(r"(?:(?P<a>\d{4})[- ]?[qt](?P<b>[1-4])|[qt](?P<c>[1-4])[- ]?(?P<d>\d{4}))", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
_NAMED = re.compile(r"(?:(\d{1,2})(?: de)? )?([a-zñ]+)\.?(?: (\d{1,2}),?)?(?:,| de|-)? ?(\d{4})", re.ASCII)
_HIDDEN = re.compile(r"(?:<\s?\d{1,3}|[≤]\s?\d{1,3}|\*{1,3}|\(?(?:suppressed|suprimido|withheld|s|c)\)?)", re.ASCII)
_NUMBER = re.compile(r"-?[$€]?\d+(?:\.\d{1,4})?", re.ASCII)
_GROUPED = {
    ".": re.compile(r"-?[$€]?\d{1,3}(?:[ ,\u00a0\u202f']\d{3})+(?:\.\d{1,4})?", re.ASCII),
    ",": re.compile(r"-?[$€]?\d{1,3}(?:[ .\u00a0\u202f']\d{3})+(?:,\d{1,4})?", re.ASCII),
}


def day_first(cells: Iterable[str]) -> bool | None:
    """Whether 3/4/2025 is a day of April in this column, which some cell proves; None where none does, or cells disagree."""
    parted = [at for cell in cells if (at := _SLASHED.fullmatch(cell.strip()))]
    found = {int(at[1]) > int(at[2]) for at in parted if max(int(at[1]), int(at[2])) > 12}
    return found.pop() if len(found) == 1 else None


def days_of(cell: str, by_day: bool | None) -> tuple[date, date] | None:
    """The first and last day of what a cell names; None where it names none, or nobody can tell its day from its month."""
    said = fold(cell).replace(",", ", ").replace(",  ", ", ")
    try:
        return _days_of(said, by_day)
    except ValueError:  # a 31 June, or a year 0
        return None


def _days_of(said: str, by_day: bool | None) -> tuple[date, date] | None:
    if at := _ISO.fullmatch(said):
        return _month(int(at[1]), int(at[2])) if at[3] is None else _day(int(at[1]), int(at[2]), int(at[3]))
    if at := _QUARTER.fullmatch(said):
        year, quarter = int(at["a"] or at["d"]), int(at["b"] or at["c"])
        return _month(year, 3 * quarter - 2)[0], _month(year, 3 * quarter)[1]
    if _YEAR.fullmatch(said):
        return date(int(said), 1, 1), date(int(said), 12, 31)
    if at := _SLASHED.fullmatch(said):
        first, second = int(at[1]), int(at[2])
        if by_day is None and first != second:
            return None
        return _day(int(at[3]), *((second, first) if by_day else (first, second)))
    at = _NAMED.fullmatch(said)
    if at is None or at[2] not in _MONTH or (at[1] and at[3]):
        return None
    day = at[1] or at[3]
    return _day(int(at[4]), _MONTH[at[2]], int(day)) if day else _month(int(at[4]), _MONTH[at[2]])


def _day(year: int, month: int, day: int) -> tuple[date, date]:
    return (date(year, month, day),) * 2


def _month(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, first.replace(day=calendar.monthrange(year, month)[1])


def moment(days: tuple[date, date], period: bool) -> Moment:
    """A cell's days as the moment of a figure: its period, or the last of its days."""
    return Moment(days[1], days[0] if period else None)


def is_nothing(cell: str) -> bool:
    """Whether a cell gives no number at all: nothing is not zero."""
    return cell.strip() in NOTHING


def is_hidden(cell: str) -> bool:
    """Whether the source says that it does not show the number: <5, *, suppressed."""
    return _HIDDEN.fullmatch(fold(cell)) is not None


def number(cell: str, decimal: str = ".") -> Decimal | None:
    """A number with or without thousands parted; `decimal` is the mark before what is less than one. None where it is none."""
    said = cell.strip()
    if _GROUPED[decimal].fullmatch(said):
        said = re.sub(r"[ \u00a0\u202f']" if decimal == "." else r"[ .\u00a0\u202f']", "", said)
        said = said.replace(",", "" if decimal == "." else ".")
    elif decimal == ",":
        said = "" if "." in said else said.replace(",", ".")
    digits = said.replace("$", "").replace("€", "")
    return Decimal(digits) if _NUMBER.fullmatch(said) and len(digits) <= 18 else None
