"""`tracker audit stale`: words that stand, moved, wait and are gone; a source whose bytes are not what they were."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from tests.positions.town import load_text
from tests.tracker.calling import Site, site
from tests.tracker.desk import Desk, desk_on
from tests.transcripts.records import turn_saying
from transcripts.models import RecordFile, SourceFile

PAGE = "/contests/town-mayor-2026/audit"


@pytest.fixture
def throw_away(database_url: str, tmp_path: Path) -> Site:
    return site(tmp_path, database_url)


@pytest.fixture
def desk(throw_away: Site) -> Iterator[Desk]:
    desk = desk_on(throw_away)
    load_text(desk.database)
    yield desk
    desk.database.dispose()


def correct(desk: Desk, words: str, others: str) -> None:
    turn = turn_saying(desk.database, words, "town-2026")
    text = turn.text.replace(words, others)
    fields = {"version": turn.version, "text": text, "kind": "words", "why": "The recording says so."}
    answer = desk.editor(f"Editor of {others}").post(f"/desk/turns/{turn.key}/words", fields)
    assert answer.status_code == 303, answer.text[-3000:]


def states(throw_away: Site) -> dict[str, int]:
    found = json.loads(throw_away.tracker("audit", "stale", "town-mayor-2026", "--json").out)
    assert found["quotations"] == sum(found["states"].values()) == len(found["rows"]) == 1
    return {state: n for state, n in found["states"].items() if n}


def test_words_that_stand_and_words_that_changed(desk: Desk, throw_away: Site) -> None:
    assert states(throw_away) == {"stands": 1}
    assert "1 quotation carries positions in this race" in desk.nobody().get(PAGE).text
    correct(desk, "I have said", "Good evening, neighbours, and thanks for coming. I have said")
    assert states(throw_away) == {"moved": 1}
    correct(desk, "should be free", "should not be free")
    assert states(throw_away) == {"waiting": 1}
    told = throw_away.tracker("audit", "stale", "town-mayor-2026").out
    assert "Ana Reyes, town-buses: changed; an editor has yet to look: “buses should be free”" in told
    assert "cambiaron con una corrección y esperan a la redacción" in desk.nobody().get(f"/es{PAGE}").text


def test_a_source_whose_bytes_are_not_what_was_stored(desk: Desk, throw_away: Site) -> None:
    """The town's file is a single byte under the digest of something else."""
    damaged = throw_away.tracker("audit", "stale", "town-mayor-2026")
    assert damaged.code == 1 and "town.txt: its bytes are not those that were stored" in damaged.out
    data = b"The buses should be free."
    with desk.database.write() as session:
        session.add(SourceFile(sha256=hashlib.sha256(data).hexdigest(), size=len(data), data=data))
        session.flush()
        session.exec(select(RecordFile)).one().sha256 = hashlib.sha256(data).hexdigest()
    assert throw_away.tracker("audit", "stale", "town-mayor-2026").code == 0
    assert throw_away.tracker("audit", "stale", "nowhere").code == 2


def test_the_leak_check_is_told_without_a_database(throw_away: Site, desk: Desk) -> None:
    out = throw_away.tracker("audit", "leaks").out
    assert "all: 70 sentences; of 32 places pointed at 31 give somebody away (97%)" in out
    assert "missed: “The budget I sent to the council”" in out
    assert json.loads(throw_away.tracker("audit", "leaks", "--json").out)["scores"][-1]["found"] == 31
    assert "On 70 sentences we invented and labelled, 31 of 32 places" in desk.nobody().get(PAGE).text
