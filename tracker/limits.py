"""Rate limits that hold across workers and restarts: flask-limiter over a table of the app's own database."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits.storage import Storage
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from tracker.config import Config
from tracker.telling import links
from transcripts.models import now

if TYPE_CHECKING:
    from tracker.db import Database

COUNT = text(
    "INSERT INTO rate_count (key, count, resets_at) VALUES (:key, :amount, :until) ON CONFLICT (key) DO UPDATE SET"
    " count = CASE WHEN rate_count.resets_at <= :now THEN excluded.count ELSE rate_count.count + excluded.count END,"
    " resets_at = CASE WHEN rate_count.resets_at <= :now THEN excluded.resets_at ELSE rate_count.resets_at END"
    " RETURNING count"
)


class TableStorage(Storage):
    """Fixed windows in the table `rate_count`. One statement counts and answers, so no two workers count the same."""

    STORAGE_SCHEME = ["tracker"]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self.database: Database = options["database"]

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        now = time.time()
        told = {"key": key[:200], "amount": amount, "until": now + expiry, "now": now}
        with self.database.write() as session:
            counted: int = session.execute(COUNT, told).scalar_one()
            return counted

    def get(self, key: str) -> int:
        return int(self._row(key)[0])

    def get_expiry(self, key: str) -> float:
        return float(self._row(key)[1])

    def check(self) -> bool:
        with self.database.read() as session:
            session.execute(text("SELECT 1 FROM rate_count LIMIT 1"))
        return True

    def reset(self) -> int | None:
        with self.database.write() as session:
            gone = session.execute(text("DELETE FROM rate_count RETURNING key")).all()
        return len(gone)

    def clear(self, key: str) -> None:
        with self.database.write() as session:
            session.execute(text("DELETE FROM rate_count WHERE key = :key"), {"key": key[:200]})

    def _row(self, key: str) -> tuple[int, float]:
        asked = text("SELECT count, resets_at FROM rate_count WHERE key = :key AND resets_at > :now")
        with self.database.read() as session:
            row = session.execute(asked, {"key": key[:200], "now": time.time()}).first()
        return (int(row[0]), float(row[1])) if row else (0, 0.0)


def client() -> str:
    """Who is counted: the address the request came from (behind a proxy: TRACKER_PROXIES says how many to believe)."""
    return request.remote_addr or "nowhere"


def unnamed() -> str:
    """Who is counted where no address is kept: today's seal of the address, which nobody can read back and the worker sweeps."""
    config: Config = current_app.config["TRACKER"]
    return links.sealed(links.key(config), f"{now().date()} {client()}")


limiter = Limiter(key_func=client, strategy="fixed-window", headers_enabled=True)


View = TypeVar("View", bound=Callable[..., Any])


def limited(
    rule: str, key: Callable[[], str] = client, again: Callable[[], Response] | None = None
) -> Callable[[View], View]:
    """A decorator for unsafe routes: at most so many, such as “10 per hour”, for each `key`.

    `again` makes the answer to one too many, so that what was typed is not lost.
    """
    told: Any = (lambda _: again()) if again else None
    return cast("Callable[[View], View]", limiter.limit(rule, key_func=key, methods=["POST"], on_breach=told))


def guesses_limited(rule: str, key: Callable[[], str] = unnamed) -> Callable[[View], View]:
    """A decorator for what stands behind a short code: at most so many codes that open nothing, for each `key`."""
    counted: Any = limiter.limit(rule, key_func=key, deduct_when=lambda answer: answer.status_code == 404)
    return cast("Callable[[View], View]", counted)


def init_app(app: Flask, _config: Config) -> None:
    """Hang the limits on the application and its database."""
    app.config["RATELIMIT_STORAGE_URI"] = "tracker://"
    app.config["RATELIMIT_STORAGE_OPTIONS"] = {"database": app.extensions["database"]}
    limiter.init_app(app)
