"""A greedy shared cache in front of the site, five visitors taking turns: nobody ever gets a byte made for another.

The cache keeps whatever it is not forbidden to keep (RFC 9111 section 3: `no-store`, `private`, Set-Cookie), answers again
without asking, as caches told to keep everything do, and tells requests apart only by address and by what `Vary` names.
"""

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from sqlmodel import select
from werkzeug.test import TestResponse

from tests.contracts.test_forgery import filled
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.transcripts.records import stored
from tests.world import addresses
from tracker.accounts.roles import table
from transcripts.models import Forum, Turn

PART = {"HX-Request": "true"}
NAMES = ("Quilla Canary", "Ostrich Canary", "Wren Canary", "Heron Canary")
DECEPTIVE = ("/account/x.css", "/account/x.js", "/desk/x.css", "/desk/team/x.png", "/account%2Fx.css", "/desk;x.css")


class SharedCache:
    """Answers from memory wherever the first answer to an address allowed it."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, tuple[str | None, ...]], tuple[str, str]] = {}
        self.vary: dict[str, tuple[str, ...]] = {}
        self.hits = 0

    def get(self, visitor: Visitor, path: str, headers: Mapping[str, str]) -> tuple[str, str]:
        """Body and media type."""
        key = (path, tuple(headers.get(name) for name in self.vary.get(path, ())))
        if path in self.vary and key in self.kept:
            self.hits += 1
            return self.kept[key]
        answer = visitor.get(path, **headers)
        assert answer.status_code < 500, path
        if may_keep(answer):
            self.vary[path] = tuple(sorted(answer.vary))
            assert "*" not in self.vary[path]
            self.kept[path, tuple(headers.get(name) for name in self.vary[path])] = answer.text, answer.mimetype
        return answer.text, answer.mimetype


def may_keep(answer: TestResponse) -> bool:
    told = answer.cache_control
    return answer.status_code in (200, 301, 404) and not (
        told.no_store or told.private or "Set-Cookie" in answer.headers
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("cache")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    stored(desk.database)
    yield desk
    desk.database.dispose()


def paths(desk: Desk) -> list[str]:
    """Every address that can be read: public pages as they are linked, every route of the table, and traps."""
    with desk.database.read() as session:
        key = session.exec(select(Turn.key).where(Turn.status == "current")).first()
        slug = session.exec(select(Forum.slug)).one()
        public = addresses(session)
    routes = [route for route, method in table() if method == "GET"]
    real = [route.replace("<slug>", slug).replace("<key>", str(key)) for route in routes]
    every = {*public, *real, *(filled(route) for route in routes), *DECEPTIVE}
    return sorted(path for path in every if "<" not in path)


def test_a_shared_cache_never_hands_a_visitor_what_was_made_for_another(desk: Desk) -> None:
    roles = (("admin",), ("editor",), ("editor", "admin"), ("teacher",))
    visitors: list[tuple[str | None, Visitor]] = [
        (name, desk.signed_in(desk.account(name, *held))) for name, held in zip(NAMES, roles, strict=True)
    ]
    visitors.append((None, desk.nobody()))
    cache = SharedCache()
    named = 0
    for n, path in enumerate(paths(desk)):
        turn = n % len(visitors)  # each address is first asked for by somebody else
        asked = ({}, PART) if n % 2 else (PART, {})
        for (name, visitor), headers in product((*visitors[turn:], *visitors[:turn]), asked):
            body, media = cache.get(visitor, path, headers)
            named += name is not None and name in body
            if not path.startswith("/desk/team"):  # an administrator's list of the team names everybody
                assert not [other for other in NAMES if other != name and other in body], (path, name)
            if headers != PART and media == "text/html":
                assert body.lstrip().lower().startswith("<!doctype"), f"{path}: a part was served as a page"
    assert named > 50, "signed-in visitors do see their own names"
    assert cache.hits > 100, "the cache did answer"
    for (path, _), (body, _) in cache.kept.items():
        if path.endswith("/patterns"):  # shows what a form looks like, and its key is no key
            continue
        for secret in ('name="form_key"', 'name="secret"', *NAMES):
            assert secret not in body, path


def test_what_anybody_may_read_is_asked_for_again(desk: Desk) -> None:
    """So that withheld words and corrections reach a reader at the next request, whatever stands between."""
    reader = desk.nobody()
    with desk.database.read() as session:
        public = addresses(session)
    for path in public:
        answer = reader.get(path)
        assert answer.cache_control.no_cache or answer.cache_control.no_store, path
