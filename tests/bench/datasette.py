"""The whole search page among 100,000 turns beside Datasette's: the same words, two facets, each through its own server.

Datasette lives in an environment of its own (requirements/bench.txt); its limits of time are lifted, so that it gives the
whole answer and not half of one. It serves from one process, so as many of it are started as our server has workers, each
asked by its share of the clients. Readers ask twice over: each query once and never again (nothing that was made before
can be given again), and the fixed queries as often as readers repeat theirs, few very often and most seldom.
"""

import http.client
import random
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from tests.bench.report import Row, percentile
from tests.bench.search import SEED, Query, corpus, filled, queries
from tests.browser.conftest import free_port, serve
from tests.corpora import ROOT
from tests.transcripts.search.generated import World
from tests.world import config_in
from tracker import indexing
from transcripts.search.documents import Document

PROGRAM = ROOT / ".venv-bench" / "bin" / "datasette"
KINDS = ("common", "rare", "and", "or", "phrase", "prefix", "not")
"""Queries that Datasette's own search can say."""
ALONE = 210
"""Queries of one client, which asks each server in turn."""
CLIENTS = 4
WORKERS = 2
"""What `tracker serve` starts unasked, and so many Datasettes."""
SECONDS = 15.0
"""How long each server is asked by CLIENTS at once."""
MOST = 12_000
"""Queries made for that: more than either server answers meanwhile."""
WAIT_S = 60
SETTINGS = ("suggest_facets off", "sql_time_limit_ms 60000", "facet_time_limit_ms 60000")


def run() -> Iterator[Row]:
    """The 95th percentile of one client and the requests a second of several, with queries that never repeat and that do."""
    world, documents = corpus()
    never = list(islice(_distinct(documents), ALONE + ALONE // 5 + MOST))
    alone, several = never[:-MOST], never[-MOST:]
    repeated = _as_readers_repeat([query for query in queries() if query.kind in KINDS])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with _datasettes(home, documents) as theirs:
            for url in serve(home, demo=False, prepare=lambda home: _fill(home, world, documents), workers=WORKERS):
                ours = [int(url.rpartition(":")[2])]
                for how, asked in (("none repeated", alone), ("repeated", repeated[: len(alone)])):
                    mine, base = _one_client(asked, (ours[0], theirs[0]), (_ours, _theirs))
                    name = f"search page p95, beside Datasette's with 2 facets, {how}"
                    yield Row(name, percentile(mine, 0.95), "ms", len(mine), None, percentile(base, 0.95), 0.5)
                for how, asked in (("none repeated", several), ("repeated", repeated)):
                    mine_s, base_s = _many_clients(asked, ours, _ours), _many_clients(asked, theirs, _theirs)
                    name = f"search pages a second, {CLIENTS} clients, {how}"
                    yield Row(name, mine_s, "/s", CLIENTS, 5 * base_s, base_s)


def _distinct(documents: Sequence[Document]) -> Iterator[Query]:
    """Queries of every kind, none twice, of words as often as they are said: the words of turns drawn by chance."""
    rng, seen = random.Random(SEED), set()
    while True:
        said = [word for word in rng.choice(documents).text.lower().rstrip(".").split() if word.isalpha()]
        if len(said) < 3:
            continue
        at = rng.randrange(len(said) - 1)
        one, two = said[at : at + 2]
        start = one[:4]
        asked = rng.choice(
            (
                Query("word", one, f'"{one}"', "", "", ""),
                Query("and", f"{one} {two}", f'"{one}" AND "{two}"', "", "", ""),
                Query("or", f"{one} OR {two}", f'"{one}" OR "{two}"', "", "", ""),
                Query("phrase", f'"{one} {two}"', f'"{one} {two}"', "", "", ""),
                Query("prefix", f"{start}*", f'"{start}"*', "", "", ""),
                Query("not", f"{one} -{two}", f'"{one}" NOT "{two}"', "", "", ""),
            )
        )
        if asked.ours not in seen and one != two and len(one) > 3:
            seen.add(asked.ours)
            yield asked


def _as_readers_repeat(asked: Sequence[Query]) -> list[Query]:
    """MOST queries out of a list: the second half as often as the first, the third a third as often, and so on."""
    rng = random.Random(SEED)
    shuffled = rng.sample(asked, len(asked))
    return rng.choices(shuffled, [1 / place for place in range(1, len(shuffled) + 1)], k=MOST)


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
def _datasettes(home: Path, documents: Sequence[Document]) -> Iterator[list[int]]:
    """Datasettes on a table of the same turns with its full-text index; the ports they answer on."""
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
    ports = [free_port() for _ in range(WORKERS)]
    settings = [part for setting in SETTINGS for part in ("--setting", *setting.split())]
    with ExitStack() as started:
        for port in ports:
            command = [str(PROGRAM), "serve", str(file), "--port", str(port), *settings]
            server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            started.enter_context(server)
            started.callback(server.terminate)
            _await(port, server)
        yield ports


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
    """ms from request to last byte, each on a connection kept open, after a sixth of the queries to warm up."""
    connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=120) for port in ports]
    times: list[list[float]] = [[] for _ in ports]
    for number, query in enumerate(asked, -(len(asked) - ALONE)):
        for connection, page, took in zip(connections, pages, times, strict=True):
            begun = time.perf_counter()
            _get(connection, page(query))
            if number >= 0:
                took.append((time.perf_counter() - begun) * 1000)
    for connection in connections:
        connection.close()
    return times


def _many_clients(asked: Sequence[Query], ports: Sequence[int], page: Page) -> float:
    """Pages a second while CLIENTS, shared out among the ports, each ask for the next query there is, for SECONDS."""
    waiting, until, counts = iter(asked), time.monotonic() + SECONDS, [0] * CLIENTS

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", ports[number % len(ports)], timeout=120)
        for query in waiting:
            _get(connection, page(query))
            counts[number] += 1
            if time.monotonic() > until:
                break
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
