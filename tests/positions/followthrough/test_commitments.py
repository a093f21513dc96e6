"""Commitments without a database: how they stand, what may be recorded, their due dates and reminders.

Rows of seeds.md: "Segarra's prostitution program; mayor's sign-off" (kinds, due day, events) and "inventory twice a year" (due dates).
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from positions.cells import Looked
from positions.followthrough.commitments import (
    NEVER_RECORDED,
    VALUES,
    Commitment,
    Event,
    Told,
    Value,
    closing,
    in_order,
    may_record,
    may_take_back,
    standing,
)
from positions.followthrough.days import PartialDay
from positions.followthrough.recurrence import Recurrence, Seen, due_dates, may_see, outcomes, tally, upcoming
from positions.followthrough.reminders import Watched, Why, reminders
from positions.followthrough.vocabulary.commitments import Axis, Cause, CommitmentKind, Occurrence, Progress, Verdict
from transcripts.bilingual import Bilingual
from transcripts.errors import Refusal

SAID = date(2015, 9, 8)
DUE = date(2016, 9, 8)
TERM = date(2019, 12, 31)
PROMISE = Commitment(CommitmentKind.PROMISE, due_on=DUE, term_ends_on=TERM)
LOG = Looked("An editor", DUE, Bilingual("Minutes of the council"))
DAYS = st.integers(0, 2000).map(lambda n: SAID + timedelta(days=n))
RECORDABLE: list[Value] = [value for axis in Axis for value in VALUES[axis] if value not in NEVER_RECORDED]


def event(id: int, value: Value, on: date, taken_back: bool = False) -> Event:
    at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=id)
    return Event(id=id, value=value, on=on, recorded_at=at, sourced=True, looked=LOG, taken_back=taken_back)


@st.composite
def events(draw: st.DrawFn) -> list[Event]:
    said = draw(st.lists(st.tuples(st.sampled_from(RECORDABLE), DAYS, st.booleans()), max_size=8))
    return [event(n, value, on, taken_back) for n, (value, on, taken_back) in enumerate(said)]


COMMITMENTS = st.builds(
    Commitment,
    st.sampled_from(CommitmentKind),
    due_on=st.none() | DAYS,
    recurrence=st.none() | st.builds(Recurrence, DAYS, st.integers(1, 24), st.none() | DAYS),
    term_ends_on=st.none() | DAYS,
    measurable=st.booleans(),
)


def test_a_promise_goes_its_way_and_backwards() -> None:
    held = [event(1, Progress.PROPOSED, date(2016, 1, 1)), event(2, Progress.UNDER_WAY, date(2016, 3, 1))]
    assert standing(PROMISE, held, date(2016, 4, 1)).progress == Progress.UNDER_WAY
    assert standing(PROMISE, held, date(2016, 4, 1)).verdict == Verdict.TOO_EARLY
    held.append(event(3, Progress.PROPOSED, date(2016, 5, 1)))
    stands = standing(PROMISE, held, date(2016, 6, 1))
    assert (stands.progress, stands.late, stands.next_due) == (Progress.PROPOSED, False, DUE)
    assert [one.id for one in stands.history] == [1, 2, 3]


def test_late_is_not_broken_and_not_looking_is_not_late() -> None:
    after = DUE + timedelta(days=1)
    late = standing(PROMISE, [event(1, Progress.STALLED, date(2016, 3, 1))], after)
    assert (late.late, late.unlooked, late.verdict) == (True, False, None)
    assert not standing(PROMISE, [event(1, Progress.STALLED, date(2016, 3, 1))], DUE).late
    nobody = standing(PROMISE, [], after)
    assert (nobody.late, nobody.unlooked, nobody.progress) == (False, True, Progress.NOT_REVIEWED)
    judged = [event(1, Progress.STALLED, date(2016, 3, 1)), event(2, Verdict.NOT_KEPT, after)]
    assert not standing(PROMISE, judged, after).late
    claim = replace(PROMISE, kind=CommitmentKind.PRESENT_ACTION)
    assert not standing(claim, judged[:1], after).late  # the day is ours to check on, not theirs to act by


def test_a_position_takes_no_events_and_says_why() -> None:
    position = Commitment(CommitmentKind.POSITION)
    told = Told(value=Progress.UNDER_WAY, on=DUE, sourced=True)
    assert "promises no act" in str(may_record(position, [], told, DUE))
    stands = standing(position, [], DUE)
    assert (stands.progress, stands.verdict, stands.unlooked, stands.next_due) == (
        Progress.NOT_REVIEWED,
        None,
        False,
        None,
    )


def test_a_verdict_waits_for_its_day_or_for_the_thing_to_be_done() -> None:
    kept = Told(value=Verdict.KEPT, on=date(2016, 6, 1), sourced=True)
    today = date(2016, 7, 1)
    assert "2016-09-08 has not come" in str(may_record(PROMISE, [], kept, today))
    done = event(1, Progress.COMPLETED, date(2016, 5, 1))
    assert may_record(PROMISE, [done], kept, today) is None
    undone = event(2, Progress.ENDED, date(2016, 5, 20))
    assert may_record(PROMISE, [done, undone], kept, today)
    judged = event(3, Verdict.KEPT, kept.on)
    assert standing(PROMISE, [done, judged], today).verdict == Verdict.KEPT
    assert standing(PROMISE, [replace(done, taken_back=True), judged], today).verdict == Verdict.TOO_EARLY
    without = Commitment(CommitmentKind.GOAL)
    assert "no day is known" in str(may_record(without, [], kept, today))


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (Told(value=Progress.NOT_REVIEWED, on=DUE, sourced=True), "not recorded"),
        (Told(value=Verdict.TOO_EARLY, on=DUE, sourced=True), "not recorded"),
        (Told(value=Progress.NO_ACTION_FOUND, on=DUE, sourced=True), "needs who looked"),
        (Told(value=Progress.UNDER_WAY, on=DUE), "Give its source"),
        (Told(value=Progress.UNDER_WAY, on=DUE + timedelta(days=40), sourced=True), "has not come"),
        (Told(value=Progress.NO_ACTION_FOUND, on=DUE, looked=replace(LOG, by=" ")), "who looked"),
        (Told(value=Cause.MONEY, on=DUE, sourced=True), "Say first"),
    ],
)
def test_what_cannot_be_recorded(told: Told, why: str) -> None:
    assert why in str(may_record(PROMISE, [], told, DUE + timedelta(days=30)))
    assert may_record(PROMISE, [], Told(value=Progress.NO_ACTION_FOUND, on=DUE, looked=LOG), DUE) is None


def test_what_nobody_can_measure_is_judged_as_that_only() -> None:
    vague = replace(PROMISE, measurable=False)
    assert may_record(vague, [], Told(value=Verdict.NOT_KEPT, on=DUE, sourced=True), DUE)
    assert may_record(vague, [], Told(value=Verdict.NOT_VERIFIABLE, on=DUE, sourced=True), DUE) is None


def test_an_event_is_taken_back_once_and_with_a_reason() -> None:
    one = event(1, Progress.UNDER_WAY, DUE)
    assert may_take_back(one, "Another program was meant.") is None
    assert may_take_back(one, " ") and may_take_back(replace(one, taken_back=True), "Again")


def test_the_end_of_a_term_closes_what_is_pending_by_an_editors_act_only() -> None:
    looked = replace(LOG, at=TERM)
    assert standing(PROMISE, [], TERM + timedelta(days=400)).verdict is None
    told = closing(PROMISE, [], looked, TERM)
    assert isinstance(told, tuple) and [one.value for one in told] == [Verdict.NOT_KEPT, Cause.UNKNOWN]
    known = [event(1, Progress.STALLED, DUE), event(2, Cause.MONEY, DUE)]
    told = closing(PROMISE, known, looked, TERM)
    assert isinstance(told, tuple) and [one.value for one in told] == [Verdict.NOT_KEPT]
    assert "It is done" in str(closing(PROMISE, [event(1, Progress.COMPLETED, DUE)], looked, TERM))
    assert "judged already" in str(closing(PROMISE, [event(1, Verdict.PARTLY, DUE)], looked, TERM))
    assert "had not ended" in str(closing(PROMISE, [], LOG, TERM))


@given(COMMITMENTS, events(), DAYS)
@settings(max_examples=60)
def test_standing_is_a_function_of_the_events_held(one: Commitment, held: list[Event], today: date) -> None:
    stands = standing(one, held, today)
    assert standing(one, list(reversed(held)), today) == stands
    assert stands.history == in_order(event for event in held if event.on <= today)
    counted = [event for event in held if event.on <= today and not event.taken_back]
    assert replace(standing(one, counted, today), history=()) == replace(stands, history=())
    if stands.judged:
        due = one.judged_from is not None and one.judged_from <= today
        assert due or stands.progress == Progress.COMPLETED
    quiet = standing(one, [event for event in held if event.axis != Axis.CAUSE], today)
    assert (quiet.verdict, quiet.progress, quiet.late) == (stands.verdict, stands.progress, stands.late)
    assert not (stands.late and (stands.judged or stands.progress == Progress.COMPLETED or stands.unlooked))


@given(COMMITMENTS, events(), DAYS, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_recording_decides_within_one_day_and_axis_only(
    one: Commitment, held: list[Event], today: date, chance: Random
) -> None:
    apart = list({(event.axis, event.on): event for event in held}.values())
    renumbered = [
        replace(event, id=n, recorded_at=datetime(2021, 1, 1, tzinfo=UTC) + timedelta(days=n))
        for n, event in enumerate(sorted(apart, key=lambda _: chance.random()))
    ]
    first, second = standing(one, apart, today), standing(one, renumbered, today)
    assert (first.progress, first.verdict, first.cause, first.fidelity, first.late, first.next_due) == (
        second.progress,
        second.verdict,
        second.cause,
        second.fidelity,
        second.late,
        second.next_due,
    )


def test_of_two_records_of_one_day_the_later_stands() -> None:
    for first, second in permutations((Progress.UNDER_WAY, Progress.STALLED)):
        assert standing(PROMISE, [event(2, second, DUE), event(1, first, DUE)], DUE).progress == second


class Recording(RuleBasedStateMachine):
    """Somebody records and takes back what `may_record` lets through, day after day."""

    @initialize(kind=st.sampled_from(CommitmentKind), due=st.none() | st.integers(0, 400), term=st.none() | DAYS)
    def begin(self, kind: CommitmentKind, due: int | None, term: date | None) -> None:
        self.one = Commitment(kind, None if due is None else SAID + timedelta(days=due), term_ends_on=term)
        self.today = SAID
        self.held: list[Event] = []

    @rule(days=st.integers(1, 300))
    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(
        value=st.sampled_from([value for axis in Axis for value in VALUES[axis]]),
        back=st.integers(-5, 60),
        looked=st.booleans(),
    )
    def record(self, value: Value, back: int, looked: bool) -> None:
        log = replace(LOG, at=SAID) if looked else None
        told = Told(value=value, on=self.today - timedelta(days=back), sourced=not looked, looked=log)
        if may_record(self.one, self.held, told, self.today) is None:
            assert self.one.tracked and told.on <= self.today and value not in NEVER_RECORDED
            new = replace(event(len(self.held), value, told.on), looked=log)
            before = standing(self.one, self.held, self.today)
            taken_back = standing(self.one, [*self.held, replace(new, taken_back=True)], self.today)
            assert replace(taken_back, history=()) == replace(before, history=())
            self.held.append(new)

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        n = data.draw(st.integers(0, len(self.held) - 1))
        if may_take_back(self.held[n], "A mistake") is None:
            self.held[n] = replace(self.held[n], taken_back=True)

    @invariant()
    def no_verdict_before_its_time(self) -> None:
        stands = standing(self.one, self.held, self.today)
        due = self.one.judged_from is not None and self.one.judged_from <= self.today
        assert not stands.judged or due or stands.progress == Progress.COMPLETED
        assert len(stands.history) == len(self.held)
        assert (stands.progress == Progress.NOT_REVIEWED) == (Axis.PROGRESS not in stands.by)
        assert all(not one.taken_back for one in stands.by.values())
        assert self.one.tracked or not self.held


TestRecording = Recording.TestCase
TestRecording.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


@pytest.mark.parametrize(
    ("first", "months", "expected"),
    [
        (date(2016, 1, 31), 1, [date(2016, 1, 31), date(2016, 2, 29), date(2016, 3, 31), date(2016, 4, 30)]),
        (date(2015, 8, 31), 6, [date(2015, 8, 31), date(2016, 2, 29), date(2016, 8, 31), date(2017, 2, 28)]),
        (date(2016, 2, 29), 12, [date(2016, 2, 29), date(2017, 2, 28), date(2018, 2, 28), date(2019, 2, 28)]),
    ],
)
def test_due_dates_keep_the_day_of_the_month_where_there_is_one(first: date, months: int, expected: list[date]) -> None:
    dates = due_dates(Recurrence(first, months))
    assert [next(dates) for _ in expected] == expected


@given(st.builds(Recurrence, DAYS, st.integers(1, 120), st.none() | DAYS), DAYS)
@settings(max_examples=60)
def test_due_dates_ascend_and_stay_within_their_time(one: Recurrence, today: date) -> None:
    found = list(due_dates(one))
    assert found == sorted(set(found))
    assert all(due >= one.first and (one.until is None or due <= one.until) for due in found)
    after = upcoming(one, today)
    assert after is None or after > today
    told = outcomes(one, [], today)
    assert [due.on for due in told] == [due for due in found if due <= today]
    assert sum(tally(told).values()) == tally(told)[Occurrence.UNKNOWN] == len(told)


def test_what_became_of_an_inventory_due_twice_a_year() -> None:
    """Met, late, missed and not known are four things; of several records the latest stands, unless it was taken back."""
    twice = Recurrence(date(2026, 1, 31), 6, date(2027, 12, 31))
    at = datetime(2027, 8, 1, tzinfo=UTC)
    seen = [
        Seen(1, date(2026, 1, 31), Occurrence.MISSED, None, at),
        Seen(2, date(2026, 1, 31), Occurrence.LATE, date(2026, 2, 9), at),
        Seen(3, date(2026, 7, 31), Occurrence.MISSED, None, at),
        Seen(4, date(2027, 1, 31), Occurrence.MET, date(2027, 1, 20), at, taken_back=True),
    ]
    told = outcomes(twice, seen, date(2027, 8, 1))
    assert [due.outcome for due in told] == [
        Occurrence.LATE,
        Occurrence.MISSED,
        Occurrence.UNKNOWN,
        Occurrence.UNKNOWN,
    ]
    assert upcoming(twice, date(2027, 8, 1)) is None


@pytest.mark.parametrize(
    ("due", "outcome", "on", "why"),
    [
        (date(2026, 2, 1), Occurrence.MET, date(2026, 1, 30), "Nothing was due"),
        (date(2026, 1, 31), Occurrence.MET, None, "which day"),
        (date(2026, 1, 31), Occurrence.MISSED, date(2026, 1, 30), "belongs only"),
        (date(2026, 1, 31), Occurrence.MET, date(2026, 2, 1), "the other"),
        (date(2026, 1, 31), Occurrence.LATE, date(2026, 1, 31), "the other"),
        (date(2026, 7, 31), Occurrence.MISSED, None, "can still be done"),
        (date(2026, 1, 31), Occurrence.LATE, date(2027, 1, 31), "has not come"),
    ],
)
def test_outcomes_that_cannot_be_recorded(due: date, outcome: Occurrence, on: date | None, why: str) -> None:
    twice = Recurrence(date(2026, 1, 31), 6)
    assert why in str(may_see(twice, due, outcome, on, date(2026, 6, 1)))
    assert may_see(twice, date(2026, 1, 31), Occurrence.LATE, date(2026, 2, 1), date(2026, 6, 1)) is None
    assert may_see(twice, date(2026, 7, 31), Occurrence.MET, date(2026, 5, 1), date(2026, 6, 1)) is None


def test_reminders_tell_what_is_overdue_unseen_due_and_stale() -> None:
    today = date(2016, 9, 1)
    again = Commitment(CommitmentKind.PROMISE, recurrence=Recurrence(date(2016, 1, 31), 6), term_ends_on=TERM)
    dues = outcomes(Recurrence(date(2016, 1, 31), 6), [], today)
    moving = [event(1, Progress.UNDER_WAY, date(2016, 2, 1))]
    overdue = replace(PROMISE, due_on=date(2016, 8, 1))
    told = reminders(
        [
            Watched("sign-off", PROMISE, standing(PROMISE, moving, today)),
            Watched("inventory", again, standing(again, [], today), dues),
            Watched("overdue", overdue, standing(overdue, [], today)),
            Watched("position", Commitment(CommitmentKind.POSITION, date(2016, 1, 1)), standing(PROMISE, [], today)),
        ],
        today,
    )
    assert [(one.why, one.slug, one.on, one.count) for one in told] == [
        (Why.OVERDUE, "overdue", date(2016, 8, 1), 1),
        (Why.UNSEEN, "inventory", date(2016, 1, 31), 2),
        (Why.DUE, "sign-off", DUE, 1),
        (Why.STALE, "sign-off", date(2016, 2, 1), 1),
    ]


@pytest.mark.parametrize("text", ["17", "2017-13", "2017-02-30", "2017-1", "0000", "soon", "2017-11-05T10:00", ""])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="is no day"):
        PartialDay.of(text)


def test_days_as_sources_give_them() -> None:
    assert (PartialDay.of("2017-11").first, PartialDay.of("2017-11").last) == (date(2017, 11, 1), date(2017, 11, 30))
    assert PartialDay.of("2016").last == date(2016, 12, 31)
    texts = ["2016-12-31", "2017", "2017-01", "2017-01-01", "2017-02", "2018"]
    assert [str(day) for day in sorted(map(PartialDay.of, reversed(texts)))] == texts
