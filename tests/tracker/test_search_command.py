"""`tracker search` and `tracker reindex`, called as a shell would."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpora import ROOT
from tests.tracker import heard
from tests.tracker.calling import Site, site
from tests.tracker.heard import key
from tracker.db import Database


@pytest.fixture(params=["tantivy", "whoosh"])
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def town(tmp_path: Path) -> Site:
    """A site that holds the small world and has no index yet."""
    made = site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")
    database = Database(made.url)
    with database.write() as session:
        heard.store(session)
    database.dispose()
    return made


def test_json_is_the_contract(town: Site, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_SEARCH", engine)
    built = town.tracker("reindex")
    assert (built.code, built.out) == (0, "The search index holds 6 passages.\n")
    ended = town.tracker("search", "what did Marsh say about police?", "--json")
    assert (ended.code, ended.err) == (0, "")
    told = json.loads(ended.out)
    assert told["understood"] == "speaker:ada-marsh police"
    assert (told["total"], told["relaxed"]) == (1, False)
    (hit,) = told["hits"]
    assert hit["turn"] == key("marsh")
    assert (hit["speaker"], hit["forum"], hit["date"]) == ("Ada Marsh", "town-hall", "2026-09-08")
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["police"]
    assert hit["url"] == f"/turns/{key('marsh')}"
    assert told["facets"]["speaker"][0] == {"slug": "ada-marsh", "name": "Ada Marsh", "count": 1}
    assert {"slug": "cy-rook", "name": "Cy Rook", "count": 0} in told["facets"]["speaker"]
    assert list(told["facets"]) == ["speaker", "topic", "forum", "contest", "year"]


def test_an_engine_named_for_once_has_its_own_index(town: Site) -> None:
    assert town.tracker("reindex").code == 0
    refused = town.tracker("search", "lamps", "--engine", "whoosh")
    assert refused.code == 2
    assert "tracker reindex" in refused.err


def test_filters_narrow(town: Site) -> None:
    town.tracker("reindex")
    filters = (
        "--speaker",
        "bo-quill",
        "--topic",
        "housing",
        "--forum",
        "town-hall",
        "--from",
        "2026",
        "--to",
        "2026-12",
    )
    told = json.loads(town.tracker("search", "lamps", *filters, "--json").out)
    assert [hit["turn"] for hit in told["hits"]] == [key("quill")]
    assert told["understood"] == "lamps speaker:bo-quill topic:housing forum:town-hall date:2026..2026-12"


def test_groups_and_what_was_perhaps_meant(town: Site) -> None:
    town.tracker("reindex")
    told = json.loads(town.tracker("search", "lamps", "--contest", "mayor-2026", "--group", "speaker", "--json").out)
    groups = [(one["slug"], one["count"], [hit["turn"] for hit in one["hits"]]) for one in told["groups"]]
    assert groups == [("ada-marsh", 1, [key("marsh")]), ("bo-quill", 1, [key("quill")]), ("cy-rook", 0, [])]
    misspelt = json.loads(town.tracker("search", "ofifcers", "--json").out)
    assert (misspelt["total"], misspelt["did_you_mean"]) == (0, "officers")
    nothing = town.tracker("search", '"lamps officers"', "--lang", "es")
    assert "Pruebe en su lugar: lamps officers (" in nothing.out


def test_the_plain_form_is_for_people(town: Site) -> None:
    town.tracker("reindex")
    ended = town.tracker("search", "lamps -rents", "--contest", "mayor-2026")
    assert ended.code == 0
    assert "what was said, with “lamps” in any form, but not with “rents” in any form, in the race Mayor" in ended.out
    assert "Ada Marsh · Town hall · 2026-09-08 · fictional" in ended.out
    assert "Voice not identified · Town hall" in ended.out
    assert "Cy Rook 0" in ended.out
    nothing = town.tracker("search", "zeppelin aerodrome")
    assert "Nobody used any of these words." in nothing.out


def test_a_report_is_named_with_its_publisher(town: Site) -> None:
    town.tracker("reindex")
    ended = town.tracker("search", "grade:recap")
    assert "News report: selected quotes only" in ended.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x" * 501,), "at most 500 characters"),
        (("lamps", "--from", "soon"), "Write a date as"),
        (("lamps", "--from", "2026", "--to", "2025"), "later than"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_reason(town: Site, arguments: tuple[str, ...], said: str) -> None:
    town.tracker("reindex")
    ended = town.tracker("search", *arguments)
    assert ended.code == 2
    assert said in ended.err


@pytest.mark.parametrize("kind", ["speaker", "topic", "forum", "contest"])
def test_a_filter_by_what_is_not_there_is_a_mistake(town: Site, kind: str) -> None:
    assert town.tracker("reindex").code == 0
    refused = town.tracker("search", "lamps", f"--{kind}", "nowhere", "--json")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == f"tracker: There is no {kind} “nowhere” here.\n"


def test_a_known_name_that_nobody_said_is_spelled_right(town: Site) -> None:
    assert town.tracker("reindex").code == 0
    for asked in (("Rook",), ("lamps", "--speaker", "Rook"), ("lamps", "--speaker", "cy-rook")):
        ended = town.tracker("search", *asked, "--json")
        assert ended.code == 0
        assert json.loads(ended.out)["did_you_mean"] in (None, "lamps speaker:cy-rook")
    assert "We hold no words of Cy Rook.\n" in town.tracker("search", "what did Rook say about lamps?").out


def test_bad_syntax_is_never_refused(town: Site) -> None:
    town.tracker("reindex")
    ended = town.tracker("search", '"lamps', "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["notes"] == [
        "A quotation mark or a bracket stands alone, so we searched for the plain words."
    ]


def test_without_an_index_it_says_what_to_do(town: Site) -> None:
    ended = town.tracker("search", "lamps")
    assert ended.code == 2
    assert "tracker reindex" in ended.err


@pytest.mark.parametrize(("engine_name", "other"), [("tantivy", "whoosh"), ("whoosh", "tantivy")])
def test_the_other_engine_is_never_imported(engine_name: str, other: str, tmp_path: Path) -> None:
    program = (
        "import sys; from tracker import indexing; from tracker.config import Config; "
        "indexing.open_engine(Config.from_env()); print(*sys.modules)"
    )
    environment = {**os.environ, "TRACKER_SEARCH": engine_name, "TRACKER_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert engine_name in done.stdout.split()
    assert other not in done.stdout.split()
