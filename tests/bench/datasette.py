"""The whole search page among 100,000 turns beside Datasette's: the same words, two facets, each through its own server.

Datasette lives in an environment of its own (requirements/bench.txt); its limits of time are lifted, so that it gives the
whole answer and not half of one. Requests take turns between the two, so that a busy machine is busy for both.
"""

import http.client
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from tests.bench.report import Row, percentile
from tests.bench.search import SEED, TURNS, Query, filled, queries
from tests.browser.conftest import free_port, serve
from tests.corpora import ROOT
from tests.transcripts.search.generated import World
from tests.world import config_in
from tracker import indexing
from transcripts.search.documents import Document

PROGRAM = ROOT / ".venv-bench" / "bin" / "datasette"
KINDS = ("common", "rare", "and", "or", "phrase", "prefix", "not")
"""Queries that Datasette's own search can say."""
REQUESTS = 210
CLIENTS = 4
WORKERS = 2
"""What `tracker serve` starts unasked; Datasette runs its statements in threads of one process."""
SECONDS = 15.0
"""How long each server is asked by CLIENTS at once."""
WAIT_S = 60
SETTINGS = ("suggest_facets off", "sql_time_limit_ms 60000", "facet_time_limit_ms 60000")


def run() -> Iterator[Row]:
    """The 95th percentile of one client and the requests a second of several."""
    world = World(SEED)
    documents = list(world.turns(TURNS))
    asked = [query for query in queries() if query.kind in KINDS]
    asked = (asked * -(-REQUESTS // len(asked)))[:REQUESTS]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with _datasette(home, documents) as theirs:
            for url in serve(home, demo=False, prepare=lambda home: _fill(home, world, documents), workers=WORKERS):
                ports = (int(url.rpartition(":")[2]), theirs)
                pages = (_ours, _theirs)
                mine, base = _one_client(asked, ports, pages)
                p95 = percentile(base, 0.95)
                yield Row(
                    "search page p95, beside Datasette's with 2 facets",
                    percentile(mine, 0.95),
                    "ms",
                    len(mine),
                    None,
                    p95,
                    0.5,
                )
                each = [_many_clients(asked, port, page) for port, page in zip(ports, pages, strict=True)]
                yield Row(f"search pages a second, {CLIENTS} clients", each[0], "/s", CLIENTS, 5 * each[1], each[1])


def _ours(query: Query) -> str:
    return "/search?" + urlencode({"q": query.ours})


def _theirs(query: Query) -> str:
    given = [
        ("_search", query.match),
        ("_searchmode", "raw"),
        ("_facet", "speaker"),
        ("_facet", "forum"),
        ("_size", "20"),
    ]
    return "/turns/spoken?" + urlencode(given)


def _fill(home: Path, world: World, documents: Sequence[Document]) -> None:
    database = filled(home, world, documents)
    indexing.reindex(database, indexing.open_engine(config_in(home)))
    database.dispose()


@contextmanager
def _datasette(home: Path, documents: Sequence[Document]) -> Iterator[int]:
    """Datasette on a table of the same turns with its full-text index; the port it answers on."""
    file = home / "turns.db"
    connection = sqlite3.connect(file)
    connection.executescript(
        "CREATE TABLE spoken (id INTEGER PRIMARY KEY, key TEXT, speaker TEXT, forum TEXT, day TEXT, text TEXT);"
        "CREATE VIRTUAL TABLE spoken_fts USING fts5(text, content='spoken', content_rowid='id',"
        " tokenize='porter unicode61 remove_diacritics 2');"
    )
    rows = ((one.key, one.speaker or one.speaker_name, one.forum, one.date.isoformat(), one.text) for one in documents)
    connection.executemany("INSERT INTO spoken (key, speaker, forum, day, text) VALUES (?, ?, ?, ?, ?)", rows)
    connection.executescript(
        "INSERT INTO spoken_fts (spoken_fts) VALUES ('rebuild');"
        "CREATE INDEX by_speaker ON spoken (speaker); CREATE INDEX by_forum ON spoken (forum);"
    )
    connection.commit()
    connection.close()
    port = free_port()
    settings = [part for setting in SETTINGS for part in ("--setting", *setting.split())]
    command = [str(PROGRAM), "serve", str(file), "--port", str(port), *settings]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(port, server)
            yield port
        finally:
            server.terminate()


def _await(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + WAIT_S
    while True:
        try:
            urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
            return
        except OSError:
            assert server.poll() is None and time.monotonic() < until, "Datasette did not start"
            time.sleep(0.1)


Page = Callable[[Query], str]


def _one_client(asked: Sequence[Query], ports: Sequence[int], pages: Sequence[Page]) -> list[list[float]]:
    """ms from request to last byte, each on a connection kept open, after a fifth of the queries once."""
    connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=120) for port in ports]
    times: list[list[float]] = [[] for _ in ports]
    warm = len(asked) // 5
    for number, query in enumerate((*asked[:: len(asked) // warm][:warm], *asked), -warm):
        for connection, page, took in zip(connections, pages, times, strict=True):
            begun = time.perf_counter()
            _get(connection, page(query))
            if number >= 0:
                took.append((time.perf_counter() - begun) * 1000)
    for connection in connections:
        connection.close()
    return times


def _many_clients(asked: Sequence[Query], port: int, page: Page) -> float:
    """Pages a second while CLIENTS ask one after the other for SECONDS."""
    until, counts = time.monotonic() + SECONDS, [0] * CLIENTS

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        at = number * len(asked) // CLIENTS
        while time.monotonic() < until:
            _get(connection, page(asked[at % len(asked)]))
            counts[number] += 1
            at += 1
        connection.close()

    begun = time.monotonic()
    clients = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    return sum(counts) / (time.monotonic() - begun)


def _get(connection: http.client.HTTPConnection, path: str) -> None:
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, (path, answer.status)
