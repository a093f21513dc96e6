"""Is it run as designed? and the requests for records: what readers see, what editors record, what a body says itself.

Row of seeds.md: "LEAD Watch site: concerns, city's role, fidelity, fit".
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.positions.followthrough import bridge
from tests.positions.followthrough.test_fidelity_kept import bring
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on

DESIGN, FINDINGS, REQUESTS = "/programs/bridge/design", "/desk/findings/bridge", "/desk/requests"
HOW = "Sent to the address the city publishes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    with desk.database.write() as session:
        bridge.store(session)
    yield desk
    desk.database.dispose()


def loaded(desk: Desk) -> None:
    with desk.database.write() as session:
        bring(session)


def text(visitor: Visitor, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_without_findings_the_page_says_that_nobody_looked_and_nobody_asked(desk: Desk) -> None:
    told = text(desk.nobody(), DESIGN)
    assert (
        "Of 3 things the design asks for: 0 as designed, 0 adapted, 0 depart, 0 without data, 3 that nobody has looked at."
        in told
    )
    assert (
        told.count("We hold no reply. Nobody here has asked for one yet.") == 5
    )  # three criteria, one question, the page
    assert "We hold no request for records about this program: nobody here has asked yet." in told
    assert "Whether it still is that design is not decided here." not in told
    assert "Nobody has looked at this yet. That says nothing about what is done." in told
    assert "This program follows no design that we hold." in text(desk.nobody(), "/programs/bare/design")
    for path in ("/programs/none/design", "/requests/none", "/es/requests/none"):
        assert desk.nobody().get(path).status_code == 404
    assert "No request for records yet." in text(desk.nobody(), "/requests")


def test_findings_that_differ_the_reply_and_the_interest_stand_at_equal_size(desk: Desk) -> None:
    loaded(desk)
    html = desk.nobody().get(DESIGN).text
    criterion = html.split('id="c-no-charge"')[1].split("</section>")[0]
    boxes = re.findall(r'<article class="([^"]*)"', criterion)
    assert boxes == ["voice", "voice", "voice"]  # two finders and the city, one class and so one size
    assert "Those who looked differ." in criterion and "It represents people on the street." in criterion
    assert "We waive every fee." in criterion and "February 2025" in criterion
    told = text(desk.nobody(), DESIGN)
    assert "1 on which those who looked differ" in told
    assert re.search(r"Asked on March 3, 2026; no reply in \d+ days\. A reply was due on April 14, 2026", told)
    assert "Findings by Bridge Watch" in told and "No interest in the subject is known to us." in told
    assert "others found otherwise" in told and "Whether it still is that design is not decided here." in told
    for words in ("As designed", "Adapted to the place", "Departs from the design", "No data"):
        assert words in told.split("What the words mean")[1]
    assert "¿Funciona como se diseñó?" in text(desk.nobody(), f"/es{DESIGN}")


def test_a_request_tells_who_asked_what_and_everything_that_came_of_it(desk: Desk) -> None:
    loaded(desk)
    told = text(desk.nobody(), "/requests/door-log")
    for words in (
        "City of Port Linden",
        "Bridge Watch",
        "March 3, 2026",
        "Public Records Act",
        "Receipt confirmed",
        "More time taken",
    ):
        assert words in told
    assert "1 of 1 requests waits for a reply." in text(desk.nobody(), "/requests")
    assert "sin respuesta en" in text(desk.nobody(), "/es/requests")


def test_an_editor_records_a_finding_and_takes_it_back(desk: Desk) -> None:
    editor, reader = desk.editor(), desk.nobody()
    found = {"criterion": "open-door", "result": "met", "on": "2025", "found_by": "A class", "text_en": "It was open."}
    refused = editor.post(f"{FINDINGS}/find", found)
    assert (
        refused.status_code == 422
        and "Give the source that it rests on" in refused.text
        and "It was open." in refused.text
    )
    rests = {"ground": "document:paper", "place": "p. 2"}
    assert editor.post(f"{FINDINGS}/find", {**found, **rests}).status_code == 303
    assert editor.post(f"{FINDINGS}/find", {**found, **rests}).headers["Location"].endswith("kept=same")
    assert "1 as designed" in text(reader, DESIGN)
    back = re.findall(rf"{FINDINGS}/take-back/finding/\w+", editor.get(FINDINGS).text)[0]
    assert "This is needed." in editor.post(back, {}).text
    assert editor.post(back, {"why_en": "It was another door."}).status_code == 303
    told = text(reader, DESIGN)
    assert "0 as designed" in told and "It was another door." in told and "It was open." in told
    assert editor.post(back, {"why_en": "Again."}).status_code == 422
    for path in (f"{FINDINGS}/take-back/finding/none", f"{FINDINGS}/take-back/nothing/none", "/desk/findings/none"):
        assert editor.get(path).status_code == 404


def test_an_editor_records_what_a_body_answered_word_for_word(desk: Desk) -> None:
    editor = desk.editor()
    said = {"about": "q-whom", "replied_by": "City", "words": "For <all>.", "language": "en", "on": "2026-01-02"}
    assert "Say how the reply was received" in editor.post(f"{FINDINGS}/reply", said).text
    assert editor.post(f"{FINDINGS}/reply", {**said, "received": "By letter"}).status_code == 303
    html = desk.nobody().get(DESIGN).text
    assert "For &lt;all&gt;." in html and "How it reached us: By letter" in html
    assert editor.post(f"{FINDINGS}/reply", {**said, "about": "c-none", "received": "x"}).status_code == 422


def test_a_body_replies_by_its_link_and_takes_it_back(desk: Desk) -> None:
    editor, city, reader = desk.editor(), desk.nobody(), desk.nobody()
    assert editor.post(f"{FINDINGS}/invite", {"body": "City", "verified": ""}).status_code == 422
    made = editor.post(f"{FINDINGS}/invite", {"body": "City", "verified": HOW})
    assert made.status_code == 201
    link = re.findall(r"/reply/program/[\w-]+", made.text)[0]
    told = text(reader, DESIGN)
    assert "No reply to this. One was asked for on" in told and HOW in told
    about = f"{link}?about=c-open-door"
    assert city.get(about).headers["Cache-Control"] == "no-store"
    assert city.post(about, {"words": "Our door is open.", "language": "en"}).status_code == 303
    assert city.post(about, {"words": "word " * 301, "language": "en"}).status_code == 422
    assert city.post(f"{link}?about=c-none", {"words": "x", "language": "en"}).status_code == 404
    assert "Our door is open." in text(reader, DESIGN).split("2. The design asks for no-charge")[0]
    key = re.findall(r'name="key" value="(\w+)"', city.get(about).text)[0]
    assert city.post(f"{link}/take-back", {"key": key}).status_code == 303
    assert "Taken back by whoever gave it." in text(reader, DESIGN)
    editor.post(f"{FINDINGS}/invite", {"body": "City", "verified": HOW})
    assert city.get(link).status_code == 404  # a new link ends the one before


def test_a_body_cannot_take_back_what_another_said(desk: Desk) -> None:
    loaded(desk)
    editor = desk.editor()
    made = editor.post(f"{FINDINGS}/invite", {"body": "Somebody else", "verified": HOW})
    link = re.findall(r"/reply/program/[\w-]+", made.text)[0]
    key = re.findall(rf"{FINDINGS}/take-back/reply/(\w+)", editor.get(FINDINGS).text)[0]
    assert desk.nobody().post(f"{link}/take-back", {"key": key}).status_code == 422
    assert "We waive every fee." in text(desk.nobody(), DESIGN)


def test_the_desk_keeps_requests_and_says_which_are_overdue(desk: Desk) -> None:
    editor = desk.editor()
    asked = {"program": "bridge", "what_en": "The log of the door", "asked_of": "City", "asked_by": "Us"}
    made = editor.post(REQUESTS, {**asked, "asked_on": "2026-03-03", "due_on": "2026-03-17"})
    assert made.status_code == 303, made.text[-3000:]
    assert "Requests for records without a reply in time" in text(editor, "/desk")
    path = f"{REQUESTS}/the-log-of-the-door"
    assert editor.post(f"{path}/came", {"outcome": "denied", "on": "2026-03-01"}).status_code == 422
    assert editor.post(f"{path}/came", {"outcome": "denied", "on": "2026-03-30"}).status_code == 303
    assert "without a reply in time" not in text(editor, "/desk")
    assert "answered after 27 days. Refused." in text(desk.nobody(), "/requests/the-log-of-the-door")
    back = re.findall(rf"{path}/take-back/\w+", editor.get(path).text)[0]
    assert editor.post(back, {"why_en": "It was another."}).status_code == 303
    assert "no reply in" in text(desk.nobody(), "/requests/the-log-of-the-door")
    changed = editor.post(path, {**asked, "asked_on": "2026-03-04", "due_on": "", "law": "A law"})
    assert changed.status_code == 303 and "A law" in text(desk.nobody(), "/requests/the-log-of-the-door")
    assert "What was done" in text(editor, path) and editor.get(f"{path}/take-back/none").status_code == 404
