"""The desk for tests: a site, its accounts, and browsers that are signed in as one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from ulid import ULID
from werkzeug.test import TestResponse

from tests.tracker.calling import Site
from tracker import create_app
from tracker.accounts import people, sessions
from tracker.accounts.admission import COOKIE
from tracker.accounts.roles import STUDENT, AccountRole
from tracker.config import Config
from tracker.db import Database

OURS = {"Sec-Fetch-Site": "same-origin"}
PASSWORD = "a sentence nobody guesses"


@dataclass(frozen=True)
class Visitor:
    """A browser. `post` sends a form as one of our own pages does, with a fresh key unless `data` brings one."""

    client: FlaskClient

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, headers=headers)

    def post(self, path: str, data: Mapping[str, object] | None = None, **more: object) -> TestResponse:
        filled = {"form_key": str(ULID()), **(data or {})}
        return self.client.post(path, data=filled, headers=OURS, **more)


@dataclass(frozen=True)
class Desk:
    """An application and its database."""

    app: Flask
    database: Database

    def account(self, name: str, *roles: str, password: str | None = None) -> int:
        """A new account."""
        with self.database.write() as session:
            return people.add(session, name, [AccountRole(role) for role in roles], password)

    def signed_in(self, account_id: int) -> Visitor:
        """A browser signed in as this account."""
        with self.database.write() as session:
            secret = sessions.begin(session, account_id, "a test")
        visitor = self.nobody()
        visitor.client.set_cookie(COOKIE, secret, domain="localhost", secure=True)
        return visitor

    def as_(self, *roles: str) -> Visitor:
        """A browser signed in as somebody new with these roles."""
        return self.signed_in(self.account(f"Somebody {ULID()}", *roles))

    def editor(self, name: str = "Edith Editor") -> Visitor:
        """A browser signed in as an editor."""
        return self.signed_in(self.account(name, "editor"))

    def nobody(self) -> Visitor:
        """A browser without an account. The test client keeps Secure cookies for https only."""
        client = self.app.test_client()
        client.environ_base["wsgi.url_scheme"] = "https"
        return Visitor(client)


class _Compiled(BytecodeCache):
    """Templates compiled once per process, not once per application: they would take a third of such a test."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._held:
            bucket.bytecode_from_string(self._held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._held[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def desk_of(config: Config) -> Desk:
    """The desk of a site whose database has the present schema."""
    app = create_app(config)
    app.jinja_env.bytecode_cache = _COMPILED
    return Desk(app, app.extensions["database"])


def desk_on(site: Site, **settings: str) -> Desk:
    """The desk of a throw-away site."""
    told = {"TRACKER_HOME": str(site.home), "TRACKER_DATABASE_URL": site.url, **settings}
    return desk_of(Config.from_env(told))


def roles() -> Sequence[str]:
    """Every kind of visitor the table of permissions knows, nobody first."""
    return ("anyone", STUDENT, *AccountRole)
