"""The doctor finds what is wrong and says what to do; it exits 1 on a problem only."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from tests.tracker.test_init import TOLD
from tests.transcripts.records import stored
from tracker import indexing
from tracker.commands import doctor, init
from tracker.config import Config
from tracker.db import Database


@pytest.fixture
def healthy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    for name in ("TRACKER_DATABASE_URL", "TRACKER_SITE_URL", "TRACKER_ZONE", "TRACKER_SEARCH"):
        monkeypatch.delenv(name, raising=False)
    CliRunner().invoke(init.command, TOLD, catch_exceptions=False)
    return Config.from_env()


def examined() -> Result:
    return CliRunner().invoke(doctor.command, catch_exceptions=False)


def test_a_healthy_site_has_nothing_to_say(healthy: Config) -> None:
    assert (examined().exit_code, examined().output) == (0, "Everything is in order.\n")


def test_a_site_that_does_not_say_who_publishes_it_is_warned(healthy: Config) -> None:
    CliRunner().invoke(init.command, ["--publisher", ""], catch_exceptions=False)
    result = examined()
    assert result.exit_code == 0 and "publisher not told" in result.output and "tracker init" in result.output


def test_an_older_schema_is_a_problem(healthy: Config) -> None:
    with Database(healthy.database_url) as database, database.writer.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    result = examined()
    assert result.exit_code == 1 and "tracker migrate" in result.output


def test_turns_the_index_has_not_heard_of_are_a_problem_until_it_has(healthy: Config) -> None:
    with Database(healthy.database_url) as database:
        stored(database)
        result = examined()
        assert result.exit_code == 1 and "tracker reindex" in result.output
        assert indexing.catch_up(database, healthy)
    assert examined().exit_code == 0


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TRACKER_ZONE", "Mars/Olympus", "no time zone"),
        ("TRACKER_SITE_URL", "votes", "no address"),
        ("TRACKER_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none", "cannot be reached"),
    ],
)
def test_settings_that_cannot_work_are_problems(
    healthy: Config, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    result = examined()
    assert result.exit_code == 1 and said in result.output


def test_an_open_site_without_https_or_host_name_is_warned(healthy: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_SITE_URL", "http://votes.example.org")
    result = examined()
    assert result.exit_code == 0 and "not https" in result.output and "TRACKER_TRUSTED_HOSTS" in result.output
