"""`tracker people import`: who is new, known, doubtful; nothing merged unasked, nothing stored by halves."""

import json
from pathlib import Path

import pytest
from sqlmodel import col, select

from positions.models import Candidacy
from tests.positions.town import load_text
from tests.tracker.calling import Site, site
from tracker.db import Database
from transcripts.models import Person, PersonAlias

LIST = """\
name,aliases,contest,party,incumbent
Ana Reyes,Anita Reyes,,River Party,yes
Kit Moss,,,Hill Party,
B. Stone,,,,
"""


@pytest.fixture
def town(tmp_path: Path, database_url: str) -> Site:
    made = site(tmp_path, database_url)
    database = Database(database_url)
    load_text(database)
    database.dispose()
    (tmp_path / "list.csv").write_text(LIST)
    return made


def held(town: Site) -> tuple[set[str], set[tuple[str, str | None]], set[str]]:
    """Slugs of people, candidacies as (slug, party), aliases."""
    with Database(town.url) as database, database.read() as session:
        people = set(session.exec(select(Person.slug)))
        standing = select(Person.slug, Candidacy.party_en).join(Candidacy, col(Candidacy.person_id) == col(Person.id))
        return people, set(session.exec(standing).all()), set(session.exec(select(PersonAlias.alias)))


def test_a_list_is_shown_and_stored_only_once_every_doubt_is_settled(town: Site) -> None:
    call = ("people", "import", str(town.home / "list.csv"), "--contest", "town-mayor-2026")
    before = held(town)
    shown = town.tracker(*call)
    assert shown.code == 0 and "3 people: 1 new, 1 known, 1 doubtful." in shown.out
    assert "Ana Reyes: known: ana-reyes; River Party; holds the office; stands in town-mayor-2026" in shown.out
    assert "Bo Stone (bo-stone)? The name fits." in shown.out and "Nothing was stored" in shown.out
    refused = town.tracker(*call, "--yes")
    assert refused.code == 2 and "B. Stone" in refused.err
    assert held(town) == before
    stored = town.tracker(*call, "--new", "B. Stone", "--yes")
    assert stored.code == 0, stored.err
    people, standing, aliases = held(town)
    assert people - before[0] == {"kit-moss", "b-stone"}
    assert {("ana-reyes", "River Party"), ("kit-moss", "Hill Party"), ("b-stone", None)} <= standing
    assert "Anita Reyes" in aliases


def test_the_same_list_again_changes_nothing(town: Site) -> None:
    call = ("people", "import", str(town.home / "list.csv"), "--contest", "town-mayor-2026")
    call += ("--is", "B. Stone=bo-stone", "--yes")
    assert town.tracker(*call).code == 0
    after = held(town)
    assert "B. Stone" in after[2]
    again = town.tracker(*call)
    assert again.code == 0 and "nothing was changed" in again.out
    assert held(town) == after


def test_two_people_of_one_name_on_a_list_stay_two(town: Site) -> None:
    path = town.home / "twins.json"
    path.write_text('[{"id": 1, "name": "Lee Park"}, {"id": 2, "name": "Lee Park"}]')
    call = ("people", "import", str(path), "--yes")
    assert "Lee Park, Lee Park" in town.tracker(*call).err
    assert "Two people on this list" in town.tracker(*call, "--is", "Lee Park=bo-stone").err
    assert town.tracker(*call, "--new", "Lee Park").code == 0
    assert {"lee-park", "lee-park-2"} <= held(town)[0]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (("--contest", "nowhere"), "no race “nowhere”"),
        (("--is", "Ana Reyes=nobody"), "nobody under the name “nobody”"),
        (("--new", "Somebody Else"), "not on this list"),
        (("--is", "Ana Reyes"), "NAME=SLUG"),
    ],
)
def test_refusals_say_what_is_wrong(town: Site, said: tuple[str, ...], error: str) -> None:
    ended = town.tracker("people", "import", str(town.home / "list.csv"), *said)
    assert ended.code == 2 and error in ended.err


def test_who_moderates_or_asks_by_the_list_stands_in_no_race(town: Site) -> None:
    rows = "name,papel\nVi Lark,candidata\nNo Wynn,Moderadora\nPat Reed,panelist\nHal Ode,\n"
    (town.home / "roles.csv").write_text(rows)
    member = {"organization_id": "o", "role": "Moderator"}
    popolo = {"persons": [{"id": "p", "name": "Lu Hart", "memberships": [member]}, {"id": "q", "name": "Kim Ash"}]}
    (town.home / "roles.json").write_text(json.dumps(popolo))
    before = held(town)
    for name in ("roles.csv", "roles.json"):
        call = ("people", "import", str(town.home / name), "--contest", "town-mayor-2026", "--yes")
        assert town.tracker(*call).code == 0
    after = held(town)
    assert set(after[0]) - set(before[0]) == {"vi-lark", "no-wynn", "pat-reed", "hal-ode", "lu-hart", "kim-ash"}
    assert {slug for slug, *_ in set(after[1]) - set(before[1])} == {"vi-lark", "hal-ode", "kim-ash"}
