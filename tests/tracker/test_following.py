"""Following a search: what is told to whoever follows is what the search finds, and nothing that comes near it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.tracker import heard
from tests.tracker.heard import key
from tests.transcripts.records import stored, turn_saying
from tracker import following, indexing
from tracker.asking import ask, known_names
from tracker.config import Config
from tracker.db import Database
from tracker.following import NothingAsked
from tracker.searched import address
from transcripts import correcting
from transcripts.amending import Reason
from transcripts.queries import changes
from transcripts.search.engine import SearchEngine


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[tuple[Database, SearchEngine]]:
    with database.write() as session:
        heard.store(session)
    engine = indexing.open_engine(Config(home=tmp_path, database_url=""))
    indexing.reindex(database, engine)
    yield database, engine
    engine.close()


def told(database: Database, printed: str) -> set[str]:
    """Keys of the turns that somebody who follows a search is told of."""
    with database.read() as session:
        matcher = following.matcher(following.saved(printed), known_names(session))
        turns = following.heard(session, [turn["key"] for turn in heard.TURNS])
    return {key for key, turn in turns.items() if matcher.matches(turn)}


@pytest.mark.parametrize(
    "printed",
    [
        "q=lamps",
        "q=What+did+Quill+say+about+lamps%3F",
        "q=lamps+-harbor",
        "q=%22enough+lamps%22",
        "q=lam*+OR+oficers~",
        "q=%22police+officers%22~2",
        "speaker=ada-marsh",
        "q=speaker%3A%22Mayor+Marsh%22",
        "topic=public-safety",
        "topic=policing&topic=housing",
        "forum=town-hall&lang=es",
        "contest=mayor-2026&q=harbor&sort=newest&view=lines",
        "party=harbor",
        "date=2025&grade=recap",
        "none=lamps&has=video",
        "near=police+officers&within=3",
        "starts=lam&like=harbr",
    ],
)
def test_whoever_follows_is_told_what_the_search_finds(site: tuple[Database, SearchEngine], printed: str) -> None:
    database, engine = site
    with database.read() as session:
        found = ask(session, engine, following.saved(printed).asked)
    assert not found.relaxed
    assert told(database, printed) == {hit.row.key for hit in found.hits} != set()


def test_what_comes_near_is_shown_on_the_page_and_told_to_nobody(site: tuple[Database, SearchEngine]) -> None:
    database, engine = site
    with database.read() as session:
        found = ask(session, engine, following.saved("q=lamps+and+submarines").asked)
    assert found.relaxed
    assert found.hits
    assert told(database, "q=lamps+and+submarines") == set()


def test_what_may_not_be_found_is_told_to_nobody(site: tuple[Database, SearchEngine]) -> None:
    assert told(site[0], "q=lamps") == {key(name) for name in ("marsh", "quill", "nobody", "quoted")}


def test_an_address_survives_being_printed(site: tuple[Database, SearchEngine]) -> None:
    one = following.saved("q=%22rent+control%22&speaker=ada-marsh&none=tax&sort=newest&view=lines&after=abc&junk=1")
    printed = address("", one.parameters).removeprefix("?")
    assert following.saved(printed).parameters == one.parameters
    assert following.saved(printed).asked == replace(one.asked, after=None)


def test_corrections_are_held_against_searches_before_and_after(database: Database) -> None:
    stored(database)
    turn = turn_saying(database, "freeze rents")
    with database.write() as session:
        correcting.reword(session, turn.key, 1, "I would freeze all wages.", Reason("Heard again", "Ana"))
    with database.read() as session:
        names = known_names(session)
        lines = changes.latest(session, 10)
        corrected = following.corrected(session, names, lines)
    rents, wages, buses = (
        following.matcher(following.saved(f"q={word}"), names) for word in ("rents", "wages", "buses")
    )
    assert (corrected.lost(rents), corrected.kept(rents)) == (lines, {})
    assert (corrected.lost(wages), corrected.kept(wages)) == ((), {turn.key: lines[0].at})
    assert (corrected.lost(buses), corrected.kept(buses)) == ((), {})


@pytest.mark.parametrize("printed", ["", "q=", "q=%3F%21", "sort=newest", "date=soon", "%00=%ff&;=&&"])
def test_nothing_asked_is_nothing_to_follow(site: tuple[Database, SearchEngine], printed: str) -> None:
    with site[0].read() as session:
        names = known_names(session)
        with pytest.raises(NothingAsked, match="Say what to follow"):
            following.matcher(following.saved(printed), names)
