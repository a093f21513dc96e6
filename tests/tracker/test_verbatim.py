"""A race told in the candidates' own words: no page, file, feed or command judges or ranks anybody, and a check says so."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from positions.cells import Candidate, Cell, Evidence, SourceRef
from positions.models import Contest, Tag, Topic
from positions.profiles import NOTHING_JUDGED
from positions.scale import PRINTED
from positions.verbatim import Fault, faults
from tests.databases import migrated_file
from tests.positions.test_auditing import compared
from tests.positions.town import TOWN, load_text
from tests.tracker.calling import Site, site
from tests.tracker.desk import Desk, desk_on
from tests.tracker.test_desk_forms import done, version_in
from tracker.accounts.roles import table
from tracker.i18n import translator
from tracker.indexing import catch_up
from transcripts.bilingual import Bilingual
from transcripts.models import Exchange, ExchangeState, Speaker, Turn

RACE = "town-mayor-2026"
PAGE = f"/contests/{RACE}"
GUIDE = TOWN.replace("    decides:", "    profile: verbatim_guide\n    decides:", 1)
GONE = ("match", "quiz", "sheet", "qr.svg", "audit", "audit/codings.csv", "compare?by=statement")
ABOUT_THE_PROGRAM = ("/about", "/patterns", "/method")
"""Pages that explain the words of positions, whatever races are held."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    home = tmp_path_factory.mktemp("guide")
    return site(home, migrated_file(home / "tracker.db"))


@pytest.fixture(scope="module")
def desk(made: Site) -> Iterator[Desk]:
    desk = desk_on(made)
    load_text(desk.database, GUIDE)
    catch_up(desk.database, desk.app.config["TRACKER"])
    yield desk
    desk.database.dispose()


def addresses(desk: Desk) -> list[str]:
    """Everything a reader can open: every public route, filled with what is held; searches and files of the race too."""
    with desk.database.read() as session:
        key = session.exec(select(Turn.key).where(col(Turn.text).contains("free"))).first()
    held = {
        "contests": {"slug": RACE},
        "forums": {"slug": "town-2026"},
        "speakers": {"slug": "ana-reyes"},
        "topics": {"slug": "transit"},
        "turns": {"key": key},
        "embed": {"key": key},
        "cite": {"key": key},
    }
    found = []
    for route, method in table():
        room = route.strip("/").partition("/")[0]
        known = held.get(room, {})
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda name, known=known: str(known.get(name[1], "x")), route)
        if method == "GET" and room not in ("desk", "static") and not filled.startswith(ABOUT_THE_PROGRAM):
            found.append(filled)
    views = [f"{PAGE}/compare?by={by}" for by in ("question", "topic", "statement")]
    searches = ["/search?q=ana+buses", "/search?q=what+did+Reyes+say+about+transit", "/search?q=cameras"]
    return [*found, *views, *searches]


def words() -> set[str]:
    """How a position is printed, in both languages."""
    spanish = translator("es")
    return {told for text in PRINTED.values() for told in (text, spanish(text))}


def test_no_page_file_or_feed_prints_a_position(desk: Desk) -> None:
    reader, opened = desk.nobody(), 0
    for address in addresses(desk):
        for prefix in ("", "/es"):
            answer = reader.get(f"{prefix}{address}")
            assert answer.status_code < 500, address
            opened += answer.status_code == 200
            told = re.sub(r"<[^>]*>|\s+", " ", answer.text) if re.search("text|json|xml|csv", answer.mimetype) else ""
            printed = [word for word in words() if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", told)]
            assert printed == [], (prefix, address)
            assert not re.search(r"stance-(?!empty|shape)\w+", answer.text if "html" in answer.mimetype else "")
    assert opened > 40


def test_what_judges_is_not_there_and_says_why(desk: Desk) -> None:
    for page in GONE:
        for prefix in ("", "/es"):
            answer = desk.nobody().get(f"{prefix}{PAGE}/{page}")
            assert answer.status_code == 404, page
        assert "a guide in the candidates" in desk.nobody().get(f"{PAGE}/{page}").text
    sent = desk.nobody().post(f"{PAGE}/match", {"a-town-buses": "1"})
    assert sent.status_code == 404 and "candidates&#39; own words" in sent.text
    race = desk.nobody().get(PAGE).text
    assert "Nothing here judges or ranks anybody." in race and "What changed over time" not in race
    for way in ("match", "quiz", "by=statement"):
        assert (
            f"{PAGE}/{way}" not in race and way not in desk.nobody().get(f"{PAGE}/compare").text.partition("<footer")[0]
        )


def test_questions_stand_as_asked_and_silence_without_a_remark(desk: Desk) -> None:
    shown = desk.nobody().get(f"{PAGE}/compare").text
    with desk.database.read() as session:
        asked = session.exec(select(Turn.text).where(col(Turn.text).contains("what about the buses"))).one()
    assert asked in shown.replace("&#39;", "'") and "Chose not to answer" in shown
    assert (
        "He shook his head." not in shown and "Negó con la cabeza." not in desk.nobody().get(f"/es{PAGE}/compare").text
    )
    with desk.database.write() as session:
        session.exec(select(Contest)).one().profile = "comparison"
    assert "He shook his head." in desk.nobody().get(f"{PAGE}/compare?by=question").text
    with desk.database.write() as session:
        session.exec(select(Contest)).one().profile = "verbatim_guide"


def test_commands_keep_to_it_too(desk: Desk, made: Site, tmp_path: Path) -> None:
    told = json.loads(made.tracker("compare", RACE, "--json").out)
    cells = [cell for row in told["rows"] for cell in row["cells"].values()]
    assert {cell["code"] for cell in cells} <= {"answered", None} and told["candidates"]
    answers = tmp_path / "answers.json"
    answers.write_text("{}")
    for command in (
        ("compare", RACE, "--by", "statement"),
        ("compare", RACE, "--pairs"),
        ("match", RACE, "--answers", str(answers)),
        ("audit", "bots", RACE),
    ):
        refused = made.tracker(*command)
        assert refused.code == 2 and NOTHING_JUDGED in refused.err


def test_a_check_lists_what_is_wrong(desk: Desk, made: Site) -> None:
    checked = made.tracker("audit", "verbatim", RACE)
    assert (
        checked.code == 1 and "a guide has 5 at least" in checked.out and "Nothing is said of Cy Abbot" in checked.out
    )
    problem = made.tracker("doctor")
    assert problem.code == 1 and f"{RACE}: The questions are on" in problem.out
    with desk.database.write() as session:
        question = session.exec(select(Exchange).order_by(col(Exchange.position))).all()[0]
        cy = session.exec(select(Speaker).where(Speaker.name == "Cy Abbot")).one()
        session.add(ExchangeState(exchange_id=question.id, speaker_id=cy.id, state="absent", set_by="editor"))
        transit = session.exec(select(Topic).where(Topic.slug == "transit")).one()
        session.add(
            Tag(turn_id=question.question_turn_id, topic_id=transit.id or 0, reason="Asked.", status="confirmed")
        )
    data = json.loads(made.tracker("audit", "verbatim", RACE, "--topics", "1", "--json").out)
    assert data == {"contest": RACE, "faults": []}
    with desk.database.write() as session:
        session.exec(select(Contest)).one().profile = "comparison"
    found = made.tracker("audit", "verbatim", RACE, "--topics", "1")
    assert found.code == 1 and "compare?by=statement is there." in found.out
    with desk.database.write() as session:
        session.exec(select(Contest)).one().profile = "verbatim_guide"


def test_every_fault_has_its_sentence() -> None:
    """One candidate of whom nobody looked at anything, a position, one topic, and a source with a stake."""
    judged = compared((2, None), (None, None))
    assert {one.fault for one in faults(judged)} == {Fault.MISSING, Fault.LABEL, Fault.TOPICS}
    assert [one.what for one in faults(judged) if one.fault == Fault.MISSING] == [
        "Nothing is said of Candidate 1: neither an answer nor why there is none."
    ]
    stake = SourceRef("A plan", "article", "f", publisher="The League", interest=Bilingual("It sells them.", None))
    row = judged.rows[0]
    told = tuple(
        Cell(cell.candidate, "", code="answered", evidence=(Evidence("source_summary", stake),)) for cell in row.cells
    )
    held = replace(judged, rows=(replace(row, cells=told),))
    assert [one.what for one in faults(held, topics=1)] == [
        "The page rests on The League, which has a stake in the subject: its own words stand beside the answers."
    ]
    extra = replace(held, candidates=(*held.candidates, Candidate("c9", "New", "New")), rows=())
    assert [one.fault for one in faults(extra, topics=0)] == [Fault.MISSING] * 3


def test_new_races_begin_as_the_site_says_and_editors_change_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site(tmp_path, migrated_file(tmp_path / "tracker.db"))
    desk = desk_on(made, TRACKER_PROFILE="verbatim_guide")
    editor = desk.editor()
    assert 'value="verbatim_guide" selected' in editor.get("/desk/races/new").text
    facts = {"office_en": "Mayor", "place": "Town", "zone": "UTC", "election_date": "2026-11-03", "title_en": "Mayor"}
    at = done(editor.post("/desk/races/new", facts))
    page = f"/contests/{at.rsplit('/', 1)[1]}"
    assert desk.nobody().get(f"{page}/match").status_code == 404
    done(editor.post(at, {**facts, "profile": "comparison", "version": version_in(editor.get(at))}))
    assert desk.nobody().get(f"{page}/match").status_code == 200
    done(editor.post(at, {**facts, "title_en": "The mayor", "version": version_in(editor.get(at))}))
    assert desk.nobody().get(f"{page}/match").status_code == 200
    file = tmp_path / "town.yaml"
    file.write_text(
        TOWN.partition("    file: town.txt")[0] + TOWN[TOWN.index("contests:") : TOWN.index("propositions:")]
    )
    monkeypatch.setenv("TRACKER_PROFILE", "verbatim_guide")
    loaded = made.tracker("load", str(file))
    assert loaded.code == 0, loaded.err
    assert desk.nobody().get(f"{PAGE}/match").status_code == 404
    monkeypatch.setenv("TRACKER_PROFILE", "nothing")
    refused = made.tracker("contests")
    assert refused.code == 2 and "TRACKER_PROFILE is “nothing”; it must be comparison or verbatim_guide." in refused.err
    desk.database.dispose()


PROMISE = """\
commitments:
  - slug: free-buses
    kind: promise
    title: {en: Free buses, es: Autobuses gratuitos}
    person: ana-reyes
    program: fares
    said_on: 2020-01-01
    zone: UTC
    criterion: {en: No rider pays., es: Nadie paga.}
    measurable: true
    due_on: 2020-06-01
    origin_kind: source_summary
    origin: {en: The report says so., es: Lo dice el informe.}
    cited: {forum: town-2026, source: ledger}
    events:
      - {axis: verdict, value: not_kept, on: 2020-07-01, text: {en: Riders pay., es: Se paga.}, cited: {forum: town-2026, source: ledger}}
"""
PROGRAM = """\
programs:
  - {slug: fares, name: {en: Fares, es: Tarifas}, summary: {en: Invented., es: Inventado.}, place: Town, zone: UTC, stage: running}
"""
TELLING = (
    *(
        "/commitments",
        "/commitments/free-buses",
        "/commitments/free-buses/feed.atom",
        "/commitments/free-buses/feed.json",
    ),
    *("/speakers/ana-reyes", "/speakers/ana-reyes/everything", PAGE, "/programs/fares", "/programs/fares/sheet"),
    *("/programs/fares/changes", "/programs/fares/feed.atom", "/programs/fares/feed.json"),
)
"""Wherever a commitment of a candidate may be told."""
VERDICTS = ("<strong>Not kept", ">Not kept</span>", "Verdict: Not kept", "Riders pay.", "Se paga.", "judged-not_kept")


def test_what_became_of_promises_is_told_after_the_election(database_url: str, tmp_path: Path) -> None:
    desk = desk_on(site(tmp_path, database_url))
    load_text(desk.database, GUIDE)
    load_text(desk.database, PROGRAM + PROMISE)
    told: dict[int, set[str]] = {}
    for year in (2100, 2000):
        with desk.database.write() as session:
            session.exec(select(Contest)).one().election_date = date(year, 11, 3)
        pages = {f"{lang}{path}": desk.nobody().get(f"{lang}{path}") for lang in ("", "/es") for path in TELLING}
        assert {answer.status_code for answer in pages.values()} == {200}
        told[year] = {path for path, answer in pages.items() if any(word in answer.text for word in VERDICTS)}
    assert told[2100] == set()
    silent = {PAGE, "/speakers/ana-reyes/everything", "/programs/fares/sheet"}  # the sheet lists what nobody has judged
    assert {path.removeprefix("/es") for path in told[2000]} == {*TELLING} - silent
    with desk.database.write() as session:
        session.exec(select(Contest)).one().election_date = date(2100, 11, 3)
    page, listed = (
        desk.nobody().get("/commitments/free-buses").text,
        desk.nobody().get("/commitments?standing=untold").text,
    )
    assert "What became of it is not told before the election." in page and f'href="{PAGE}"' in page
    assert "Late: the day has passed" not in page and "1 commitment of 1" in listed
    editor = desk.editor().get("/desk/commitments/free-buses").text
    assert "<strong>Not kept</strong>" in editor and "Readers are not told what became of it" in editor
    with desk.database.write() as session:
        session.exec(select(Contest)).one().profile = "comparison"
    assert "Riders pay." in desk.nobody().get("/commitments/free-buses").text
    desk.database.dispose()
