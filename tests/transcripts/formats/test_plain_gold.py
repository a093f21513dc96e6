"""Plain text against the independent split of the shared transcripts, word by word."""

import json
from functools import cache

import pytest

from tests.corpora import corpus
from tests.gold.turns import align, gold_turns, misattributed
from transcripts import formats
from transcripts.formats.parsed import ParsedRecord
from transcripts.text import count_words
from transcripts.vocabulary import Grade

pytestmark = pytest.mark.corpora

LABELLED = [
    *(f"a01_mytake/{day}.said" for day in ("1960-09-26", "1992-10-15", "2000-10-17", "2016-09-26", "2020-09-29")),
    *(f"a04_primary_txt/{n}_democratic_debate.txt" for n in (1, 8, 10)),
    *(f"a04_primary_txt/{n}_republican_debate.txt" for n in (1, 2)),
    "a07_rev2020/us_election_2020_1st_presidential_debate.txt",
    "a07_rev2020/us_election_2020_biden_town_hall.txt",
]

GOLD_MISSES = {
    "a04_primary_txt/10_democratic_debate.txt": {
        "SEN. BERNIE SANDERS (D-VT), PRESIDENTIAL CANDIDATE",
        "HILLARY CLINTON (D-NY), FORMER SECRETARY OF STATE, PRESIDENTIAL CANDIDATE",
    },
    "a04_primary_txt/2_republican_debate.txt": {"Christie"},
}
"""Printed labels the gold overlooks: two in full with party and office, one in ordinary letters."""

UNLABELLED = ["cohen", "davis", "kubosh"]


@cache
def read(path: str) -> ParsedRecord:
    return formats.read(corpus(path).read_bytes(), path)


@pytest.mark.parametrize("path", LABELLED)
def test_no_turn_stands_under_a_wrong_label(path: str) -> None:
    record, gold = read(path), gold_turns(path)
    alignment = align(gold, record.turns)
    wrong = [turn for turn in misattributed(alignment, record.turns) if turn.label not in GOLD_MISSES.get(path, ())]
    labelled = [turn for turn in record.turns if turn.label is not None]
    print(
        f"{path}: {len(labelled)} labelled turns of {len(record.turns)}, gold {len(gold)}; "
        f"{alignment.missing} of {alignment.gold_words} words missing ({alignment.missing_share:.3%}); {len(wrong)} wrong"
    )
    assert record.format == "plain"
    assert wrong == []
    assert alignment.missing_share < 0.01
    assert abs(len(record.turns) - len(gold)) <= len(gold) * 0.01


@pytest.mark.parametrize("path", [path for path in LABELLED if path.startswith(("a01", "a07"))])
def test_files_without_glued_labels_are_read_label_by_label(path: str) -> None:
    assert [turn.label for turn in read(path).turns] == [turn.label for turn in gold_turns(path)]


@pytest.mark.parametrize("name", UNLABELLED)
def test_without_labels_every_voice_is_unknown(name: str) -> None:
    record = read(f"a18_lwv_interviews/{name}.txt")
    facts = json.loads(corpus("gold/facts.json").read_text(encoding="utf-8"))[f"a18_lwv_interviews/{name}.txt"]
    counted = sum(count_words(turn.text) for turn in record.turns)
    print(f"{name}: {counted} words, gold {facts['words']}; {len(record.turns)} paragraphs, grade {record.grade}")
    assert all(turn.label is None for turn in record.turns)
    assert abs(counted - facts["words"]) <= facts["words"] * 0.01
    assert record.grade is Grade.MACHINE


def test_times_beside_the_names_are_milliseconds() -> None:
    record = read("a07_rev2020/us_election_2020_biden_town_hall.txt")
    assert record.turns[0].start_ms == 41_000
    assert record.turns[-1].start_ms == ((1 * 60 + 32) * 60 + 2) * 1000


def test_times_that_begin_again_are_reported() -> None:
    record = read("a07_rev2020/us_election_2020_1st_presidential_debate.txt")
    assert [problem.line for problem in record.problems if "begin again" in problem.message] == [544]


MARKDOWN = [
    "2016-07-30-Interview-with-Nesta",
    "2017-04-12-Press-conference-at-Seoul",
    "2019-09-02-Meeting-with-Journalist-Delegation",
]


@pytest.mark.parametrize("name", MARKDOWN)
def test_names_printed_as_headings(name: str) -> None:
    path = f"a25_sayit_md/{name}.md"
    assert [turn.label for turn in read(path).turns] == [turn.label for turn in gold_turns(path)]
