"""The right of reply: an invited link, words nobody else touches, the same room for all, and what readers are told."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.transcripts.records import turn_saying

COMPARE = "/contests/town-mayor-2026/compare"
INVITE = "/desk/races/town-mayor-2026/candidates/{}/invite"
HOW = "Sent to the address in the register, confirmed by telephone"


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, database_url))
    load_text(desk.database)
    yield desk
    desk.database.dispose()


def link(editor: Visitor, person: str = "ana-reyes") -> str:
    answer = editor.post(INVITE.format(person), {"verified": HOW})
    assert answer.status_code == 201, answer.text[-2000:]
    return re.findall(r"/reply/[\w-]+", answer.text)[0]


def reply(visitor: Visitor, path: str, text: str, seen: int) -> int:
    return visitor.post(path, {"text": text, "version": seen}).status_code


def test_a_candidate_replies_changes_it_and_takes_it_back(desk: Desk) -> None:
    editor, ana, reader = desk.editor(), desk.nobody(), desk.nobody()
    assert "candidates reply" not in reader.get(COMPARE).text
    path = link(editor)
    told = reader.get(COMPARE).text
    assert "No reply was sent." in told and told.count("Not invited to reply yet.") == 2 and HOW in told
    assert reply(ana, path, "I ride the bus <b>daily</b>.", 0) == 303
    assert "I ride the bus &lt;b&gt;daily&lt;/b&gt;." in reader.get(COMPARE).text
    assert reply(ana, path, "From an old window.", 0) == 409
    assert reply(ana, path, "I ride it weekly.", 1) == 303
    told = reader.get(COMPARE).text
    assert "I ride it weekly." in told and "Earlier versions" in told
    assert reply(ana, path, "", 2) == 303
    assert "La candidatura retiró su réplica." in reader.get(f"/es{COMPARE}").text


def test_everybody_has_the_same_room(desk: Desk) -> None:
    path, ana = link(desk.editor()), desk.nobody()
    assert reply(ana, path, "word " * 151, 0) == 422
    assert reply(ana, path, "word " * 150, 0) == 303


def test_a_link_is_shown_once_and_ends_the_one_before(desk: Desk) -> None:
    editor, ana = desk.editor(), desk.nobody()
    first = link(editor)
    assert first not in editor.get("/desk/races/town-mayor-2026/candidates/ana-reyes").text
    second = link(editor)
    assert ana.get(first).status_code == 404 and reply(ana, first, "Hello", 0) == 404
    answer = ana.get(second)
    assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"]
    assert editor.post(INVITE.format("ana-reyes"), {"verified": ""}).status_code == 422
    assert editor.post(INVITE.format("mo-clark"), {"verified": HOW}).status_code == 404


def test_withheld_words_leave_replies_too(desk: Desk) -> None:
    editor, ana = desk.editor(), desk.nobody()
    assert reply(ana, link(editor), "It was Fine with me.", 0) == 303
    said = turn_saying(desk.database, "Fine with me", "town-2026")
    words = {"version": said.version, "words": "Fine", "kind": "address", "step": "do", "why": "A private matter"}
    assert editor.post(f"/desk/turns/{said.key}/withhold", words).status_code == 303
    assert "It was Fine" not in desk.nobody().get(COMPARE).text


def test_a_reply_goes_along_when_races_are_merged(desk: Desk) -> None:
    editor, ana = desk.editor(), desk.nobody()
    facts = {"title_en": "Mayor again", "office_en": "Mayor", "place": "Town", "zone": "UTC", "fictional": "1"}
    assert editor.post("/desk/races/new", {**facts, "election_date": "2026-11-03"}).status_code == 303
    path = link(editor)
    assert reply(ana, path, "I ride the bus.", 0) == 303
    merged = editor.post(
        "/desk/races/town-mayor-2026/merge", {"into": "mayor-again-2026", "why": "The same", "do": "merge"}
    )
    assert merged.status_code == 303, merged.text[-1500:]
    assert "I ride the bus." in desk.nobody().get("/contests/mayor-again-2026/compare").text
    assert reply(ana, path, "I walk.", 1) == 303
