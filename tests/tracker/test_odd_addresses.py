"""What nobody should send is refused whole, on both databases: odd addresses, queries, forms; a race for a row is run twice."""

import random
import secrets
from pathlib import Path

import pytest
from sqlmodel import Session, select

from positions.classes.models import Submission
from tests.fuzz.walking import Walk, spoilt, town
from tests.positions.classes.school import School, school
from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.confiding import desk_with_key
from tests.tracker.desk import OURS, desk_on
from tracker.acting import once_more
from tracker.db import Database
from transcripts.errors import Conflict

HUGE = "9" * 25
STEPS = 150
PATHS = (
    "/turns/%00",
    "/contests/%00",
    "/forums/a%00b",
    "/speakers/%00",
    "/es/topics/%00",
    "/programs/%00/design",
    "/requests/%00",
    "/desk/findings/a%00b",
    "/commitments/%00",
    "/es/commitments/%00/feed.atom",
    "/desk/commitments/%00/record",
    f"/desk/commitments/new?evidence={HUGE}",
    "/desk/commitments/new?evidence=999999999",
    "/classes/join/%00",
    f"/desk/reports/{HUGE}",
    "/desk/reports/99999999999",
)
QUERIES = (
    "/contests/town-mayor-2026/compare?only=%00,a",
    "/search?q=%00&speaker=%00",
    "/classes/join?code=%00",
    "/check?q=%00",
)


def test_what_no_database_can_look_for_is_not_there(database_url: str, tmp_path: Path) -> None:
    desk = desk_on(site(tmp_path, database_url))
    load_text(desk.database)
    boss = desk.as_("admin", "editor", "teacher")
    assert {path: boss.get(path).status_code for path in PATHS} == dict.fromkeys(PATHS, 404)
    assert {path for path in QUERIES if boss.get(path).status_code >= 500} == set()
    desk.database.dispose()


@pytest.mark.parametrize("seed", ["fixed", "new"])
def test_a_walk_through_follow_through_breaks_nothing(database_url: str, tmp_path: Path, seed: str) -> None:
    """`python -m tests.fuzz --steps 20000` walks as far as one likes."""
    desk = desk_with_key(tmp_path, database_url)
    town(desk)
    drawn = secrets.token_hex(4) if seed == "new" else "1"
    walk = Walk(desk, random.Random(drawn))
    walk.go(STEPS)
    assert walk.faults == [], f"seed {drawn}"
    assert spoilt(desk.database) == [], f"seed {drawn}"
    done = {asked for method, asked, status in walk.asked if method == "POST" and status in (201, 303)}
    assert len(done) > 3, "hardly any form went through: the walk is no test"
    desk.database.dispose()


def test_an_address_that_is_none_is_refused_wherever_it_is_sent(tmp_path: Path) -> None:
    """Python's own reader of addresses raises for it."""
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    nobody, editor, none = desk.nobody(), desk.editor(), "https://[::1"
    paper = {"title_en": "A paper", "kind": "report", "summary_en": "It tells.", "url": none}
    assert editor.post("/desk/documents", paper).status_code == 422
    term = {"term_en": "LEAD", "term_es": "LEAD", "meaning_en": "A way", "meaning_es": "Una vía", "link": none}
    assert editor.post("/desk/glossary", term).status_code == 422
    assert nobody.post("/folders", {"name": "Mine", "folder": none, "link": none}).status_code < 500
    assert nobody.client.post("/folders", headers={"Origin": none}).status_code == 403
    assert (
        nobody.client.post("/folders", headers={"Sec-Fetch-Site": OURS["Sec-Fetch-Site"], "Origin": none}).status_code
        < 500
    )
    desk.database.dispose()


@pytest.mark.parametrize("clashes", [1, 2])
def test_a_row_somebody_else_stored_is_there_the_second_time(database: Database, clashes: int) -> None:
    room: School = school(database)
    tries: list[int] = []

    def work(session: Session) -> str:
        sheet = room.sheet(session)
        tries.append(1)
        for _ in range(2 if len(tries) <= clashes else 1):
            session.add(Submission(assignment_id=sheet.id, member_id=room.members["Heron 12"]))
        session.flush()
        return "kept"

    if clashes == 1:
        assert once_more(database, work) == "kept"
    else:
        with pytest.raises(Conflict):
            once_more(database, work)
    with database.read() as session:
        assert len(session.exec(select(Submission)).all()) == 2 - clashes
    assert len(tries) == 2
