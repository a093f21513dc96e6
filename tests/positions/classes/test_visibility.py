"""Who may read what in a class: the whole matrix against the table of the design, written out here by hand."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from positions.classes.visibility import STRANGER, Policy, Rule, Scope, State, Viewer, Written, may_read, peers_open

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
AUTHOR, TEACHER = Viewer(member=1), Viewer(teacher=True)
WAITING, DONE = Viewer(member=2), Viewer(member=2, handed_in=True)
HIDDEN = Rule(Policy.HIDDEN)

APPENDIX_C = {
    # (scope, state): author, classmate who has not handed in, classmate who has, teacher, anybody else
    (Scope.CLASS, State.DRAFT): (1, 0, 0, 0, 0),
    (Scope.CLASS, State.SUBMITTED): (1, 0, 1, 1, 0),
    (Scope.CLASS, State.RETURNED): (1, 0, 0, 1, 0),
    (Scope.PRIVATE, State.DRAFT): (1, 0, 0, 0, 0),
    (Scope.PRIVATE, State.SUBMITTED): (1, 0, 0, 0, 0),
    (Scope.PRIVATE, State.RETURNED): (1, 0, 0, 0, 0),
    (Scope.TEACHER, State.DRAFT): (1, 0, 0, 0, 0),
    (Scope.TEACHER, State.SUBMITTED): (1, 0, 0, 1, 0),
    (Scope.TEACHER, State.RETURNED): (1, 0, 0, 1, 0),
}


@pytest.mark.parametrize(("what", "readers"), APPENDIX_C.items(), ids=str)
def test_hidden_until_submitted_is_appendix_c(what: tuple[Scope, State], readers: tuple[int, ...]) -> None:
    written = Written(1, *what)
    asked = (AUTHOR, WAITING, DONE, TEACHER, STRANGER)
    assert tuple(int(may_read(viewer, written, HIDDEN, NOON)) for viewer in asked) == readers


def test_no_policy_opens_a_draft_or_a_private_note_to_anybody_else() -> None:
    rules = [Rule(policy, NOON, revealed) for policy, revealed in product(Policy, (False, True))]
    for rule, viewer, hidden in product(rules, (WAITING, DONE, TEACHER, STRANGER), (False, True)):
        assert not any(may_read(viewer, Written(1, scope, State.DRAFT, hidden), rule, NOON) for scope in Scope)
        assert not any(may_read(viewer, Written(1, Scope.PRIVATE, state, hidden), rule, NOON) for state in State)


def test_a_stranger_reads_nothing_at_all() -> None:
    for policy, revealed, scope, state, author in product(Policy, (False, True), Scope, State, (1, None)):
        for seed in (False, True):
            written = Written(author, scope, state, seed=seed)
            assert not may_read(STRANGER, written, Rule(policy, NOON, revealed), NOON + timedelta(days=1))


@pytest.mark.parametrize(
    ("rule", "waiting", "done"),
    [
        (Rule(Policy.PRIVATE), False, False),
        (Rule(Policy.PRIVATE, revealed=True), False, False),
        (HIDDEN, False, True),
        (Rule(Policy.HIDDEN, revealed=True), True, True),
        (Rule(Policy.UNTIL, NOON + timedelta(seconds=1)), False, False),
        (Rule(Policy.UNTIL, NOON), True, True),
        (Rule(Policy.UNTIL, NOON + timedelta(days=1), revealed=True), True, True),
        (Rule(Policy.OPEN), True, True),
    ],
    ids=str,
)
def test_when_classmates_see_what_was_handed_in(rule: Rule, waiting: bool, done: bool) -> None:
    handed_in = Written(1, Scope.CLASS, State.SUBMITTED)
    for viewer, sees in ((WAITING, waiting), (DONE, done)):
        assert may_read(viewer, handed_in, rule, NOON) is sees is peers_open(viewer, rule, NOON)
        assert not may_read(viewer, Written(1, Scope.CLASS, State.SUBMITTED, hidden=True), rule, NOON)
        assert not may_read(viewer, Written(1, Scope.TEACHER, State.SUBMITTED), rule, NOON)


def test_a_teachers_seed_note_stands_there_from_the_beginning_and_any_other_note_with_the_others() -> None:
    seed, note = (Written(None, Scope.CLASS, State.SUBMITTED, seed=seed) for seed in (True, False))
    assert may_read(WAITING, seed, HIDDEN, NOON)
    assert not may_read(WAITING, note, HIDDEN, NOON)
    assert may_read(DONE, note, HIDDEN, NOON)
