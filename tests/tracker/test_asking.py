"""Search as the site asks it: sentences, filters, counts with zeros, what is said when nobody used all the words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlmodel import col

from tests.tracker import heard
from tests.tracker.heard import key
from tracker import indexing
from tracker.asking import ask, known_names
from tracker.config import Config
from tracker.db import Database
from tracker.on_file import on_file
from transcripts.models import Forum, Turn
from transcripts.search.controls import BadDate, between, controls
from transcripts.search.engine import SearchEngine, Sort
from transcripts.search.finding import Asked
from transcripts.search.parsing import TooLong
from transcripts.search.searching import Results
from transcripts.search.store import Missing


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[tuple[Database, SearchEngine]]:
    with database.write() as session:
        heard.store(session)
    engine = indexing.open_engine(Config(home=tmp_path, database_url=""))
    indexing.reindex(database, engine)
    yield database, engine
    engine.close()


Site = tuple[Database, SearchEngine]


def answer(site: Site, text: str, **asked: Any) -> Results:
    database, engine = site
    with database.read() as session:
        return ask(session, engine, Asked(text, **asked))


def found(results: Results) -> list[str]:
    return [hit.row.key for hit in results.hits]


def counts(results: Results, facet: str) -> dict[str, int]:
    return {one.slug: one.count for one in results.facets[facet]}


def test_hits_say_who_where_and_when_and_light_the_words(site: Site) -> None:
    results = answer(site, "harbor lamps officers", sort=Sort.OLDEST)
    assert found(results) == [key("marsh"), key("quill")]
    first = results.hits[0]
    assert (first.row.speaker, first.row.speaker_slug, first.row.forum) == ("Ada Marsh", "ada-marsh", "town-hall")
    assert (first.row.grade, first.row.fictional, first.row.forum_title.es) == ("published", True, "Asamblea")
    assert [first.snippet[start:end] for start, end in first.marks] == ["officers", "lamps", "harbor"]
    assert first.url == f"/turns/{key('marsh')}"
    assert (results.understood, results.total, results.relaxed) == ("harbor lamps officers", 2, False)


def test_words_nobody_may_see_are_not_found(site: Site) -> None:
    assert answer(site, "lamps").total == 4
    assert counts(answer(site, "lamps"), "speaker") == {"ada-marsh": 2, "bo-quill": 1}


def test_a_turn_withdrawn_a_moment_ago_is_not_shown_although_the_index_has_it(site: Site) -> None:
    with site[0].write() as session:
        session.get_one(Turn, 2).status = "withdrawn"
    assert key("marsh") not in found(answer(site, "lamps"))


def test_a_sentence_finds_the_speaker(site: Site) -> None:
    results = answer(site, "what did Marsh say about police?")
    assert results.understood == "speaker:ada-marsh police"
    assert found(results) == [key("marsh")]
    assert [known.slug for known in results.matched] == ["ada-marsh", "policing"]


def test_candidates_of_the_race_are_counted_at_zero(site: Site) -> None:
    everybody = {"ada-marsh", "bo-quill", "cy-rook"}
    assert counts(answer(site, "rents", filters=controls(contest=["mayor-2026"])), "speaker").keys() == everybody
    assert counts(answer(site, "rents forum:town-hall"), "speaker") == {"bo-quill": 1, "ada-marsh": 0, "cy-rook": 0}
    assert counts(answer(site, "zeppelin topic:policing"), "speaker") == dict.fromkeys(everybody, 0)
    assert counts(answer(site, "rents"), "speaker") == {"bo-quill": 1}
    assert counts(answer(site, "rents -forum:town-hall"), "speaker") == {}


def test_the_words_of_a_topic_find_the_topic(site: Site) -> None:
    results = answer(site, "armas de la policía")
    assert [known.slug for known in results.matched] == ["policing"]
    assert (results.understood, results.relaxed) == ("topic:policing", True)
    assert found(results) == [key("marsh")]
    assert counts(results, "speaker") == {"ada-marsh": 1, "bo-quill": 0, "cy-rook": 0}
    assert "on the topic" in str(results.notes[0])


def test_a_topic_above_finds_those_below(site: Site) -> None:
    results = answer(site, "topic:public-safety")
    assert found(results) == [key("marsh")]
    assert results.understood == "topic:public-safety"
    assert counts(results, "topic") == {"policing": 1, "housing": 1, "public-safety": 0}


def test_a_facet_ignores_its_own_filter_only(site: Site) -> None:
    results = answer(site, "lamps", filters=controls(speaker=["bo-quill"]))
    assert results.total == 1
    assert counts(results, "speaker") == {"ada-marsh": 2, "bo-quill": 1, "cy-rook": 0}, (
        "zeros for everybody in the race"
    )
    assert counts(results, "forum") == {"town-hall": 1}
    assert results.understood == "lamps speaker:bo-quill"
    both = answer(site, "lamps", filters=controls(speaker=["bo-quill", "ada-marsh"]))
    assert both.total == 3
    assert both.understood == "lamps (speaker:bo-quill OR speaker:ada-marsh)"


def test_a_chosen_value_that_finds_nothing_is_counted_at_zero(site: Site) -> None:
    results = answer(site, "zeppelin", filters=controls(speaker=["cy-rook"]))
    assert counts(results, "speaker")["cy-rook"] == 0
    assert "Cy Rook" in {one.name.en for one in results.facets["speaker"]}


def test_names_of_facets_are_what_readers_see(site: Site) -> None:
    facets = answer(site, "officers").facets
    assert {one.name.en for one in facets["speaker"]} == {"Ada Marsh", "Bo Quill", "Dee Usher"}
    assert [one.name.es for one in facets["forum"]] == ["Asamblea"]
    assert {one.name.es for one in facets["topic"]} == {"Policía", "Vivienda"}


def test_the_nearest_are_shown_when_nobody_used_all_the_words(site: Site) -> None:
    results = answer(site, "officers harbor rents zeppelin")
    assert results.relaxed
    assert found(results) == [key("quill")]
    assert str(results.notes[0]).endswith("3 of the 4 words.")
    assert results.understood == "officers harbor rents zeppelin"


def test_relaxing_keeps_the_speaker_and_the_filters(site: Site) -> None:
    results = answer(site, "what did Marsh say about rents and lamps?", filters=controls(forum=["town-hall"]))
    assert results.relaxed
    assert found(results) == [key("marsh")]


def test_operators_and_quotes_are_never_relaxed(site: Site) -> None:
    for typed in ('"officers zeppelin"', "officers -police -rents", "zeppelin speaker:ada-marsh", "zepp* lamps"):
        results = answer(site, typed)
        assert (results.total, results.relaxed, results.notes) == (0, False, ()), typed


def test_nothing_at_all_is_said(site: Site) -> None:
    results = answer(site, "zeppelin aerodrome")
    assert (results.total, results.relaxed, results.hits) == (0, False, ())
    assert str(results.notes[0]) == "Nobody used any of these words."


def test_an_empty_search_is_everything_newest_first(site: Site) -> None:
    results = answer(site, "")
    assert results.understood == ""
    assert found(results) == [key(name) for name in ("nobody", "spanish", "quill", "marsh", "ask", "quoted")]


def test_dates_from_controls(site: Site) -> None:
    assert found(answer(site, "lamps", filters=between("", "2025"))) == [key("quoted")]
    assert answer(site, "lamps", filters=between("2025-06", "")).total == 3
    assert between(" ", "") == ()
    for first, last in (("soon", ""), ("2025-13", ""), ("2026", "2025")):
        with pytest.raises(BadDate):
            between(first, last)


def test_positions_on_file_answer_where_nobody_used_the_words(site: Site) -> None:
    def told(text: str) -> list[tuple[str, list[str]]]:
        results = answer(site, text)
        with site[0].read() as session:
            return [(one.row.key, [cell.candidate.slug for cell in one.cells]) for one in on_file(session, results)]

    everybody = ["ada-marsh", "bo-quill", "cy-rook"]
    ((statement, candidates),) = told("armas de la policía")
    assert (statement, sorted(candidates)) == ("p1", everybody)
    assert told("what did Rook say about officers?") == [("p1", ["cy-rook"])]
    assert told("what did Rook say about zeppelins?") == []
    assert told("what did Marsh say about officers?") == []
    assert told("zeppelin") == []


def test_too_long_a_search_is_refused(site: Site) -> None:
    with pytest.raises(TooLong):
        answer(site, "x" * 501)


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST, Sort.ADDED])
def test_pages(site: Site, sort: Sort) -> None:
    first = answer(site, "lamps", sort=sort, limit=3)
    rest = answer(site, "lamps", sort=sort, limit=3, after=first.last)
    assert (len(first.hits), len(rest.hits), rest.total) == (3, 1, 4)
    assert found(answer(site, "lamps", sort=sort, offset=3)) == found(rest)


def test_a_site_without_an_index_says_what_to_do(site: Site, tmp_path: Path) -> None:
    engine = indexing.open_engine(Config(home=tmp_path / "elsewhere", database_url=""))
    with site[0].read() as session, pytest.raises(Missing, match="tracker reindex"):
        ask(session, engine, Asked("lamps"))


def test_names_are_read_again_only_after_a_write_and_then_at_once(site: Site) -> None:
    database, _ = site
    with database.read() as session:
        names = known_names(session)
    ran: list[str] = []
    event.listen(database.reader, "before_cursor_execute", lambda *args: ran.append(args[2]))
    with database.read() as session:
        assert known_names(session) is names
    assert len(ran) == (not database.is_sqlite)  # PostgreSQL is asked for its stamp
    with database.write() as session:
        session.execute(update(Forum).where(col(Forum.slug) == "town-hall").values(title_en="Town ball"))
    with database.read() as session:
        assert known_names(session).name("forum", "town-hall").en == "Town ball"


def test_the_number_of_statements_does_not_depend_on_the_hits(site: Site) -> None:
    database, engine = site
    with database.read() as session:
        names = known_names(session)
        ran: list[str] = []
        event.listen(database.reader, "before_cursor_execute", lambda *args: ran.append(args[2]))
        ask(session, engine, Asked("lamps"), names)
        assert len(ran) == 2  # one asks whether words were withheld that the index may still know
        ask(session, engine, Asked("lamps", filters=controls(contest=["mayor-2026"])), names)
        assert len(ran) == 5
