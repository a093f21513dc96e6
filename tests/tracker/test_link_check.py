"""Addresses are asked for politely, once a week, and never inside a network: a real server, behind a resolver and a way of our own."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from sqlmodel import Session

from positions.entries import KINDS
from positions.followthrough.models.documents import LinkCheck
from positions.followthrough.queries import links
from tests.tracker.calling import site
from tracker import link_check
from tracker.db import Database
from tracker.link_check import Answer, Asker, is_public

PUBLIC = "93.184.216.34"
START = datetime(2026, 3, 3, 12, tzinfo=UTC)


class Server(ThreadingHTTPServer):
    """A server on a free port that keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []


class Handler(BaseHTTPRequestHandler):
    """Answers by its path."""

    server: Server

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""

    def _answer(self) -> None:
        self.server.asked.append(f"{self.command} {self.headers['Host']}{self.path} {self.headers['User-Agent']}")
        what = self.path.strip("/").split("/")[0]
        if what in ("to", "round"):
            self.send_response(302)
            self.send_header("Location", unquote(self.path).removeprefix("/to/").replace("|", "/"))
        elif what == "no-head" and self.command == "HEAD":
            self.send_response(405)
        else:
            self.send_response(int(what) if what.isdigit() else 200)
        self.send_header("Content-Length", "0" if self.command == "HEAD" or what != "large" else str(10**9))
        self.end_headers()
        if self.command == "GET" and what == "large":
            try:
                for _ in range(200):
                    self.wfile.write(b"x" * 10_000)
            except OSError:
                self.server.asked.append("broken off")

    do_HEAD = do_GET = _answer


@dataclass
class Network:
    """Names, what they resolve to, and a server behind every public address; `reached` are the addresses that were connected to."""

    port: int
    names: dict[str, list[str]]
    reached: list[tuple[str, int]] = field(default_factory=list)

    def resolve(self, host: str) -> list[str]:
        if host in self.names:
            return self.names[host]
        if host.replace(".", "").isdigit() or ":" in host or host.startswith("0x"):
            return list(link_check.resolve(host))  # the system reads decimal, octal and hexadecimal addresses
        raise OSError("no such host")

    def connect(self, address: str, port: int) -> socket.socket:
        self.reached.append((address, port))
        return socket.create_connection(("127.0.0.1", self.port), 5)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def network(server: Server) -> Network:
    names = {"town.example": [PUBLIC], "inside.example": ["10.0.0.5"], "both.example": [PUBLIC, "127.0.0.1"]}
    return Network(server.server_address[1], names)


@pytest.fixture
def asker(network: Network) -> Asker:
    return Asker("SaidAndDone link check (+https://said.example)", network.resolve, network.connect)


def test_it_asks_for_the_head_and_says_who_asks(asker: Asker, server: Server, network: Network) -> None:
    assert asker.ask("http://town.example/minutes?of=may") == Answer(200)
    assert server.asked == ["HEAD town.example/minutes?of=may SaidAndDone link check (+https://said.example)"]
    assert network.reached == [(PUBLIC, 80)]


def test_it_asks_again_with_get_where_the_head_is_not_understood_and_reads_little(asker: Asker, server: Server) -> None:
    assert asker.ask("http://town.example/no-head") == Answer(200)
    assert [one.split()[0] for one in server.asked] == ["HEAD", "GET"]
    assert asker.ask("http://town.example/404").fails and not asker.ask("http://town.example/403").fails
    assert not asker.ask("http://town.example/429").fails and asker.ask("http://town.example/500").fails


def test_redirects_are_followed_through_the_same_gate(asker: Asker, network: Network) -> None:
    assert asker.ask("http://town.example/to/|minutes") == Answer(200)
    assert asker.ask("http://town.example/to/http:||town.example|410") == Answer(410)
    assert asker.ask("http://town.example/round") == Answer(why="redirects")
    network.reached.clear()
    for inside in (
        "http:||inside.example|",
        "http:||127.0.0.1|",
        "http:||169.254.169.254|latest",
        "http:||[::1]|",
        "ftp:||town.example|",
        "http:||[::1",
    ):
        assert asker.ask(f"http://town.example/to/{inside}") == Answer(why="refused"), inside
    assert {address for address, _ in network.reached} == {PUBLIC}


@pytest.mark.parametrize(
    "url",
    [
        "http://inside.example/",
        "http://both.example/",
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:a00:1::]/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://town.example:8080/",
        "http://town.example:22/",
        "http://user:password@town.example/",
        "https://town.example:80/",
        "file:///etc/passwd",
        "gopher://town.example/",
        "http:///nowhere",
        "http://[broken/",
    ],
)
def test_nothing_inside_a_network_and_no_other_port_is_ever_connected_to(
    asker: Asker, network: Network, url: str
) -> None:
    answer = asker.ask(url)
    assert answer.status is None and answer.why in ("refused", "nobody") and answer.fails
    assert network.reached == []


def test_a_place_that_is_silent_makes_no_sense_or_is_not_there(
    network: Network, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_check, "SILENCE_S", 0.1)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert Asker("x", network.resolve, lambda *_: ours).ask("http://town.example/") == Answer(why="silent")
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"SSH-2.0-OpenSSH\r\n")
        assert Asker("x", network.resolve, lambda *_: ours).ask("http://town.example/") == Answer(why="nonsense")

    def refused(address: str, port: int) -> socket.socket:
        raise ConnectionRefusedError

    assert Asker("x", network.resolve, refused).ask("http://town.example/") == Answer(why="closed")
    assert Asker("x", network.resolve, refused).ask("http://nobody.example/") == Answer(why="nobody")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        (PUBLIC, True),
        ("2606:2800:220:1::1", True),
        ("192.168.1.1", False),
        ("fe80::1%eth0", False),
        ("240.0.0.1", False),
        ("nonsense", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def keep(session: Session, slug: str, url: str, archived: str | None = None) -> None:
    facts = {"kind": "minutes", "title": {"en": slug}, "url": url, "archived_url": archived}
    KINDS["document"].write(session, slug, facts)


def test_each_address_is_asked_for_once_a_week_and_its_failing_is_dated(
    database: Database, asker: Asker, server: Server
) -> None:
    with database.write() as session:
        keep(session, "one", "http://town.example/404", "http://town.example/archived")
        keep(session, "two", "http://town.example/404")
    at = [START]
    told: list[str] = []

    def check(limit: int = 10) -> int:
        return link_check.check(
            database, asker, limit, lambda url, answer: told.append(f"{answer.status} {url}"), clock=lambda: at[0]
        )

    assert check() == 2 and sorted(told) == ["200 http://town.example/archived", "404 http://town.example/404"]
    assert check() == 0, "it was asked for this week"
    at[0] = START + timedelta(days=8)
    assert check(1) == 1 and check() == 1
    with database.read() as session:
        row = session.get_one(LinkCheck, "http://town.example/404")
        assert (row.status, row.failing_since, row.checked_at) == (404, START, at[0])
        (failing,) = links.failing(session)
        assert failing.where == (("one", "/documents/one"), ("two", "/documents/two"))
    with database.write() as session:
        session.get_one(LinkCheck, "http://town.example/404").checked_at = START
        keep(session, "one", "http://town.example/200")
        keep(session, "two", "http://town.example/200")
    assert check() == 1
    with database.read() as session:
        assert links.failing(session) == (), "nothing stands at the address any more"


def test_one_that_fails_is_asked_for_after_a_day_then_three_then_each_week(
    database: Database, asker: Asker, server: Server
) -> None:
    with database.write() as session:
        keep(session, "one", "http://town.example/404", "http://town.example/archived")
    asked: dict[str, list[datetime]] = {}
    for hours in range(0, 24 * 30, 6):
        at = START + timedelta(hours=hours)
        link_check.check(
            database,
            asker,
            10,
            lambda url, answer, at=at: asked.setdefault(url[-3:], []).append(at),
            clock=lambda at=at: at,
        )
    pauses = {name: [(after - before).days for before, after in pairwise(days)] for name, days in asked.items()}
    assert pauses == {"404": [1, 3, 7, 7, 7], "ved": [7, 7, 7, 7]}


def test_the_command_asks_for_nothing_unless_the_site_wants_it(tmp_path: Path) -> None:
    ended = site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}").tracker("links")
    assert ended.code == 2 and "TRACKER_LINK_CHECK=on" in ended.err
