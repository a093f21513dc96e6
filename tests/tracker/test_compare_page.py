"""The page that sets candidates side by side: narrowed by its reader, without JavaScript, and never silently."""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, update
from sqlmodel import col

from positions.models import Candidacy
from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.desk import desk_on
from tracker.freezing import told
from tracker.pages import contests

COMPARE = "/contests/town-mayor-2026/compare"
PAIR = f"{COMPARE}?by=statement&order=alphabetical&only=ana-reyes,bo-stone"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    home: Path = tmp_path_factory.mktemp("compare")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    load_text(desk.database)
    return desk.nobody().client


def columns(html: str) -> list[str]:
    """The names over the columns a reader sees on the screen."""
    (grid,) = re.findall(r"<thead.*?</thead>", html.partition('<div class="on-paper">')[0], re.DOTALL)
    return re.findall(r'candidate-name" href="[^"]*">([^<]+)', grid)


def test_two_of_three(reader: FlaskClient) -> None:
    html = reader.get(PAIR).text
    assert columns(html) == ["Ana Reyes", "Bo Stone"]
    assert "Showing 2 of 3 candidates." in html and "Show all candidates" in html
    paper = html.partition('<div class="on-paper">')[2]
    assert "Cy Abbot" in paper and len(re.findall('id="r-', html)) == len(set(re.findall('id="r-[^"]+', html)))
    assert "only=ana-reyes,bo-stone" in html.partition("Permanent link")[0].rpartition("href=")[2]
    assert "Se muestran 2 de 3 candidaturas." in reader.get(f"/es{PAIR}").text


def test_nobody_is_chosen_beforehand_and_the_form_of_a_page_without_script_works(reader: FlaskClient) -> None:
    html = reader.get(COMPARE).text
    assert columns(html) and len(columns(html)) == 3 and "Showing 3 of 3 candidates." in html
    assert " selected" not in html.partition('class="choose-two"')[2].partition("</form>")[0]
    assert columns(reader.get(f"{COMPARE}?by=question&only=bo-stone&only=cy-abbot&order=alphabetical").text) == [
        "Cy Abbot",
        "Bo Stone",
    ]
    assert len(columns(reader.get(f"{COMPARE}?only=&only=").text)) == 3


@pytest.mark.parametrize(
    "only", ["only=ana-reyes&only=", "only=ana-reyes,ana-reyes", "only=ana-reyes,bo-stone,cy-abbot"]
)
def test_a_choice_that_is_not_two_shows_everybody_and_says_what_is_wrong(reader: FlaskClient, only: str) -> None:
    answer = reader.get(f"{COMPARE}?{only}")
    assert answer.status_code == 422 and len(columns(answer.text)) == 3
    assert "Choose two different candidates" in answer.text
    assert reader.get(f"{COMPARE}?only=ana-reyes,nobody").status_code == 404


def test_only_where_they_differ(reader: FlaskClient) -> None:
    html = reader.get(f"{COMPARE}?differ=1&order=alphabetical").text
    assert "Where they differ: 2 of 2 statements shown; on 2 we can’t tell." in html
    assert html.partition('<div class="on-paper">')[0].count("We can’t tell whether they differ") == 2
    assert "differ=1" in html.partition("Permanent link")[0].rpartition("href=")[2]
    tabs = re.findall(r'href="([^"]*by=question[^"]*)"', html)
    assert tabs and not any("differ" in tab for tab in tabs)
    assert reader.get(f"{COMPARE}?by=topic&differ=1").status_code == 400


def test_it_is_made_once_until_anything_is_written(reader: FlaskClient) -> None:
    database, ran = reader.application.extensions["database"], list[str]()
    asked = [(path, part) for path in (COMPARE, f"/es{COMPARE}", PAIR) for part in ({}, {"HX-Request": "true"})]
    first = [reader.get(path, headers=part).text for path, part in asked]
    event.listen(database.reader, "before_cursor_execute", lambda *told: ran.append(told[2]))
    assert [reader.get(path, headers=part).text for path, part in asked] == first
    assert len(set(first)) == len(first) and "contest" not in " ".join(ran)
    for name in ("Ana Reyes-Ortiz", "Ana Reyes"):
        with database.write() as session:
            session.execute(update(Candidacy).where(col(Candidacy.ballot_name).like("Ana%")).values(ballot_name=name))
        assert all(name in reader.get(path, headers=part).text for path, part in asked)
    assert [reader.get(path, headers=part).text for path, part in asked] == first


def test_a_new_day_in_the_race_is_a_new_page(reader: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def at(moment: str) -> str:
        there = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("America/New_York"))
        monkeypatch.setattr(contests, "datetime", SimpleNamespace(now=there.astimezone))
        monkeypatch.setattr(told, "now", lambda: there.astimezone(UTC))
        return reader.get(f"{COMPARE}?by=statement").text

    evening = at("2026-10-19T23:59:59")
    assert "on October 19, 2026 it is" in evening and "Frozen since" not in evening
    night = at("2026-10-20T00:00:00")
    assert "on October 20, 2026 it is" in night and "Frozen since" in night
    assert columns(evening) != columns(night) and at("2026-10-20T23:45:00") == night
    assert "Frozen since" in at("2026-11-03T23:59:59") and "Frozen since" not in at("2026-11-04T00:00:00")
