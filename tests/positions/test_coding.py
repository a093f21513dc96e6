"""Judged alone, laid side by side, decided: the pure rules, whatever is judged and whoever judges."""

from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.agreement import Why
from positions.coding import agreeing, deciding, publishing, seeing, ties
from positions.coding.agreeing import Group, Judged
from positions.coding.cells import Coded, Decided, Judgements, State
from positions.coding.deciding import Decision, Rule
from positions.coding.publishing import FILE, Basis, RaceRule, Recorder
from positions.coding.ties import Declared, Tie
from transcripts.errors import Refusal

AT = datetime(2026, 10, 1, tzinfo=UTC)
EDITOR = Recorder(1, "Ed")


def said(*codings: tuple[int, str], decided: str | None = None, objecting: tuple[int, str] | None = None) -> Judgements:
    rows = [Coded(n, who, f"Coder {who}", value, "", True, AT) for n, (who, value) in enumerate(codings)]
    if objecting:
        rows.append(Coded(99, objecting[0], "Objector", objecting[1], "", False, AT))
    return Judgements(tuple(rows), Decided(1, decided, "Why", 9, "Dee", AT) if decided else None)


@pytest.mark.parametrize(
    ("values", "person", "majority", "expected"),
    [
        ((), None, False, None),
        (("a",), None, False, None),
        (("a", "a"), None, False, Decision("a", Rule.UNANIMOUS, 2)),
        (("a", "b"), None, False, None),
        (("a", "b"), None, True, None),
        (("a", "a", "b"), None, False, None),
        (("a", "a", "b"), None, True, Decision("a", Rule.MAJORITY, 3)),
        (("a", "a", "b", "b"), None, True, None),
        (("a", "b"), "c", False, Decision("c", Rule.PERSON, 2)),
        ((True, True, False), None, True, Decision(True, Rule.MAJORITY, 3)),
    ],
)
def test_what_decides(values: tuple[str, ...], person: str | None, majority: bool, expected: object) -> None:
    assert deciding.decide(values, person, majority=majority) == expected


def test_how_split_a_unit_is() -> None:
    assert [deciding.split(one) for one in ((), ("a",), ("a", "a"), ("a", "b"), ("a", "a", "b"))] == [
        0,
        0,
        0,
        1,
        pytest.approx(2 / 3),
    ]
    held = deciding.last_said([("x", 1, "a"), ("y", 1, "a"), ("y", 2, "b"), ("x", 2, "b"), ("x", 2, "a")])
    assert held == {"x": {1: "a", 2: "a"}, "y": {1: "a", 2: "b"}}
    assert deciding.most_split(held) == [("y", 1), ("x", 0)]


@given(st.lists(st.sampled_from("abc"), max_size=8))
def test_the_order_of_coders_does_not_matter(values: list[str]) -> None:
    back = values[::-1]
    assert deciding.split(values) == deciding.split(back)
    assert deciding.decide(values, majority=True) == deciding.decide(back, majority=True)


VIEWERS = {"reader": None, "first": 1, "second": 2, "third": 3}


MATRIX = [
    (who, submitted, coder)
    for who, submitted in product(VIEWERS, ((1,), (2,), (1, 2), (1, 2, 3)))
    for coder in submitted
]


@pytest.mark.parametrize(("who", "submitted", "coder"), MATRIX)
def test_who_sees_whose_coding(who: str, submitted: tuple[int, ...], coder: int) -> None:
    """Every viewer × every state of a unit: rows and counts by the same predicate."""
    viewer = VIEWERS[who]
    codes = viewer is not None
    expected = viewer == coder or (codes and len(submitted) >= 2)
    assert seeing.may_see(viewer, codes, coder, submitted) is expected
    rows = seeing.seen(viewer, codes, [(one, one) for one in submitted])
    assert (coder in rows) is expected
    judgements = said(*((one, "support") for one in submitted))
    assert {one.coder_id for one in judgements.seen_by(viewer)} == set(rows)


def test_one_who_has_not_judged_cannot_tell_whether_another_has() -> None:
    assert said().state(2) == said((1, "support")).state(2) == State.TO_CODE
    assert said((1, "support")).state(1) == State.WAITING
    assert said((1, "support"), (2, "support")).state(3) == State.AGREED
    assert said((1, "support"), (2, "mixed")).state(3) == State.SPLIT
    assert said((1, "support"), (2, "mixed"), decided="mixed").state(3) == State.DECIDED
    assert said(objecting=(4, "mixed")).state(3) == State.SPLIT
    assert said((1, "support"), (2, "mixed"), decided="mixed").decision == Decision("mixed", Rule.PERSON, 2)
    assert said((1, "support"), (2, "mixed"), objecting=(4, "x")).judge_ids() == {1, 2, 4}


AGREED, DECIDED = Decision("support", Rule.UNANIMOUS, 2), Decision("support", Rule.PERSON, 2)


@pytest.mark.parametrize(
    ("rule", "value", "coders", "decision", "who", "expected"),
    [
        (RaceRule.CHECKED, "support", 1, None, EDITOR, (Basis.ALONE, 1)),
        (RaceRule.CHECKED, "support", 3, None, EDITOR, (Basis.ALONE, 1)),
        (RaceRule.CHECKED, "support", 3, None, FILE, (Basis.FILE, 3)),
        (RaceRule.BLIND, "support", 2, None, FILE, (Basis.FILE, 2)),
        (RaceRule.BLIND, "support", 1, None, FILE, publishing.TWO_IN_FILE),
        (RaceRule.BLIND, "support", 2, None, EDITOR, publishing.NOBODY_YET),
        (RaceRule.BLIND, "mixed", 1, AGREED, EDITOR, publishing.OTHERWISE),
        (RaceRule.BLIND, "support", 1, AGREED, EDITOR, (Basis.UNANIMOUS, 2)),
        (RaceRule.BLIND, "support", 1, DECIDED, EDITOR, (Basis.PERSON, 2)),
        (RaceRule.CHECKED, "support", 1, AGREED, FILE, (Basis.UNANIMOUS, 2)),
        (RaceRule.BLIND, "not_reviewed", 1, None, EDITOR, (Basis.ALONE, 1)),
        (RaceRule.BLIND, "not_reviewed", 1, None, FILE, (Basis.FILE, 1)),
    ],
)
def test_what_a_position_must_rest_on(
    rule: RaceRule, value: str, coders: int, decision: Decision[str] | None, who: Recorder, expected: object
) -> None:
    if isinstance(expected, str):
        with pytest.raises(Refusal) as refused:
            publishing.basis(rule, value, coders, decision, who)
        assert str(refused.value) == expected
        return
    found = publishing.basis(rule, value, coders, decision, who)
    assert (found, publishing.coders(found, coders, decision)) == expected


def test_a_tie_bars_from_the_candidates_it_names() -> None:
    for kind in Tie:
        declared = Declared(1, kind, people=frozenset({7} if kind in ties.NAMING else ()))
        assert ties.cleared(declared, 8, "Bo") == declared
        if kind in ties.NAMING:
            with pytest.raises(Refusal, match="You declared a tie to Ana"):
                ties.cleared(declared, 7, "Ana")
    with pytest.raises(Refusal, match="Say first whether you have a tie"):
        ties.cleared(None, 8, "Bo")


def test_agreement_counts_what_two_people_judged_and_tells_of_no_single_person() -> None:
    rows = [
        Judged(n, "one" if n < 4 else "two", who, "a" if n or who == 1 else "b", who == 2)
        for n in range(6)
        for who in (1, 2)
    ]
    found = agreeing.agreements([*rows, Judged(77, "two", 1, "a"), Judged(0, "one", 1, "a")])
    assert (found.overall.units, found.overall.coders, found.overall.percent.value) == (6, 2, 5 / 6)
    assert [(subject, one.units) for subject, one in found.subjects] == [("one", 4), ("two", 2)]
    assert found.subjects[1][1].alpha.why == Why.ONE_VALUE
    assert [(group, one.units, one.few) for group, one in found.groups] == [(Group.ONE_TIE, 6, False)]
    few = agreeing.agreements(rows[:8]).groups[0][1]
    assert (few.few, few.units, few.percent.value, few.alpha.value) == (True, 4, None, None)
    letters = agreeing.lettered([*rows, Judged(77, "two", 3, "a")])
    assert {letter for _, letter in letters} == {"A", "B"} and len(letters) == 12
    assert [agreeing._letter(n) for n in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
