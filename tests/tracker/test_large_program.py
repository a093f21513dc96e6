"""The largest watch page the budgets name: 50 commitments with 10 events each, 5 figures of 10 years by month."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.bench import large_program
from tests.bench.large_program import COMMITMENTS, FIGURES, SLUG
from tests.tracker.calling import site
from tests.tracker.desk import Desk, desk_on

STATEMENTS_OF_SQL = 15
HEAVIEST = 60_000
"""Bytes of the page as it travels, compressed."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home: Path = tmp_path_factory.mktemp("watched")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    with desk.database.write() as session:
        large_program.store(session)
    yield desk
    desk.database.dispose()


@pytest.mark.parametrize("path", ["", "/sheet", "/changes", "/feed.atom"])
def test_few_statements_and_little_weight(desk: Desk, path: str) -> None:
    reader, made = desk.nobody(), list[str]()
    reader.get(f"/programs/{SLUG}{path}?kept=elsewhere")
    event.listen(desk.database.reader, "before_cursor_execute", lambda *told: made.append(told[2]))
    answer = reader.get(f"/programs/{SLUG}{path}")
    assert answer.status_code == 200
    assert len([one for one in made if not one.startswith("BEGIN")]) <= STATEMENTS_OF_SQL
    assert len(gzip.compress(answer.data, 6)) <= HEAVIEST


def test_the_story_counts_what_it_leaves_out(desk: Desk) -> None:
    html = desk.nobody().get(f"/programs/{SLUG}").text
    promised = html.partition('id="step-promised"')[2].partition('id="step-decided"')[0]
    assert promised.count('href="/commitments/generated-') == 12
    assert f"{COMMITMENTS + 4 - 12} earlier lines are left out here" in promised
    assert html.count('href="/figures/generated-figure-') >= FIGURES
