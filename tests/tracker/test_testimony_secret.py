"""A secret is told in confidence to the real server; then everything that server wrote, sent or gives away is searched for it.

The same search finds a control secret that stands in public; and the reader, with the key, gets the words back.
Row of seeds.md: "contact form" (stored apart, consent, never public or searchable).
"""

import html
import http.client
import re
import shutil
import sqlite3
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import text
from sqlmodel import select

from tests.browser.conftest import serve
from tests.corpora import ROOT
from tests.databases import MIGRATED, Cluster
from tests.tracker import busy, traces
from tests.tracker.confiding import CODE, PRIVATE, desk_with_key, filled, opened, send, take_testimony
from tests.tracker.desk import Desk
from tests.transcripts.records import stored
from tests.world import config_in
from tracker import exporting, indexing
from tracker.accounts import sessions
from tracker.accounts.admission import COOKIE
from tracker.asking import ask
from tracker.classes import erased
from tracker.db import Database
from tracker.site import SiteFact
from tracker.telling import sending, subscribing
from tracker.testimony import models, purging, sealing
from transcripts.search.finding import Asked

SECRET, CONTACT = "Tlacuachito offered me nothing, ñandú 5521", "xolotzincode@example.org"
SECRETS = (SECRET, "Tlacuachito", CONTACT, "xolotzincode")
CONTROL = "Marimbaquilla holds four hundred homes, ñandú 7741"
CAPTIONS = f"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ida Berg>{CONTROL}.\n"
LINK = re.compile(r'href="(/[^"#]*)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


class Answer(NamedTuple):
    status: int
    text: str


class Server(NamedTuple):
    """A site that is served, the folder of its temporary files, and its desk in this process."""

    url: str
    home: Path
    temp: Path
    desk: Desk
    reader: str

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request over the network."""
        host = urllib.parse.urlsplit(self.url).netloc
        with closing(http.client.HTTPConnection(host, timeout=30)) as connection:
            connection.request("POST" if body is not None else "GET", path, body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode(errors="replace"))

    def post(self, path: str, data: dict[str, str], **headers: str) -> Answer:
        return self.ask(path, urllib.parse.urlencode(data).encode(), **FORM, **headers)

    def tell(self, **more: str) -> Answer:
        """The form, filled in with the secret."""
        form = self.ask("/tell").text
        return self.post("/tell", filled(form, **{"words": SECRET, "contact": CONTACT, **more}))


def test_every_form_of_a_secret_is_found() -> None:
    for name, written in traces.forms(SECRET).items():
        assert name in traces.inside(b"\x00before" + written + b"after", [SECRET]), name
        assert traces.inside(b"\x00before" + written[3:] + b"after", [SECRET]) == [], name


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home, temp = tmp_path_factory.mktemp("confiding"), tmp_path_factory.mktemp("temporary")
    reader: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(temp))
        for url in serve(home, demo=False, prepare=lambda home: reader.append(prepare(home)), workers=2):
            desk = desk_with_key(home, config_in(home).database_url)
            yield Server(url, home, temp, desk, reader[0])
            desk.database.dispose()


def prepare(home: Path) -> str:
    """The control secret in public, somebody who follows it by mail, testimony open; the cookie of its reader."""
    config = config_in(home)
    with Database(config.database_url) as database:
        stored(database, CAPTIONS, slug="rose-street", filename="rose-street.vtt")
        reader = take_testimony(database, config)
        with database.write() as session:
            subscribing.ask(session, "follower@example.org", "q=Marimbaquilla", "weekly", "en", "said.example")
            secret = sessions.begin(session, reader, "a test")
        assert indexing.catch_up(database, config)
        sending.send(database, config)
    return secret


def test_a_secret_told_in_confidence_is_found_nowhere_and_read_by_its_reader(server: Server) -> None:
    refused(server)
    codes = [code_of(server.tell()) for _ in range(2)]
    written = traces.in_files(server.home, [CONTROL])
    assert {"tracker.db", "tracker.db-wal"} & set(written), "the search finds what stands in the files"
    assert traces.in_files(server.home, SECRETS) == {} and traces.in_files(server.temp, SECRETS) == {}
    assert "A page failed" in (server.home / "server.log").read_text()
    assert [path.name for path in (server.home / "mail").iterdir()], "there are letters to search"
    given = given_away(server)
    assert any(path.startswith("/desk/testimony") for path in given) and any("export" in path for path in given)
    assert {"export plain", "export json", "export docx", "/search.json?q=homes"} <= set(
        traces.in_texts(given, [CONTROL])
    )
    assert traces.in_texts(given, SECRETS) == {}
    assert found_by_search(server, "Marimbaquilla") == 1 and found_by_search(server, "Tlacuachito") == 0
    backups = backed_up(server)
    assert len(traces.in_texts(backups, [CONTROL])) == len(backups) and traces.in_texts(backups, SECRETS) == {}
    read_by_the_reader(server)
    deleted(server, codes[0])
    assert traces.in_files(server.home, SECRETS) == {} and traces.in_files(server.temp, SECRETS) == {}


def code_of(answer: Answer) -> str:
    assert answer.status == 201, answer.text
    return str(CODE.findall(answer.text)[0])


def refused(server: Server) -> None:
    """Every way it can go wrong: it is refused, too much, sent as a file, put into an address; and the table is gone."""
    no = server.tell(agreed="")
    assert no.status == 422 and SECRET.partition(",")[0] in no.text
    assert server.tell(words=SECRET * 2_000).status == 413
    parts = f'--b\r\nContent-Disposition: form-data; name="words"; filename="{SECRET}"\r\n\r\n{SECRET}\r\n--b--\r\n'
    multipart = {"Content-Type": "multipart/form-data; boundary=b", "Sec-Fetch-Site": "same-origin"}
    assert server.ask("/tell", parts.encode(), **multipart).status == 422
    assert server.ask(f"/tell?{urllib.parse.urlencode({'words': SECRET})}").status == 200
    assert server.post("/tell/take-back", {"code": SECRET}).status == 404
    away(server, "testimony", "gone")
    assert server.tell().status == 500
    away(server, "gone", "testimony")


def away(server: Server, name: str, other: str) -> None:
    with closing(sqlite3.connect(server.home / "tracker.db")) as connection:
        connection.execute(f"ALTER TABLE {name} RENAME TO {other}")


def given_away(server: Server) -> dict[str, str | bytes]:
    """Every public page links lead to, feeds and data too; every page of the desk for somebody who may go everywhere; exports."""
    nobody, boss = server.desk.nobody(), server.desk.as_("admin", "editor", "teacher", "testimony")
    begin = ["/", "/about", "/follow", "/corrections.json", "/search.json?q=homes", "/search.atom?q=homes", "/tell"]
    waiting, found = begin, dict[str, str | bytes]()
    while waiting and len(found) < 150:
        path = waiting.pop(0)
        if path not in found and not path.startswith(("/static", "/es/")):
            found[path] = (answer := nobody.get(path)).data
            waiting += [html.unescape(link) for link in LINK.findall(answer.data.decode(errors="replace"))]
    for paths in busy.pages(server.desk, boss).values():
        found |= {path: boss.get(path).data for path in paths}
    with server.desk.database.read() as session:
        for name in exporting.FORMAT_WORDS:
            file = exporting.export(session, "rose-street", name, config_in(server.home), "en", str)
            found[f"export {name}"] = file.data
    return found


def found_by_search(server: Server, word: str) -> int:
    engine = indexing.open_engine(config_in(server.home))
    with server.desk.database.read() as session:
        hits = ask(session, engine, Asked(word)).hits
    engine.close()
    return len(hits)


def backed_up(server: Server) -> dict[str, str | bytes]:
    """The ways a site is backed up: its folder copied, the file copied by SQLite or written anew, and as statements."""
    folder = server.temp / "backup"
    shutil.copytree(server.home, folder)
    with closing(sqlite3.connect(server.home / "tracker.db")) as held:
        held.execute("VACUUM INTO ?", [str(folder / "vacuum.db")])
        with closing(sqlite3.connect(folder / "copy.db")) as copy:
            held.backup(copy)
        statements = "\n".join(held.iterdump())
    whole = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    made = {"folder": whole, "statements": statements}
    made |= {name: (folder / name).read_bytes() for name in ("vacuum.db", "copy.db")}
    shutil.rmtree(folder)
    return made


def read_by_the_reader(server: Server) -> None:
    """Taken away at the desk, opened by the command with the key, on a machine that is not the server."""
    elsewhere = server.home.parent / "elsewhere"
    elsewhere.mkdir()
    answer = server.post("/desk/testimony/held/download", {}, Cookie=f"{COOKIE}={server.reader}")
    assert answer.status == 200 and traces.inside(answer.text.encode(), SECRETS) == []
    (elsewhere / "came.jsonl").write_text(answer.text)
    (elsewhere / "testimony.key").write_bytes(sealing.written(PRIVATE, None))
    command = [sys.executable, "-m", "tracker", "testimony", "read", "came.jsonl", "--key", "testimony.key"]
    printed = subprocess.run(command, cwd=elsewhere, env={"PATH": "", "PYTHONPATH": str(ROOT)}, capture_output=True)
    assert printed.stdout.decode().count(SECRET) == 2 and CONTACT in printed.stdout.decode(), printed.stderr
    assert sorted(path.name for path in elsewhere.iterdir()) == ["came.jsonl", "testimony.key"]


def deleted(server: Server, code: str) -> None:
    """One is taken back over the network, one goes on its day: no byte of either is left in any file."""
    with server.desk.database.read() as session:
        pieces = [row.sealed[at : at + 40] for row in session.exec(select(models.Testimony)) for at in (60, 9_000, -50)]
    assert len(pieces) == 6 and left(server, pieces) == set(pieces)
    assert server.post("/tell/take-back", {"code": code}).status == 303
    assert len(left(server, pieces)) == 3
    config = config_in(server.home)
    assert purging.purge(server.desk.database, config, lambda: datetime.now(UTC) + timedelta(days=31))
    erased.finish(server.desk.database, config)
    assert left(server, pieces) == set()


def left(server: Server, pieces: list[bytes]) -> set[bytes]:
    held = b"".join(path.read_bytes() for path in server.home.rglob("*") if path.is_file())
    return {piece for piece in pieces if piece in held}


@pytest.mark.postgres
def test_no_file_of_postgresql_holds_it_in_clear(cluster: Cluster, tmp_path: Path) -> None:
    """Tables, indexes, the write-ahead log and the server's own log; the control secret stands in them."""
    with cluster.new(MIGRATED) as url:
        desk = desk_with_key(tmp_path, url)
        opened(desk)
        with desk.database.write() as session:
            session.add(SiteFact(name="name", lang="", value=CONTROL))
        assert send(desk.nobody(), words=SECRET, contact=CONTACT).status_code == 201
        with desk.database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CHECKPOINT"))
        files = [path for path in cluster.socket_dir.rglob("*") if path.is_file()]
        assert any(CONTROL.encode() in path.read_bytes() for path in files)
        assert [path for path in files if traces.inside(path.read_bytes(), SECRETS[1:2])] == []
        desk.database.dispose()
