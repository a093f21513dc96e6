"""Two people who are one: what moves, what stands against it, and that all of it can be taken back."""

import re
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, col, select

from positions.load_document import read_document
from positions.models import Candidacy
from positions.removing import remove
from tests.positions.town import TOWN, load_text
from tests.tracker.calling import site
from tests.tracker.desk import desk_on
from tracker import create_app, people
from tracker.asking import known_names
from tracker.config import Config
from tracker.db import Database
from transcripts import aliases, attributing, proposing
from transcripts.amending import Reason
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Person, PersonAlias, Speaker
from transcripts.people_tables import PersonMerge, PersonRedirect
from transcripts.queries import speakers
from transcripts.search.query import Field

BECAUSE = Reason("The clerk told us", "Ana, editor")
TWINS = TOWN.replace(
    "forums:\n  - slug: town-2026",
    """forums:
  - slug: town-2024
    title: {en: Old forum, es: Foro viejo}
    kind: forum
    date: 2024-10-20
    zone: America/New_York
    appearances:
      - {person: r-stone, role: candidate, labels: [STONE]}
  - slug: town-2026""",
    1,
).replace(
    "  - {slug: cy-abbot",
    '  - {slug: r-stone, name: Roberta Stone, sort_name: "Stone, Roberta", aliases: [Bobbie Stone, Bo]}\n  - {slug: cy-abbot',
    1,
)
RACE = """
  - slug: town-mayor-2024
    title: {en: Mayor then, es: Alcaldía entonces}
    office: {en: Mayor, es: Alcaldía}
    place: Town
    zone: America/New_York
    election_date: 2024-11-03
    forums: [town-2024]
    candidacies:
      - {person: r-stone}
"""

BOTH_RACES = TWINS.replace("propositions:\n", RACE.lstrip("\n") + "propositions:\n", 1)


def town(database: Database) -> None:
    load_text(database, BOTH_RACES)


def held(session: Session) -> dict[str, Any]:
    """Who has what, by slug."""
    slugs = {person.id: person.slug for person in session.exec(select(Person))}

    def owned(model: type[Any], what: Any) -> list[Any]:
        rows = session.exec(select(what, model.person_id)).all()
        return sorted((str(value), slugs[id]) for value, id in rows if id is not None)

    return {
        "people": sorted((one.slug, one.name, one.sort_name) for one in session.exec(select(Person))),
        "aliases": owned(PersonAlias, PersonAlias.alias),
        "voices": owned(Speaker, Speaker.id),
        "names": sorted((str(one.id), one.name) for one in session.exec(select(Speaker))),
        "candidacies": owned(Candidacy, Candidacy.id),
        "redirects": owned(PersonRedirect, PersonRedirect.slug),
    }


def state(database: Database) -> dict[str, Any]:
    with database.read() as session:
        return held(session)


def merged(database: Database, gone: str, kept: str) -> int:
    with database.write() as session:
        return people.carry_out(session, gone, kept, BECAUSE)


def separated(database: Database, id: int) -> None:
    with database.write() as session:
        people.take_back(session, id, BECAUSE)


def test_a_preview_tells_what_moves_and_writes_nothing(database: Database) -> None:
    town(database)
    before = state(database)
    with database.read() as session:
        seen = people.preview_merge(session, "r-stone", "bo-stone")
    assert (seen.record.gone, seen.record.kept) == ("Roberta Stone", "Bo Stone")
    assert [(title, name) for title, _, name, _ in seen.record.voices] == [("Old forum", "Roberta Stone")]
    assert seen.record.names == ("Roberta Stone", "Bobbie Stone", "Bo")
    assert (seen.races, seen.conflicts) == (("Mayor then",), ())
    assert state(database) == before


def test_a_merge_moves_everything_and_separating_puts_all_of_it_back(database: Database) -> None:
    town(database)
    with database.write() as session:
        aliases.add(session, "bo-stone", "Bo")
    before = state(database)
    id = merged(database, "r-stone", "bo-stone")
    after = state(database)
    assert {slug for _, slug in after["voices"] + after["candidacies"] + after["aliases"]} == {
        *("bo-stone", "ana-reyes", "cy-abbot", "mo-clark")
    }
    assert ("Roberta Stone", "bo-stone") in after["aliases"] and ("r-stone", "bo-stone") in after["redirects"]
    assert [alias for alias, _ in after["aliases"]].count("Bo") == 1
    separated(database, id)
    assert state(database) == before
    with pytest.raises(Conflict, match="already"):
        separated(database, id)


def test_a_chain_of_merges_is_taken_back_link_by_link(database: Database) -> None:
    town(database)
    with database.write() as session:
        session.add(Person(slug="stone", name="B. Stone", sort_name="Stone, B."))
    before = state(database)
    first = merged(database, "r-stone", "bo-stone")
    between = state(database)
    second = merged(database, "bo-stone", "stone")
    with database.read() as session:
        assert speakers.moved_to(session, "r-stone") == speakers.moved_to(session, "bo-stone") == "stone"
        assert known_names(session).resolved(Field("speaker", "r-stone")) == Field("speaker", "stone")
    with pytest.raises(Conflict, match="separate those two first"):
        separated(database, first)
    separated(database, second)
    assert state(database) == between
    separated(database, first)
    assert state(database) == before


def test_what_an_editor_gave_to_somebody_else_since_stays_there(database: Database) -> None:
    town(database)
    id = merged(database, "r-stone", "bo-stone")
    with database.write() as session:
        old = session.exec(select(Speaker).order_by(col(Speaker.id))).first()
        assert old is not None and old.name == "Bo Stone"
        old.person_id = aliases.person(session, "cy-abbot").id
    separated(database, id)
    with database.read() as session:
        assert [slug for voice, slug in held(session)["voices"] if voice == str(old.id)] == ["cy-abbot"]


@pytest.mark.parametrize(
    ("gone", "kept", "error", "said"),
    [
        ("bo-stone", "ana-reyes", Conflict, "both stand in “Mayor of the town”"),
        ("mo-clark", "ana-reyes", Conflict, "Both are heard at “Town forum”"),
        ("nobody", "ana-reyes", NotFound, "nobody under"),
        ("ana-reyes", "ana-reyes", Refusal, "one person already"),
    ],
)
def test_what_stands_against_a_merge_is_a_sentence(
    database: Database, gone: str, kept: str, error: type[Refusal], said: str
) -> None:
    town(database)
    before = state(database)
    with pytest.raises(error, match=said):
        merged(database, gone, kept)
    assert state(database) == before


def proposed(database: Database, kept: str = "stone") -> tuple[int, str]:
    """A proposal to merge Bo Stone, whose position is on file, into somebody new: its id and the version of what would move."""
    town(database)
    with database.write() as session:
        session.add(Person(slug="stone", name="B. Stone", sort_name="Stone, B."))
        session.flush()
        id = people.merge(session, "bo-stone", kept, BECAUSE)
    with database.read() as session:
        (asked,) = people.waiting(session)
    assert id is not None and asked.moving is not None and asked.moving.positions == 2
    return id, asked.moving.version


def test_merging_somebody_whose_positions_are_on_file_waits_for_a_second_editor(database: Database) -> None:
    id, seen = proposed(database)
    before = state(database)
    assert ("B. Stone", "stone") not in before["names"] and any(slug == "bo-stone" for _, slug in before["candidacies"])
    with pytest.raises(Conflict, match="waits for a second editor already"), database.write() as session:
        people.merge(session, "bo-stone", "stone", BECAUSE)
    with pytest.raises(Refusal, match="Another editor must agree"), database.write() as session:
        people.approve(session, id, "ANA, editor", seen)
    with pytest.raises(Conflict, match="is not what it was"), database.write() as session:
        people.approve(session, id, "Bea", "another")
    assert state(database) == before
    with database.write() as session:
        people.approve(session, id, "Bea", seen)
    assert [slug for _, slug in state(database)["candidacies"]].count("stone") == 1
    with pytest.raises(Conflict, match="decided this meanwhile"), database.write() as session:
        people.approve(session, id, "Cy", seen)
    with database.write() as session:
        (merge,) = session.exec(select(PersonMerge)).all()
        assert (merge.slug, merge.by) == ("bo-stone", "Ana, editor · Bea")
        back = people.unmerge(session, merge.id or 0, BECAUSE)
    assert back is not None and any(slug == "stone" for _, slug in state(database)["candidacies"])
    with database.write() as session:
        (asked,) = people.waiting(session)
        assert asked.moving is not None
        people.approve(session, back, "Bea", asked.moving.version)
    assert state(database) == before


def test_nobody_waits_where_no_position_changes_hands_and_a_refused_one_can_be_proposed_again(
    database: Database,
) -> None:
    id, _ = proposed(database)
    with database.write() as session:
        assert people.merge(session, "r-stone", "stone", BECAUSE) is None
        proposing.refuse_merge(session, id, "Ana, editor", "They are two")
        (merge,) = session.exec(select(PersonMerge)).all()
        assert people.unmerge(session, merge.id or 0, BECAUSE) is None
        assert people.merge(session, "bo-stone", "stone", BECAUSE) not in (None, id)


def test_of_many_who_agree_at_once_one_merges(database: Database) -> None:
    id, seen = proposed(database)
    ends: list[str] = []

    def agree(name: str) -> None:
        try:
            with database.write() as session:
                people.approve(session, id, name, seen)
            ends.append("done")
        except Conflict:
            ends.append("conflict")

    threads = [threading.Thread(target=agree, args=(name,)) for name in ("Bea", "Cy", "Dee")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["conflict", "conflict", "done"]


def test_the_old_address_leads_to_the_survivor(database: Database) -> None:
    town(database)
    id = merged(database, "r-stone", "bo-stone")
    app = create_app(Config.from_env({"TRACKER_DATABASE_URL": database.url.render_as_string(hide_password=False)}))
    SQLModel.metadata.create_all(database.writer)
    client = app.test_client()
    for prefix in ("", "/es"):
        answer = client.get(f"{prefix}/speakers/r-stone")
        assert (answer.status_code, answer.location) == (301, f"{prefix}/speakers/bo-stone")
    separated(database, id)
    assert client.get("/speakers/r-stone").status_code == 200
    app.extensions["database"].dispose()


def test_a_file_that_names_somebody_by_the_old_slug_is_refused(database: Database) -> None:
    town(database)
    merged(database, "r-stone", "bo-stone")
    with pytest.raises(Conflict, match="turned out to be “bo-stone”"):
        town(database)


def test_what_a_file_brought_can_be_taken_away_with_all_that_was_said_of_its_voices(database: Database) -> None:
    town(database)
    document, _ = read_document(BOTH_RACES.encode())
    with database.write() as session:
        stone = session.exec(select(Speaker).where(Speaker.name == "Bo Stone")).one()
        id = attributing.unlink(session, stone.id or 0, 0, BECAUSE, guarded=())
        attributing.undo(session, id, BECAUSE, guarded=())
        people.merge(session, "r-stone", "bo-stone", BECAUSE)
    with database.write() as session:
        remove(session, document)
        assert session.exec(select(Speaker)).all() == []


def test_every_row_that_names_a_person_is_moved_by_a_merge() -> None:
    """A new table with a person in it must be merged too, or say here why not."""
    naming = {
        f"{table.name}.{key.parent.name}"
        for table in SQLModel.metadata.tables.values()
        for key in table.foreign_keys
        if key.target_fullname == "person.id"
    }
    assert PersonMerge.__tablename__ in SQLModel.metadata.tables
    assert naming == {
        *("person_alias.person_id", "speaker.person_id", "candidacy.person_id", "coder_tie.person_id"),
        *("person_redirect.person_id", "person_merge.into_id", "commitment.person_id"),
    }


def test_at_the_desk_one_editor_proposes_and_another_agrees(tmp_path: Path) -> None:
    home = site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")
    desk = desk_on(home)
    load_text(desk.database)
    one = desk.editor()
    assert one.post("/desk/people", {"name": "B. Stone", "another": "1"}).status_code == 303
    assert "A second editor must agree." in one.get("/desk/people/bo-stone/merge?into=b-stone").text
    sent = one.post("/desk/people/bo-stone/merge", {"into": "b-stone", "why": "She told us."})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/desk/proposals")
    alone = one.get("/desk/proposals").text
    assert "Bo Stone is really B. Stone" in alone and "Nobody else can agree yet." in alone
    assert "/approve" not in alone and desk.nobody().get("/speakers/bo-stone").status_code == 200
    two = desk.editor("Bea Second")
    page = two.get("/es/desk/proposals").text
    (address,) = re.findall(r'action="/es(/desk/proposals/people/\d+/approve)"', page)
    (seen,) = re.findall(r'name="version" value="([0-9a-f]{16})"', page)
    assert one.post(address, {"version": seen}).status_code == 422
    assert two.post(address, {"version": "another"}).status_code == 409
    assert two.post(address, {"version": seen}).status_code == 303
    assert desk.nobody().get("/speakers/bo-stone").status_code == 301
    (back,) = re.findall(r'href="(/desk/merges/\d+)"', two.get("/desk/merges").text)
    assert "A second editor must agree." in two.get(back).text
    assert two.post(f"{back}/undo", {"why": "They are two."}).headers["Location"] == "/desk/proposals"
    (refuse,) = re.findall(r'action="(/desk/proposals/people/\d+/refuse)"', one.get("/desk/proposals").text)
    assert one.post(refuse, {}).status_code == 422
    assert one.post(refuse, {"why": "They are one."}).status_code == 303
    assert "Nothing waits for you." in one.get("/desk/proposals").text
    desk.database.dispose()
