"""Pure: the due dates of what is due again and again, and what became of each."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from positions.followthrough.vocabulary.commitments import Occurrence
from transcripts.messages import Message

LONGEST = 1200
"""Due dates of one commitment at most: every month for a hundred years."""


@dataclass(frozen=True)
class Recurrence:
    """Due every `months` months from `first` on, until `until` (that day included) or without end."""

    first: date
    months: int
    until: date | None = None


@dataclass(frozen=True)
class Seen:
    """What somebody recorded of one due date, `on` being the day it was done; `taken_back` stays readable and counts no more."""

    id: int
    due_on: date
    outcome: Occurrence
    on: date | None
    recorded_at: datetime
    taken_back: bool = False


@dataclass(frozen=True)
class Due:
    """One due date and what became of it; `seen` is None where nobody recorded anything, which is UNKNOWN and not MISSED."""

    on: date
    outcome: Occurrence
    seen: Seen | None = None


def due_dates(recurrence: Recurrence) -> Iterator[date]:
    """Every due date in order: the same day of the month, or the last one of a shorter month."""
    start = recurrence.first.year * 12 + recurrence.first.month - 1
    for n in range(LONGEST):
        year, month = divmod(start + n * recurrence.months, 12)
        if year > date.max.year:
            return
        due = date(year, month + 1, min(recurrence.first.day, monthrange(year, month + 1)[1]))
        if recurrence.until is not None and due > recurrence.until:
            return
        yield due


def passed(recurrence: Recurrence, today: date) -> tuple[date, ...]:
    """The due dates that have come, today's included."""
    found = []
    for due in due_dates(recurrence):
        if due > today:
            break
        found.append(due)
    return tuple(found)


def upcoming(recurrence: Recurrence, today: date) -> date | None:
    """The next due date after today; None once there are no more."""
    return next((due for due in due_dates(recurrence) if due > today), None)


def outcomes(recurrence: Recurrence, seen: Iterable[Seen], today: date) -> tuple[Due, ...]:
    """What became of each due date that has come, in order: of several records of one, the latest that was not taken back."""
    standing: dict[date, Seen] = {}
    for one in sorted(seen, key=lambda one: (one.recorded_at, one.id)):
        if not one.taken_back:
            standing[one.due_on] = one
    held = ((due, standing.get(due)) for due in passed(recurrence, today))
    return tuple(Due(due, one.outcome if one else Occurrence.UNKNOWN, one) for due, one in held)


def tally(dues: Iterable[Due]) -> dict[Occurrence, int]:
    """How many due dates came to what, every outcome named; together they are the due dates that have come."""
    counts = Counter(one.outcome for one in dues)
    return {outcome: counts[outcome] for outcome in Occurrence}


def may_see(
    recurrence: Recurrence | None, due: date, outcome: Occurrence, on: date | None, today: date
) -> Message | None:
    """Why an outcome of a due date cannot be recorded; None where it can."""
    if recurrence is None or due not in due_dates(recurrence):
        return Message("Nothing was due on {day}: choose one of the due dates.", {"day": due.isoformat()})
    done = outcome in (Occurrence.MET, Occurrence.LATE)
    if done and on is None:
        return Message("Say on which day it was done.")
    if not done and on is not None:
        return Message("A day on which it was done belongs only to what was done, on time or late.")
    if on is not None and on > today:
        return Message("{day} has not come yet.", {"day": on.isoformat()})
    if not done and due > today:
        return Message("{day} has not come yet: it can still be done.", {"day": due.isoformat()})
    if on is not None and (on > due) != (outcome == Occurrence.LATE):
        return Message(
            "Done on {on} and due on {due}: that is the other of “Done on time” and “Done late”.",
            {"on": on.isoformat(), "due": due.isoformat()},
        )
    return None
