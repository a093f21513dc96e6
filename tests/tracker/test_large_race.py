"""The largest comparison the budgets name, 20 candidates and 60 statements: statements of SQL, weight, and nobody missing."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.bench import large_race
from tests.bench.large_race import CANDIDATES, SLUG, STATEMENTS
from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.desk import Desk, desk_on

STATEMENTS_OF_SQL = 12
HEAVIEST = 200_000
"""Bytes of the page as it travels, compressed."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home: Path = tmp_path_factory.mktemp("large")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    load_text(desk.database)
    with desk.database.write() as session:
        large_race.store(session)
    yield desk
    desk.database.dispose()


@pytest.mark.parametrize("asked", ["", "&differ=1", "&only=generated-candidate-3,generated-candidate-9"])
def test_few_statements_and_little_weight(desk: Desk, asked: str) -> None:
    reader, made = desk.nobody(), list[str]()
    path = f"/contests/{SLUG}/compare?by=statement&order=alphabetical"
    reader.get(f"{path}{asked}&kept=elsewhere")
    event.listen(desk.database.reader, "before_cursor_execute", lambda *told: made.append(told[2]))
    answer = reader.get(f"{path}{asked}")
    assert answer.status_code == 200
    assert len([one for one in made if not one.startswith("BEGIN")]) <= STATEMENTS_OF_SQL
    assert len(gzip.compress(answer.data, 6)) <= HEAVIEST


def test_everybody_stands_in_every_row(desk: Desk) -> None:
    html = desk.nobody().get(f"/contests/{SLUG}/compare?order=alphabetical").text
    rows = html.partition("<tbody")[2].split('<tr role="row"')[1:]
    assert len(rows) == STATEMENTS
    for row in rows:
        assert all(f"Candidate Number {n + 1}" in row for n in range(CANDIDATES))
