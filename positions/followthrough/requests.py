"""Pure: how a request for records stands on a day, told from what was recorded of it, and what may be recorded.

A request waits until a closing outcome (`vocabulary.CLOSES`) comes; from then on its days are counted no further, whatever is
recorded after. More time that is taken moves the day a reply is due and nothing else. `today` is the local day of the program.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from positions.followthrough.taken_back import TakenBack
from positions.followthrough.vocabulary.requests import CLOSES, RequestOutcome
from transcripts.bilingual import Bilingual
from transcripts.messages import Message


class State(StrEnum):
    """Whether somebody still waits for a reply."""

    WAITING = "waiting"
    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class Request:
    """When records were asked for, and by when the law asks for a reply; None where we know no such day."""

    asked_on: date
    due_on: date | None = None


@dataclass(frozen=True)
class Event:
    """What became of a request on a day. `due_on`: the new day where more time was taken; `document`: what came with it.

    `document` is handed through to whoever shows it. `id` is the order of recording within one moment.
    """

    id: int
    key: str
    outcome: RequestOutcome
    on: date
    recorded_at: datetime
    due_on: date | None = None
    text: Bilingual | None = None
    document: object | None = None
    by: str = ""
    taken_back: TakenBack | None = None


@dataclass(frozen=True)
class Standing:
    """How a request stands on a day, every count in whole days.

    `days`: from the day it was asked to the first closing outcome, or to today while it waits. `outcome`: the closing outcome
    that stands, the last of several (records that were refused may be given later); None while it waits. `due_on`: with more
    time that was taken. `over`: how many of the days lie after it. `left`: until it comes; None where nothing is awaited or no
    day is known. `history`: every event up to that day in order, those taken back too.
    """

    state: State
    days: int
    outcome: RequestOutcome | None = None
    answered_on: date | None = None
    due_on: date | None = None
    extended: bool = False
    over: int = 0
    left: int | None = None
    history: tuple[Event, ...] = ()

    @property
    def overdue(self) -> bool:
        """Whether somebody waits still though the day has passed."""
        return self.state == State.WAITING and self.over > 0


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """By the day they tell of; within a day in the order of recording."""
    return tuple(sorted(events, key=lambda one: (one.on, one.recorded_at, one.id)))


def standing(request: Request, events: Iterable[Event], today: date) -> Standing:
    """How a request stands on `today`, from the events of that day and before."""
    history = tuple(one for one in in_order(events) if one.on <= today)
    counted = [one for one in history if one.taken_back is None]
    closing = [one for one in counted if one.outcome in CLOSES]
    moved = [one.due_on for one in counted if one.outcome == RequestOutcome.EXTENDED and one.due_on is not None]
    due_on = moved[-1] if moved else request.due_on
    until = closing[0].on if closing else today
    left = (due_on - today).days if due_on is not None and not closing else None
    return Standing(
        _state(closing),
        days=_days(request.asked_on, until),
        outcome=closing[-1].outcome if closing else None,
        answered_on=closing[0].on if closing else None,
        due_on=due_on,
        extended=bool(moved),
        over=_days(due_on, until) if due_on is not None else 0,
        left=left if left is None or left >= 0 else None,
        history=history,
    )


def may_record(request: Request, events: Sequence[Event], told: Event, today: date) -> Message | None:
    """Why an event cannot be recorded of a request; None where it can."""
    if told.on > today:
        return Message("{day} has not come yet.", {"day": told.on.isoformat()})
    if told.on < request.asked_on:
        return Message(
            "It was asked on {day}; nothing can have come of it before.", {"day": request.asked_on.isoformat()}
        )
    if told.due_on is not None and told.outcome != RequestOutcome.EXTENDED:
        return Message("A new day belongs only to more time that was taken.")
    if told.due_on is not None and told.due_on < told.on:
        return Message("The new day cannot lie before the day on which more time was taken.")
    if told.outcome in CLOSES:
        return None
    closed = [one.on for one in events if one.taken_back is None and one.outcome in CLOSES]
    if closed and told.on > min(closed):
        return Message("A reply had come already; record what came later as an outcome of its own.")
    return None


def _state(closing: Sequence[Event]) -> State:
    if not closing:
        return State.WAITING
    return State.TAKEN_BACK if closing[-1].outcome == RequestOutcome.TAKEN_BACK else State.ANSWERED


def _days(since: date, until: date) -> int:
    return max(0, (until - since).days)
