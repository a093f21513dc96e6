"""The right of reply: an invited link, words nobody else touches, the same room for all, and what readers are told."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from positions.load_document import read_document
from tests.positions.town import TOWN, load_text
from tests.tracker.calling import Site, site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.transcripts.records import turn_saying
from tracker import world
from tracker.printing import guide

COMPARE = "/contests/town-mayor-2026/compare"
INVITE = "/desk/races/town-mayor-2026/candidates/{}/invite"
HOW = "Sent to the address in the register, confirmed by telephone"


@pytest.fixture
def throw_away(database_url: str, tmp_path: Path) -> Site:
    return site(tmp_path, database_url)


@pytest.fixture
def desk(throw_away: Site) -> Iterator[Desk]:
    desk = desk_on(throw_away)
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


def test_replies_follow_a_chain_of_merges(desk: Desk) -> None:
    """A race that was entered three times: what was said of it and of its statements stays where it belongs."""
    editor, ana = desk.editor(), desk.nobody()
    path = link(editor)
    assert reply(ana, path, "I ride the bus.", 0) == 303
    assert reply(ana, f"{path}?about=town-buses", "Free on Sundays first.", 0) == 303
    facts = {"office_en": "Mayor", "place": "Town", "zone": "UTC", "fictional": "1", "election_date": "2026-11-03"}
    at = "town-mayor-2026"
    for title, slug in (("Mayor again", "mayor-again-2026"), ("Mayor once more", "mayor-once-more-2026")):
        assert editor.post("/desk/races/new", {**facts, "title_en": title}).status_code == 303
        merged = editor.post(f"/desk/races/{at}/merge", {"into": slug, "why": "The same", "do": "merge"})
        assert merged.status_code == 303, merged.text[-1500:]
        at = slug
    told = desk.nobody().get(f"/contests/{at}/compare").text
    assert "I ride the bus." in told and "Free on Sundays first." in told
    assert reply(ana, path, "I walk.", 1) == 303


def test_a_reply_stands_in_the_box_it_is_about(desk: Desk) -> None:
    editor, ana = desk.editor(), desk.nobody()
    path = link(editor)
    form = ana.get(path).text
    assert "Or reply to one statement" in form and "about=town-buses" in form
    assert "Buses should be free." in ana.get(f"{path}?about=town-buses").text
    assert ana.get(f"{path}?about=nowhere").status_code == 404
    assert reply(ana, f"{path}?about=nowhere", "Hello", 0) == 404
    assert reply(ana, f"{path}?about=town-cameras", "word " * 41, 0) == 422
    assert reply(ana, f"{path}?about=town-cameras", "I <b>never</b> said that.", 0) == 303
    html = desk.nobody().get(f"{COMPARE}?order=alphabetical").text
    row = html.partition('id="r-town-cameras"')[2].partition("</tr>")[0]
    box = row.partition("Ana Reyes")[2].partition("</td>")[0]
    assert "I &lt;b&gt;never&lt;/b&gt; said that." in box and "We have not checked this yet" in box and HOW in box
    assert (
        "They replied to 1 statement, in its box above." in html
        and "I &lt;b&gt;never" not in desk.nobody().get(f"{COMPARE}?by=topic").text
    )
    assert "Su réplica:" in desk.nobody().get(f"/es{COMPARE}").text
    with desk.database.read() as session:
        held = desk.app.config["TRACKER"]
        (part,), _ = guide.parts(session, held, "town-mayor-2026", "en", "alphabetical", date(2026, 11, 1))
    printed = [
        paragraph.text for topic in part.topics for block in topic.blocks for box in block.boxes for paragraph in box
    ]
    assert (
        "I <b>never</b> said that." in printed and "They replied to single statements, in their boxes above." in printed
    )
    assert reply(ana, f"{path}?about=town-cameras", "From an old window.", 0) == 409
    assert reply(ana, f"{path}?about=town-cameras", "", 1) == 303
    assert "never&lt;/b&gt; said" not in desk.nobody().get(COMPARE).text


def test_the_command_tells_replies(desk: Desk, throw_away: Site) -> None:
    path, ana = link(desk.editor()), desk.nobody()
    assert reply(ana, f"{path}?about=town-buses", "Free on Sundays first.", 0) == 303
    found = json.loads(throw_away.tracker("compare", "town-mayor-2026", "--json").out)
    assert [(one["candidate"], one["text"], one["verified"]) for one in found["replies"]] == [("ana-reyes", None, HOW)]
    boxes = [cell["reply"] for row in found["rows"] for cell in row["cells"].values() if cell["reply"]]
    assert [(box["text"], box["verified"]) for box in boxes] == [("Free on Sundays first.", HOW)]
    assert "Their reply: Free on Sundays first." in throw_away.tracker("compare", "town-mayor-2026").out


PROGRAM = """\
programs:
  - {slug: door, name: {en: The door}, summary: {en: Invented.}, place: Town, zone: UTC, stage: pilot, fictional: true}
"""
OURS = PROGRAM.replace("slug: door", "slug: ours").replace("The door", "Our own")


def test_links_go_with_what_the_demonstration_brought_and_no_others(
    desk: Desk, throw_away: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link made by hand would otherwise open whatever is loaded under the same address next."""
    for text in (PROGRAM, OURS):
        load_text(desk.database, text)
    editor, body = desk.editor(), {"body": "Town League", "verified": "Sent to their published address."}
    paths = [link(editor)]
    for program in ("door", "ours"):
        made = editor.post(f"/desk/findings/{program}/invite", body)
        paths += re.findall(r"/reply/program/[\w-]+", made.text)
    assert reply(desk.nobody(), paths[0], "I meant the buses.", 0) == 303
    said = {"words": "We answer.", "language": "en"}
    assert [desk.nobody().post(path, said).status_code for path in paths[1:]] == [303, 303]
    demo = [(name, *read_document(text.encode())) for name, text in (("town", TOWN), ("door", PROGRAM))]
    monkeypatch.setattr(world, "documents", lambda: iter(demo))
    assert throw_away.tracker("demo", "--remove").code == 0
    for text in (TOWN, PROGRAM):
        load_text(desk.database, text)
    assert [desk.nobody().get(path).status_code for path in paths] == [404, 404, 200]
    assert "We answer." in desk.nobody().get("/programs/ours").text
