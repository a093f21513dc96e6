"""The words of statements on the desk: drafts, two languages approved together by another editor, versions, answers, advice."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from positions.entries import wordings
from positions.models import Proposition, Stance
from positions.wording_rules import Rule, advice
from tests.databases import migrated_file
from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.tracker.test_desk_forms import done, version_in
from tracker.edits import held
from tracker.indexing import catch_up
from transcripts.errors import Conflict, Refusal

RACE = "/desk/races/town-mayor-2026/statements"
COMPARED = "/contests/town-mayor-2026/compare?by=statement"
PIER = {
    "text_en": "What should stand on the pier?",
    "text_es": "¿Qué debe haber en el muelle?",
    "topic": "parks",
    "type": "choice",
    "options_en": "A park\nHomes",
    "options_es": "Un parque\nViviendas",
    "proposed_by": "Pier Neighbours",
    "synonyms": "jetty",
}
BUSES = {"text_en": "Buses should be free on Sundays.", "text_es": "Gratis los domingos.", "topic": "transit"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, migrated_file(tmp_path / "tracker.db")))
    load_text(desk.database)
    yield desk
    desk.database.dispose()


@pytest.fixture
def editor(desk: Desk) -> Visitor:
    return desk.editor()


def statement(desk: Desk, key: str) -> Proposition:
    with desk.database.read() as session:
        return session.exec(select(Proposition).where(Proposition.slug == key)).one()


def test_a_question_with_answers_is_written_approved_chosen_and_read(desk: Desk, editor: Visitor) -> None:
    one = editor.post(f"{RACE}/new", {**PIER, "options_en": "A park\nA park"})
    assert one.status_code == 422 and "Two answers at least" in one.text
    at = done(editor.post(f"{RACE}/new", PIER))
    page = editor.get(at).text
    assert "Readers do not see this statement yet." in page and "Viviendas" in page and "¿Qué debe haber" in page
    assert "What should stand" not in desk.nobody().get(COMPARED).text
    done(editor.post(f"{at}/words/approve", {"version": version_in(editor.get(at))}))
    form = editor.get(f"{at}/ana-reyes").text
    assert all(f'value="{value}"' in form for value in ("option:homes", "code:own_answer", "code:not_clear"))
    assert "code:support" not in form
    told = {"source-1": "1", "kind-1": "reported_quotation", "sourcerole-1": "supports", "told1_en": "Homes, she said."}
    chosen = {"do": "record", "as_of": "2026-10-20", "tier": "4", "coders": "2", **told}
    assert editor.post(f"{at}/ana-reyes", {**chosen, "position": "option:shops"}).status_code == 422
    done(editor.post(f"{at}/ana-reyes", {**chosen, "position": "option:homes"}))
    done(editor.post(f"{at}/bo-stone", {**chosen, "position": "code:own_answer", "told1_en": "A light, he said."}))
    english, spanish = (desk.nobody().get(f"{prefix}{COMPARED}").text for prefix in ("", "/es"))
    assert "Proposed by Pier Neighbours" in english and "Propuesta por Pier Neighbours" in spanish
    assert re.search(r'class="stance stance-option">.*?</span>Homes</span>', english)
    assert re.search(r'class="stance stance-option">.*?</span>Viviendas</span>', spanish)
    assert "none of those listed" in english and "A light, he said." in english
    sheet = desk.nobody().get("/contests/town-mayor-2026/sheet").text
    assert "Homes</span>" in sheet and "Viviendas</span>" in sheet
    audit = desk.nobody().get("/es/contests/town-mayor-2026/audit").text
    assert "Quiénes respondieron igual" in audit and audit.count(" · Bo Stone</th>") + audit.count("Bo Stone · ") == 2
    match = desk.nobody().get("/contests/town-mayor-2026/match").text
    assert 'value="option:homes"' in match and "Homes</label>" in match
    told_back = desk.nobody().client.post(
        "/contests/town-mayor-2026/match",
        data={"a-" + at.rsplit("/", 1)[1]: "option:homes"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert "You agree on the only one we could compare" in told_back.text and "Homes</strong>" in told_back.text


def test_the_words_of_an_answer_change_and_its_key_stays(desk: Desk, editor: Visitor) -> None:
    at = done(editor.post(f"{RACE}/new", PIER))
    key = at.rsplit("/", 1)[1]
    done(editor.post(f"{at}/words/approve"))
    worded = {
        **PIER,
        "options_en": "Homes\nA public park\nShops",
        "options_es": "Viviendas\nUn parque público\nTiendas",
    }
    done(editor.post(at, {**worded, "version": version_in(editor.get(at))}))
    assert [one["en"] for one in json.loads(statement(desk, key).options)] == ["A park", "Homes"]
    assert "New words wait to be approved" in editor.get(RACE).text
    assert "Shops" not in desk.nobody().get(COMPARED).text + desk.nobody().get("/contests/town-mayor-2026/match").text
    done(editor.post(f"{at}/words/approve"))
    row = statement(desk, key)
    assert [(one["key"], one["en"]) for one in json.loads(row.options)] == [
        ("homes", "Homes"),
        ("a-park", "A public park"),
        ("shops", "Shops"),
    ]
    assert (row.version, row.pending, row.status) == (2, None, "open")


def test_another_editor_approves_both_languages_at_once(desk: Desk, editor: Visitor) -> None:
    other = desk.editor("Otto Other")
    at = f"{RACE}/town-buses"
    seen = version_in(editor.get(at))
    done(editor.post(at, {**BUSES, "type": "scale", "text_es": "", "version": seen}))
    page = editor.get(at).text
    assert "another editor must approve them" in page and f'action="{at}/words/approve"' not in page
    assert "Buses should be free." in desk.nobody().get(COMPARED).text
    refused = editor.post(f"{at}/words/approve")
    assert refused.status_code == 422 and "You wrote these words yourself" in refused.text
    assert "write the Spanish" in other.post(f"{at}/words/approve").text
    old = version_in(other.get(at))
    done(editor.post(at, {**BUSES, "type": "scale", "version": version_in(editor.get(at))}))
    assert other.post(f"{at}/words/approve", {"version": old}).status_code == 409
    done(other.post(f"{at}/words/approve", {"version": version_in(other.get(at))}))
    again = other.post(f"{at}/words/approve")
    assert again.status_code == 409 and "Nothing waits" in again.text
    row = statement(desk, "town-buses")
    assert (row.version, row.worded_by, row.approved_by) == (2, "Edith Editor", "Otto Other")
    shown, spanish = desk.nobody().get(COMPARED).text, desk.nobody().get(f"/es{COMPARED}").text
    assert "Buses should be free on Sundays." in shown and "Gratis los domingos." in spanish
    assert "Judged by an earlier wording of the statement (version 1)." in shown
    assert "judged by version 1" in editor.get(at).text and "judged by version 1" in editor.get(f"{at}/ana-reyes").text
    data = json.loads(compared(desk))
    assert data["rows"][0]["version"] == 2 and data["rows"][0]["cells"]["ana-reyes"]["judged_on"] == 1


def compared(desk: Desk) -> str:
    from click.testing import CliRunner

    from tracker.commands.compare import command

    home = str(desk.app.config["TRACKER"].home)
    url = str(desk.app.config["TRACKER"].database_url)
    told = {"TRACKER_HOME": home, "TRACKER_DATABASE_URL": url}
    return CliRunner().invoke(command, ["town-mayor-2026", "--json"], env=told, catch_exceptions=False).output


def test_words_that_wait_are_taken_back_by_typing_those_that_stand(desk: Desk, editor: Visitor) -> None:
    at = f"{RACE}/town-buses"
    stands = {**BUSES, "text_en": "Buses should be free.", "text_es": "Los autobuses deben ser gratuitos."}
    for words, waits in ((BUSES, True), (stands, False)):
        done(editor.post(at, {**words, "type": "scale", "version": version_in(editor.get(at))}))
        assert (statement(desk, "town-buses").pending is not None) == waits
    assert statement(desk, "town-buses").version == 1


def test_positions_are_recorded_while_a_statement_is_a_draft(desk: Desk, editor: Visitor) -> None:
    at = done(editor.post(f"{RACE}/new", {**BUSES, "type": "scale"}))
    assert "Draft: readers do not see it yet" in editor.get(RACE).text
    done(
        editor.post(
            f"{at}/ana-reyes", {"do": "record", "position": "reason:declined", "as_of": "2026-10-20", "coders": "1"}
        )
    )
    with desk.database.read() as session:
        assert session.exec(select(Stance).where(Stance.reason == "declined")).first() is not None
        assert held(session, "statement", at.rsplit("/", 1)[1])["status"] == "draft"
    assert "Chose not to answer" in editor.get(at).text
    for path in (COMPARED, "/topics/transit", "/speakers/ana-reyes/everything", "/contests/town-mayor-2026/match"):
        assert "on Sundays" not in desk.nobody().get(path).text


def test_a_statement_is_found_by_its_other_words(desk: Desk, editor: Visitor) -> None:
    done(editor.post(f"{done(editor.post(f'{RACE}/new', PIER))}/words/approve"))
    config = desk.app.config["TRACKER"]
    assert catch_up(desk.database, config)
    assert "What should stand on the pier?" in desk.nobody().get("/search?q=ana+reyes+jetty").text


@pytest.mark.parametrize(
    ("lang", "text", "rules"),
    [
        ("en", "The city should mend the pier before 2028.", []),
        ("en", "The city should hire more officers.", [Rule.QUANTITY]),
        ("en", "The city should mend the pier and build homes.", [Rule.DOUBLE]),
        ("en", "The city should improve parks.", [Rule.VAGUE]),
        ("en", "Rent should rise by a reasonable amount.", [Rule.QUALIFIER]),
        ("en", "The city should not sell the pier.", [Rule.NEGATION]),
        ("en", "The Orlando-Moreland notice board should stand.", []),
        ("es", "El municipio debe reparar el muelle antes de 2028.", []),
        ("es", "El municipio debe contratar más agentes.", [Rule.QUANTITY]),
        ("es", "El municipio debe reparar el muelle y construir viviendas.", [Rule.DOUBLE]),
        ("es", "El municipio debe mejorar los parques.", [Rule.VAGUE]),
        ("es", "El alquiler debe subir en una medida razonable.", [Rule.QUALIFIER]),
        ("es", "El municipio no debe vender el muelle.", [Rule.NEGATION]),
        ("es", "Que todo lo haga el Yucatán.", []),
    ],
)
def test_words_that_need_another_look(lang: str, text: str, rules: list[Rule]) -> None:
    assert [one.rule for one in advice([(lang, text), ("es" if lang == "en" else "en", None)])] == rules


def test_advice_stands_beside_the_form_and_forbids_nothing(desk: Desk, editor: Visitor) -> None:
    vague = {
        "text_en": "The city should do more and better.",
        "text_es": "Más y mejor.",
        "topic": "transit",
        "type": "scale",
    }
    at = done(editor.post(f"{RACE}/new", vague))
    page = editor.get(at).text
    assert "than what is “more”?" in page and "With “and” somebody" in page and "With “y” somebody" in page
    done(editor.post(f"{at}/words/approve"))
    assert "do more and better" in desk.nobody().get(COMPARED).text


def test_a_statement_without_waiting_words_is_not_approved_twice() -> None:
    text = {"en": "X", "es": None}
    doc = {"status": "open", "pending": None, "worded_by": None, "text": text, "options": []}
    with pytest.raises(Conflict):
        wordings.approved(doc, "Edith", another=False, spanish=False)
    draft = {**doc, "status": "draft", "worded_by": "Edith"}
    with pytest.raises(Refusal, match="write the Spanish"):
        wordings.approved(draft, "Edith", another=False, spanish=True)
    assert wordings.approved(draft, "Edith", another=False, spanish=False)["status"] == "open"
