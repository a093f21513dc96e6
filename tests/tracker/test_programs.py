"""The watch page: one story, each step linked to its words or document; the sheet, what changed, and the way to and from a comparison."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.positions.town import TOWN, load_text
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on

BUSES = """
documents:
  - {slug: council-minutes, kind: minutes, title: {en: Council minutes, es: Actas}, publisher: Town clerk, published_on: 2026-10-25,
     interest: {en: It is the council's own., es: Es del propio concejo.}, fictional: true}
organisations: [{slug: bus-office, name: Bus Office}]
programs:
  - slug: free-buses
    name: {en: Free buses, es: Autobuses gratuitos}
    place: Town
    zone: America/New_York
    stage: pilot
    began: "2026-10"
    summary: {en: Buses without a fare on Saturdays., es: Autobuses sin tarifa los sábados.}
    maintained_by: Riders together
    interest: {en: It campaigns for free buses., es: Hace campaña por los autobuses gratuitos.}
    fictional: true
    statements: [town-buses]
    documents: [council-minutes]
    bodies: [{organisation: bus-office, role: runs}]
    history:
      - {slug: vote, on: 2026-10-25, step: decided, text: {en: The council voted for it., es: El concejo votó a favor.},
         cited: {document: council-minutes, place: item 4}}
      - {slug: said, on: "2026", step: done, text: {en: She said the buses run free., es: Dijo que ya son gratuitos.},
         cited: {forum: town-2026, words: "buses should be free"}}
    money:
      - {slug: grant, kind: granted, amount: 12500, first_on: "2026", text: {en: For one year., es: Por un año.},
         cited: {document: council-minutes}}
    concerns:
      - {slug: sundays, kind: question, raised_by: Riders together, text: {en: Why not on Sundays?, es: ¿Por qué no los domingos?},
         cited: {document: council-minutes}}
commitments:
  - slug: buses-by-spring
    kind: promise
    title: {en: Free buses every day, es: Autobuses gratuitos todos los días}
    person: ana-reyes
    contest: town-mayor-2026
    program: free-buses
    said_on: 2026-10-20
    zone: America/New_York
    due_on: 2027-05-01
    measurable: true
    criterion: {en: No fare is asked on any day., es: Ningún día se cobra tarifa.}
    origin_kind: quotation
    cited: {forum: town-2026, words: "buses should be free"}
    fictional: true
    events:
      - {axis: progress, value: under_way, on: 2026-10-25, text: {en: The council voted., es: El concejo votó.},
         cited: {document: council-minutes}}
replies:
  - {program: free-buses, concern: sundays, replied_by: Bus Office, words: "No drivers <b>yet</b>.", on: 2026-11-01,
     received: By letter}
requests:
  - {slug: fares-lost, program: free-buses, what: {en: Fares lost, es: Tarifas perdidas}, asked_of: Bus Office,
     asked_by: Riders together, asked_on: 2026-10-27, fictional: true}
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home: Path = tmp_path_factory.mktemp("programs")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    load_text(desk.database)
    load_text(desk.database, BUSES)
    yield desk
    desk.database.dispose()


@pytest.fixture
def reader(desk: Desk) -> Visitor:
    return desk.nobody()


def step(html: str, name: str) -> str:
    """What the story tells of one step."""
    return re.split(r'id="step-\w+"', html.partition(f'id="step-{name}"')[2])[0].partition("</section>")[0]


def test_the_story_goes_from_words_to_what_is_disputed(reader: Visitor) -> None:
    html = reader.get("/programs/free-buses").text
    assert re.findall(r'id="step-(\w+)"', html) == ["promised", "decided", "funded", "done", "measured", "disputed"]
    assert 'href="/commitments/buses-by-spring"' in step(html, "promised") and "Under way" in step(html, "promised")
    assert "The council voted for it." in step(html, "decided")
    assert 'href="/documents/council-minutes"' in step(html, "decided") and "item 4" in step(html, "decided")
    assert "$12,500" in step(html, "funded") and "Granted" in step(html, "funded")
    assert re.search(r'href="/turns/[\w-]+\?words=\d+-\d+&amp;v=1"', step(html, "done"))
    assert "What Ana Reyes said" in step(html, "done")
    assert 'href="#disputed"' in step(html, "disputed")
    assert "Riders together" in html and "It campaigns for free buses." in html


def test_a_reply_stands_beside_what_it_answers_at_the_same_size(reader: Visitor) -> None:
    html = reader.get("/programs/free-buses").text
    both = html.partition('id="concern-sundays"')[2].partition('id="asked"')[0]
    assert both.count('<article class="voice') == 2
    assert (
        "Why not on Sundays?" in both and "No drivers &lt;b&gt;yet&lt;/b&gt;." in both and "Reply of Bus Office" in both
    )


def test_what_nobody_answered_is_told_with_its_days(reader: Visitor) -> None:
    html = reader.get("/programs/free-buses").text
    assert re.search(r"Asked on October 27, 2026; no reply in \d+ days?\.", html)
    assert 'href="/requests/fares-lost"' in html


def test_from_a_box_to_the_program_and_back(reader: Visitor) -> None:
    row = reader.get("/contests/town-mayor-2026/compare?by=statement").text.partition('id="r-town-buses"')[2]
    assert 'href="/programs/free-buses"' in row.partition("</tr>")[0]
    assert 'href="/contests/town-mayor-2026/compare#r-town-buses"' in reader.get("/programs/free-buses").text


def test_the_sheet_has_promise_day_figure_and_question(reader: Visitor) -> None:
    html = reader.get("/programs/free-buses/sheet").text
    assert "Free buses every day" in html and "May 1, 2027" in html and "Fares lost" in html
    assert "/programs/free-buses" in html.partition('class="address"')[2]
    assert "Why not on Sundays?" not in html, "it was answered"


def test_what_changed_is_a_page_and_two_feeds(reader: Visitor) -> None:
    page = reader.get("/es/programs/free-buses/changes").text
    assert "Autobuses gratuitos todos los días" in page and "Una respuesta" in page
    atom = reader.get("/programs/free-buses/feed.atom")
    assert atom.mimetype == "application/atom+xml" and "How far it has come: Under way" in atom.text
    items = json.loads(reader.get("/programs/free-buses/feed.json").text)["items"]
    assert {item["url"].rpartition("/")[0].rpartition("/")[2] for item in items} == {"commitments", "free-buses"}
    again = reader.get("/programs/free-buses/feed.atom", **{"If-None-Match": str(atom.headers["ETag"])})
    assert again.status_code == 304


def test_programs_are_listed_and_strangers_are_told_what_is_not_there(reader: Visitor) -> None:
    assert "Buses without a fare on Saturdays." in reader.get("/programs").text
    for path in ("", "/sheet", "/changes", "/feed.atom", "/feed.json"):
        assert reader.get(f"/programs/nobody{path}").status_code == 404


def test_an_empty_site_says_so(tmp_path: Path) -> None:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    assert "No program yet." in desk.nobody().get("/programs").text
    desk.database.dispose()


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    assert load_text(desk.database, BUSES).nothing and load_text(desk.database, TOWN).nothing
