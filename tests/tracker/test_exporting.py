"""A record taken away: what may be shown and nothing else, said in the file what it is, and the same when it comes back."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from tests.tracker.calling import Site, site
from tests.transcripts.records import REPORT, stored, turn_saying, turns
from tests.world import config_in
from tracker import create_app, exporting
from tracker.db import Database
from transcripts import formats
from transcripts.formats.parsed import ParsedRecord
from transcripts.models import Forum, Record, Turn
from transcripts.vocabulary import Right

SPOKEN = """\
WEBVTT

00:00.000 --> 00:06.000
<v MARA QUILL>Good evening. What will you do about rents?

00:06.000 --> 00:15.000
<v IDA BERG>We will build four hundred homes by the river.

00:15.000 --> 00:20.000
<v TOM VALE>I would freeze rents for two years.
"""
NAMES = [writer.NAME for writer in formats.WRITERS]


@pytest.fixture
def home(tmp_path: Path) -> Site:
    return site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")


@pytest.fixture
def held(home: Site) -> Iterator[Database]:
    """A site with one forum, timed."""
    with Database(home.url) as database:
        stored(database, SPOKEN, filename="evening.vtt", publisher="Alder Quay Library")
        yield database


@pytest.fixture
def client(home: Site, held: Database) -> Iterator[FlaskClient]:
    app = create_app(replace(config_in(home.home), database_url=home.url))
    yield app.test_client()
    app.extensions["database"].dispose()


def change(database: Database, **values: object) -> None:
    """Set columns of the forum, or of its record."""
    with database.write() as session:
        for row in (session.exec(select(Forum)).one(), session.exec(select(Record)).one()):
            for name, value in values.items():
                if hasattr(row, name):
                    setattr(row, name, value)
                    session.add(row)


def printed(home: Site, name: str) -> str:
    """What the command writes to standard output."""
    command = [sys.executable, "-m", "tracker", "export", "rose-street", "--format", name]
    environment = {**os.environ, "TRACKER_HOME": str(home.home), "TRACKER_DATABASE_URL": home.url}
    return subprocess.run(command, capture_output=True, check=True, env=environment).stdout.decode()


def taken(client: FlaskClient, name: str, prefix: str = "") -> ParsedRecord:
    """The record in a download."""
    answer = client.get(f"{prefix}/forums/rose-street/download/{name}")
    assert answer.status_code == 200, answer.text
    return formats.read(answer.data)


@pytest.mark.parametrize("name", NAMES)
def test_a_download_reads_back_as_the_record(name: str, client: FlaskClient, held: Database) -> None:
    record = taken(client, name)
    assert record.format == name
    assert [(turn.label, turn.text) for turn in record.turns] == [(turn.label, turn.text) for turn in turns(held)]
    assert record.header["title"] == "Evening on Rose Street" and record.header["date"] == "2026-09-08"
    assert record.header["words"] == "Transcript by Alder Quay Library: not checked by us"
    assert record.header["address"].endswith("/forums/rose-street")
    assert (record.grade, record.right) == ("published", Right.WHOLE)


@pytest.mark.parametrize("name", NAMES)
def test_an_invented_forum_says_so_in_every_file(name: str, client: FlaskClient, held: Database) -> None:
    assert "fictional" not in taken(client, name).header
    change(held, fictional=True)
    assert taken(client, name).header["fictional"].startswith("Fictional")
    assert taken(client, name, "/es").header["fictional"].startswith("Ficticio")


@pytest.mark.parametrize("name", NAMES)
def test_words_that_were_removed_are_in_no_file(name: str, client: FlaskClient, held: Database) -> None:
    gone = turn_saying(held, "freeze rents")
    with held.write() as session:
        row = session.get(Turn, gone.id)
        assert row is not None
        row.status = "withdrawn"
        session.add(row)
    assert b"freeze rents" not in client.get(f"/forums/rose-street/download/{name}").data


@pytest.mark.parametrize("name", NAMES)
def test_a_private_record_is_in_no_file(name: str, client: FlaskClient, held: Database) -> None:
    change(held, publishing_right="private")
    answer = client.get(f"/forums/rose-street/download/{name}")
    assert answer.status_code == 404 and b"four hundred homes" not in answer.data


def test_of_a_report_only_its_quotations_leave(home: Site) -> None:
    with Database(home.url) as database:
        stored(database, REPORT, filename="report.txt", right=Right.QUOTATIONS)
        said = printed(home, "json")
    told = json.loads(said)
    assert {turn["kind"] for turn in told["turns"]} == {"recap_quote"} and told["right"] == "quotations"
    assert "She named the old depot" not in said


def test_json_tells_keys_voices_and_questions(client: FlaskClient, held: Database) -> None:
    record = taken(client, "json")
    assert [turn.key for turn in record.turns] == [turn.key for turn in turns(held)]
    assert [one.name for one in record.speakers] == ["MARA QUILL", "IDA BERG", "TOM VALE"]
    assert [(one.question, *one.answers, *one.rebuttals) for one in record.exchanges] == [(0, 1, 2)]


def test_a_download_is_a_file_with_a_name_a_type_and_a_strong_tag(client: FlaskClient) -> None:
    answer = client.get("/forums/rose-street/download/webvtt")
    assert answer.headers["Content-Disposition"] == "attachment; filename=rose-street.vtt"
    assert answer.content_type == "text/vtt; charset=utf-8"
    tag = answer.headers["ETag"]
    assert tag.startswith('"')
    again = client.get("/forums/rose-street/download/webvtt", headers={"If-None-Match": tag})
    assert again.status_code == 304 and not again.data
    spanish = client.get("/es/forums/rose-street/download/webvtt")
    assert spanish.headers["ETag"] != tag
    assert client.get("/forums/rose-street/download/json").content_type == "application/json"


@pytest.mark.parametrize(
    ("path", "status"),
    [("rose-street/download/otter", 400), ("nowhere/download/json", 404), ("rose-street/download/", 404)],
)
def test_a_download_that_cannot_be_is_refused(path: str, status: int, client: FlaskClient) -> None:
    assert client.get(f"/forums/{path}").status_code == status


def test_the_page_offers_what_can_be_had(client: FlaskClient, held: Database) -> None:
    assert all(f"/forums/rose-street/download/{name}" in client.get("/forums/rose-street").text for name in NAMES)
    assert "Descargar lo que se dijo" in client.get("/es/forums/rose-street").text
    with held.write() as session:
        row = session.exec(select(Turn)).first()
        assert row is not None
        row.start_ms = row.end_ms = None
        session.add(row)
    html = client.get("/forums/rose-street").text
    assert "download/plain" in html and "download/webvtt" not in html
    assert client.get("/forums/rose-street/download/webvtt").status_code == 400
    change(held, publishing_right="private")
    assert "/download/" not in client.get("/forums/rose-street").text


def test_every_writer_has_words_for_readers() -> None:
    assert set(NAMES) <= set(exporting.FORMAT_WORDS)


def test_the_command_writes_the_same_file(home: Site, client: FlaskClient, tmp_path: Path) -> None:
    out = tmp_path / "evening.vtt"
    assert home.tracker("export", "rose-street", "--format", "webvtt", "--out", str(out)).code == 0
    assert out.read_bytes() == client.get("/forums/rose-street/download/webvtt").data
    assert "Layout:" in printed(home, "plain")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere", "--format", "json"), "no forum “nowhere”"),
        (("rose-street", "--format", "otter"), "We write: json"),
        (("rose-street", "--format", "json", "--out", "/nowhere/x.json"), "cannot be written"),
    ],
)
def test_the_command_refuses_with_a_sentence(arguments: tuple[str, ...], said: str, home: Site, held: Database) -> None:
    ended = home.tracker("export", *arguments)
    assert ended.code == 2 and said in ended.err
