"""An empty site: its tables, its topics, and who publishes it."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlmodel import col, select

from positions.models import Contest, Topic
from tracker import schema, setup, site
from tracker.commands import init
from tracker.config import Config
from tracker.db import Database
from tracker.facts import FACTS
from transcripts.errors import Refusal
from transcripts.models import Forum

TOLD = [
    *("--name", "Rose Street Votes", "--publisher", "The Rose Street Paper", "--contact", "desk@paper.example"),
    *("--funding", "Its readers", "--funding-es", "Quienes la leen", "--interest", "none", "--interest-es", "ninguno"),
    *("--place", "Port Linden", "--zone", "America/New_York", "--languages", "en, es"),
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    return tmp_path


def told(lang: str = "en") -> site.Site:
    with Database(Config.from_env().database_url) as database, database.read() as session:
        return site.read(session, lang)


def test_an_empty_site_has_topics_and_facts_and_nothing_of_a_demo(home: Path) -> None:
    result = CliRunner().invoke(init.command, TOLD, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert told().missing == ()
    assert (told().funding, told("es").funding, told("es").publisher) == (
        "Its readers",
        "Quienes la leen",
        "The Rose Street Paper",
    )
    with Database(Config.from_env().database_url) as database, database.read() as session:
        schema.require_current(database)
        assert len(session.exec(select(Topic)).all()) >= 24
        assert session.exec(select(Forum)).all() == session.exec(select(Contest)).all() == []


def test_starting_again_keeps_what_was_told_and_takes_what_is_new(home: Path) -> None:
    CliRunner().invoke(init.command, TOLD, catch_exceptions=False)
    result = CliRunner().invoke(init.command, ["--publisher", "The Paper"], catch_exceptions=False)
    assert result.exit_code == 0
    assert (told().publisher, told().name) == ("The Paper", "Rose Street Votes")


def test_facts_nobody_told_are_named(home: Path) -> None:
    result = CliRunner().invoke(init.command, ["--name", "Votes"], catch_exceptions=False)
    assert result.exit_code == 0
    assert set(told().missing) == {fact.name for fact in FACTS} - {"name"}
    assert "publisher" in result.output and "tracker init again" in result.output


def test_questions_are_asked_at_a_terminal(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init, "at_a_terminal", lambda: True)
    answers = [
        "Votes",
        "The Paper",
        "desk@paper.example",
        "Readers",
        "Lectores",
        "none",
        "ninguno",
        "Port Linden",
        "",
        "",
    ]
    result = CliRunner().invoke(init.command, input="\n".join(answers) + "\n", catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert (told().name, told("es").funding, told().zone, told().languages) == ("Votes", "Lectores", "UTC", "en, es")
    again = CliRunner().invoke(init.command, input="\n" * 10, catch_exceptions=False)
    assert "[Votes]" in again.output and told().name == "Votes"


@pytest.mark.parametrize(("fact", "value"), [("zone", "Mars/Olympus"), ("languages", "en, tlh")])
def test_what_cannot_be_is_refused_and_nothing_is_stored(database: Database, fact: str, value: str) -> None:
    with pytest.raises(Refusal, match=value.rsplit(", ", maxsplit=1)[-1]):
        setup.tell(database, {(fact, ""): value, ("name", ""): "Votes"})
    with database.read() as session:
        assert session.exec(select(site.SiteFact).order_by(col(site.SiteFact.name))).all() == []


def test_a_fact_told_in_one_language_is_read_in_the_other(database: Database) -> None:
    setup.tell(database, {("funding", "es"): "Quienes la leen"})
    with database.read() as session:
        assert site.read(session, "en").funding == "Quienes la leen"
    setup.tell(database, {("funding", "es"): " "})
    with database.read() as session:
        assert "funding" in site.read(session, "en").missing
