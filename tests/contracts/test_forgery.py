"""Every unsafe route × twelve ways another site could send a form; and reading changes nothing, whoever reads."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel, select
from ulid import ULID

from tests.tracker.calling import site
from tests.tracker.desk import Desk, desk_on
from tests.tracker.test_accounts import FORGED
from tests.transcripts.records import stored
from tests.world import addresses
from tracker.accounts.models import SignIn
from tracker.accounts.roles import table
from transcripts.models import Forum, Turn

IGNORED = {"rate_count", "sign_in"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("forgery")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    stored(desk.database)
    yield desk
    desk.database.dispose()


def filled(route: str) -> str:
    return re.sub(r"<(?:(int):)?[^>]+>", lambda place: "999999" if place[1] else "01J0000000000000000000000X", route)


def rows(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Everything the database holds."""
    with desk.database.read() as session:
        return {
            name: [tuple(row) for row in session.execute(text(f'SELECT * FROM "{name}" ORDER BY 1'))]
            for name in sorted(SQLModel.metadata.tables)
            if name not in IGNORED
        }


@pytest.mark.parametrize(("headers", "status"), [case for case in FORGED if case[1] == 403])
def test_no_unsafe_route_lets_a_forged_form_in(desk: Desk, headers: dict[str, str], status: int) -> None:
    visitor = desk.as_("admin", "editor", "teacher")
    before = rows(desk)
    for route, method in table():
        if method != "GET":
            answer = visitor.client.open(
                filled(route), method=method, headers=headers, data={"form_key": str(ULID()), "why": "forged"}
            )
            assert answer.status_code == status, (route, headers)
    assert rows(desk) == before


def test_reading_every_page_changes_no_row(desk: Desk) -> None:
    visitor = desk.as_("admin", "editor", "teacher")
    with desk.database.read() as session:
        keys = session.exec(select(Turn.key).limit(2)).all()
        slug = session.exec(select(Forum.slug)).one()
        public = addresses(session)
    paths = {filled(route) for route, method in table() if method == "GET"}
    paths |= {route.replace("<slug>", slug).replace("<key>", keys[0]) for route, _ in table() if "<int" not in route}
    before = rows(desk)
    answered = 0
    for path in sorted({path for path in (*paths, *public) if "<" not in path}):
        answer = visitor.get(path)
        assert answer.status_code < 500, path
        answered += answer.status_code == 200
    assert rows(desk) == before
    assert answered > 30


def test_signing_in_is_the_only_thing_kept_of_a_visit(desk: Desk) -> None:
    """Coarse and little: a device name and two moments, nothing of what was read."""
    assert set(SignIn.model_fields) == {
        "id",
        "digest",
        "account_id",
        "device",
        "created_at",
        "seen_at",
        "expires_at",
        "ended_at",
    }
