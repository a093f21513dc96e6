"""/contests/<slug>/match and `tracker match`: the same figures, nothing kept of what was answered, nothing taken that is no answer."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, update
from werkzeug.test import TestResponse

import tracker
from positions.models import Proposition
from tests.positions.test_matching import VECTORS
from tests.tracker.calling import Ended, Site, site
from tests.tracker.desk import OURS, Desk, desk_on

HARTFORD = Path(tracker.__file__).parent / "demo" / "hartford.yaml"
PAGE = "/contests/hartford-mayor-2015/match"
(VECTOR,) = (case for case in VECTORS if "luke-bronin" in case["candidates"])
ALL = {f"hartford-p{n}": 1 for n in range(1, 9)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that holds the race of 2015."""
    home = tmp_path_factory.mktemp("match")
    made = site(home, f"sqlite:///{home / 'tracker.db'}")
    assert made.tracker("load", str(HARTFORD)).code == 0
    return made


@pytest.fixture(scope="module")
def desk(made: Site) -> Iterator[Desk]:
    desk = desk_on(made)
    yield desk
    desk.database.dispose()


def sent(desk: Desk, fields: Mapping[str, object], prefix: str = "") -> TestResponse:
    return desk.nobody().client.post(f"{prefix}{PAGE}", data=fields, headers=OURS)


def form(answers: Mapping[str, object], weights: Mapping[str, object] | None = None) -> dict[str, object]:
    named = {f"a-{slug}": value for slug, value in answers.items()}
    return named | {f"w-{slug}": value for slug, value in (weights or {}).items()}


def asked(made: Site, tmp_path: Path, said: object, *arguments: str) -> Ended:
    file = tmp_path / "answers.json"
    file.write_text(said if isinstance(said, str) else json.dumps(said))
    return made.tracker("match", "hartford-mayor-2015", "--answers", str(file), *arguments)


def counts(html: str) -> list[str]:
    """The sentence of every candidate, in order."""
    return re.findall(r"<p data-count>([^<]+)</p>", html)


def test_the_command_gives_the_figures_of_the_vector(made: Site, tmp_path: Path) -> None:
    ended = asked(made, tmp_path, ALL, "--order", "alphabetical", "--json")
    assert (ended.code, ended.err) == (0, "")
    found = json.loads(ended.out)
    assert [one["slug"] for one in found["candidates"]] == VECTOR["order"]
    for one in found["candidates"]:
        wanted = VECTOR["expect"][one["slug"]]
        low, high = (round(float(one[end]), 4) for end in ("lo", "hi"))
        assert {key: one[key] for key in ("agree", "compared", "unknown", "percent")} == {
            key: wanted[key] for key in ("agree", "compared", "unknown", "percent")
        }
        assert (low, high) == tuple(round(_share(wanted[end]), 4) for end in ("lo", "hi"))
        assert one["A"] == _share(wanted["A"]) and one["C"] == _share(wanted["C"]) and one["M"] == _share(wanted["M"])
        assert one["place"] == 1 and one["above"] == []
    assert (found["most"], found["ordered"], found["answered"], found["skipped"]) == (None, False, 8, 0)
    assert found["label"] == "What they have said so far is not enough to say who agrees with you most."
    militarization = {one["slug"]: one["topics"]["police-militarization"] for one in found["candidates"]}
    assert (militarization["pedro-segarra"]["compared"], militarization["pedro-segarra"]["unknown"]) == (2, 1)
    assert militarization["ted-cannon"]["A"] == 0.75
    cells = {row["key"]: row["positions"] for row in found["statements"]}
    assert [cells[f"hartford-p{n}"]["luke-bronin"]["x"] for n in range(1, 9)] == VECTOR["candidates"]["luke-bronin"]


def _share(written: str) -> float:
    part, _, of = written.partition("/")
    return int(part) / int(of or 1)


def test_the_command_in_words(made: Site, tmp_path: Path) -> None:
    told = asked(made, tmp_path, ALL).out
    assert "Ted Cannon: You agree on 3 of the 4 we could compare; 4 unknown.\n  between 41 and 91 percent" in told
    spanish = asked(made, tmp_path, ALL, "--lang", "es").out
    assert "Ted Cannon: Coincide en 3 de las 4 que pudimos comparar; 4 no se saben." in spanish
    assert "no basta para saber quién coincide más con usted" in spanish
    skipped = asked(made, tmp_path, {"hartford-p1": None}).out
    assert "You skipped every statement" in skipped and "percent" not in skipped
    apart = asked(made, tmp_path, {"hartford-p6": -1}, "--json")
    assert json.loads(apart.out)["skipped"] == 7


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('{"hartford-p1": 1,\n "hartford-p9": 1}', "Line 2: “hartford-p9” is no statement"),
        ('{\n"hartford-p1": 0.75}', "Line 2: “hartford-p1” must be"),
        ('{"hartford-p1": true}', "“hartford-p1” must be"),
        ('{"hartford-p1": "1"}', "“hartford-p1” must be"),
        ('{"hartford-p1": [1]}', "“hartford-p1” must be"),
        ('{"hartford-p1": 1e400}', "“hartford-p1” must be"),
        ('{"hartford-p1":\n NaN}', "Line 2: NaN is no number"),
        ('{"hartford-p1": -Infinity}', "-Infinity is no number"),
        ('{"hartford-p1": 1,\n"hartford-p1": -1}', "Line 2: “hartford-p1” stands there twice"),
        ('{"hartford-p1": 1, "weights": {"hartford-p1": 3}}', "The weight of “hartford-p1” must be"),
        ('{"hartford-p1": 1, "weights": {"hartford-p1": null}}', "The weight of “hartford-p1” must be"),
        ('{"hartford-p1": 1, "weights": {"elsewhere": 2}}', "“elsewhere” is no statement"),
        ('{"weights": [1]}', "“weights” holds statements"),
        ('{"hartford-p1": 1\n"hartford-p2": 1}', "Line 2: This is not JSON"),
        ("[1]", "The file holds one object"),
        ("", "This is not JSON"),
        ("[" * 100_000, "This is not JSON we can read"),
        ('{"hartford-p1": ' + "9" * 5_000 + "}", "This is not JSON we can read"),
        (" " * 1_000_001, "The file is larger"),
    ],
    ids=range(19),
)
def test_a_file_that_is_no_answers_names_line_and_field(made: Site, tmp_path: Path, said: str, told: str) -> None:
    ended = asked(made, tmp_path, said)
    assert ended.code == 2 and told in ended.err and "Traceback" not in ended.err


def test_bytes_that_are_no_text_are_refused(made: Site, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_bytes(b'{\n"\xff": 1}')
    ended = made.tracker("match", "hartford-mayor-2015", "--answers", str(file))
    assert ended.code == 2 and "Line 2: The file is not UTF-8" in ended.err
    assert made.tracker("match", "nowhere", "--answers", str(file)).code == 2
    assert made.tracker("match", "hartford-mayor-2015", "--answers", str(tmp_path / "none.json")).code == 2


def test_the_empty_page_is_anybodys_and_may_be_kept(desk: Desk) -> None:
    answer = desk.nobody().get(PAGE)
    assert answer.status_code == 200 and not answer.cache_control.no_store
    assert "Set-Cookie" not in answer.headers and "form_key" not in answer.text
    assert re.search(r'<section[^>]* id="result"[^>]* hidden', answer.text)
    assert answer.text.count('type="radio" name="a-hartford-p1"') == 6
    assert 'name="a-hartford-p1" value="1" checked' not in answer.text
    promise = re.search(r"<p[^>]*data-without-script>([^<]+)</p>", answer.text)
    assert promise is not None and "written nowhere" in promise[1]


def test_the_result_without_javascript_is_kept_nowhere(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    before = everything(desk)
    with caplog.at_level(logging.DEBUG):
        answer = sent(desk, form({**ALL, "hartford-p2": "skip", "hartford-p7": "-0.5"}, {"hartford-p1": 2}))
    assert answer.status_code == 200 and answer.cache_control.no_store
    assert "Set-Cookie" not in answer.headers and "Location" not in answer.headers
    assert "hartford-p" not in caplog.text and "match" not in caplog.text
    assert everything(desk) == before
    html = answer.text
    assert 'name="a-hartford-p7" value="-0.5" checked' in html and 'name="w-hartford-p1" value="2" checked' in html
    assert "I agree (Counts double)" in html and "I disagree, with exceptions" in html
    assert re.search(r'data-answer="hartford-p2">skipped<', html)
    assert 'id="result" aria-labelledby="result-head">' in html


def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, those of rate limits included."""
    with desk.database.read() as session:
        return {
            name: [tuple(row) for row in session.execute(text(f'SELECT * FROM "{name}"'))]
            for name in SQLModel.metadata.tables
        }


def test_page_and_command_say_the_same(desk: Desk, made: Site, tmp_path: Path) -> None:
    said: dict[str, Any] = {"hartford-p1": 0.5, "hartford-p3": -1, "hartford-p5": 0, "hartford-p6": None}
    weights = {"hartford-p3": 2, "hartford-p1": 0.5}
    told = json.loads(asked(made, tmp_path, said | {"weights": weights}, "--json").out)
    html = sent(desk, form({slug: "skip" if v is None else v for slug, v in said.items()}, weights)).text
    assert counts(html) == [one["label"] for one in told["candidates"]]
    for one in told["candidates"]:
        low, high = one["percent"]
        words = f"between {low} and {high} percent" if one["unknown"] else f"{low} percent; nothing is unknown"
        place = html.index(f'data-candidate="{one["slug"]}"')
        assert html.index(words, place) - place < 2_500


def test_spanish(desk: Desk) -> None:
    html = sent(desk, form(ALL), "/es").text
    assert "Lo que han dicho hasta ahora no basta para saber quién coincide más con usted." in html
    assert "Coincide en 3 de las 4 que pudimos comparar; 4 no se saben." in html
    assert "¿Qué tan seguro es esto?" in html


@pytest.mark.parametrize(
    "fields",
    [
        {"a-hartford-p1": "NaN"},
        {"a-hartford-p1": "1e0"},
        {"a-hartford-p1": "0.75"},
        {"a-hartford-p1": "\u0661"},
        {"a-hartford-p1": "<script>"},
        {"w-hartford-p1": "1000000"},
        {"w-hartford-p1": "-1"},
        {"a-hartford-p1' OR 1=1": "1"},
        {"w-elsewhere": "1"},
        {"a-" + "x" * 50_000: "1"},
        {f"a-{n}": "1" for n in range(5_000)},
        {"a-\x00": "1"},
    ],
    ids=range(12),
)
def test_what_is_no_answer_is_refused_and_the_others_stay(desk: Desk, fields: dict[str, object]) -> None:
    answer = sent(desk, {"a-hartford-p2": "0.5", **fields})
    assert answer.status_code == 422 and answer.cache_control.no_store
    assert 'name="a-hartford-p2" value="0.5" checked' in answer.text
    assert re.search(r'role="alert"><div class="notice notice-error">\s*<p><strong>[^<]+\.</strong>', answer.text)
    assert "<script>" not in answer.text.replace("<script src", "")


def test_too_much_at_once_is_refused_in_a_sentence(desk: Desk) -> None:
    answer = sent(desk, {"a-hartford-p1": "1" * 300_000})
    assert answer.status_code == 413 and "That is too much at once" in answer.text
    assert desk.nobody().client.post("/contests/nowhere/match", data={}, headers=OURS).status_code == 404


def test_what_nobody_reads_does_no_harm(desk: Desk) -> None:
    assert sent(desk, {}).status_code == 200
    assert "You skipped every statement" in sent(desk, {"other": "1", "a": "1"}).text
    assert sent(desk, form({"hartford-p1": ""})).status_code == 200


def test_the_order_stays_pinned(desk: Desk) -> None:
    html = desk.nobody().get(f"{PAGE}?order=alphabetical&date=2015-09-09").text
    assert f'action="{PAGE}?order=alphabetical&amp;date=2015-09-09#result"' in html
    assert "Order: alphabetical." in html
    assert desk.nobody().get(f"{PAGE}?order=sideways").status_code == 404
    compared = desk.nobody().get("/contests/hartford-mayor-2015/compare?order=alphabetical").text
    assert f'href="{PAGE}?order=alphabetical"' in compared
    assert f'href="{PAGE}"' in desk.nobody().get("/contests/hartford-mayor-2015").text


def test_every_position_leads_to_its_source(desk: Desk) -> None:
    """By the link in its box, and by the row of the comparison, which holds everything."""
    html = sent(desk, form(ALL)).text
    table = html[html.index("match-grid") :]
    assert len(re.findall(r'class="stance stance-(?!empty)', table)) == 15
    assert len(re.findall(r'class="small" href="/(?:forums/hartford-2015|turns/)', table)) >= 15
    pinned = re.search(r'class="row-note" href="(/contests/[^"#]+)#r-hartford-p1"', table)
    assert pinned is not None
    assert 'id="r-hartford-p1"' in desk.nobody().get(pinned[1].replace("&amp;", "&")).text


def changed(session: Session, **values: object) -> None:
    session.execute(update(Proposition).where(col(Proposition.slug) != "hartford-p1").values(**values))


def test_a_race_that_cannot_be_compared_says_why(tmp_path: Path) -> None:
    made = site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")
    made.tracker("load", str(HARTFORD))
    desk = desk_on(made)
    with desk.database.write() as session:
        changed(session, type="choice")
    html = sent(desk, {"a-hartford-p1": "1"}).text
    assert "1 statement." in html and "7 more have answers that nobody has listed" in html
    assert sent(desk, {"a-hartford-p2": "1"}).status_code == 422
    refused = asked(made, tmp_path, {"hartford-p2": 1})
    assert refused.code == 2 and "“hartford-p2” is no statement" in refused.err
    with desk.database.write() as session:
        session.execute(text("UPDATE stance SET code = 'not_clear', condition_en = NULL WHERE code IS NOT NULL"))
    html = desk.nobody().get(PAGE).text
    assert "There is nothing to compare your answers with yet." in html and "<form" not in html
    with desk.database.write() as session:
        session.execute(update(Proposition).values(type="choice"))
    html = desk.nobody().get(PAGE).text
    assert "No statements yet." in html and "<form" not in html
    assert sent(desk, {"a-hartford-p1": "1"}).status_code == 422
    desk.database.dispose()


def test_who_is_above_whom_is_said_and_nobody_wins(desk: Desk) -> None:
    """A board over purchases: Cruz is for it, Cannon with conditions, of the two others nothing is known."""
    html = sent(desk, form({"hartford-p5": "-1"}), "").text
    place = html.index('data-candidate="ted-cannon"')
    assert place < html.index("More than Joel Cruz, whatever the unknown") < html.index("data-candidate", place + 20)
    assert html.index('data-candidate="ted-cannon"') < html.index('data-candidate="joel-cruz"')
    assert "not enough to say who agrees with you most" in html
    for word in ("winner", "best match", "recommend", "you should"):
        assert word not in html.lower()
