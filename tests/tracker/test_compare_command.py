"""`tracker contests` and `tracker compare`: the shape that others build on, in both languages, and for people."""

import json
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import tracker
from positions.scale import Code
from tests.tracker.calling import Site, site
from transcripts.vocabulary import Reason

HARTFORD = Path(tracker.__file__).parent / "demo" / "hartford.yaml"
STATEMENT = ["version", "proposed_by", "synonyms", "options", "differs"]
CELL = {"code", "reason", "label", "tier", "as_of", "evidence", "sources", "why", "around", "reply"}


@pytest.fixture(scope="module")
def hartford(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that holds the race of 2015, for reading."""
    home = tmp_path_factory.mktemp("hartford")
    made = site(home, f"sqlite:///{home / 'tracker.db'}")
    assert made.tracker("load", str(HARTFORD)).code == 0
    return made


def compare(hartford: Site, *arguments: str) -> dict[str, Any]:
    ended = hartford.tracker("compare", "hartford-mayor-2015", *arguments, "--json")
    assert (ended.code, ended.err) == (0, "")
    found: dict[str, Any] = json.loads(ended.out)
    return found


def test_races(hartford: Site) -> None:
    listed = json.loads(hartford.tracker("contests", "--json").out)
    assert listed == [{"slug": "hartford-mayor-2015", "title": "Mayor of Hartford, 2015", "date": "2015-11-03"}]
    assert "Alcaldía de Hartford, 2015" in hartford.tracker("contests", "--lang", "es").out


@pytest.mark.parametrize("by", ["question", "topic", "statement"])
def test_the_shape(hartford: Site, by: str) -> None:
    found = compare(hartford, "--by", by)
    assert list(found) == ["contest", "order_rule", "candidates", "shown", "rows", "replies", "freeze"]
    assert set(found["order_rule"]) == {"name", "date", "offset"}
    slugs = [one["slug"] for one in found["candidates"]]
    assert sorted(slugs) == ["joel-cruz", "luke-bronin", "pedro-segarra", "ted-cannon"]
    for row in found["rows"]:
        assert list(row) == ["key", "text", "topic", *(STATEMENT if by == "statement" else []), "cells"]
        assert list(row["cells"]) == slugs
        assert all(set(cell) == CELL for cell in row["cells"].values())


def test_by_statement_every_cell_has_a_position_or_a_reason(hartford: Site) -> None:
    cells = [cell for row in compare(hartford)["rows"] for cell in row["cells"].values()]
    assert len(cells) == 32
    assert all((cell["code"] is None) != (cell["reason"] is None) for cell in cells)
    assert all(cell["code"] in set(Code) for cell in cells if cell["code"])
    assert all(cell["reason"] in set(Reason) for cell in cells if cell["reason"])
    assert sum(cell["code"] is not None for cell in cells) == 15
    assert sum(cell["code"] not in (None, "not_clear") for cell in cells) == 13


def test_a_cell_with_its_evidence(hartford: Site) -> None:
    first = compare(hartford)["rows"][0]
    assert (first["key"], first["topic"]) == ("hartford-p1", "diversion")
    cruz = first["cells"]["joel-cruz"]
    assert (cruz["code"], cruz["reason"], cruz["tier"], cruz["as_of"]) == (None, "not_addressed", 5, "2015-09-08")
    assert cruz["label"] == "Did not address this, according to ACLU of Connecticut"
    (piece,) = cruz["evidence"]
    assert (piece["kind"], piece["turn"], piece["url"]) == ("source_summary", None, "/forums/hartford-2015")
    assert cruz["sources"] == [
        {"title": "News report of the Hartford mayoral debate (ACLU of Connecticut)", "url": None}
    ]


def test_spanish(hartford: Site) -> None:
    cruz = compare(hartford, "--lang", "es")["rows"][0]["cells"]["joel-cruz"]
    assert cruz["label"] == "No trató este tema, según ACLU of Connecticut"
    assert cruz["evidence"][0]["text"].startswith("La noticia dice")
    assert cruz["evidence"][0]["url"] == "/es/forums/hartford-2015"


def test_the_order_of_a_day(hartford: Site) -> None:
    found = compare(hartford, "--date", "2026-10-20")
    offset = (date(2026, 10, 20).toordinal() + zlib.crc32(b"hartford-mayor-2015")) % 4
    assert found["order_rule"] == {"name": "rotation", "date": "2026-10-20", "offset": offset}
    by_name = ["luke-bronin", "ted-cannon", "joel-cruz", "pedro-segarra"]
    assert [one["slug"] for one in found["candidates"]] == by_name[offset:] + by_name[:offset]
    alphabetical = compare(hartford, "--order", "alphabetical", "--date", "2026-10-20")
    assert [one["slug"] for one in alphabetical["candidates"]] == by_name
    assert alphabetical["order_rule"] == {"name": "alphabetical", "date": "2026-10-20", "offset": 0}


def test_only_where_they_differ(hartford: Site) -> None:
    found = compare(hartford, "--differ")
    assert found["shown"] == {"rows": 8, "of": 8, "differ": True}
    differs = {row["key"]: row["differs"] for row in found["rows"]}
    assert differs.pop("hartford-p3") is True and set(differs.values()) == {None}
    out = hartford.tracker("compare", "hartford-mayor-2015", "--differ", "--lang", "es").out
    assert "Donde difieren: se muestran 8 de 8 afirmaciones; en 7 no se sabe." in out


def test_for_people(hartford: Site) -> None:
    out = hartford.tracker("compare", "hartford-mayor-2015", "--order", "alphabetical").out
    assert "15 of 32 boxes have a statement; source: one news report by ACLU of Connecticut." in out
    assert "  We have not checked this yet: Luke Bronin, Ted Cannon, Joel Cruz\n" in out
    assert "  Joel Cruz: Supports, with conditions\n" in out
    assert "“" not in out.split("\n\n", 1)[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("compare", "nowhere"), "There is no race “nowhere”"),
        (("compare", "hartford-mayor-2015", "--order", "ballot"), "The official ballot order is not held"),
        (("compare", "hartford-mayor-2015", "--by", "party"), "'party' is not one of"),
        (("compare", "hartford-mayor-2015", "--date", "someday"), "'someday' does not match"),
        (("compare", "hartford-mayor-2015", "--by", "topic", "--differ"), "by statement only"),
        (("compare",), "Missing argument"),
    ],
)
def test_refusals(hartford: Site, arguments: tuple[str, ...], message: str) -> None:
    ended = hartford.tracker(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err


def test_an_empty_site_says_what_to_do(tmp_path: Path) -> None:
    empty = site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")
    assert "No race is held yet. `tracker load FILE.yaml`" in empty.tracker("contests").out
    assert empty.tracker("contests", "--json").out == "[]\n"
