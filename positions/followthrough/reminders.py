"""Pure: what an editor should look at: what is due soon, what is overdue, what nobody has touched for long, what nobody looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from positions.followthrough.commitments import Commitment, Standing
from positions.followthrough.recurrence import Due
from positions.followthrough.vocabulary.commitments import Occurrence, Progress

SOON = timedelta(days=30)
"""How far ahead due dates are told."""
STALE = timedelta(days=183)
"""How long nothing may be recorded of what is under way before somebody should look again: half a year."""


class Why(StrEnum):
    """Why something is on the list, the most pressing first."""

    OVERDUE = "overdue"
    UNSEEN = "unseen"
    DUE = "due"
    STALE = "stale"


WHY_WORDS = {
    Why.OVERDUE: "Overdue: the day has passed and nobody judged it",
    Why.UNSEEN: "A due date passed and nobody looked",
    Why.DUE: "Due within 30 days",
    Why.STALE: "Under way, and nothing recorded for half a year",
}


@dataclass(frozen=True)
class Watched:
    """A commitment by its slug, how it stands, and what became of its due dates where it recurs."""

    slug: str
    commitment: Commitment
    standing: Standing
    dues: Sequence[Due] = ()


@dataclass(frozen=True)
class Reminder:
    """`on` is the due date, or the day of the last event of what is stale; `count`: how many due dates nobody looked at."""

    why: Why
    slug: str
    on: date
    count: int = 1


def reminders(watched: Iterable[Watched], today: date) -> tuple[Reminder, ...]:
    """Everything that waits for an editor, by why and then by day; one commitment may be told for several reasons."""
    found = [reminder for one in watched for reminder in _of(one, today)]
    return tuple(sorted(found, key=lambda one: (list(Why).index(one.why), one.on, one.slug)))


def _of(one: Watched, today: date) -> Iterable[Reminder]:
    stands = one.standing
    if not one.commitment.tracked or stands.judged:
        return
    if stands.verdict is None and (since := one.commitment.judged_from) is not None and since < today:
        yield Reminder(Why.OVERDUE, one.slug, since)
    unseen = [due.on for due in one.dues if due.seen is None and due.outcome == Occurrence.UNKNOWN and due.on < today]
    if unseen:
        yield Reminder(Why.UNSEEN, one.slug, unseen[0], len(unseen))
    if stands.next_due is not None and stands.next_due <= today + SOON:
        yield Reminder(Why.DUE, one.slug, stands.next_due)
    counted = [event.on for event in stands.history if not event.taken_back]
    if stands.progress == Progress.UNDER_WAY and counted and counted[-1] + STALE <= today:
        yield Reminder(Why.STALE, one.slug, counted[-1])
