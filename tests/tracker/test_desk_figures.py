"""The desk of figures: a figure is made, its table looked at and stored, mended by a later one, and nobody sees a number under five.

Row of seeds.md: "CSV import of observations" (in an invented town).
"""

import io
import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from tests.databases import migrated_file
from tests.positions.town import load_text
from tests.tracker.calling import Site, site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.tracker.test_desk_forms import done, version_in

ROOM = "/desk/figures"
AXES = """\
route: By way in / Por vía de entrada
- arrest: Instead of an arrest / En vez de un arresto
- social: Social contact
"""
FIGURE = {
    "name_en": "People who entered",
    "name_es": "Personas que entraron",
    "kind": "cumulative",
    "unit_en": "people",
    "people": "1",
    "axes": AXES,
    "headline": "route: arrest / social",
    "ground": "source:town-2026/ledger",
    "fictional": "1",
}
TABLE = "Month,All who came,Instead of an arrest,Social contact\n2026-01,40,6,34\n2026-02,57,11,46\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("figures")
    desk = desk_on(site(folder, migrated_file(folder / "tracker.db")))
    load_text(desk.database)
    yield desk
    desk.database.dispose()


@pytest.fixture(scope="module")
def editor(desk: Desk) -> Visitor:
    return desk.editor()


def made(editor: Visitor, **other: str) -> str:
    """The desk's page of a new figure."""
    return done(editor.post(f"{ROOM}/new", {**FIGURE, **other}))


def read(desk: Desk, address: str, query: str = "") -> str:
    return unescape(desk.nobody().get(f"/figures/{address.rpartition('/')[2]}{query}").text)


def looked(editor: Visitor, address: str, **fields: object) -> tuple[int, str]:
    answer = editor.post(f"{address}/look", {"table": TABLE, **fields})
    return answer.status_code, unescape(answer.text)


COLUMNS = {"when": "Month", "value": "All who came", "axis": "route", "decimal": ".", "day_first": ""}
GROUPS = "Instead of an arrest = arrest\nSocial contact = social"


def test_a_table_is_looked_at_then_stored_and_its_columns_are_kept(desk: Desk, editor: Visitor) -> None:
    address = made(editor)
    status, html = looked(editor, address)
    assert status == 200 and "New: 4" in html, "the column of totals is not recognised by its heading"
    status, html = looked(editor, address, **COLUMNS, groups=GROUPS)
    assert status == 200 and "New: 6" in html and "Store these numbers" in html
    assert "No number is on file." in read(desk, address), "looking stores nothing"
    done(editor.post(f"{address}/numbers", {"table": TABLE, **COLUMNS, "groups": GROUPS, "file_name": "feb.csv"}))
    html = read(desk, address)
    assert "57" in html and "For each of the first there are 4.2 of the second." in html
    assert "feb.csv" in editor.get(address).text
    again = looked(editor, address, table=TABLE + "2026-03,72,16,56\n")
    assert again[0] == 200 and "New: 3" in again[1] and "As it is held already: 6" in again[1]


def test_a_file_is_read_like_what_is_pasted(editor: Visitor) -> None:
    address = made(editor, name_en="Once more")
    sent = {"table": "", "file": (io.BytesIO("﻿Date;total\n2026-01-31;1.234\n".encode()), "jan.csv")}
    status, html = looked(editor, address, **sent)
    assert status == 422 and "People are counted in whole numbers" in html, "1.234 may be a thousand or one and a bit"
    status, html = looked(
        editor, address, table="Date;total\n2026-01-31;1.234\n", when="Date", value="total", decimal=","
    )
    assert status == 200 and "1,234" in html


def test_what_cannot_be_read_is_told_with_its_line_and_stores_nothing(desk: Desk, editor: Visitor) -> None:
    address = made(editor, name_en="Faulty")
    table = "date,total\n2026-01-31,12\nsoon,13\n2026-02-28,many\n2999-01-31,14\n"
    status, html = looked(editor, address, table=table)
    assert status == 422 and "Store these numbers" not in html
    for told in ("Line 3: date: “soon” is no day", "Line 4: total: “many” is no number", "2999-01-31 has not come yet"):
        assert told in html
    answer = editor.post(f"{address}/numbers", {"table": table, "when": "date", "value": "total"})
    assert answer.status_code == 422
    assert "No number is on file." in read(desk, address)
    for wrong in (
        {"table": ""},
        {"table": "a,b\n1,2\n"},
        {"when": "nothing"},
        {"table": "x" * 300_001},
        {"groups": "="},
    ):
        assert looked(editor, address, **{"when": "Month", **wrong})[0] == 422, wrong


def test_a_number_under_five_is_stored_and_shown_to_nobody(desk: Desk, editor: Visitor) -> None:
    address = made(editor, name_en="Few", kind="snapshot_active")
    table = "date,total,arrest,social\n2026-01-31,38,3,35\n"
    done(
        editor.post(
            f"{address}/numbers", {"table": table, "when": "date", "value": "total", **_wide("arrest", "social")}
        )
    )
    for html in (read(desk, address, "?by=route"), editor.get(address).text):
        assert "35" not in html.partition("<main")[2]
    assert "Not shown" in read(desk, address, "?by=route") and "38" in read(desk, address)
    assert ",38," in read(desk, f"{address}.csv") and ",35," not in read(desk, f"{address}.csv")


def _wide(*names: str) -> dict[str, str]:
    return {"axis": "route", "groups": "\n".join(f"{name} = {name}" for name in names)}


def test_facts_are_changed_and_taken_back_but_not_under_numbers_that_are_held(desk: Desk, editor: Visitor) -> None:
    address = made(editor, name_en="Changing")
    seen = version_in(editor.get(address))
    done(editor.post(address, {**FIGURE, "name_en": "Changed", "version": seen}))
    assert "Changed" in read(desk, address)
    assert editor.post(address, {**FIGURE, "name_en": "Too late", "version": seen}).status_code == 409
    done(editor.post(f"{address}/numbers", {"table": "date,total\n2026-01-31,12\n", "when": "date", "value": "total"}))
    for wrong, told in (
        ({"kind": "period"}, "what kind they are cannot change"),
        ({"axes": "By way in"}, "Line 1: write a breakdown"),
        ({"axes": "- a: B"}, "Line 1: write a breakdown"),
        ({"headline": "route"}, "a breakdown and two of its groups"),
        ({"headline": "route: arrest / bus"}, "needs two groups of one breakdown"),
        ({"ground": ""}, "one of the two"),
    ):
        answer = editor.post(address, {**FIGURE, **wrong})
        assert answer.status_code in (409, 422) and told in unescape(answer.text), wrong
    assert editor.post(f"{address}/remove", {}).status_code == 409
    empty = made(editor, name_en="Empty")
    done(editor.post(f"{empty}/remove", {}))
    assert desk.nobody().get(f"/figures/{empty.rpartition('/')[2]}").status_code == 404


def test_nobody_else_comes_in_and_what_is_not_there_answers_404(desk: Desk, editor: Visitor) -> None:
    assert desk.nobody().get(ROOM).status_code in (302, 303, 401, 403, 404)
    for path in (f"{ROOM}/nobody", f"{ROOM}/%00"):
        assert editor.get(path).status_code == 404
    for path in ("look", "numbers", "remove"):
        assert editor.post(f"{ROOM}/nobody/{path}", {"table": TABLE}).status_code == 404


def test_a_table_is_brought_from_the_command_line(desk: Desk, editor: Visitor, tmp_path: Path) -> None:
    address = made(editor, name_en="Brought by command")
    slug, config = address.rpartition("/")[2], desk.app.config["TRACKER"]
    tracker = Site(config.home, config.database_url).tracker
    path = tmp_path / "table.csv"
    path.write_text("date,total\n2026-01-31,12\n2026-02-28,3\n")
    told = tracker("figures", slug, "--from", str(path))
    assert told.code == 0 and "New: 2." in told.out and "Nothing was stored yet" in told.out
    assert "smaller than that of 2026-01-31" in told.err
    assert "Stored." in tracker("figures", slug, "--from", str(path), "--yes").out
    numbers = json.loads(tracker("figures", slug, "--json").out)["numbers"]
    assert [one["value"] for one in numbers] == ["12", None]
    path.write_text("date,total\nsoon,12\n")
    refused = tracker("figures", slug, "--from", str(path))
    assert refused.code == 2 and "Line 2: date: “soon” is no day" in refused.err
    assert tracker("figures", "nobody").code == 2
