"""A city's published guide of 18 questions: its answers arrive through the documented files and compare as an independent count does."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from positions import auditing
from positions.auditing import Grid
from positions.comparison import Comparison
from positions.load_document import read_document
from positions.loading import load
from positions.option_loading import load_matrix, place
from positions.option_matrix import read_answers, read_questions
from positions.pairs import pairs
from positions.queries import contests
from tests.corpora import corpus
from tests.databases import migrated_file
from tests.positions.town import bring
from tracker.db import Database

pytestmark = pytest.mark.corpora


@pytest.fixture(scope="module")
def folder() -> Path:
    return corpus("d02_nyc_mayor")


@pytest.fixture(scope="module")
def guide(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The guide in a database, brought by the files as its publisher keeps them."""
    database = Database(migrated_file(tmp_path_factory.mktemp("nyc") / "tracker.db"))
    names = [one["name"] for one in json.loads((folder / "thecity_candidate-list.json").read_text())]
    with database.write() as session:
        load(session, *read_document(json.dumps(_race(names)).encode()), bring)
        asked = read_questions((folder / "thecity_question-content.json").read_bytes())
        answered = read_answers((folder / "thecity_candidate-content.json").read_bytes(), asked)
        tally = load_matrix(session, place(session, "nyc-mayor", "guide", "government"), asked, answered)
        assert (tally.added["statements"], tally.added["positions"]) == (18, 216)
    with database.read() as session:
        yield session
    database.dispose()


@pytest.fixture(scope="module")
def compared(guide: Session) -> Comparison:
    return contests.comparison_of(guide, "nyc-mayor", "statement", "alphabetical", date(2025, 6, 1))


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(corpus("gold/nyc_mayor.json").read_text())["thecity"]
    return found


def _race(names: list[str]) -> dict[str, Any]:
    slugs = {name: name.lower().replace(" ", "-") for name in names}
    text = {"en": "Mayor", "es": "Alcaldía"}
    return {
        "people": [{"slug": slug, "name": name, "sort_name": name} for name, slug in slugs.items()],
        "forums": [
            {"slug": "guide", "title": text, "kind": "questionnaire", "date": "2025-05-01", "zone": "America/New_York"}
        ],
        "contests": [
            {
                "slug": "nyc-mayor",
                "title": text,
                "office": text,
                "place": "New York",
                "zone": "America/New_York",
                "election_date": "2025-06-24",
                "forums": ["guide"],
                "candidacies": [{"person": slug} for slug in slugs.values()],
            }
        ],
    }


def test_the_matrix_is_the_one_that_was_counted(compared: Comparison, gold: dict[str, Any]) -> None:
    matrix: dict[str, dict[str, str]] = {one.name: {} for one in compared.candidates}
    for row in compared.rows:
        for cell in row.cells:
            matrix[cell.candidate.name][row.key.removeprefix("nyc-mayor-q")] = cell.choice or "0"
            assert (cell.code == "own_answer") == (cell.choice is None)
            assert cell.evidence and (cell.option is None or cell.label(str, "en") == cell.option.en)
    assert matrix == gold["matrix"]


def test_the_closest_and_the_furthest_pairs_are_those_of_the_count(compared: Comparison, gold: dict[str, Any]) -> None:
    found = pairs(compared)
    assert len(found) == 66
    counted = {frozenset((pair.one.name, pair.other.name)): pair.alike for pair in found}
    in_order = sorted(counted.values())
    for told, held in ((gold["most_alike"], in_order[-4:]), (gold["least_alike"], in_order[:4])):
        assert [n for n, *_ in told] == held
        assert {frozenset(names): n for n, *names in told} == {
            frozenset(names): counted[frozenset(names)] for _, *names in told
        }
    (most,) = (pair for pair in found if pair.alike == 16)
    assert {pair.both for pair in found if "Adams" not in f"{pair.one.name}{pair.other.name}"} <= {16, 18}
    assert (most, found[0].both) == (found[0], 18)


def test_random_voters_and_names_that_are_exchanged(compared: Comparison) -> None:
    grid = auditing.grid(compared)
    assert (len(grid.numbers), grid.statements, grid.scale.statements) == (12, 18, 0)
    found = auditing.bots(grid, "binary", 10_000, 1)
    assert sum(one.low for one in found) == pytest.approx(1) and sum(one.high for one in found) == pytest.approx(1)
    order = random.Random(7).sample(range(12), 12)
    mixed = Grid(grid.candidates, tuple(grid.numbers[n] for n in order), grid.keys)
    for voters in (500,):
        plain, turned = (auditing.bots(one, "binary", voters, 3) for one in (grid, mixed))
        assert [replace(plain[n], candidate=one.candidate) for n, one in zip(order, turned, strict=True)] == list(
            turned
        )


def test_the_same_answers_get_the_same_share(compared: Comparison) -> None:
    grid = auditing.grid(compared)
    twins = replace(grid, numbers=(grid.numbers[0], grid.numbers[0], *grid.numbers[2:]))
    one, other, *_ = auditing.bots(twins, "binary", 500, 5)
    assert (one.alone, one.low, one.high) == (other.alone, pytest.approx(other.low), pytest.approx(other.high))
    assert one.alone == 0


def test_nobody_gains_by_having_said_less(compared: Comparison) -> None:
    grid = auditing.grid(compared)
    for one in auditing.silence(grid, 300, 2):
        assert one.gained == 0 and one.low_after < one.low_before and one.blanked >= 11
    silent: tuple[None, ...] = (None,) * grid.statements
    quiet = replace(grid, numbers=(silent, *grid.numbers[1:]))
    first = auditing.bots(quiet, "binary", 500, 2)[0]
    assert (first.alone, first.low) == (0, 0)
