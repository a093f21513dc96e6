"""A real server on the demo world, and a real Chromium to look at it."""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sqlmodel import select

from tests.corpora import ROOT, missing
from tests.tracker.confiding import take_testimony
from tests.world import addresses, config_in, environment_of
from tracker.accounts import people
from tracker.db import Database
from tracker.telling import links, subscribing
from tracker.telling.models import Follower, Subscription

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_S = 30


class Site(NamedTuple):
    """A running site: its address, its home folder, and the addresses of its pages."""

    url: str
    home: Path
    pages: list[str]


_demo: list[tempfile.TemporaryDirectory[str]] = []
"""The home of a demo world nobody has touched, kept while the process runs: the next one that is wanted is a copy of it."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def serve(
    home: Path, *, demo: bool, prepare: Callable[[Path], None] = lambda home: None, workers: int = 1
) -> Iterator[str]:
    """`tracker serve` on a site of its own, with the demo world or empty; `prepare` adds to it before it is served.

    What the server prints stands in `server.log` of its home.
    """
    config = config_in(home)
    environment = environment_of(config)
    if demo and _demo:
        shutil.copytree(_demo[0].name, home, dirs_exist_ok=True)
    else:
        made = ["demo", "--no-serve"] if demo else ["migrate"]
        program = [sys.executable, "-m", "tracker", *made]
        subprocess.run(program, env=environment, cwd=ROOT, check=True, capture_output=True)
        if demo:
            _demo.append(tempfile.TemporaryDirectory(prefix="demo-"))
            shutil.copytree(home, _demo[0].name, dirs_exist_ok=True)
    prepare(home)
    port = free_port()
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "tracker", "serve", "--port", str(port), "--workers", str(workers)],
            env=environment,
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        until = time.monotonic() + WAIT_S
        while True:
            try:
                urllib.request.urlopen(f"{url}/about", timeout=5).close()
                break
            except OSError:
                assert server.poll() is None and time.monotonic() < until, (home / "server.log").read_text()
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo world, served."""
    home = tmp_path_factory.mktemp("site")
    for url in serve(home, demo=True):
        database = Database(config_in(home).database_url)
        with database.read() as session:
            pages = [*addresses(session), "/folders", "/classes/ask"]
        pages += letters_links(home, database)
        take_testimony(database, config_in(home))
        pages.append("/tell/take-back")
        database.dispose()
        yield Site(url, home, pages)


def letters_links(home: Path, database: Database) -> list[str]:
    """The form, and the pages behind the links of letters, of somebody who follows two searches."""
    with database.write() as session:
        for search in ("q=diversion", "speaker=delphine-okoro-reyes"):
            subscribing.ask(session, "reader@example.org", search, "weekly", "en", "said.example")
        one = session.exec(select(Subscription)).first()
        who = session.exec(select(Follower)).one()
    secret = links.key(config_in(home))
    refs = {"confirm": one.ref if one else "", "stop": one.ref if one else "", "mine": who.ref}
    behind = [f"/follow/{purpose}/{links.link(secret, purpose, ref)}" for purpose, ref in refs.items()]
    return ["/follow/mail?q=diversion", *behind]


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site nobody has put anything into."""
    home = tmp_path_factory.mktemp("empty")
    for url in serve(home, demo=False):
        yield Site(url, home, ["/", "/about", "/forums", "/contests", "/topics", "/search", "/search?q=diversion"])


@pytest.fixture(scope="module")
def welcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the first editor's one-time link, on a site nobody has put anything into."""
    secrets: list[str] = []

    def invite(home: Path) -> None:
        with Database(config_in(home).database_url) as database, database.write() as session:
            secrets.append(people.first(session) or "")

    for url in serve(tmp_path_factory.mktemp("welcome"), demo=False, prepare=invite):
        yield f"{url}/welcome/{secrets[0]}"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        missing("Chromium (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A page 390 px wide."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def desktop(chromium: Browser) -> Iterator[Page]:
    """A page 1280 px wide."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
