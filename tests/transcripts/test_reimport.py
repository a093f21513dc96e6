"""The plan of a re-import: every key that can live on does, and none is given to other words."""

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpora import corpus
from transcripts.reimport import Plan, Said, plan

ADA, BEN = "ADA", "BEN"
HELD = [
    Said(ADA, "Good evening and welcome to the library on Rose Street."),
    Said(BEN, "We will build four hundred homes by the river."),
    Said(ADA, "Thank you."),
    Said(BEN, "And we will pay for them with the sale of the old depot."),
    Said(ADA, "The next question is about buses."),
]


def pairs(made: Plan) -> dict[int, int]:
    return {kept.held: kept.found for kept in made.kept}


def test_the_same_turns_are_all_unchanged() -> None:
    made = plan(HELD, HELD)
    assert made.counts == {
        "unchanged": 5,
        "reworded": 0,
        "relabelled": 0,
        "retimed": 0,
        "withdrawn": 0,
        "merged": 0,
        "new": 0,
    }


def test_a_turn_put_in_shifts_no_key() -> None:
    found = [HELD[0], Said(BEN, "Thank you for having me tonight."), *HELD[1:]]
    made = plan(HELD, found)
    assert pairs(made) == {0: 0, 1: 2, 2: 3, 3: 4, 4: 5}
    assert made.new == (1,) and made.counts["unchanged"] == 5


def test_a_corrected_word_keeps_its_turn() -> None:
    found = [*HELD[:1], Said(BEN, "We will build five hundred homes by the river."), *HELD[2:]]
    made = plan(HELD, found)
    assert pairs(made)[1] == 1
    assert made.counts["reworded"] == 1 and made.counts["unchanged"] == 4


def test_a_corrected_label_keeps_its_turn() -> None:
    made = plan(HELD, [*HELD[:3], replace(HELD[3], label="CARL"), HELD[4]])
    assert pairs(made)[3] == 3 and made.counts["relabelled"] == 1


def test_a_stretch_is_paired_by_likeness_not_by_place() -> None:
    """What pairing by position gets wrong: one turn gone, its neighbour reworded."""
    found = [HELD[0], Said(BEN, "And we shall pay for them with the sale of that old depot."), HELD[4]]
    made = plan(HELD, found)
    assert pairs(made) == {0: 0, 3: 1, 4: 2}
    assert made.withdrawn == (1, 2)


def test_short_words_of_another_voice_do_not_take_over_a_key() -> None:
    made = plan([Said(ADA, "Thank you.")], [Said(BEN, "Thank you all.")])
    assert (made.withdrawn, made.new) == ((0,), (0,))


def test_the_sources_own_id_comes_first() -> None:
    held = [Said(ADA, "Yes, of course I do.", "s1"), Said(ADA, "Yes, of course I do.", "s2")]
    found = [replace(held[1], text="Yes, of course I did."), held[0]]
    assert pairs(plan(held, found)) == {0: 1, 1: 0}


def test_ids_a_source_counts_afresh_are_not_believed() -> None:
    held = [replace(turn, source_ref=f"row{i}") for i, turn in enumerate(HELD)]
    found = [
        replace(turn, source_ref=f"row{i}")
        for i, turn in enumerate([Said(BEN, "A paragraph nobody had written down."), *HELD])
    ]
    assert pairs(plan(held, found)) == {0: 1, 1: 2, 2: 3, 3: 4, 4: 5}


def test_a_divided_turn_leaves_its_key_with_the_first_part() -> None:
    first, second = (
        "We will build four hundred homes.",
        "They will stand by the river, and they will be cheap and warm and dry.",
    )
    made = plan(
        [HELD[0], Said(BEN, f"{first} {second}"), HELD[4]], [HELD[0], Said(BEN, first), Said(ADA, second), HELD[4]]
    )
    assert pairs(made) == {0: 0, 1: 1, 2: 3}
    assert made.split == {2: 1} and made.new == (2,)


def test_a_turn_taken_in_by_its_neighbour_is_merged_not_lost() -> None:
    found = [HELD[0], Said(BEN, f"{HELD[1].text} {HELD[3].text}"), HELD[4]]
    made = plan(HELD, found)
    assert made.merged == ((3, 1),)
    assert made.withdrawn == (2,)


def test_new_times_alone_are_told_apart_from_new_words() -> None:
    made = plan([replace(HELD[0], times=(0, 900))], [replace(HELD[0], times=(40, 940))])
    assert made.counts["retimed"] == 1 and made.counts["reworded"] == 0


TURNS = st.lists(
    st.builds(Said, st.sampled_from([None, ADA, BEN]), st.sampled_from(["yes", "no", "we will build", "x y z w", ""])),
    max_size=14,
)


@given(TURNS, TURNS)
def test_every_turn_has_exactly_one_fate(held: list[Said], found: list[Said]) -> None:
    made = plan(held, found)
    fates = [kept.held for kept in made.kept] + list(made.withdrawn) + [i for i, _ in made.merged]
    assert sorted(fates) == list(range(len(held)))
    assert sorted([kept.found for kept in made.kept] + list(made.new)) == list(range(len(found)))
    survivors = set(pairs(made))
    assert all(into in survivors for _, into in made.merged)
    assert all(whole in survivors and j in made.new for j, whole in made.split.items())


@given(TURNS)
def test_the_same_file_again_changes_nothing(turns: list[Said]) -> None:
    assert plan(turns, turns).counts["unchanged"] == len(turns)


@pytest.mark.corpora
def test_real_debates_keep_their_keys_through_an_editors_work() -> None:
    """1.5 % of words misspelt, a tenth of labels changed, turns taken out (3 %) and put in (3 %): every key stays with its words."""
    chance = random.Random(7)
    for name in ("1960-09-26", "1992-10-15", "2016-09-26", "2020-09-29"):
        blocks = corpus(f"a01_mytake/{name}.said").read_text(encoding="utf-8").split("\n\n")
        held = [Said(*re.split(r": ", block, maxsplit=1)) for block in blocks if ": " in block]
        found: list[Said] = []
        truth: dict[int, int] = {}
        for i, turn in enumerate(held):
            if chance.random() < 0.03:
                found.append(Said(ADA, f"{chance.choice(held).text.upper()} which nobody said {i}"))
            if chance.random() < 0.03:
                continue
            words = [w[::-1] if chance.random() < 0.015 else w for w in turn.text.split(" ")]
            truth[i] = len(found)
            found.append(Said("SOMEBODY ELSE" if chance.random() < 0.1 else turn.label, " ".join(words)))
        made = plan(held, found)
        wrong = [i for i, j in pairs(made).items() if truth.get(i) != j and held[i].folded != found[j].folded]
        kept = sum(truth.get(i) == j for i, j in pairs(made).items())
        print(name, len(held), "held,", kept, "of", len(truth), "kept,", len(wrong), "wrong")
        assert len(wrong) <= 0.005 * len(held)
        assert kept >= 0.97 * len(truth)
