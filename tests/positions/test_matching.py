"""The arithmetic of a match without a database: the vectors the browser is held to as well, the properties, and the order."""

import json
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.cells import Candidate, Cell, empty
from positions.comparison import Comparison, ContestHead, OrderRule, Row
from positions.match_sentences import above_line, count_line, interval_words, most_line
from positions.matching import (
    STEPS,
    WEIGHTS,
    Answer,
    MatchFigures,
    Stand,
    figures_over,
    in_match_order,
    is_above,
    match,
    percent,
)
from positions.scale import CODE_WORDS, Code
from tracker.commands.match import figures
from transcripts.bilingual import Bilingual

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "match_vectors.json").read_text())

DAY = date(2026, 10, 20)

positions = st.sampled_from([*STEPS.values(), None])
answers = st.builds(Answer, st.sampled_from([*STEPS.values()]), st.sampled_from([*WEIGHTS.values()]))
pairs = st.lists(st.tuples(answers, positions), min_size=1, max_size=12)


def over(case: dict[str, Any], xs: Sequence[float | None]) -> MatchFigures:
    """One candidate of a vector."""
    asked = zip(case["answers"], case["weights"], xs, strict=True)
    return figures_over(
        (Answer(stand_of(v), Fraction(w)), None if x is None else stand_of(x)) for v, w, x in asked if v is not None
    )


def stand_of(told: float | str) -> Stand:
    """A number of the scale, or the key of one of several answers."""
    return told if isinstance(told, str) else Fraction(told)


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["name"])
def test_the_vectors(case: dict[str, Any]) -> None:
    found = {name: over(case, xs) for name, xs in case["candidates"].items()}
    for name, wanted in case["expect"].items():
        one = found[name]
        letters = {"A": one.agreement, "C": one.coverage, "M": one.direction, "lo": one.low, "hi": one.high}
        assert letters == {letter: None if wanted[letter] is None else Fraction(wanted[letter]) for letter in letters}
        told = figures(one)
        assert {key: told[key] for key in ("agree", "compared", "unknown", "percent")} == {
            key: wanted[key] for key in ("agree", "compared", "unknown", "percent")
        }, name
    names = list(found)
    assert [names[i] for i in in_match_order(list(found.values()))] == case["order"]
    above = {a: [b for b in names if is_above(found[a], found[b])] for a in names}
    assert {name: below for name, below in above.items() if below} == case["above"]


def five_point(voter: Sequence[int], other: Sequence[int | None], weights: Sequence[str] | None = None) -> MatchFigures:
    """Answers from 1 to 5, as other systems' published numbers give them."""
    weighed = [Fraction(weight) for weight in weights or ["1"] * len(voter)]
    return figures_over(
        (Answer(Fraction(v - 3, 2), w), None if x is None else Fraction(x - 3, 2))
        for v, w, x in zip(voter, weighed, other, strict=True)
    )


def distance(one: MatchFigures) -> float:
    assert one.agreement is not None
    return float(1 - one.agreement)


def test_the_numbers_other_systems_publish_for_the_same_distance() -> None:
    """OpenVAA's matching tests: city-block distances, and its farthest assumption about what is missing."""
    missing = five_point([1, 3, 5], [None, None, None])
    assert missing.low is not None and float(1 - missing.low) == pytest.approx(0.8333, abs=5e-5)
    assert distance(five_point([1, 3, 5], [3, 3, 3])) == pytest.approx(1 / 3)
    assert distance(five_point([5, 5], [3, 5])) == 0.25
    assert distance(five_point([1, 1, 1, 1, 3], [1, 1, 5, 4, 5])) == pytest.approx(0.45)
    assert distance(five_point([1, 1, 1, 1], [1, 1, 5, 4])) == 0.4375
    odd = five_point([1, 3, 5], [1, 1, 1], [".54234", "4.131231", "97.1134"])
    assert distance(odd) == pytest.approx(0.974378, abs=5e-7)


@given(pairs)
def test_turning_a_statement_round_changes_nothing(asked: list[tuple[Answer, Fraction | None]]) -> None:
    turned = [(Answer(-answer.value, answer.weight), None if x is None else -x) for answer, x in asked]
    assert figures_over(turned) == figures_over(asked)


@given(pairs, st.fractions(min_value=Fraction(1, 100), max_value=100))
def test_only_the_proportion_of_weights_counts(asked: list[tuple[Answer, Fraction | None]], by: Fraction) -> None:
    heavier = [(Answer(answer.value, answer.weight * by), x) for answer, x in asked]
    assert figures_over(heavier) == figures_over(asked)


@given(pairs, st.data())
def test_whatever_is_found_out_the_agreement_stays_inside_the_interval(
    asked: list[tuple[Answer, Fraction | None]], data: st.DataObject
) -> None:
    before = figures_over(asked)
    found = [(answer, data.draw(st.sampled_from([*STEPS.values()])) if x is None else x) for answer, x in asked]
    after = figures_over(found)
    assert before.low is not None and after.agreement is not None and before.high is not None
    assert before.low <= after.agreement <= before.high
    assert after.low == after.high == after.agreement and after.coverage == 1


@given(pairs, st.data())
def test_what_is_found_out_never_widens_the_interval(
    asked: list[tuple[Answer, Fraction | None]], data: st.DataObject
) -> None:
    some = [(a, data.draw(positions) if x is None else x) for a, x in asked]
    before, after = figures_over(asked), figures_over(some)
    assert before.low is not None and after.low is not None and before.high is not None and after.high is not None
    assert before.low <= after.low <= after.high <= before.high


@given(pairs)
def test_the_ends_of_the_interval_are_reached(asked: list[tuple[Answer, Fraction | None]]) -> None:
    told = figures_over(asked)
    same = figures_over((a, a.value if x is None else x) for a, x in asked)
    far = figures_over((a, (Fraction(-1) if a.value > 0 else Fraction(1)) if x is None else x) for a, x in asked)
    assert (far.agreement, same.agreement) == (told.low, told.high)


@given(pairs)
def test_silence_pulls_the_direction_to_the_middle(asked: list[tuple[Answer, Fraction | None]]) -> None:
    """M = C(2A - 1)."""
    told = figures_over(asked)
    assert told.coverage is not None
    assert told.direction == (0 if told.agreement is None else told.coverage * (2 * told.agreement - 1))


@given(st.lists(answers, min_size=1, max_size=6), st.data())
def test_the_order_keeps_the_page_except_where_intervals_do_not_touch(asked: list[Answer], data: st.DataObject) -> None:
    """And it does not depend on how the candidates came: who is above whom stays, only the incomparable keep the page."""
    n = data.draw(st.integers(1, 6))
    everyone = [figures_over((answer, data.draw(positions)) for answer in asked) for _ in range(n)]
    ordered = in_match_order(everyone)
    assert sorted(ordered) == list(range(n))
    for before, after in combinations(ordered, 2):
        assert not is_above(everyone[after], everyone[before])
    if not any(is_above(a, b) for a in everyone for b in everyone):
        assert ordered == tuple(range(n))
    shuffled = data.draw(st.permutations(range(n)))
    again = in_match_order([everyone[i] for i in shuffled])
    for before, after in combinations((shuffled[i] for i in again), 2):
        assert not is_above(everyone[after], everyone[before])


@given(st.integers(0, 200))
def test_halves_are_rounded_up(n: int) -> None:
    assert percent(Fraction(n, 200)) == (n + 1) // 2


def side_by_side(**codes: Sequence[str | None]) -> Comparison:
    """Candidates by name with a position on each of a few statements, None where nobody has looked; two topics."""
    standing = tuple(Candidate(name, name.title(), name) for name in codes)
    rows = tuple(
        Row(
            key=f"s{i}",
            text=Bilingual(f"Statement {i}"),
            cells=tuple(
                empty(one) if (code := codes[one.slug][i]) is None else Cell(one, CODE_WORDS[Code(code)], code=code)
                for one in standing
            ),
            topic=("water", "parks")[i % 2],
            topic_name=Bilingual(("Water", "Parks")[i % 2]),
            type="choice" if i == 3 else "scale",
        )
        for i in range(len(next(iter(codes.values()))))
    )
    head = ContestHead("town", Bilingual("Town"), Bilingual("Mayor"), "Town", "UTC", DAY)
    return Comparison(head, "statement", OrderRule("alphabetical", DAY), ("alphabetical",), standing, rows)


def test_one_candidate_above_all_others_is_named_and_counted() -> None:
    town = side_by_side(
        cy=(None, "oppose", "support", "support"),
        bo=("oppose", "oppose", "oppose", "oppose"),
        ana=("support", "support", "lean_support", "not_clear"),
    )
    found = match(town, {f"s{i}": Answer(Fraction(1), Fraction(2)) for i in range(4)})
    assert [(one.candidate.slug, one.place, len(one.above)) for one in found.matched] == [
        ("ana", 1, 2),
        ("cy", 2, 1),
        ("bo", 3, 0),
    ]
    assert most_line(found, str).endswith("Ana agrees with you more than any other candidate does.")
    assert above_line(found.matched[0], str).startswith("More than Cy, Bo,")
    assert [count_line(one.figures, str) for one in found.matched] == [
        "You agree on 3 of the 3 we could compare.",
        "You agree on 1 of the 2 we could compare; 1 is unknown.",
        "You agree on 0 of the 3 we could compare.",
    ]
    assert [interval_words(one.figures, str) for one in found.matched] == [
        "92 percent; nothing is unknown",
        "between 33 and 67 percent",
        "0 percent; nothing is unknown",
    ]
    assert [(at.topic, count_line(at.figures, str)) for at in found.matched[1].topics] == [
        ("water", "You agree on the only one we could compare; 1 is unknown."),
        ("parks", "You do not agree on the only one we could compare."),
    ]
    assert found.left_out == 1 and len(found.comparison.rows) == 3


def test_nobody_is_named_where_there_is_nobody_to_tell_apart() -> None:
    alone = side_by_side(ana=("support",))
    assert most_line(match(alone, {"s0": Answer(Fraction(1))}), str) == ""
    alike = side_by_side(ana=("support",), bo=("support",))
    found = match(alike, {"s0": Answer(Fraction(1))})
    assert [one.place for one in found.matched] == [1, 1] and not found.ordered
    assert "not enough" in most_line(found, str)
    nothing = match(alike, {})
    assert most_line(nothing, str).startswith("You skipped every statement")
    assert interval_words(nothing.matched[0].figures, str) == "" and nothing.matched[0].topics == ()
    assert count_line(nothing.matched[0].figures, str) == "Nothing could be compared."


@given(st.data())
def test_fewer_words_never_put_anybody_higher(data: st.DataObject) -> None:
    """Blanking what is known of one candidate never raises their lower bound, and never lowers the upper one."""
    asked = data.draw(pairs)
    blank = data.draw(st.lists(st.booleans(), min_size=len(asked), max_size=len(asked)))
    before = figures_over(asked)
    after = figures_over((a, None if gone else x) for (a, x), gone in zip(asked, blank, strict=True))
    assert before.low is not None and after.low is not None and before.high is not None and after.high is not None
    assert after.low <= before.low and before.high <= after.high
