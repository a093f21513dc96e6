"""A meeting of three hours and 4,000 turns, from the upload to the moment search knows it, through the real server; the site meanwhile."""

import http.client
import os
import random
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from ulid import ULID

from tests.bench.forums import PEOPLE, vocabulary
from tests.bench.report import Row, percentile
from tests.browser.conftest import serve
from tests.world import config_in
from tracker.accounts import people, sessions
from tracker.accounts.admission import COOKIE
from tracker.accounts.roles import AccountRole
from tracker.db import Database

TURNS = 4_000
MEETINGS = 5
PAUSE = 0.05
"""Seconds between two requests of the reader."""
READ = ("/forums/port-linden-mayor-2026", "/search?q=housing", "/contests/port-linden-mayor-2027/compare?by=statement")
BOUNDARY = "a-line-that-no-meeting-holds"


def run() -> Iterator[Row]:
    """The slowest of several meetings; the reader's requests while they come in, beside the same requests before."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for url in serve(home, demo=True):
            editor = _Editor(int(url.rpartition(":")[2]), _signed_in(home))
            reader = _Reader(editor.port)
            reader.read(60)
            plain, reader.times = percentile(reader.times, 0.95), []
            taken = []
            with reader:
                for seed in range(MEETINGS):
                    begun = time.perf_counter()
                    editor.bring(seed, meeting(seed))
                    taken.append((time.perf_counter() - begun) * 1000)
            load = f"load {os.getloadavg()[0]:.1f}"
            yield Row(f"upload of {TURNS:,} turns to searchable, slowest ({load})", max(taken), "ms", MEETINGS, 15_000)
            yield Row("p95 of pages meanwhile", percentile(reader.times, 0.95), "ms", len(reader.times), 200, plain)


def meeting(seed: int) -> str:
    """Short turns of two to thirty words, one in six a question: about what is said in three hours, and half as much again."""
    rng = random.Random(seed)
    words, weights = vocabulary()
    blocks = []
    for n in range(TURNS):
        asks = n % 6 == 0
        said = " ".join(rng.choices(words, weights, k=rng.randint(2, 18)))
        who = PEOPLE[0] if asks else PEOPLE[1 + n % 5]
        blocks.append(f"{who}: {said.capitalize()} {seed} {n}{'?' if asks else '.'}")
    return "\n\n".join(blocks) + "\n"


def _signed_in(home: Path) -> str:
    database = Database(config_in(home).database_url)
    with database.write() as session:
        account = people.add(session, "Bench Editor", [AccountRole.EDITOR], None)
        secret = sessions.begin(session, account, "bench")
    database.dispose()
    return secret


class _Editor:
    """Somebody who uploads, says which event it is, stores, and looks until search knows it."""

    def __init__(self, port: int, secret: str) -> None:
        self.port = port
        self.headers = {"Cookie": f"{COOKIE}={secret}", "Sec-Fetch-Site": "same-origin"}

    def bring(self, seed: int, text: str) -> None:
        """One meeting, from its bytes to search."""
        draft = self._post(
            "/desk/imports", _multipart(f"meeting-{seed}.txt", text), f"multipart/form-data; boundary={BOUNDARY}"
        )
        self._get(draft)
        event = {"title": f"Meeting {seed}", "day": "2026-02-03", "place": "Nowhere", "kind": "council_meeting"}
        self._form(f"{draft}/event", event, draft)
        self._form(f"{draft}/store", {}, draft)
        until = time.monotonic() + 120
        while "Search knows it." not in self._get(f"{draft}/progress"):
            assert time.monotonic() < until, self._get(draft)
            time.sleep(0.2)
        assert f"/forums/meeting-{seed}-2026" in self._get(f"/search?{urlencode({'q': f'forum:meeting-{seed}-2026'})}")

    def _form(self, address: str, fields: dict[str, str], draft: str) -> None:
        found = re.search(r'name="version" value="(\d+)"', self._get(f"{draft}/event"))
        assert found is not None
        body = urlencode({"form_key": str(ULID()), "version": found[1], **fields}).encode()
        self._post(address, body, "application/x-www-form-urlencoded")

    def _post(self, address: str, body: bytes, media_type: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", address, body, {**self.headers, "Content-Type": media_type})
        answer = connection.getresponse()
        told = answer.read().decode()
        connection.close()
        assert answer.status == 303, (address, answer.status, told)
        return str(answer.headers["Location"])

    def _get(self, address: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", address, headers=self.headers)
        answer = connection.getresponse()
        told = answer.read().decode()
        connection.close()
        assert answer.status == 200, (address, answer.status, told)
        return told


class _Reader:
    """Somebody who reads the site all the while, on one kept connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.times: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self.read)

    def read(self, most: int = 1_000_000) -> None:
        """Pages in turn; ms from request to last byte."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        for n in range(most):
            if self._stop.wait(PAUSE):
                break
            begun = time.perf_counter()
            connection.request("GET", READ[n % len(READ)], headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200
            self.times.append((time.perf_counter() - begun) * 1000)
        connection.close()

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def _multipart(name: str, text: str) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="form_key"\r\n\r\n{ULID()}\r\n',
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        f"Content-Type: text/plain\r\n\r\n{text}\r\n--{BOUNDARY}--\r\n",
    ]
    return "".join(parts).encode()
