"""Whole answers kept for whoever asks for the same address next, until anything is written. One store for each process.

Only for pages that are the same for every reader: nothing private. What a clock changes is kept while the clock changes nothing: a day
begins somewhere at every quarter of an hour, and nowhere in between.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from flask import Flask, current_app, request

from tracker.config import Config
from tracker.rendering import wants_fragment

MOST_BYTES = 32_000_000
"""Of addresses and pages together; those not asked for the longest go first."""
QUARTER_HOUR_S = 15 * 60


class KeptPages:
    """Pages of one state of the site by what was asked for; none of another state is ever held."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._lock = Lock()
        self._state: Hashable = None
        self._pages: OrderedDict[tuple[str, ...], bytes] = OrderedDict()
        self.size = 0

    def get(self, state: Hashable, asked: tuple[str, ...]) -> bytes | None:
        """The page as it was made in this very state."""
        with self._lock:
            if state != self._state or asked not in self._pages:
                return None
            self._pages.move_to_end(asked)
            return self._pages[asked]

    def put(self, state: Hashable, asked: tuple[str, ...], page: bytes) -> None:
        """Keep a page made in a state, and let go of those of any other."""
        with self._lock:
            if state != self._state:
                self._pages.clear()
                self._state, self.size = state, 0
            self.size += _weight(asked, page) - _weight(asked, self._pages.pop(asked, b""))
            self._pages[asked] = page
            while self.size > self._most:
                self.size -= _weight(*self._pages.popitem(last=False))


def _weight(asked: tuple[str, ...], page: bytes) -> int:
    return sum(map(len, asked)) + len(page) if page else 0


@dataclass(frozen=True)
class Place:
    """Where the page of the present request is kept, and what was there when it came in."""

    pages: KeptPages
    state: Hashable
    asked: tuple[str, ...]
    page: bytes | None

    def keep(self, page: bytes) -> None:
        self.pages.put(self.state, self.asked, page)


def place(generation: Hashable) -> Place:
    """The place of this request while the database and the search indexes (`generation`) are as they are now.

    Taken before anything is read: what is kept there can be newer than its state, never older.
    """
    return _place("kept_pages", generation)


def place_for_the_day(at: datetime) -> Place:
    """The place of this request while the database is as it is now and no day has begun anywhere since `at`, the moment it is made for."""
    return _place("kept_for_the_day", int(at.timestamp()) // QUARTER_HOUR_S)


def _place(store: str, turns_with: Hashable) -> Place:
    pages: KeptPages = current_app.extensions[store]
    state = current_app.extensions["database"].stamp(), turns_with
    asked = request.script_root, request.full_path, "part" if wants_fragment() else "whole"
    return Place(pages, state, asked, pages.get(state, asked))


def init_app(app: Flask, _config: Config) -> None:
    """Give the application its stores: of pages, of pages that turn with the day, and of files that no search index has a part in."""
    app.extensions["kept_pages"] = KeptPages()
    app.extensions["kept_for_the_day"] = KeptPages()
    app.extensions["kept_files"] = KeptPages()
