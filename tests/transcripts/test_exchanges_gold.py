"""Exchanges against a debate whose every row was marked by hand with the question it belongs to.

The gold has one row a paragraph: `question_id`, `speaker` and `text_type`, where `qq` is the row that puts a question, `q`
any other row of the moderator, and `y` or `n` a candidate's row that does or does not answer. Mapping to turns:

- rows: neighbouring rows of one speaker are one turn, as a transcript prints them;
- the same debate in another file: its turns are cut elsewhere, so each row goes, in order, to the next turn of its speaker
  that holds the row's first words.

A question is found where an exchange has for its question the turn that holds the `qq` row. A candidate's row is under the
right question where its turn is an answer or a rebuttal of that exchange. Rows before the first question have none.
"""

import csv
import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import pytest

from tests.corpora import corpus
from transcripts import exchanges
from transcripts.exchanges import Exchange, Said
from transcripts.formats import read
from transcripts.formats.parsed import ParsedTurn

pytestmark = pytest.mark.corpora

ENOUGH = 0.9


class Row(NamedTuple):
    question: int
    speaker: str
    text: str
    kind: str


def rows() -> list[Row]:
    with corpus("a12_csv_2016/vox_transcript.csv").open(encoding="utf-8-sig", newline="") as file:
        return [
            Row(int(row["question_id"]), row["speaker"], row["text"], row["text_type"]) for row in csv.DictReader(file)
        ]


def measure(gold: Sequence[Row], places: Sequence[int | None], found: Sequence[Exchange]) -> tuple[float, float, float]:
    """Shares of questions found, of candidates' rows under the right question, and of those marked as answers."""
    put = {row.question: place for row, place in zip(gold, places, strict=True) if row.kind == "qq"}
    questions = {exchange.question for exchange in found}
    under = {at: exchange.question for exchange in found for at in (*exchange.answers, *exchange.rebuttals)}
    said = [
        (row.kind, place is not None and under.get(place, -1) == put[row.question])
        for row, place in zip(gold, places, strict=True)
        if row.kind in "yn" and row.question in put
    ]
    answers = [right for kind, right in said if kind == "y"]
    return (
        sum(place in questions for place in put.values()) / len(put),
        sum(right for _, right in said) / len(said),
        sum(answers) / len(answers),
    )


def test_the_marked_rows_themselves() -> None:
    gold = rows()
    turns: list[ParsedTurn] = []
    places: list[int | None] = []
    for speaker, run in groupby(gold, key=lambda row: row.speaker):
        same = list(run)
        places += [len(turns)] * len(same)
        turns.append(ParsedTurn(speaker, " ".join(row.text for row in same)))
    found = exchanges.find(turns)
    questions, said, answers = measure(gold, places, found)
    assert questions >= ENOUGH
    assert said >= ENOUGH
    assert answers >= ENOUGH
    assert len(found) <= 16 / ENOUGH


def test_the_same_debate_in_another_file() -> None:
    gold = rows()
    turns = read(corpus("a01_mytake/2016-09-26.said").read_bytes()).turns
    places = aligned(gold, turns)
    assert sum(place is None for place in places) < 0.05 * len(places)
    questions, said, answers = measure(gold, places, exchanges.find(turns))
    assert questions >= ENOUGH
    assert said >= ENOUGH
    assert answers >= ENOUGH


def aligned(gold: Sequence[Row], turns: Sequence[Said]) -> list[int | None]:
    """For every row the turn of its speaker that holds its first words, never before the turn of the row before."""
    texts = [plain(turn.text) for turn in turns]
    found: list[int | None] = []
    last = 0
    for row in gold:
        head = " ".join(plain(row.text).split()[:6])
        near = range(last, min(last + 12, len(turns)))
        here = next((at for at in near if row.speaker in (turns[at].label or "") and head in texts[at]), None)
        last = here if here is not None else last
        found.append(here)
    return found


def plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", re.sub(r"[(\[][^)\]]*[)\]]", " ", text.lower().replace("’", "'"))))


@pytest.mark.parametrize(
    "path",
    [
        "a04_primary_txt/1_democratic_debate.txt",
        "a04_primary_txt/8_democratic_debate.txt",
        "a07_rev2020/us_election_2020_biden_town_hall.txt",
        "a01_mytake/1992-10-15.said",
    ],
)
def test_a_real_debate_is_mostly_exchanges(path: str) -> None:
    """No gold: most of what candidates say must stand under some question, and no turn in two places."""
    turns = read(corpus(path).read_bytes()).turns
    found = exchanges.find(turns)
    roles = exchanges.roles(turns)
    placed = [at for one in found for at in (one.question, *one.lead_in, *one.answers, *one.follow_ups, *one.rebuttals)]
    assert len(placed) == len(set(placed))
    asked = [at for at, turn in enumerate(turns) if turn.label and roles[turn.label] == "candidate"]
    words = sum(len(turns[at].text) for at in asked)
    assert sum(len(turns[at].text) for at in set(asked) & set(placed)) > 0.8 * words
    assert not set(placed) & exchanges.procedure(turns)


@pytest.mark.parametrize("path", ["a18_lwv_interviews/cohen.txt", "a18_lwv_interviews/davis.txt"])
def test_an_interview_without_labels_has_none(path: str) -> None:
    assert exchanges.find(read(corpus(path).read_bytes()).turns) == []


def test_roles_of_every_debate_in_the_gold() -> None:
    """Of the labels that name one person, at least 95 % of askers and of candidates get their side right."""
    import json

    with corpus("gold/speaker_aliases.tsv").open(encoding="utf-8", newline="") as file:
        gold = {(row["file"], row["label"]): row["role"] for row in csv.DictReader(file, delimiter="\t")}
    askers = {"moderator", "panelist/questioner", "audience"}
    sides = {"moderator": "asks", "questioner": "asks", "audience": "asks", "candidate": "answers"}
    right: list[bool] = []
    for path in sorted(corpus("gold/turns").glob("*.jsonl")):
        said = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        name = path.name.removesuffix(".jsonl").replace("__", "/", 1)
        turns = [ParsedTurn(one["label"], one["text"]) for one in said if one["label"]]
        for label, role in exchanges.roles(turns).items():
            meant = gold.get((name, label))
            if meant in askers or meant == "candidate":
                right.append(sides.get(role) == ("asks" if meant in askers else "answers"))
    assert len(right) > 150
    assert sum(right) / len(right) >= 0.95
