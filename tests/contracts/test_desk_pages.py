"""Every page of the desk: links lead to it, it answers in both languages, and it asks as much of the database however much there is."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from tests.tracker import busy
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tracker.accounts.roles import table

STATEMENTS = 40
"""The most statements any page of the desk may make."""
BY_SCRIPT = {"/desk/imports/<key>/progress"}
"""What a page asks for by itself, without a link."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("busy")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    yield desk
    desk.database.dispose()


@pytest.fixture(scope="module")
def boss(desk: Desk) -> Visitor:
    boss = busy.begin(desk)
    for n in range(2):
        busy.add(desk, boss, n)
    return boss


@pytest.fixture(scope="module")
def pages(desk: Desk, boss: Visitor) -> dict[str, list[str]]:
    return busy.pages(desk, boss)


def test_links_lead_to_every_room(pages: dict[str, list[str]]) -> None:
    kept = {
        route
        for (route, method), admitted in table().items()
        if method == "GET" and not admitted.public and not admitted.seated
    }
    assert kept - set(pages) - BY_SCRIPT == set()


def test_every_room_answers_in_spanish(boss: Visitor, pages: dict[str, list[str]]) -> None:
    for path, *_ in pages.values():
        answer = boss.get(f"/es{path}")
        assert answer.status_code == 200, path
        if answer.mimetype == "text/html":
            assert answer.text.count("<h1") == 1 and '<html lang="es">' in answer.text, path


def test_a_room_asks_as_much_however_much_is_in_it(desk: Desk, boss: Visitor, pages: dict[str, list[str]]) -> None:
    made: list[str] = []
    event.listen(desk.database.reader, "before_cursor_execute", lambda c, k, statement, p, x, m: made.append(statement))

    def asked() -> dict[str, int]:
        counted = {}
        boss.get("/about")  # the first page after a write reads again what the site says of itself
        for path, *_ in pages.values():
            made.clear()
            assert boss.get(path).status_code == 200
            counted[path] = len(made)
        return counted

    few = asked()
    busy.add(desk, boss, 2)
    many = asked()
    grown = {path: (few[path], n) for path, n in many.items() if n != few[path] or n > STATEMENTS}
    assert not grown
