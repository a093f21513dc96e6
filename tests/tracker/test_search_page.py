"""/search as a reader uses it: every operator a control, every choice an address, what to try where nothing is found."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.databases import migrated_file
from tests.tracker import heard
from tests.tracker.heard import key
from tests.world import config_in
from tracker import create_app, indexing
from tracker.db import Database
from transcripts.models import Exchange, ExchangeTurn


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    config = config_in(Path(tmp_path_factory.mktemp("search")))
    migrated_file(config.home / "tracker.db")
    app = create_app(config)
    database: Database = app.extensions["database"]
    with database.write() as session:
        heard.store(session)
        session.add(Exchange(id=1, forum_id=1, record_id=1, position=1, question_turn_id=1))
        session.flush()
        parts = {1: "question", 2: "answer", 3: "answer"}
        session.add_all(
            ExchangeTurn(exchange_id=1, turn_id=turn, part=part, position=turn) for turn, part in parts.items()
        )
    indexing.reindex(database, app.extensions["search"])
    yield app
    database.dispose()


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    return app.test_client()


def text(page: str) -> str:
    return html.unescape(
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.partition('id="found"')[2].partition("</main>")[0]))
    )


def links(page: str, marked: str) -> dict[str, str]:
    """Words of each link inside elements of a class → where it leads."""
    parts = re.findall(rf'class="[^"]*\b{marked}\b[^"]*"(.*?)</(?:ul|ol|nav|section|p)>', page, re.DOTALL)
    found = [pair for part in parts for pair in re.findall(r'href="([^"]*)"[^>]*>(.*?)</a>', part, re.DOTALL)]
    return {" ".join(re.sub(r"<[^>]+>", " ", words).split()): html.unescape(href) for href, words in found}


def asked(href: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(href).query)


def test_every_control_is_a_parameter_and_is_repeated_in_words(reader: FlaskClient) -> None:
    page = reader.get("/search?q=lamps&none=rents&exact=better+lamps&speaker=marsh&from=2026&has=video").text
    assert (
        "what marsh said, with “lamps” in any form, with exactly “better lamps”, but not with “rents” in any form"
        in text(page)
    )
    assert "1 passage" in text(page)
    for control, value in (("none", "rents"), ("exact", "better lamps"), ("speaker", "marsh"), ("from", "2026")):
        assert f'name="{control}" value="{value}"' in page


def test_taking_a_part_away_is_a_printed_query(reader: FlaskClient) -> None:
    page = reader.get("/search?q=lamps+-rents&speaker=ada-marsh&date=2026&sort=oldest").text
    chips = links(page, "chips")
    assert asked(chips["Ada Marsh × remove"]) == {"q": ["lamps -rents date:2026"], "sort": ["oldest"]}
    assert asked(chips["but not with “rents” in any form × remove"])["q"] == ["lamps speaker:ada-marsh date:2026"]


def test_a_facet_is_chosen_instead_of_another_and_taken_away_again(reader: FlaskClient) -> None:
    page = reader.get("/search?q=lamps&contest=mayor-2026").text
    facets = links(page, "facets")
    assert {"Ada Marsh", "Bo Quill", "Cy Rook", "Policing", "Town hall", "Mayor", "2026"} <= facets.keys()
    assert asked(facets["Bo Quill"])["speaker"] == ["bo-quill"]
    chosen = links(reader.get(facets["2026"]).text, "facets")
    assert asked(chosen["2026"])["q"] == ["lamps contest:mayor-2026"]
    switched = asked(links(reader.get("/search?q=lamps+speaker:ada-marsh").text, "facets")["Bo Quill"])
    assert (switched["q"], switched["speaker"]) == (["lamps"], ["bo-quill"])


def test_other_names_are_understood_in_filters(reader: FlaskClient) -> None:
    for typed in (
        'speaker:"mayor marsh" lamps',
        'topic:"armas de la policía" lamps',
        'forum:"town hall" lamps',
        "contest:mayor lamps",
    ):
        found = reader.get("/search", query_string={"q": typed}).text
        assert key("marsh") in found, typed
    assert "Speaker: Ada Marsh" in text(reader.get("/search?q=speaker:marsh+lamps").text)


def test_what_to_try_where_nothing_is_found(reader: FlaskClient) -> None:
    misspelt = reader.get("/search?q=ofifcers").text
    assert asked(links(misspelt, "meant")["what was said, with “officers” in any form"])["q"] == ["officers"]
    page = reader.get("/search", query_string={"q": '"lamps officers" speaker:bo-quill'}).text
    assert "We hold 6 passages from 2 forums, 2025 to 2026." in text(page)
    less = links(page, "stack-s")
    assert asked(less.pop("Follow this search"))["q"] == ['"lamps officers" speaker:bo-quill']
    assert [asked(href)["q"][0] for href in less.values()] == ["lamps officers speaker:bo-quill", "speaker:bo-quill"]
    renamed = reader.get("/search?q=speaker:ada-marhs").text
    assert asked(links(renamed, "meant")["what Ada Marsh said"])["q"] == ["speaker:ada-marsh"]
    assert 'class="meant"' not in reader.get("/search?q=zeppelin").text


def test_signs_without_a_word_are_no_question(reader: FlaskClient) -> None:
    told = text(reader.get("/search?q=%22%22+OR+-").text)
    assert "This holds no words to search for." in told and "0 passages" in told
    assert "Understood as" not in told and "Nobody said this" not in told
    assert "Aquí no hay palabras que buscar." in text(reader.get("/es/search?q=???").text)


def test_somebody_of_whom_nothing_is_held_is_told_so(reader: FlaskClient) -> None:
    page = reader.get("/search?q=what+did+Rook+say+about+lamps").text
    assert "We hold no words of Cy Rook." in text(page) and 'href="/speakers/cy-rook"' in page
    assert "No tenemos palabras de Cy Rook." in text(reader.get("/es/search?q=lamps+speaker:cy-rook").text)
    heard_of = text(reader.get("/search?q=what+did+Quill+say+about+zeppelins").text)
    assert "Nobody said this" in heard_of and "We hold no words of" not in heard_of


def test_words_in_their_line(reader: FlaskClient) -> None:
    page = reader.get("/search?q=lamps&view=lines&sort=oldest").text
    lines = re.findall(r'word-before">(.*?)</span><mark>(.*?)</mark><span class="word-after">(.*?)</span>', page)
    assert [word for _, word, _ in lines] == ["lamps"] * 4
    assert ("I never said ", "lamps", " were enough.") in lines


def test_a_question_stands_once_with_each_of_its_answers(reader: FlaskClient) -> None:
    page = reader.get("/search?q=officers&view=questions").text
    assert page.count("How many ") == 1
    assert page.count('class="hit"') == 1
    for name in ("ask", "marsh", "quill"):
        assert f"/turns/{key(name)}?" in page


def test_groups_name_everybody_and_show_the_first_hits(reader: FlaskClient) -> None:
    page = reader.get("/search?q=lamps&group=speaker&contest=mayor-2026").text
    groups = re.findall(r"<h3>(.*?) <span[^>]*>(\d+)</span></h3>", page)
    assert groups == [("Ada Marsh", "1"), ("Bo Quill", "1"), ("Cy Rook", "0")]
    assert page.count('class="hit"') == 2


@pytest.mark.parametrize("shown", ["sort=relevance", "sort=newest", "sort=oldest", "view=lines", "view=questions"])
def test_pages_follow_one_another_by_link(reader: FlaskClient, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.pages.search.SIZE", 2)
    href, pages = f"/search?q=lamps&{shown}", []
    while href:
        page = reader.get(href).text
        pages.append(list(dict.fromkeys(re.findall(r"/turns/(\w{26})\?", page))))
        onward = re.search(r'rel="next" href="([^"]*)"', page)
        href = html.unescape(onward[1]) if onward else ""
    seen = [one for several in pages for one in several]
    assert len(pages) == 2 and len(seen) == len(set(seen))
    assert {key(name) for name in ("marsh", "quill", "nobody", "quoted")} <= set(seen)
    back = re.search(r'rel="prev" href="([^"]*)"', page)
    assert back and re.findall(r"/turns/(\w{26})\?", reader.get(html.unescape(back[1])).text)[0] == seen[0]


def test_a_hit_knows_its_search_and_its_neighbours(reader: FlaskClient) -> None:
    page = reader.get("/search?q=lamps&sort=oldest").text
    first, second = re.findall(r'class="words"><a href="([^"]*)"', page)[:2]
    there = reader.get(html.unescape(first)).text
    assert "<mark>lamps</mark>" in there
    assert "1 of 4" in there and 'data-step="previous"' not in there
    (onward,) = re.findall(r'data-step="next" href="([^"]*)"', there)
    assert html.unescape(onward) == html.unescape(second)
    then = reader.get(html.unescape(onward)).text
    assert "2 of 4" in then and "Just after" in then
    assert "How many officers should the police have?" in then
    assert 'href="/search?q=lamps&amp;sort=oldest"' in then
    assert "hit-steps" not in reader.get(urlsplit(first).path).text


def test_a_hit_that_is_no_longer_one_leads_back(reader: FlaskClient) -> None:
    page = reader.get(f"/turns/{key('marsh')}?q=zeppelin&hit=7").text
    assert "Back to the results" in page and "data-step" not in page


@pytest.mark.parametrize(
    "query",
    ["after=%00", "after=AAAA.AAAA", "q=lamps&after=zzzz&sort=newest", "within=x&near=a", "hit=-1", "near=a+b&within=9999",
     "from=2027&to=2026&q=lamps", "date=soon&q=lamps", "exact=%22%22", "starts=a&like=*", "any=(&none=OR", "group=party&view=x",
     "has=subtitles", "speaker=&topic=", "lang=xx", "any=" + "x+" * 249, "exact=" + "x" * 500],
)  # fmt: skip
def test_nothing_chosen_breaks_the_page(reader: FlaskClient, query: str) -> None:
    for path in ("/search", f"/turns/{key('marsh')}"):
        assert reader.get(f"{path}?{query}").status_code in (200, 400)


def test_a_date_nobody_can_read_is_said(reader: FlaskClient) -> None:
    assert "“2027..2026” is not a date we can read" in text(reader.get("/search?q=lamps&from=2027&to=2026").text)


def test_the_help_page_stands_on_the_table(reader: FlaskClient) -> None:
    for prefix, meaning in (("", "A topic by any of its names"), ("/es", "Un tema por cualquiera de sus nombres")):
        page = reader.get(f"{prefix}/search/help").text
        assert meaning in page
        assert "date:2015..2016" in page and "&#34;police equipment&#34;~3" in page
