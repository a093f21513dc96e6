"""The labelled turns are what their README says: the right words, known topics, two halves that do not touch."""

import csv
from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.gold.topics import load
from tests.gold.topics.load import Spoken, labelled, question_before

HERE = Path(__file__).resolve().parent
TREE = HERE.parents[2] / "positions" / "data" / "topics.yaml"
ASKING = frozenset({"ASK", "VOTER"})


def rows(name: str) -> dict[str, tuple[str, str, str]]:
    """id → (file, ref, sha) of one table."""
    with (HERE / f"{name}.tsv").open(encoding="utf-8", newline="") as handle:
        return {row["id"]: (row["file"], row["ref"], row["sha"]) for row in csv.DictReader(handle, delimiter="\t")}


@pytest.mark.corpora
@pytest.mark.parametrize("name", load.TABLES)
def test_every_reference_finds_the_words_that_were_labelled(name: str) -> None:
    turns = labelled(name)
    assert len(turns) == len(rows(name)) and all(turn.text for turn in turns)
    assert all(turn.question is None for turn in turns if not load.has_labels(turn.file))
    assert any(turn.question for turn in turns)


@pytest.mark.corpora
def test_other_words_at_a_reference_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "words", lambda file, ref: "something else")
    with pytest.raises(load.Mismatch, match="t001"):
        labelled("dev")


@pytest.mark.corpora
def test_labels_are_slugs_of_the_tree_and_never_a_parent_beside_its_child() -> None:
    parents = {topic["slug"]: topic.get("parent") for topic in yaml.safe_load(TREE.read_text(encoding="utf-8"))}
    for turn in labelled("dev") + labelled("test"):
        assert turn.topics <= parents.keys() and len(turn.topics) <= 3, turn.id
        assert not turn.topics & {parents[slug] for slug in turn.topics}, turn.id


def test_halves_are_alike_and_apart_and_the_second_reading_draws_on_both() -> None:
    dev, test, second = rows("dev"), rows("test"), rows("second")
    assert not dev.keys() & test.keys() and len(dev) == len(test) == 152
    folders = [Counter(file.split("/")[0] for file, _, _ in half.values()) for half in (dev, test)]
    assert folders[0] == folders[1] and folders[0]["a13_captions"] >= len(dev) / 3
    assert len(second) == 50 and second.items() <= (dev | test).items()
    assert len(second.keys() & dev.keys()) == 25


def test_the_question_in_force_is_the_last_real_one_with_its_lead_in() -> None:
    said = [
        ("ASK", "Let us turn to the buses."),
        ("VOTER", "Why does the number nine bus stop at six?"),
        ("ANN", "Because of money."),
        ("ASK", "Mr. Ben?"),
        ("BEN", "I would run it later."),
    ]
    turns = [Spoken(str(i), label, text) for i, (label, text) in enumerate(said)]
    asked = "Let us turn to the buses. Why does the number nine bus stop at six?"
    assert [question_before(turns, at, ASKING) for at in range(5)] == [None, None, asked, None, asked]
