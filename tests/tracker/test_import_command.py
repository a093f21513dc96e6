"""`tracker import` as an editor uses it: preview, --yes, again, and every refusal with what to do."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlmodel import Session, select

from positions.models import Candidacy, Contest, ContestForum
from tests.corpora import ROOT
from tests.databases import migrated_file
from tests.tracker import calling
from tests.transcripts.records import EVENING, REPORT, add_person, turns
from tracker import setup
from tracker.commands import import_
from tracker.db import Database
from transcripts.errors import Refusal
from transcripts.models import Forum, Speaker

NEW = ("--title", "Evening on Rose Street", "--date", "2026-09-08", "--place", "Port Linden")
SLUG = "evening-on-rose-street-2026"


class Site:
    """A site in a folder of its own, and the real command on it."""

    def __init__(self, home: Path, database: Database) -> None:
        self.home = home
        self.database = database
        self.called = calling.Site(home, database.url.render_as_string(hide_password=False))
        self.environment = {"TRACKER_HOME": str(home), "TRACKER_DATABASE_URL": self.called.url}
        setup.prepare(database)

    def file(self, text: str, name: str = "evening.txt") -> str:
        path = self.home / name
        path.write_bytes(text.encode())
        return str(path)

    def run(self, *arguments: str) -> calling.Ended:
        """The command inside this process: a process of its own takes a second and a half more."""
        return self.called.tracker("import", *arguments)

    def really(self, *arguments: str) -> calling.Ended:
        """`tracker ARGUMENTS…` in a process of its own."""
        command = [sys.executable, "-m", "tracker", *arguments]
        environment = {**os.environ, **self.environment}
        ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120)
        return calling.Ended(ended.returncode, ended.stdout, ended.stderr)

    def refused(self, *arguments: str) -> str:
        """What the command says as it refuses, called inside this process."""
        result = CliRunner().invoke(import_.command, arguments, env=self.environment)
        assert result.exit_code == 2 or isinstance(result.exception, Refusal), result.output
        return f"{result.output}{result.exception}"

    def forums(self) -> list[str]:
        with self.database.read() as session:
            return list(session.exec(select(Forum.slug).order_by(Forum.slug)))


@pytest.fixture
def site(tmp_path: Path, database: Database) -> Site:
    return Site(tmp_path, database)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Site]:
    """For what does not depend on the database."""
    with Database(migrated_file(tmp_path / "tracker.db")) as database:
        yield Site(tmp_path, database)


def test_a_preview_shows_everything_and_stores_nothing(site: Site) -> None:
    found = site.run(site.file(EVENING), *NEW, "--moderator", "Mara Quill")
    assert found.code == 0, found.err
    for words in ("read as plain", "7 said by somebody", "IDA BERG", "Moderator", "nobody yet", "Nothing was stored"):
        assert words in found.out, found.out
    assert site.forums() == []


def test_yes_stores_indexes_and_says_where(site: Site) -> None:
    path = site.file(EVENING)
    found = site.really("import", path, *NEW, "--yes")
    assert found.code == 0, found.err
    assert f"/forums/{SLUG}" in found.out
    assert site.forums() == [SLUG] and len(turns(site.database, SLUG)) == 7
    assert "freeze rents for two years" in site.really("search", "freeze rents").out
    again = site.run(path, *NEW, "--yes")
    assert (again.code, site.forums()) == (0, [SLUG]) and "Nothing to do" in again.out
    named = site.run(path, "--forum", SLUG, "--yes")
    assert named.code == 0 and "Nothing to do" in named.out


def test_a_corrected_file_previews_what_will_change(site: Site) -> None:
    site.run(site.file(EVENING), *NEW, "--yes")
    path = site.file(EVENING.replace("four hundred", "five hundred"))
    assert "1 worded anew" in site.run(path, "--forum", SLUG).out
    assert site.run(path, "--forum", SLUG, "--yes").code == 0
    assert [turn.version for turn in turns(site.database, SLUG) if "five hundred" in turn.text] == [2]


def test_candidates_of_the_race_are_recognised(site: Site) -> None:
    with site.database.write() as session:
        _race(session, "Ida Berg")
    path = site.file(EVENING)
    found = site.run(path, *NEW, "--contest", "mayor", "--yes")
    assert found.code == 0, found.err
    with site.database.read() as session:
        assert session.exec(select(ContestForum)).all()
        linked = [speaker for speaker in session.exec(select(Speaker)) if speaker.person_id is not None]
        assert [(speaker.name, speaker.role) for speaker in linked] == [("Ida Berg", "candidate")]


def test_a_list_of_people_is_read(site: Site) -> None:
    people = site.file("name,aliases,role\nIda Berg,,candidate\nTom Vale,,candidate\n", "people.csv")
    found = site.run(site.file(EVENING), *NEW, "--people", people, "--yes")
    assert found.code == 0, found.err
    with site.database.read() as session:
        assert {speaker.name for speaker in session.exec(select(Speaker)) if speaker.person_id} == {
            "Ida Berg",
            "Tom Vale",
        }


def test_an_article_stands_beside_the_transcript(site: Site) -> None:
    site.run(site.file(EVENING), *NEW, "--yes")
    found = site.run(site.file(REPORT, "report.txt"), "--forum", SLUG, "--publisher", "The Paper", "--yes")
    assert found.code == 0, found.err
    assert "News report: selected quotes only" in found.out
    assert "only its quotations are shown" in found.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Name the forum"),
        (("--forum", "nowhere"), "There is no forum “nowhere”"),
        (("--forum", "x", "--title", "y"), "either --forum"),
        ((*NEW[:2], "--date", "8 September", "--place", "x"), "date"),
        ((*NEW, "--contest", "king"), "There is no race “king”"),
        ((*NEW, "--zone", "Mars/Olympus", "--yes"), "no time zone “Mars/Olympus”"),
        ((*NEW, "--format", "papyrus"), "papyrus"),
        ((*NEW, "--video", "javascript:alert(1)", "--yes"), "no address of a recording"),
        (("--title", "\udcff \x00", *NEW[2:]), "Name the forum"),
        ((*NEW, "--video", "https://a.example", "--video", "https://b.example", "--yes"), "--video once for each"),
    ],
)
def test_refusals_say_what_to_do_and_store_nothing(small: Site, arguments: tuple[str, ...], said: str) -> None:
    assert said in small.refused(small.file(EVENING), *arguments)
    assert small.forums() == []


def test_a_refusal_is_one_line_and_exit_code_2(small: Site) -> None:
    found = small.really("import", small.file(EVENING), "--forum", "nowhere")
    assert (found.code, found.err.count("\n")) == (2, 1) and "Traceback" not in found.err


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02\x03" * 400, b"\xff\xd8\xff\xe0 JFIF" + bytes(range(256)) * 8, b" \n \n"]
)
def test_files_that_are_no_transcripts_are_refused(small: Site, data: bytes) -> None:
    path = small.home / "odd.txt"
    path.write_bytes(data)
    assert "odd.txt" in small.refused(str(path), *NEW, "--yes")
    assert small.forums() == []


def test_a_database_without_tables_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evening.txt"
    path.write_text(EVENING)
    environment = {**os.environ, "TRACKER_HOME": str(tmp_path)}
    environment.pop("TRACKER_DATABASE_URL", None)
    command = [sys.executable, "-m", "tracker", "import", str(path), *NEW]
    found = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=60)
    assert found.returncode == 2 and "tracker migrate" in found.stderr


def _race(session: Session, name: str) -> None:
    from datetime import date

    contest = Contest(
        slug="mayor", title_en="Mayor", office_en="Mayor", place="Port Linden", election_date=date(2026, 11, 3)
    )
    session.add(contest)
    session.flush()
    person = add_person(session, name)
    session.add(Candidacy(contest_id=contest.id, person_id=person.id, ballot_name=name))
