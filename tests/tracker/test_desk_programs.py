"""The desk of designs, programs, laws and words: a form for every line, and nothing typed is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from positions.entries import KINDS, Doc
from tests.databases import migrated_file
from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on

GROUND = {"ground": "source:town-2026/ledger", "place": "page 2"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, migrated_file(tmp_path / "tracker.db")))
    load_text(desk.database)
    yield desk
    desk.database.dispose()


def _held(desk: Desk, kind: str, slug: str) -> Doc:
    with desk.database.read() as session:
        found = KINDS[kind].read(session, slug)
    assert found is not None
    return found


def _made(visitor: Visitor, path: str, **fields: object) -> None:
    answer = visitor.post(path, fields)
    assert answer.status_code == 303, answer.text[-3000:]


def _design(visitor: Visitor) -> None:
    _made(visitor, "/desk/models", name_en="Open Door", summary_en="Help before a cell.", place="Upriver")
    _made(visitor, "/desk/models/open-door/criteria/new", text_en="Nobody must stop first.", core="1", **GROUND)
    _made(visitor, "/desk/models/open-door/bodies/new", organisation="town-league", role="designed", since="2019")


def _program(visitor: Visitor) -> None:
    facts = {
        "summary_en": "A pilot.",
        "place": "Town",
        "zone": "America/New_York",
        "stage": "pilot",
        "began": "2025-11",
    }
    _made(
        visitor,
        "/desk/programs/new",
        name_en="The door",
        model="open-door",
        topic="diversion",
        statements="town-buses",
        fictional="1",
        **facts,
    )


def test_a_line_without_its_kind_is_asked_for_it(desk: Desk) -> None:
    """A line that is new is called by what it says, and this one says nothing yet."""
    editor = desk.editor()
    _design(editor)
    _program(editor)
    for part in ("money", "history", "claims", "concerns", "bodies"):
        refused = editor.post(f"/desk/programs/the-door/{part}/new", {"amount": "40", "currency": "USD", **GROUND})
        assert refused.status_code == 422 and 'aria-invalid="true"' in refused.text, part


def test_a_design_is_made_and_its_lines_are_changed_and_taken_away(desk: Desk) -> None:
    editor = desk.editor()
    _design(editor)
    rule = {"rule_en": "Leaving the door shut is another design.", "name_en": "Open Door", "summary_en": "Help."}
    assert editor.post("/desk/models/open-door", rule).status_code == 422
    _made(editor, "/desk/models/open-door", **rule, **GROUND)
    assert "Leaving the door shut" in editor.get("/desk/models/open-door").text
    criterion = _held(desk, "design", "open-door")["criteria"][0]
    assert criterion["cited"] == {"forum": "town-2026", "source": "ledger", "place": "page 2"}
    path = f"/desk/models/open-door/criteria/{criterion['slug']}"
    assert "Nobody must stop first." in editor.get(path).text
    _made(editor, path, text_en="Nobody must stop.", **GROUND)
    changed = _held(desk, "design", "open-door")["criteria"][0]
    assert (changed["slug"], changed["text"]["en"], changed["core"]) == (criterion["slug"], "Nobody must stop.", False)
    _made(editor, "/desk/models/open-door/bodies/town-league.designed/remove")
    assert _held(desk, "design", "open-door")["bodies"] == []
    assert editor.get("/desk/models/open-door/bodies/town-league.designed").status_code == 404
    assert editor.get("/desk/models/open-door/nothing/new").status_code == 404
    assert "Nobody must stop first." in editor.get("/desk/changes/design/open-door").text


def test_a_program_is_made_with_every_kind_of_line(desk: Desk) -> None:
    editor = desk.editor()
    _design(editor)
    _program(editor)
    lines: dict[str, dict[str, object]] = {
        "history": {"on": "2025-11", "step": "done", "text_en": "It began."},
        "money": {"kind": "granted", "amount": "120,000.50", "currency": "usd", "first_on": "2025-11"},
        "claims": {"figure_en": "Half as many.", "claimed_by": "The Ledger", "status": "not_checked"},
        "concerns": {"kind": "question", "raised_by": "A neighbour", "text_en": "Where are the beds?"},
        "bodies": {"organisation": "town-league", "role": "runs"},
    }
    for part, fields in lines.items():
        assert editor.get(f"/desk/programs/the-door/{part}/new").status_code == 200
        _made(editor, f"/desk/programs/the-door/{part}/new", **fields, **GROUND)
    doc = _held(desk, "program", "the-door")
    assert doc["money"][0]["amount"] == "120000.50"
    assert doc["statements"] == ["town-buses"]
    assert all(len(doc[part]) == 1 for part in lines)
    assert editor.get("/desk/programs/the-door").status_code == 200
    assert editor.get("/desk/programs").status_code == 200
    assert "It began." in desk.nobody().get("/programs/the-door/history").text
    assert "$120,000.50" in desk.nobody().get("/programs/the-door/money").text
    refused = editor.post("/desk/models/open-door/remove")
    assert refused.status_code == 409
    _made(editor, "/desk/programs/the-door/remove")
    _made(editor, "/desk/models/open-door/remove")


def test_what_is_wrong_stands_beside_its_field_with_what_was_typed(desk: Desk) -> None:
    editor = desk.editor()
    _design(editor)
    _program(editor)
    typed = {"on": "November", "step": "done", "text_en": "It began, they say."}
    answer = editor.post("/desk/programs/the-door/history/new", {**typed, **GROUND})
    assert answer.status_code == 422
    assert "It began, they say." in answer.text
    assert 'id="f-on-error"' in answer.text
    answer = editor.post("/desk/programs/the-door/history/new", typed | {"on": "2025"})
    assert (answer.status_code, 'id="f-ground-error"' in answer.text) == (422, True)
    answer = editor.post("/desk/programs/the-door", {"name_en": "", "stage": "splendid"})
    assert answer.status_code == 422


def test_two_editors_of_one_program_meet(desk: Desk) -> None:
    editor = desk.editor()
    _design(editor)
    version = "0000000000000000"
    answer = editor.post("/desk/models/open-door", {"name_en": "Ours", "summary_en": "Ours.", "version": version})
    assert answer.status_code == 409
    assert "Ours." in answer.text
    answer = editor.post("/desk/models/open-door/criteria/new", {"text_en": "Mine.", "version": version, **GROUND})
    assert (answer.status_code, "Mine." in answer.text) == (409, True)


def test_a_law_is_made_with_what_depends_on_it(desk: Desk) -> None:
    editor = desk.editor()
    facts = {"title_en": "A law on buses", "summary_en": "It pays.", "level": "state", "body": "The legislature"}
    _made(editor, "/desk/acts/new", result="failed", decided_on="2026", **facts, **GROUND)
    path = "/desk/acts/a-law-on-buses"
    _made(editor, f"{path}/links/new", on="statement:town-buses", person="ana-reyes", note_en="She counted on it.")
    assert editor.get(f"{path}/links/statement.town-buses.ana-reyes").status_code == 200
    twice = editor.post(f"{path}/links/new", {"on": "statement:town-buses", "person": "ana-reyes"})
    assert twice.status_code == 409
    html = desk.nobody().get("/contests/town-mayor-2026/compare?by=statement").text
    assert 'href="/acts/a-law-on-buses"' in html
    _made(editor, f"{path}/links/statement.town-buses.ana-reyes/remove")
    _made(editor, path, result="repealed", **facts, **GROUND)
    assert _held(desk, "act", "a-law-on-buses")["result"] == "repealed"
    assert editor.get("/desk/acts").status_code == editor.get("/desk/acts/new").status_code == 200
    _made(editor, f"{path}/remove")


def test_a_word_is_explained_and_marked_at_once(desk: Desk) -> None:
    editor = desk.editor()
    page = "/contests/town-mayor-2026/compare?by=statement"
    assert "popovertarget" not in desk.nobody().get(page).text
    words = {"term_en": "bus", "term_es": "autobús", "meaning_en": "A vehicle.", "meaning_es": "Un vehículo."}
    _made(editor, "/desk/glossary", aliases_en="buses\n=Buses", **words)
    assert 'popovertarget="term-bus"' in desk.nobody().get(page).text
    assert 'popovertarget="term-bus"' not in desk.nobody().get(f"/es{page}").text
    form = editor.get("/desk/glossary/bus").text
    assert "=Buses" in form
    _made(editor, "/desk/glossary/bus", aliases_es="autobuses", **words)
    assert 'popovertarget="term-bus"' in desk.nobody().get(f"/es{page}").text
    missing = editor.post("/desk/glossary", {**words, "term_en": "tram", "meaning_es": ""})
    assert (missing.status_code, 'id="f-meaning_es-error"' in missing.text) == (422, True)
    _made(editor, "/desk/glossary/bus/remove")
    assert "popovertarget" not in desk.nobody().get(page).text


def test_the_glossary_is_read_once_until_anything_is_written(desk: Desk) -> None:
    editor, reader = desk.editor(), desk.nobody()
    _design(editor)
    made: list[str] = []
    event.listen(desk.database.reader, "before_cursor_execute", lambda c, k, statement, p, x, m: made.append(statement))

    def asked() -> int:
        made.clear()
        assert reader.get("/models/open-door").status_code == 200
        return sum("FROM glossary_term" in statement for statement in made)

    assert (asked(), asked()) == (1, 0)
    words = {"term_en": "stop", "term_es": "dejar", "meaning_en": "To end.", "meaning_es": "Terminar."}
    _made(editor, "/desk/glossary", **words)
    assert (asked(), asked()) == (1, 0)
    assert "popovertarget" in reader.get("/models/open-door").text
