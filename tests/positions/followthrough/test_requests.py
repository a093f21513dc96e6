"""Requests for records without a database: how long somebody waits, what a reply, more time and taking back change."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.followthrough.requests import Event, Request, State, may_record, standing
from positions.followthrough.taken_back import TakenBack, may_take_back
from positions.followthrough.vocabulary.requests import CLOSES, RequestOutcome

ASKED = date(2026, 3, 3)
DUE = date(2026, 3, 17)
ASKING = Request(ASKED, DUE)
AT = datetime(2026, 12, 1, tzinfo=UTC)
GONE = TakenBack("An editor", AT)
DAYS = st.integers(-40, 400).map(lambda n: ASKED + timedelta(days=n))
REQUESTS = st.builds(Request, DAYS, st.none() | DAYS)


def event(id: int, outcome: RequestOutcome, on: date, due_on: date | None = None) -> Event:
    return Event(id, f"key-{id}", outcome, on, AT, due_on)


@st.composite
def events(draw: st.DrawFn) -> list[Event]:
    told = draw(st.lists(st.tuples(st.sampled_from(RequestOutcome), DAYS, st.none() | DAYS, st.booleans()), max_size=6))
    made = [event(n, outcome, on, due) for n, (outcome, on, due, _) in enumerate(told)]
    return [replace(one, taken_back=GONE) if gone else one for one, (*_, gone) in zip(made, told, strict=True)]


def test_it_waits_until_it_is_due_and_then_it_is_over() -> None:
    early = standing(ASKING, [], date(2026, 3, 10))
    assert (early.state, early.days, early.left, early.over, early.overdue) == (State.WAITING, 7, 7, 0, False)
    last = standing(ASKING, [], DUE)
    assert (last.left, last.over, last.overdue) == (0, 0, False)
    late = standing(ASKING, [], date(2026, 7, 1))
    assert (late.days, late.left, late.over, late.overdue) == (120, None, 106, True)
    unknown = standing(Request(ASKED), [], date(2026, 7, 1))
    assert (unknown.days, unknown.due_on, unknown.left, unknown.over) == (120, None, None, 0)


def test_a_receipt_is_no_reply_and_more_time_moves_the_day() -> None:
    receipt = event(1, RequestOutcome.ACKNOWLEDGED, date(2026, 3, 5))
    more = event(2, RequestOutcome.EXTENDED, date(2026, 3, 16), date(2026, 4, 14))
    told = standing(ASKING, [receipt, more], date(2026, 4, 20))
    assert (told.state, told.due_on, told.extended, told.over, told.days) == (State.WAITING, more.due_on, True, 6, 48)
    without = replace(more, due_on=None)
    assert standing(ASKING, [without], date(2026, 4, 20)).due_on == DUE


def test_an_answer_stops_the_clock_and_a_later_one_stands() -> None:
    refused = event(1, RequestOutcome.DENIED, date(2026, 3, 23))
    given_later = event(2, RequestOutcome.GRANTED, date(2026, 6, 1))
    told = standing(ASKING, [refused], date(2027, 1, 1))
    assert (told.state, told.outcome, told.days, told.over) == (State.ANSWERED, RequestOutcome.DENIED, 20, 6)
    told = standing(ASKING, [refused, given_later], date(2027, 1, 1))
    assert (told.outcome, told.answered_on, told.days) == (RequestOutcome.GRANTED, refused.on, 20)
    assert standing(ASKING, [given_later], date(2026, 5, 31)).state == State.WAITING
    back = event(3, RequestOutcome.TAKEN_BACK, date(2026, 3, 9))
    assert standing(ASKING, [back], date(2027, 1, 1)).state == State.TAKEN_BACK


@given(REQUESTS, events(), DAYS)
def test_days_are_never_negative(request: Request, held: list[Event], today: date) -> None:
    told = standing(request, held, today)
    assert told.days >= 0 and told.over >= 0 and (told.left is None or told.left >= 0)
    assert not (told.over and told.left is not None)
    assert (told.state == State.WAITING) == (told.outcome is None) == (told.answered_on is None)


@given(REQUESTS, events(), st.sampled_from(sorted(CLOSES)), DAYS, st.integers(0, 500))
def test_a_closing_outcome_stops_the_clock(
    request: Request, held: list[Event], outcome: RequestOutcome, on: date, later: int
) -> None:
    closed = [*held, event(99, outcome, on)]
    then, afterwards = (standing(request, closed, on + timedelta(days=n)) for n in (0, later))
    assert then.state != State.WAITING != afterwards.state
    assert (then.days, then.answered_on) == (afterwards.days, afterwards.answered_on)
    assert afterwards.left is None


@given(REQUESTS, events(), DAYS, DAYS, DAYS)
def test_more_time_moves_the_due_day_only(
    request: Request, held: list[Event], on: date, due_on: date, today: date
) -> None:
    before = standing(request, held, today)
    after = standing(request, [*held, event(99, RequestOutcome.EXTENDED, on, due_on)], today)
    moved = {name: getattr(before, name) for name in ("due_on", "extended", "over", "left", "history")}
    assert replace(after, **moved) == before
    if on > today:
        assert after == before


@given(REQUESTS, events(), st.sampled_from(RequestOutcome), DAYS, st.none() | DAYS, DAYS)
def test_taking_an_event_back_is_as_if_it_had_not_come(
    request: Request, held: list[Event], outcome: RequestOutcome, on: date, due_on: date | None, today: date
) -> None:
    gone = replace(event(99, outcome, on, due_on), taken_back=GONE)
    told = standing(request, [*held, gone], today)
    assert replace(told, history=()) == replace(standing(request, held, today), history=())
    assert (gone in told.history) == (on <= today)  # it stays readable


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (event(9, RequestOutcome.DENIED, date(2026, 12, 2)), "2026-12-02 has not come yet."),
        (event(9, RequestOutcome.DENIED, date(2026, 3, 2)), "It was asked on 2026-03-03"),
        (event(9, RequestOutcome.DENIED, date(2026, 3, 9), DUE), "A new day belongs only to more time"),
        (event(9, RequestOutcome.EXTENDED, date(2026, 3, 9), ASKED), "The new day cannot lie before"),
        (event(9, RequestOutcome.EXTENDED, date(2026, 4, 9)), "A reply had come already"),
    ],
)
def test_what_cannot_be_is_not_recorded(told: Event, why: str) -> None:
    held = [event(1, RequestOutcome.PARTLY, date(2026, 4, 1))]
    assert why in str(may_record(ASKING, held, told, AT.date()))


def test_what_may_be_recorded_and_taken_back() -> None:
    held = [event(1, RequestOutcome.PARTLY, date(2026, 4, 1))]
    for outcome, on in ((RequestOutcome.GRANTED, date(2026, 5, 1)), (RequestOutcome.ACKNOWLEDGED, date(2026, 3, 5))):
        assert may_record(ASKING, held, event(9, outcome, on), AT.date()) is None
    assert may_take_back(None, "It was another request.") is None
    assert "Say why" in str(may_take_back(None, " "))
    assert "already" in str(may_take_back(GONE, "Once more."))
