"""Pure: days as sources give them: 2017, 2017-11 or 2017-11-05, and no more exact than that."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from transcripts.errors import Refusal

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@total_ordering
@dataclass(frozen=True)
class PartialDay:
    """A year, a month of a year, or a day of a month. Printed as it is written: 2017-11.

    In order of their first day; of two that begin together the less exact one comes first: 2017, 2017-01, 2017-01-01.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, text: str) -> "PartialDay":
        """The day that is written; Refusal where it is none."""
        written = _WRITTEN.fullmatch(text.strip())
        if written:
            found = cls(*(int(part) for part in written.groups() if part))
            try:
                date(found.year, found.month or 1, found.day or 1)
                return found
            except ValueError:
                pass
        raise Refusal("“{text}” is no day: write 2017, 2017-11 or 2017-11-05.", text=text)

    @property
    def first(self) -> date:
        """The earliest day it may be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it may be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __lt__(self, other: "PartialDay") -> bool:
        return (self.first, -self.last.toordinal()) < (other.first, -other.last.toordinal())

    def __str__(self) -> str:
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])
