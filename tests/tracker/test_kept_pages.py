"""A search page made once is given again until anything is written: then at once no more, withheld words least of all."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, update
from sqlmodel import Session, col

from tests.databases import migrated_file
from tests.tracker import heard
from tests.tracker.heard import key
from tests.world import config_in
from tracker import create_app, indexing, site
from tracker.db import Database
from tracker.kept_pages import KeptPages
from transcripts.models import Forum, Turn
from transcripts.search import outbox

SEARCH = "/search?q=lamps"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    migrated_file(tmp_path / "tracker.db")
    app = create_app(config_in(tmp_path))
    database: Database = app.extensions["database"]
    with database.write() as session:
        heard.store(session)
    indexing.reindex(database, app.extensions["search"])
    yield app
    database.dispose()


def page(app: Flask, path: str = SEARCH, **headers: str) -> str:
    return app.test_client().get(path, headers=headers).text


def test_a_page_is_made_once_for_each_address_language_and_part(app: Flask) -> None:
    asked = [
        (path, part)
        for path in (SEARCH, f"/es{SEARCH}", f"{SEARCH}&sort=newest")
        for part in ({}, {"HX-Request": "true"})
    ]
    first = [page(app, path, **part) for path, part in asked]
    ran: list[str] = []
    event.listen(app.extensions["database"].reader, "before_cursor_execute", lambda *args: ran.append(args[2]))
    assert [page(app, path, **part) for path, part in asked] == first
    assert ran == [] and len(set(first)) == len(first)


def _renamed(session: Session) -> None:
    session.execute(update(Forum).values(title_en="Town ball"))


def _withheld(session: Session) -> None:
    outbox.enqueue(session, [outbox.REBUILD, key("marsh")])


def _withdrawn(session: Session) -> None:
    session.execute(update(Turn).where(col(Turn.key) == key("marsh")).values(status="withdrawn"))


def _told(session: Session) -> None:
    site.store(session, {("publisher", ""): "The Port Linden Ledger"})


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (_renamed, "Town hall", "Town ball"),
        (_withheld, key("marsh"), ""),
        (_withdrawn, key("marsh"), ""),
        (_told, "does not say yet who publishes", "Published by The Port Linden Ledger"),
    ],
)
def test_whatever_changes_shows_at_once(app: Flask, change: Callable[[Session], None], before: str, after: str) -> None:
    assert before in page(app)
    with app.extensions["database"].write() as session:
        change(session)
    changed = page(app)
    assert before not in changed and after in changed


def test_what_comes_into_the_index_shows_at_once(app: Flask) -> None:
    engine = app.extensions["search"]
    assert key("marsh") in page(app)
    engine.delete([key("marsh")])
    engine.commit()
    assert key("marsh") not in page(app)


def test_only_so_much_is_kept_and_only_of_one_state() -> None:
    pages = KeptPages(most=100)
    for n in range(10):
        pages.put(1, (f"{n}",), b"x" * 29)
    assert pages.size == 90
    assert [n for n in range(10) if pages.get(1, (f"{n}",))] == [7, 8, 9]
    pages.put(1, ("9",), b"y" * 49)
    assert (pages.size, pages.get(1, ("9",))) == (80, b"y" * 49)
    assert pages.get(2, ("9",)) is None
    pages.put(2, ("9",), b"z")
    assert (pages.size, pages.get(1, ("9",)), pages.get(2, ("9",))) == (2, None, b"z")
