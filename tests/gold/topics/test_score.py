"""The scoring counts right, and the rules reach what is said of them on the half they never saw."""

import pytest

from tests.gold.topics import load
from tests.gold.topics.load import LabelledTurn, labelled
from tests.gold.topics.score import (
    Figures,
    Judged,
    agreement,
    figures,
    intervals,
    judged,
    kappa,
    passages,
    places,
    sequence,
    summary,
)

PRECISION_WANTED, RECALL_WANTED = 0.90, 0.75
PRECISION_REACHED, RECALL_REACHED = 0.89, 0.6
"""A little under what was measured (README.md), to notice when it gets worse: of what is wanted, recall is not reached."""


def turn(labels: str, suggested: str) -> Judged:
    return Judged(LabelledTurn("x", "f", "text", None, frozenset(labels.split())), frozenset(suggested.split()))


def test_figures_count_tags_over_all_turns() -> None:
    found = figures([turn("a b", "a c"), turn("", ""), turn("d", "d"), turn("", "e")])
    assert found == Figures(right=2, false=2, missed=1)
    assert (found.precision, round(found.recall, 3), round(found.f1, 3)) == (0.5, 0.667, 0.571)
    assert figures([]).precision == figures([]).recall == 0.0


def test_intervals_hold_the_figure_and_are_the_same_each_time() -> None:
    turns = [turn("a", "a"), turn("a b", "a"), turn("", "b"), turn("", "")] * 20
    precision, recall = intervals(turns)
    total = figures(turns)
    assert precision.low < total.precision < precision.high and recall.low < total.recall < recall.high
    assert (precision, recall) == intervals(turns)


def test_kappa_is_one_for_the_same_labels_and_nought_for_what_chance_gives() -> None:
    one, other, none = frozenset({"a"}), frozenset({"b"}), frozenset[str]()
    assert kappa([(one, one), (other, other)], 2) == 1.0
    assert kappa([(none, none)], 5) == 1.0
    assert kappa([(one, one), (one, none), (none, one), (none, none)], 1) == 0.0
    assert kappa([(one, other)], 2) == -1.0


@pytest.mark.corpora
@pytest.mark.parametrize("table", ["dev", "tuning"])
def test_every_labelled_turn_stands_whole_in_its_sequence(table: str) -> None:
    texts = {one.id: one.text for one in labelled(table)}
    for one in judged(table):
        refs = tuple(ref for of, ref in places(table).values() if of == one.turn.file)
        said = {turn.text for turn in sequence(one.turn.file, refs)[0]}
        assert texts[one.turn.id] in said, one.turn.id


def test_what_was_labelled_for_tuning_does_not_touch_the_test_half() -> None:
    kept = {}
    for file, ref in places("test").values():
        kept.setdefault(file, []).append(ref)
    for file, ref in places("tuning").values():
        assert not any(_overlap(ref, other) for other in kept.get(file, ())), (file, ref)


def _overlap(ref: str, other: str) -> bool:
    if "-" not in ref:
        return ref == other
    (first, last), (start, end) = (tuple(map(int, one.split("-"))) for one in (ref, other))
    return first < end and start < last


@pytest.mark.corpora
def test_passages_leave_no_words_out() -> None:
    file = "a13_captions/hsv_2026-07-10-city-council-fy27-budget-work-session.whisper.srt"
    said = " ".join(turn.text for turn in passages(file, ()))
    assert said.split() == " ".join(cue.text for cue in load.cues(file)).split()


@pytest.mark.corpora
def test_two_readers_agree() -> None:
    value, second, turns = agreement()
    print(f"\nsecond reading: Cohen's kappa {value:.2f}, F1 {second.f1:.2f}, n = {turns} turns")
    assert turns == 50 and value > 0.8


@pytest.mark.corpora
def test_topics_on_the_half_the_rules_never_saw_stay_as_good_as_they_were() -> None:
    turns = judged("test")
    print(f"\ntest half: {summary(turns)}; wanted: precision {PRECISION_WANTED}, recall {RECALL_WANTED}")
    total = figures(turns)
    assert total.precision >= PRECISION_REACHED and total.recall >= RECALL_REACHED
