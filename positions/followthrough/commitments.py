"""Pure: how a commitment stands, told from what was recorded of it, and what may be recorded.

Four axes are told apart: how far it has come, how it is judged, why, and whether it is done as promised. Nothing here changes an
event: one that was taken back stays in the history and counts no more. `today` is the day in the zone of the commitment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, TypeVar

from positions.cells import Looked
from positions.followthrough.recurrence import Recurrence, upcoming
from positions.followthrough.vocabulary.commitments import Axis, Cause, CommitmentKind, Progress, Verdict
from positions.followthrough.vocabulary.fidelity import Fidelity
from transcripts.messages import Message

Value = Progress | Verdict | Cause | Fidelity
V = TypeVar("V", Progress, Verdict, Cause, Fidelity)
VALUES: dict[Axis, type[Value]] = {
    Axis.PROGRESS: Progress,
    Axis.VERDICT: Verdict,
    Axis.CAUSE: Cause,
    Axis.FIDELITY: Fidelity,
}
NEVER_RECORDED = frozenset[Value]({Progress.NOT_REVIEWED, Verdict.TOO_EARLY})
"""What follows from there being no event, or from the day."""


@dataclass(frozen=True)
class Commitment:
    """What it is and when it is due. `measurable`: its criterion can be checked by anybody. A recurring one has no `due_on`."""

    kind: CommitmentKind
    due_on: date | None = None
    recurrence: Recurrence | None = None
    term_ends_on: date | None = None
    measurable: bool = True

    @property
    def tracked(self) -> bool:
        """Whether there is anything to keep or to break."""
        return self.kind != CommitmentKind.POSITION

    @property
    def judged_from(self) -> date | None:
        """The day from which it may be judged though it is not done: the day it is due or the end of the term; None: not known."""
        return min((day for day in (self.due_on, self.term_ends_on) if day is not None), default=None)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is to be recorded: a value on its axis as of a day, with a source, or with who looked where and when."""

    value: Value
    on: date
    sourced: bool = False
    looked: Looked | None = None

    _AXES: ClassVar[dict[type[Value], Axis]] = {kind: axis for axis, kind in VALUES.items()}

    @property
    def axis(self) -> Axis:
        """Which of the four questions it answers."""
        return self._AXES[type(self.value)]


@dataclass(frozen=True, kw_only=True)
class Event(Told):
    """What was recorded; `id` is the order of recording within one moment."""

    id: int
    recorded_at: datetime
    taken_back: bool = False


@dataclass(frozen=True)
class Standing:
    """How a commitment stands on a day.

    `verdict` is TOO_EARLY before it may be judged and None where nobody judged it yet. `late`: the day has passed, somebody looked
    and it was not done, and nobody judged it. `unlooked`: the day has passed and nobody looked, which says nothing of what was done.
    `by` holds the event that each axis rests on; `history` every event up to that day in order, those taken back too.
    """

    progress: Progress
    verdict: Verdict | None
    cause: Cause | None
    fidelity: Fidelity | None
    late: bool
    unlooked: bool
    next_due: date | None
    by: dict[Axis, Event] = field(default_factory=dict)
    history: tuple[Event, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether somebody judged it."""
        return self.verdict not in (None, Verdict.TOO_EARLY)


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """By the day they tell of; within a day the order of recording, so that a later record of one day stands over an earlier one."""
    return tuple(sorted(events, key=lambda one: (one.on, one.recorded_at, one.id)))


def standing(commitment: Commitment, events: Iterable[Event], today: date) -> Standing:
    """How it stands on `today`, from the events of that day and before: nothing else is held of it."""
    history = tuple(one for one in in_order(events) if one.on <= today)
    counted = [one for one in history if commitment.tracked and not one.taken_back]
    by: dict[Axis, Event] = {one.axis: one for one in counted if one.axis != Axis.VERDICT}
    judged = [one for one in counted if one.axis == Axis.VERDICT and _in_time(commitment, counted, one.on)]
    if judged:
        by[Axis.VERDICT] = judged[-1]
    progress = _value(by.get(Axis.PROGRESS), Progress) or Progress.NOT_REVIEWED
    verdict = _value(by.get(Axis.VERDICT), Verdict)
    if verdict is None and commitment.tracked and not _in_time(commitment, counted, today):
        verdict = Verdict.TOO_EARLY
    waiting = verdict is None and commitment.due_on is not None and commitment.due_on < today and commitment.tracked
    looked = progress != Progress.NOT_REVIEWED
    return Standing(
        progress,
        verdict,
        _value(by.get(Axis.CAUSE), Cause),
        _value(by.get(Axis.FIDELITY), Fidelity),
        late=waiting and looked and progress != Progress.COMPLETED and commitment.kind != CommitmentKind.PRESENT_ACTION,
        unlooked=waiting and not looked,
        next_due=None if judged else _next_due(commitment, progress, today),
        by=by,
        history=history,
    )


def may_record(commitment: Commitment, events: Sequence[Event], told: Told, today: date) -> Message | None:
    """Why something cannot be recorded of a commitment; None where it can."""
    if not commitment.tracked:
        return Message(
            "A position promises no act, so there is nothing to record of it. If an act was promised, change its kind first."
        )
    if told.value in NEVER_RECORDED:
        return Message("This is not recorded: it follows from the day, or from nothing being recorded.")
    if told.on > today:
        return Message("{day} has not come yet.", {"day": told.on.isoformat()})
    return _unfounded(told, today) or _out_of_turn(commitment, events, told)


def may_take_back(event: Event, why: str) -> Message | None:
    """Why an event cannot be taken back; None where it can."""
    if event.taken_back:
        return Message("This was taken back already.")
    return None if why.strip() else Message("Say why it is taken back: the reason stays beside it.")


def closing(commitment: Commitment, events: Sequence[Event], looked: Looked, today: date) -> tuple[Told, ...] | Message:
    """What an editor records of a commitment that is pending as its term has ended: not kept, and that the reason is not known
    unless one stands already; or why nothing can be. `looked`: where they looked on or after that day and found nothing."""
    ends = commitment.term_ends_on
    if ends is None or looked.at < ends:
        return Message("Its term had not ended on {day}.", {"day": looked.at.isoformat()})
    held = standing(commitment, events, today)
    if held.judged:
        return Message("It was judged already.")
    if held.progress == Progress.COMPLETED:
        return Message("It is done: judge it by itself.")
    verdict = Told(value=Verdict.NOT_KEPT, on=looked.at, looked=looked)
    cause = () if held.cause else (Told(value=Cause.UNKNOWN, on=looked.at, looked=looked),)
    return may_record(commitment, events, verdict, today) or (verdict, *cause)


def _unfounded(told: Told, today: date) -> Message | None:
    log = told.looked
    if log is not None and not (log.by.strip() and log.where.en.strip()):
        return Message("Say who looked, where and when.")
    if log is not None and log.at > today:
        return Message("{day} has not come yet.", {"day": log.at.isoformat()})
    if told.value == Progress.NO_ACTION_FOUND and log is None:
        return Message("That no action was found needs who looked, where and when.")
    if log is None and not told.sourced:
        return Message("Give its source, or who looked, where and when.")
    return None


def _out_of_turn(commitment: Commitment, events: Sequence[Event], told: Told) -> Message | None:
    counted = [one for one in in_order(events) if not one.taken_back]
    if told.axis == Axis.VERDICT and not _in_time(commitment, counted, told.on):
        if commitment.judged_from is None:
            return Message(
                "Too early to judge: it is not done, and no day is known by which it is due or its term ends."
            )
        return Message(
            "Too early to judge: it is not done, and {day} has not come.", {"day": commitment.judged_from.isoformat()}
        )
    if told.axis == Axis.VERDICT and not commitment.measurable and told.value != Verdict.NOT_VERIFIABLE:
        return Message("It is marked as something nobody can measure: say “Cannot be checked”, or first how it can be.")
    if told.axis == Axis.CAUSE and not any(one.axis in (Axis.PROGRESS, Axis.VERDICT) for one in counted):
        return Message("Say first how far it has come or how it is judged: a reason stands beside that.")
    return None


def _in_time(commitment: Commitment, counted: Sequence[Event], day: date) -> bool:
    """Whether it may be judged as of a day: it was due, its term had ended, or it was done and is done still."""
    if commitment.judged_from is not None and day >= commitment.judged_from:
        return True
    came = [one for one in counted if one.axis == Axis.PROGRESS]
    then = [one for one in came if one.on <= day]
    return bool(then) and then[-1].value == came[-1].value == Progress.COMPLETED


def _next_due(commitment: Commitment, progress: Progress, today: date) -> date | None:
    if not commitment.tracked or progress in (Progress.COMPLETED, Progress.ENDED):
        return None
    if commitment.recurrence is not None:
        return upcoming(commitment.recurrence, today)
    day = commitment.due_on or commitment.term_ends_on
    return day if day is not None and day >= today else None


def _value(event: Event | None, kind: type[V]) -> V | None:
    return event.value if event is not None and isinstance(event.value, kind) else None
