"""Every page: answers, in both languages, with few statements; every fragment renders alone; nothing unsafe is let in."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from tests.corpora import ROOT
from tests.world import addresses
from tracker.db import Database

STATEMENTS = 24
"""The most statements any page may make, whatever it shows."""


@pytest.fixture(scope="module")
def paths(app: Flask) -> list[str]:
    database: Database = app.extensions["database"]
    with database.read() as session:
        return addresses(session)


def test_every_page_answers_in_both_languages(app: Flask, paths: list[str]) -> None:
    client = app.test_client()
    for prefix, lang in (("", "en"), ("/es", "es")):
        for path in paths:
            answer = client.get(f"{prefix}{path}")
            assert answer.status_code == 200, (prefix, path)
            assert f'<html lang="{lang}">' in answer.text
            assert "Content-Security-Policy" in answer.headers


def test_no_page_makes_many_statements(app: Flask, paths: list[str]) -> None:
    database: Database = app.extensions["database"]
    made: list[str] = []
    event.listen(database.reader, "before_cursor_execute", lambda c, k, statement, p, x, m: made.append(statement))
    client = app.test_client()
    many = {}
    for path in paths:
        made.clear()
        client.get(f"{path}{'&' if '?' in path else '?'}made=anew")  # not a page that was kept
        if len(made) > STATEMENTS:
            many[path] = len(made)
    assert not many


def test_every_page_has_one_first_heading_and_its_other_language(app: Flask, paths: list[str]) -> None:
    client = app.test_client()
    for path in paths:
        html = client.get(path).text
        assert html.count("<h1") == 1, path
        assert 'hreflang="es"' in html, path


FRAGMENTS = [
    (path.stem, template, block)
    for path in sorted((ROOT / "tracker" / "pages").glob("*.py"))
    for template, block in re.findall(r'"([\w/]+\.html)",\s*(?:status=\d+,\s*)?fragment="(\w+)"', path.read_text())
]


def test_the_fragments_are_found() -> None:
    assert FRAGMENTS


def test_every_fragment_renders_alone(app: Flask, paths: list[str]) -> None:
    """htmx's answer is a part of the page it stands in, not the whole page and not nothing."""
    client = app.test_client()
    parts = 0
    for path in paths:
        whole = client.get(path)
        part = client.get(path, headers={"HX-Request": "true"})
        assert part.status_code == 200, path
        assert "HX-Request" in part.headers.get("Vary", ""), path
        if part.text != whole.text:
            parts += 1
            assert "<html" not in part.text and part.text.strip(), path
            restored = client.get(path, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
            assert "<html" in restored.text, path
    assert parts >= len(FRAGMENTS)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_unsafe_method_is_let_in(app: Flask, paths: list[str], method: str) -> None:
    client = app.test_client()
    for path in ("/", "/search", *paths[-3:]):
        assert client.open(path, method=method).status_code == 405, path
    assert client.open("/nowhere", method=method).status_code == 404


HOSTILE = [
    "/forums/%00",
    "/forums/..%2f..%2fetc",
    "/forums/" + "a" * 3000,
    "/turns/zzz",
    "/turns/%F0%9F%98%80",
    "/speakers/'%20or%201=1",
    "/topics/%ff",
    "/contests/none/compare",
    "/contests/hartford-mayor-2015/compare?by=nothing",
    "/contests/hartford-mayor-2015/compare?order=sideways",
    "/contests/hartford-mayor-2015/compare?date=yesterday",
    "/contests/hartford-mayor-2015/compare?date=9999-12-31",
    "/contests/hartford-mayor-2015/compare?by=statement&by=topic",
    "/contests/hartford-mayor-2015/guide.pdf?lang=both&order=rotation&date=9999-12-31",
    "/contests/hartford-mayor-2015/guide.pdf?lang=%00&order=%ff&date=0001-01-01",
    "/contests/port-linden-mayor-2027/quiz?seed=%00&order=rotation",
    "/contests/port-linden-mayor-2027/quiz?seed=999999&v=zzz&date=2026-10-20",
    "/search?q=" + "(" * 400,
    "/search?q=" + "x" * 501,
    "/search?q=%00%ed%a0%80",
    "/search?q=***",
    "/search?q=date:9999..0000",
    "/search?page=-1&q=a",
    "/search?page=99999999999999999999&q=diversion",
    "/search.atom?q=%00%ed%a0%80&speaker=%0b",
    "/search.json?q=" + "(" * 400,
    "/follow?speaker=%00&date=9999..0000",
    "/search?q=a&sort=added&after=" + "A" * 40,
    "/search?speaker=nobody&topic=nothing&forum=nowhere&q=a",
    "/speakers/luke-bronin?page=999999999999999999",
    "/es/es/es",
    "/static/../../pyproject.toml",
]


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path[:40])
def test_nothing_a_reader_sends_breaks_a_page(app: Flask, path: str) -> None:
    for prefix in ("", "/es"):
        answer = app.test_client().get(f"{prefix}{path}")
        assert answer.status_code < 500, answer.text[:500]


def test_words_like_markup_are_shown_as_text(app: Flask) -> None:
    html = app.test_client().get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert(1)" not in html


def test_an_old_passage_or_a_broken_one_says_so(app: Flask, paths: list[str]) -> None:
    turn = next(path for path in paths if path.startswith("/turns/") and "?" not in path)
    client = app.test_client()
    for asked in ("9-2", "a-b", "0-99999999", "5-5", "-1-4"):
        assert client.get(f"{turn}?words={asked}").status_code == 404, asked
    assert client.get(f"{turn}?words=0-4&v=99").status_code == 404


def test_the_wheel_would_carry_every_template() -> None:
    from tracker import TEMPLATES

    assert Path(TEMPLATES / "base.html").is_file()
