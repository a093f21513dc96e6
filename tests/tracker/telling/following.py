"""Somebody who follows a search, a record that changes, and rounds of the worker, for tests."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qsl

from sqlmodel import select
from werkzeug.datastructures import MultiDict

from tracker.config import Config
from tracker.db import Database
from tracker.telling import hearing, queue, searches, sending, subscribing
from tracker.telling.models import Subscription
from tracker.telling.posting import Post
from tracker.telling.sending import Round
from transcripts.search import outbox

KEY = "k" * 40
SITE = "https://said.example"
MORNING = datetime(2026, 9, 9, 15, 30, tzinfo=UTC)
"""A Wednesday, 11:30 in New York."""


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    at: datetime = MORNING

    def __call__(self) -> datetime:
        return self.at

    def on(self, **later: float) -> None:
        self.at += timedelta(**later)


def config_of(home: Path, database: Database, **settings: str) -> Config:
    told = {
        "TRACKER_HOME": str(home),
        "TRACKER_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "TRACKER_SITE_URL": SITE,
        "TRACKER_SECRET_KEY": KEY,
        "TRACKER_ZONE": "America/New_York",
    }
    return Config.from_env(told | settings)


@dataclass
class Kept:
    """A mail server of the test's own: keeps what it takes, fails as it is told."""

    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    troubles: dict[str, Exception] = field(default_factory=dict)

    def send(self, to: str, message: EmailMessage) -> None:
        if trouble := self.troubles.get(to) or self.troubles.get("*"):
            raise trouble
        self.letters.append((to, message))

    def close(self) -> None:
        """Nothing is held."""


def parameters(address: str) -> str:
    """A search as it is kept, from what an address says."""
    return searches.parameters(MultiDict(parse_qsl(address)))


def ask(
    database: Database, address: str, search: str, frequency: str = "once", lang: str = "en", clock: Clock | None = None
) -> None:
    """The form was sent."""
    with database.write() as session:
        subscribing.ask(session, address, parameters(search), frequency, lang, "said.example", clock or Clock())


def follow(
    database: Database,
    search: str,
    address: str = "ada@example.org",
    frequency: str = "once",
    lang: str = "en",
    clock: Clock | None = None,
) -> None:
    """The form was sent and the link followed; what is found already is in the ledger."""
    ask(database, address, search, frequency, lang, clock)
    with database.write() as session:
        for one in session.exec(select(Subscription).where(Subscription.state == "asked")):
            subscribing.confirm(session, one.ref, "America/New_York", clock or Clock())
    hear(database)


def hear(database: Database) -> None:
    """What waits in the outbox is taken off it as the index does, and heard."""
    with database.write() as session:
        batch = outbox.next_batch(session, 10_000)
        outbox.done(session, batch)
        queue.forward(session, batch.keys)
    while hearing.carry_out(database):
        pass


def told(database: Database, config: Config, post: Post, clock: Clock | None = None) -> Round:
    """Heard, composed and sent."""
    hear(database)
    return sending.send(database, config, post, clock or Clock())


def news(letters: Sequence[tuple[str, EmailMessage]]) -> list[EmailMessage]:
    """The letters that tell something, without those that ask for confirmation."""
    return [one for _, one in letters if one["Subject"][0].isdigit()]


def text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def link(message: EmailMessage, purpose: str) -> str:
    """The path of a link in a letter."""
    found = re.search(rf"{SITE}((?:/es)?/follow/{purpose}/[\w-]+)", text(message))
    assert found is not None
    return found[1]


def parsed(data: bytes) -> EmailMessage:
    """A letter as a mail program reads it."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
