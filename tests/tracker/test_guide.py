"""The printed guide, read back from its PDF: topics, names, words, the code, both languages; and what the page that gives it refuses."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw
import pytest
import segno
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

import tracker
from positions.scale import PRINTED
from tests.positions.town import TOWN, load_text
from tests.tracker.calling import Ended, Site, site
from tests.world import config_in
from tracker import create_app
from tracker.db import Database
from tracker.pages import guides
from tracker.printing import layout, paper
from tracker.printing.content import Block, Paragraph, Part, Style, Topic

HARTFORD = Path(tracker.__file__).parent / "demo" / "hartford.yaml"
RACE, DAY = "hartford-mayor-2015", "2026-11-22"
NAMES = ("Ted Cannon", "Joel Cruz", "Pedro Segarra", "Luke Bronin")
PINNED = f"/contests/{RACE}/compare?by=statement&order=rotation&date={DAY}"


@pytest.fixture(scope="module")
def hartford(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that holds the race of 2015, for reading."""
    home = tmp_path_factory.mktemp("guide")
    made = site(home, f"sqlite:///{home / 'tracker.db'}")
    assert made.tracker("load", str(HARTFORD)).code == 0
    return made


def printed(hartford: Site, out: Path, *arguments: str) -> pypdfium2.PdfDocument:
    ended = hartford.tracker("guide", RACE, "--out", str(out), "--date", DAY, *arguments)
    assert (ended.code, ended.out) == (0, ""), ended.err
    return pypdfium2.PdfDocument(out.read_bytes())


def words(page: pypdfium2.PdfPage) -> str:
    """The text of a page without its line breaks."""
    return " ".join(page.get_textpage().get_text_range().split())


def test_every_topic_has_a_page_and_every_page_says_what_it_is(hartford: Site, tmp_path: Path) -> None:
    guide = printed(hartford, tmp_path / "guide.pdf")
    bookmarks = [(mark.get_title(), mark.get_dest().get_index()) for mark in guide.get_toc()]
    assert [title for title, _ in bookmarks][:3] == ["Diversion before arrest", "Ban the box", "Police militarization"]
    assert bookmarks[0][1] == 0 and all(one < other for (_, one), (_, other) in pairwise(bookmarks))
    for n, page in enumerate(guide, 1):
        said = words(page)
        assert f"Page {n} of {len(guide)}" in said and PINNED in said
        assert "Mayor of Hartford, 2015" in said and "Election day: November 3, 2015" in said
        assert "a different candidate comes first each day; on November 22, 2026 it is" in said
        assert "The web page is the accessible version" in said and "does not say yet who publishes it" in said
        assert all(name in said for name in NAMES)


def test_every_box_says_what_the_page_says(hartford: Site, tmp_path: Path) -> None:
    said = " ".join(words(page) for page in printed(hartford, tmp_path / "guide.pdf"))
    assert "15 of 32 boxes have a statement; source: one news report by ACLU of Connecticut." in said
    assert "Did not address this, according to ACLU of Connecticut" in said and "Only for: People accused" in said
    assert said.count("We have not checked this yet") == 16
    assert "“100 percent in favor”" in said and "September 8, 2015 · News report of the Hartford" in said
    assert said.count("Space given to each:") == 1


def test_both_languages_stand_in_one_file_each_with_its_address(hartford: Site, tmp_path: Path) -> None:
    guide = printed(hartford, tmp_path / "guide.pdf", "--lang", "both")
    tops = [mark.get_title() for mark in guide.get_toc() if mark.level == 0]
    assert tops == ["English", "Español"] and guide.get_metadata_value("Title") == "Mayor of Hartford, 2015"
    half = len(guide) // 2
    spanish = words(guide[half])
    assert "Alcaldía de Hartford, 2015" in spanish and f"/es{PINNED}" in spanish and "Página" in spanish
    assert "Alcaldía" not in words(guide[half - 1])
    assert b"/Lang (es)" in printed_bytes(hartford, tmp_path / "es.pdf", "es")


def printed_bytes(hartford: Site, out: Path, lang: str) -> bytes:
    printed(hartford, out, "--lang", lang)
    return out.read_bytes()


def test_the_code_on_paper_is_that_of_the_address(hartford: Site, tmp_path: Path) -> None:
    """Every module of the printed picture is dark or light as the code of the address has it."""
    page = printed(hartford, tmp_path / "guide.pdf")[0]
    (picture,) = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    image = picture.get_bitmap().to_pil().convert("L")
    wanted = segno.make(f"http://127.0.0.1:8000{PINNED}", error="m")
    rows = [bytes(row) for row in wanted.matrix_iter(border=2)]
    step = image.width // len(rows)
    found = [
        bytes(image.getpixel((x * step + step // 2, y * step + step // 2)) < 128 for x in range(len(rows)))
        for y in range(len(rows))
    ]
    assert found == rows


@pytest.mark.parametrize(
    "arguments",
    [
        ("guide", "nowhere", "--out", "{}/x.pdf"),
        ("guide", RACE),
        ("guide", RACE, "--out", "{}"),
        ("guide", RACE, "--out", "{}/no/such/folder/x.pdf"),
        ("guide", RACE, "--out", "{}/x.pdf", "--lang", "tlh"),
        ("guide", RACE, "--out", "{}/x.pdf", "--order", "sideways"),
        ("guide", RACE, "--out", "{}/x.pdf", "--order", "ballot"),
        ("guide", RACE, "--out", "{}/x.pdf", "--date", "yesterday"),
    ],
    ids=lambda arguments: " ".join(arguments[1:]),
)
def test_what_cannot_be_printed_is_refused_in_a_sentence(
    hartford: Site, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ended: Ended = hartford.tracker(*(argument.format(tmp_path) for argument in arguments))
    assert ended.code == 2 and ended.err.strip() and not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def app(hartford: Site) -> Iterator[Flask]:
    app = create_app(replace(config_in(hartford.home), database_url=hartford.url))
    yield app
    app.extensions["database"].dispose()


def test_the_page_leads_to_an_address_that_stays_true_and_keeps_what_is_there(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    today = client.get(f"/es/contests/{RACE}/guide.pdf?order=alphabetical&x=1")
    assert today.status_code == 302 and "lang=es&order=alphabetical&date=" in today.headers["Location"]
    assert client.get(today.headers["Location"]).status_code == 200
    path = f"/contests/{RACE}/guide.pdf?lang=both&order=rotation&date={DAY}"
    first = client.get(path)
    assert (first.status_code, first.mimetype) == (200, "application/pdf") and first.data.startswith(b"%PDF")
    monkeypatch.setattr(guides, "_made", lambda parts: pytest.fail("made again"))
    assert client.get(path).data == first.data
    assert f"guide.pdf?lang=both&amp;order=rotation&amp;date={DAY}" in client.get(PINNED).text


def test_the_page_makes_one_at_a_time_and_refuses_what_is_no_guide(app: Flask) -> None:
    client, path = app.test_client(), f"/contests/{RACE}/guide.pdf?lang=en&order=rotation&date="
    with guides.PRESS:
        busy = client.get(f"{path}2026-01-02")
    assert busy.status_code == 503 and busy.headers["Retry-After"] and "Busy just now" in busy.text
    assert client.get(f"{path}2026-01-02").status_code == 200
    for wrong in (f"{path}yesterday", f"{path}2026-01-02&lang=tlh".replace("lang=en&", ""), "/contests/none/guide.pdf"):
        assert client.get(wrong).status_code == 404, wrong


def test_sheet_and_guide_of_one_day_have_one_version(app: Flask) -> None:
    client = app.test_client()
    sheet = client.get(f"/contests/{RACE}/sheet?order=rotation&date={DAY}").text
    guide = client.get(f"/contests/{RACE}/guide.pdf?lang=en&order=rotation&date={DAY}").data
    version = re.findall(rf"{DAY}-[0-9a-f]{{8}}", sheet)
    assert version and f"Version {version[0]}" in words(pypdfium2.PdfDocument(guide)[0])
    other = client.get(f"/contests/{RACE}/sheet?order=rotation&date=2026-11-23").text
    assert version[0] not in other


def test_a_guide_in_their_own_words_prints_questions_and_no_position(tmp_path: Path) -> None:
    made = site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")
    database = Database(made.url)
    load_text(database, TOWN.replace("    office: {en: Mayor,", "    profile: verbatim_guide\n    office: {en: Mayor,"))
    database.dispose()
    out = tmp_path / "guide.pdf"
    assert made.tracker("guide", "town-mayor-2026", "--out", str(out)).code == 0
    said = " ".join(words(page) for page in pypdfium2.PdfDocument(out.read_bytes()))
    assert "what about the buses? Who pays?” (Town forum, October 20, 2026)" in said
    assert "The buses should be free, every day." in said and "Chose not to answer" in said
    assert not any(text in said for text in PRINTED.values()) and "compare?by=question" in said


def test_a_race_without_statements_says_why_it_has_no_guide(tmp_path: Path) -> None:
    made = site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")
    bare = tmp_path / "bare.yaml"
    bare.write_text(
        "contests:\n  - {slug: clerk-2026, title: {en: Clerk}, office: {en: Clerk}, place: Town, zone: UTC,"
        " election_date: 2026-11-03}\n"
    )
    assert made.tracker("load", str(bare)).code == 0
    ended = made.tracker("guide", "clerk-2026", "--out", str(tmp_path / "x.pdf"))
    assert ended.code == 2 and "statements that somebody has written" in ended.err


def test_letters_of_other_tongues_are_printed_and_missing_ones_are_told() -> None:
    part = guide_of(("Nguyễn Łukasz", "Željko Иван", "Wu 王"), (("Supports", "“¿Sí?” “Да”"),) * 3)
    made = paper.pdf([part])
    said = words(pypdfium2.PdfDocument(made.data)[0])
    assert made.lost == "王" and "☐ stands for" in said and "Wu ☐" in said
    assert "Nguyễn Łukasz" in said and "Željko Иван" in said and "“¿Sí?” “Да”" in said


def guide_of(names: Sequence[str], said: Sequence[Sequence[str]], statements: int = 1, title: str = "A race") -> Part:
    """A guide of two topics in which every candidate says the same to every statement."""
    boxes = tuple(
        (Paragraph(Style.NAME, name), *(Paragraph(Style.WORDS, text) for text in texts))
        for name, texts in zip(names, said, strict=True)
    )
    blocks = tuple(Block(f"Statement {n}", boxes) for n in range(statements))
    return Part(
        lang="en",
        title=title,
        head=("Town",),
        names=", ".join(names),
        about="About",
        topics=(Topic("First topic", blocks), Topic("Second topic", blocks)),
        closing="Closing",
        address="http://127.0.0.1:8000/",
        foot=("Foot",),
        again="(continued)",
        numbered="Page {n} of {all}",
        lost="{letter} stands for another",
    )


def rough(style: Style, text: str) -> float:
    """Letters that are all equally wide."""
    return len(text) * layout.FACES[style].size * 0.18


TEXT = st.one_of(
    st.text(st.characters(categories=["L", "Zs", "P"]), max_size=40),
    st.sampled_from(["word " * 30, "word " * 900, "w" * 400, ""]),
)


@given(st.lists(st.tuples(TEXT, st.lists(TEXT, max_size=3)), min_size=1, max_size=9), st.integers(1, 3), TEXT)
def test_nothing_is_lost_or_leaves_the_paper_and_boxes_are_alike(
    held: list[tuple[str, list[str]]], statements: int, title: str
) -> None:
    names = [f"C{n} {name}" for n, (name, _) in enumerate(held)]
    part = guide_of(names, [texts for _, texts in held], statements, title)
    made = layout.sheets([part], rough)
    told = Counter("".join(line.text for sheet in made for line in sheet.lines if line.style == Style.WORDS))
    wanted = Counter("".join("".join(texts).replace(" ", "") for _, texts in held))
    spaces = [letter for letter in told if letter.isspace()]
    assert {letter: n for letter, n in told.items() if letter not in spaces} == {
        letter: n * 2 * statements for letter, n in wanted.items() if not letter.isspace()
    }
    for sheet in made:
        assert all(
            0 < line.y <= layout.HEIGHT and line.x + rough(line.style, line.text) <= layout.WIDTH
            for line in sheet.lines
        )
        assert all(frame.y + frame.height <= sheet.rules[1] for frame in sheet.frames)
        assert len({(frame.y, frame.height) for frame in sheet.frames}) == len({frame.y for frame in sheet.frames})
        assert len({round(frame.width, 6) for frame in sheet.frames}) <= 1
    assert [sheet.section for sheet in made if sheet.section] == ["First topic", "Second topic"]
