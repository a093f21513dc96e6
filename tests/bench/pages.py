"""Pages through the real server: a forum of 300 turns, a search among 12,000, a comparison; one client, warm.

Searches and comparisons are kept until anything is written; `{n}` in an address makes it another each time, which is made anew,
what the first reader after a change waits; of the comparison that figure has no budget.
"""

import http.client
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import large_program, large_race
from tests.bench.forums import forum_text
from tests.bench.importing import stored_forum
from tests.bench.report import Row, percentile
from tests.browser.conftest import serve
from tests.world import config_in
from tracker import indexing
from tracker.db import Database
from transcripts import importing

REQUESTS = 300
FORUMS, TURNS = 40, 300
BASELINE = "/about"
PAGES: dict[str, float | None] = {
    "/forums/generated-forum-0-2020": 40.0,
    "/search?q=housing": 40.0,
    "/contests/port-linden-mayor-2027/compare?by=statement": 30.0,
    "/contests/port-linden-mayor-2027/compare?by=question": 30.0,
    "/contests/port-linden-mayor-2027/compare?by=topic": 30.0,
    f"/contests/{large_race.SLUG}/compare?by=statement": 120.0,
    f"/contests/{large_race.SLUG}/compare?by=statement&made={{n}}": None,
    f"/programs/{large_program.SLUG}": 100.0,
    f"/programs/{large_program.SLUG}?made={{n}}": 100.0,
}


def run() -> Iterator[Row]:
    """The 95th percentile of each page beside that of a page that asks nothing of the record."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for url in serve(home, demo=True, prepare=_fill):
            port = int(url.rpartition(":")[2])
            plain = percentile(_times(port, BASELINE), 0.95)
            for path, budget in PAGES.items():
                yield Row(f"p95 {path}", percentile(_times(port, path), 0.95), "ms", REQUESTS, budget, plain)


def _fill(home: Path) -> None:
    """Generated forums beside the demo world."""
    config = config_in(home)
    database = Database(config.database_url)
    for seed in range(FORUMS):
        with database.write() as session:
            stored_forum(session, seed, importing.receive(forum_text(seed, TURNS).encode(), f"{seed}.txt"))
    with database.write() as session:
        large_race.store(session)
        large_program.store(session)
    assert indexing.catch_up(database, config, 600)
    database.dispose()


def _times(port: int, path: str) -> list[float]:
    """ms from request to last byte, on one kept connection, after as many warm-up requests as there are server threads."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times = []
    for n in range(-20, REQUESTS):
        begun = time.perf_counter()
        connection.request("GET", path.format(n=n), headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, (path, answer.status)
        if n >= 0:
            times.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return times
