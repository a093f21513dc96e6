"""Statements and positions on the desk: words picked from the record, the rules of a loaded file, history and the way back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import col, delete, select

from positions.models import Evidence, Proposition, Stance, Tag, Topic
from positions.topic_tree import curated
from positions.topics import load_tree
from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.tracker.test_desk_forms import done, version_in
from tracker.asking import known_names
from tracker.edits import held
from transcripts.errors import Refusal
from transcripts.exchanges.sentences import sentences, spans
from transcripts.models import Turn
from transcripts.search.query import Field

RACE = "/desk/races/town-mayor-2026/statements"
CAMERAS = f"{RACE}/town-cameras/ana-reyes"
POSITION = {"do": "record", "position": "code:oppose", "as_of": "2026-10-20", "tier": "1"}


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, database_url))
    load_text(desk.database)
    yield desk
    desk.database.dispose()


@pytest.fixture
def editor(desk: Desk) -> Visitor:
    return desk.editor()


def turn_of(desk: Desk, words: str) -> Turn:
    with desk.database.read() as session:
        return session.exec(select(Turn).where(col(Turn.text).contains(words))).one()


def ref(turn: Turn, words: str) -> str:
    start = turn.text.index(words)
    return f"{turn.key}:{turn.version}:{start}:{start + len(words)}"


def test_sentences_are_found_where_they_stand() -> None:
    text = "  I asked Mr. Ruiz.\nHe said no! “Why?” Nobody knows  "
    assert [text[start:end] for start, end in spans(text)] == [
        "I asked Mr. Ruiz.",
        "He said no!",
        "“Why?”",
        "Nobody knows",
    ]
    assert [text[start:end] for start, end in spans(text)] == sentences(text)
    assert spans("") == spans(" \n") == []


def test_a_statement_is_written_and_found_in_the_comparison(desk: Desk, editor: Visitor) -> None:
    said = {
        "text_en": "The pier should be mended by 2028.",
        "text_es": "Hay que reparar el muelle antes de 2028.",
        "topic": "transit",
        "type": "scale",
        "synonyms": "jetty\nquay",
    }
    at = done(editor.post(f"{RACE}/new", said))
    compared = "/contests/town-mayor-2026/compare?by=statement"
    assert "The pier should be mended" not in desk.nobody().get(compared).text
    done(editor.post(f"{at}/words/approve"))
    assert "The pier should be mended" in desk.nobody().get(compared).text
    seen = version_in(editor.get(at))
    done(
        editor.post(
            at, {**said, "text_es": "El muelle debe repararse antes de 2028.", "position": "2", "version": seen}
        )
    )
    done(editor.post(f"{at}/words/approve"))
    assert editor.post(at, {**said, "version": seen}).status_code == 409
    with desk.database.read() as session:
        row = session.exec(select(Proposition).where(col(Proposition.text_en).startswith("The pier"))).one()
    assert (row.version, row.position, row.synonyms) == (2, 2, '["jetty", "quay"]')
    assert editor.post(f"{RACE}/new", {**said, "topic": "nowhere"}).status_code == 422
    assert editor.get("/desk/races/nowhere/statements").status_code == 404


def test_words_are_found_chosen_by_sentence_and_recorded(desk: Desk, editor: Visitor) -> None:
    turn = turn_of(desk, "Cameras cost money")
    found = editor.post(CAMERAS, {"do": "find", "q": "cameras", "condition_en": "not lost"})
    assert f"pick:{turn.key}" in found.text and "not lost" in found.text and "every day" not in found.text
    opened = editor.post(CAMERAS, {"do": f"pick:{turn.key}", "q": "cameras"})
    assert "We should wait." in opened.text and 'id="from-1"' in opened.text
    nothing = editor.post(CAMERAS, {"do": f"take:{turn.key}"})
    assert nothing.status_code == 422 and "Choose where the words begin" in nothing.text
    taken = editor.post(CAMERAS, {"do": f"take:{turn.key}", "from": "1"})
    picked = ref(turn, "We should wait.")
    assert f'value="{picked}"' in taken.text
    done(editor.post(CAMERAS, {**POSITION, "evidence": picked}))
    with desk.database.read() as session:
        piece = session.exec(
            select(Evidence).where(Evidence.turn_id == turn.id).order_by(col(Evidence.id).desc())
        ).first()
    assert piece and (piece.exact, piece.turn_version) == ("We should wait.", 1)
    assert "We should wait." in desk.nobody().get("/contests/town-mayor-2026/compare?by=statement").text


def test_words_marked_exactly_win_over_sentences(desk: Desk, editor: Visitor) -> None:
    turn = turn_of(desk, "Cameras cost money")
    taken = editor.post(CAMERAS, {"do": f"take:{turn.key}", "from": "0", "to": "1", "start": "0", "end": "7"})
    assert f'value="{turn.key}:1:0:7"' in taken.text
    for start, end in (("7", "7"), ("0", "9999"), ("5", "2")):
        assert editor.post(CAMERAS, {"do": f"take:{turn.key}", "start": start, "end": end}).status_code == 422


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"evidence": ""}, "A position needs evidence"),
        ({"tier": ""}, "Evidence needs a tier"),
        ({"position": "code:lean_oppose"}, "needs a condition"),
        ({"position": "code:mixed"}, "both parts"),
        ({"tier": "5"}, "A report alone"),
        ({"position": "reason:none_found"}, "This is needed."),
        ({"position": "code:adore"}, "Choose one of these."),
        ({"as_of": "then"}, "A date looks like"),
        ({"evidence": "nonsense"}, "did not arrive whole"),
        ({"condition_es": "solo español"}, "This is needed."),
    ],
)
def test_the_rules_are_those_of_a_loaded_file(desk: Desk, editor: Visitor, changed: dict[str, str], told: str) -> None:
    turn = turn_of(desk, "Cameras cost money")
    answer = editor.post(CAMERAS, {**POSITION, "evidence": ref(turn, "We should wait."), **changed})
    assert answer.status_code in (409, 422) and told in answer.text
    with desk.database.read() as session:
        assert len(session.exec(select(Stance)).all()) == 3


def test_nobody_is_quoted_with_anothers_words_nor_with_words_that_changed(desk: Desk, editor: Visitor) -> None:
    theirs, mine = turn_of(desk, "Fine with me"), turn_of(desk, "Cameras cost money")
    assert "Fine with me" not in editor.post(CAMERAS, {"do": "find"}).text
    assert editor.post(CAMERAS, {"do": f"take:{theirs.key}", "from": "0"}).status_code == 422
    assert editor.post(CAMERAS, {**POSITION, "evidence": ref(theirs, "Fine with me.")}).status_code == 422
    assert editor.post(CAMERAS, {**POSITION, "evidence": f"{mine.key}:1:0:9999"}).status_code == 422
    with desk.database.write() as session:
        row = session.get_one(Turn, mine.id)
        row.version = 2
    late = editor.post(CAMERAS, {**POSITION, "evidence": ref(mine, "We should wait.")})
    assert late.status_code == 409 and "choose them anew" in late.text


def test_silence_needs_a_search_and_a_report_its_telling(desk: Desk, editor: Visitor) -> None:
    at = f"{RACE}/town-buses/cy-abbot"
    looked = {"looked_by": "Edith Editor", "looked_at": "2026-10-22", "where_en": "The minutes of two years."}
    done(editor.post(at, {"do": "record", "position": "reason:none_found", "as_of": "2026-10-22", **looked}))
    assert "We looked and found nothing" in desk.nobody().get("/contests/town-mayor-2026/compare?by=statement").text
    assert "The minutes of two years." in editor.get(at).text
    source = re.search(r'<option value="(\d+)">What they said', editor.get(at).text)
    assert source
    told = {"source-1": source[1], "kind-1": "source_summary", "sourcerole-1": "supports"}
    answer = editor.post(at, {**POSITION, "position": "reason:not_addressed", "tier": "5", **told})
    assert answer.status_code == 422 and 'id="f-told1_en-error"' in answer.text
    report = {**POSITION, "position": "reason:not_addressed", "tier": "5", **told, "told1_en": "He spoke of ferries."}
    done(editor.post(at, report))
    assert "He spoke of ferries." in editor.get(at).text


def test_positions_are_replaced_never_edited_and_can_be_taken_back(desk: Desk, editor: Visitor) -> None:
    at = f"{RACE}/town-buses/ana-reyes"
    turn = turn_of(desk, "The buses should be free")
    words = ref(turn, "every day")
    limits = {"position": "code:lean_support", "condition_en": "On weekdays.", "evidence": words}
    seen = version_in(editor.get(at))
    done(editor.post(at, {**POSITION, **limits, "version": seen}))
    assert editor.post(at, {**POSITION, **limits, "version": seen}).status_code == 409
    page = editor.get(at).text
    assert "replaced since" in page and "On weekdays." in page
    latest, first = (int(found) for found in (re.findall(r"/(\d+)/take-back", page)[0], 1))
    assert editor.post(f"{at}/{first}/take-back").status_code == 409
    done(editor.post(f"{at}/{latest}/take-back"))
    assert "On weekdays." not in desk.nobody().get("/contests/town-mayor-2026/compare?by=statement").text
    assert editor.post(f"{CAMERAS}/{latest}/take-back").status_code == 409


def test_why_a_position_changed_is_told_beside_both_and_only_where_one_was_before(desk: Desk, editor: Visitor) -> None:
    turn = turn_of(desk, "Cameras cost money")
    carried, why = ref(turn, "We should wait."), ref(turn, "Cameras cost money.")
    said = {
        **POSITION,
        "evidence": [carried, why],
        f"role-{why}": "reason",
        "around_en": "The council bought ten of them.",
        "around_es": "El concejo compró diez.",
    }
    refused = editor.post(CAMERAS, said)
    assert refused.status_code == 400 or refused.status_code == 422
    assert "only where one of an earlier day is recorded" in refused.text and "The council bought ten" in refused.text
    done(editor.post(CAMERAS, {**POSITION, "position": "code:support", "as_of": "2025-10-20", "evidence": carried}))
    only_why = editor.post(CAMERAS, {**said, "evidence": why, "form_key": "01J0000000000000000000WHY1"})
    assert "A position needs evidence" in only_why.text
    done(editor.post(CAMERAS, {**said, "form_key": "01J0000000000000000000WHY2"}))
    with desk.database.read() as session:
        pieces = session.exec(
            select(Evidence).where(Evidence.turn_id == turn.id).order_by(col(Evidence.id).desc())
        ).all()
    assert (pieces[0].says_why, pieces[0].role, pieces[0].exact) == (True, "context", "Cameras cost money.")
    race = "/contests/town-mayor-2026"
    for page in (f"{race}/compare?by=statement", race, "/speakers/ana-reyes"):
        html = desk.nobody().get(page).text
        for words in ("Why, as Ana Reyes told it:", "“Cameras cost money.”", "The council bought ten of them.", "2025"):
            assert words in html, (page, words)
    cell = desk.nobody().get("/contests/town-mayor-2026/compare?order=alphabetical").text
    box = cell.partition('id="r-town-cameras"')[2].partition("</td>")[0]
    assert box.partition("Said something earlier")[0].count("Cameras cost money") == 0, "a reason carries no position"
    assert "Por qué, según lo contó Ana Reyes:" in desk.nobody().get("/es/contests/town-mayor-2026").text
    assert "The council bought ten" in editor.get(CAMERAS).text


def test_the_first_position_taken_back_is_not_checked_yet(desk: Desk, editor: Visitor) -> None:
    turn = turn_of(desk, "Cameras cost money")
    done(editor.post(CAMERAS, {**POSITION, "evidence": ref(turn, "We should wait.")}))
    id = re.findall(r"/(\d+)/take-back", editor.get(CAMERAS).text)[0]
    done(editor.post(f"{CAMERAS}/{id}/take-back"))
    assert "We have not checked this yet" in editor.get(CAMERAS).text
    again = re.findall(r"/(\d+)/take-back", editor.get(CAMERAS).text)[0]
    done(editor.post(f"{CAMERAS}/{again}/take-back"))
    assert "We should wait." in desk.nobody().get("/contests/town-mayor-2026/compare?by=statement").text


def test_a_statement_with_positions_is_not_taken_away(desk: Desk, editor: Visitor) -> None:
    at = done(editor.post(f"{RACE}/new", {"text_en": "Ferries run late.", "topic": "transit", "type": "scale"}))
    made = re.findall(r'id="a-(\w{26})"', editor.get("/desk/changes/race/town-mayor-2026").text)[0]
    looked = {"looked_by": "E", "looked_at": "2026-10-22", "where_en": "Here."}
    done(
        editor.post(
            f"{at}/bo-stone", {"do": "record", "position": "reason:none_found", "as_of": "2026-10-22", **looked}
        )
    )
    refused = editor.post(f"/desk/undo/{made}")
    assert refused.status_code == 409 and "Take that away first" in refused.text


def names_of(desk: Desk, slug: str) -> list[str]:
    with desk.database.read() as session:
        return [one["text"] for one in held(session, "topic", slug)["aliases"]]


def test_a_topic_keeps_its_editors_names_when_the_tree_is_loaded_again(desk: Desk, editor: Visitor) -> None:
    names = {
        "name_en": "Moving about town",
        "name_es": "Movilidad",
        "aliases_en": "ferry\n=LIFT",
        "aliases_es": "barca",
    }
    done(editor.post("/desk/topics/transit", names))
    with desk.database.write() as session:
        load_tree(session, curated())
    assert "Moving about town" in desk.nobody().get("/topics/transit").text
    assert names_of(desk, "transit") == ["ferry", "LIFT", "barca"]
    assert "=LIFT" in editor.get("/desk/topics/transit").text
    assert editor.post("/desk/topics/transit", {**names, "name_es": ""}).status_code == 422
    act = re.findall(r'id="a-(\w{26})"', editor.get("/desk/changes/topic/transit").text)[0]
    done(editor.post(f"/desk/undo/{act}"))
    assert "Moving about town" not in desk.nobody().get("/topics/transit").text


def test_a_topic_is_made_under_one_of_the_upper_level_only(desk: Desk, editor: Visitor) -> None:
    names = {"name_en": "Ferries", "name_es": "Transbordadores", "summary_en": "Boats.", "summary_es": "Barcos."}
    with desk.database.read() as session:
        below = session.exec(select(Topic).where(col(Topic.parent_id).is_not(None))).first()
        above = session.exec(select(Topic.slug).where(col(Topic.parent_id).is_(None))).first()
    assert below and above
    assert editor.post("/desk/topics/new", {**names, "parent": below.slug}).status_code == 422
    assert done(editor.post("/desk/topics/new", {**names, "parent": above})) == "/desk/topics/ferries"
    assert "Ferries" in desk.nobody().get("/topics").text


def test_topics_are_merged_and_separated_with_all_that_stands_under_them(desk: Desk, editor: Visitor) -> None:
    turn = turn_of(desk, "Cameras cost money")
    with desk.database.write() as session:
        ids = dict(
            session.exec(select(Topic.slug, Topic.id).where(col(Topic.slug).in_(("transit", "body-cameras")))).all()
        )
        session.execute(delete(Tag))
        session.add_all(Tag(turn_id=turn.id or 0, topic_id=id or 0, reason="a test") for id in ids.values())
        statement = session.exec(select(Proposition).where(Proposition.topic_id == ids["body-cameras"])).one().slug
    before = names_of(desk, "transit")
    assert editor.post("/desk/topics/body-cameras/merge", {"into": "transit"}).status_code == 422
    assert editor.post("/desk/topics/body-cameras/merge", {"into": "body-cameras", "why": "x"}).status_code == 422
    done(editor.post("/desk/topics/body-cameras/merge", {"into": "transit", "why": "One subject here."}))
    with desk.database.read() as session:
        assert known_names(session).resolved(Field("topic", "body-cameras")) == Field("topic", "transit")
    assert desk.nobody().get("/topics/body-cameras").headers["Location"] == "/topics/transit"
    assert statement in desk.nobody().get("/topics/transit").text
    with desk.database.write() as session:
        load_tree(session, curated())
        assert len(session.exec(select(Tag)).all()) == 1
    assert len(names_of(desk, "transit")) > len(before)
    act = re.findall(r'id="a-(\w{26})"', editor.get("/desk/changes/topic/transit").text)[0]
    done(editor.post(f"/desk/undo/{act}"))
    assert desk.nobody().get("/topics/body-cameras").status_code == 200
    assert names_of(desk, "transit") == before
    with desk.database.read() as session:
        assert len(session.exec(select(Tag)).all()) == 2
        assert held(session, "statement", statement)["topic"] == "body-cameras"


PAGES = (
    "/desk",
    "/desk/site",
    "/desk/races",
    "/desk/races/town-mayor-2026",
    "/desk/races/town-mayor-2026/candidates/bo-stone",
    RACE,
    f"{RACE}/new",
    f"{RACE}/town-buses",
    f"{RACE}/town-buses/ana-reyes",
    "/desk/forums",
    "/desk/forums/new",
    "/desk/forums/town-2026",
    "/desk/forums/town-2026/sources/ledger",
    "/desk/people",
    "/desk/people/ana-reyes",
    "/desk/people/ana-reyes/merge?into=bo-stone",
    "/desk/merges",
    "/desk/organisations",
    "/desk/organisations/town-league",
    "/desk/organisations/town-league/merge",
    "/desk/topics",
    "/desk/topics/transit",
    "/desk/topics/transit/merge",
    "/desk/changes",
    "/desk/changes/race/town-mayor-2026",
)
STATEMENTS = 30


def test_pages_answer_in_both_languages_with_few_statements(desk: Desk, editor: Visitor) -> None:
    done(editor.post("/desk/organisations", {"name": "Another League"}))
    made: list[str] = []
    event.listen(desk.database.reader, "before_cursor_execute", lambda c, k, statement, p, x, m: made.append(statement))
    many = {}
    for path in PAGES:
        for prefix, lang in (("", "en"), ("/es", "es")):
            made.clear()
            answer = editor.get(f"{prefix}{path}")
            assert answer.status_code == 200 and f'<html lang="{lang}">' in answer.text, path
            if len(made) > STATEMENTS:
                many[path] = len(made)
    assert not many


@pytest.mark.parametrize(
    "path",
    [
        f"{RACE}/town-buses/nobody",
        f"{RACE}/nothing/ana-reyes",
        "/desk/changes/alias/x",
        "/desk/changes/nothing/x",
        "/desk/forums/town-2026/sources/none",
        "/desk/people/ana-reyes/names/999999/remove",
        "/desk/topics/nothing/merge",
    ],
)
def test_what_is_not_there_is_not_found(editor: Visitor, path: str) -> None:
    assert editor.get(path).status_code in (404, 405)


HOSTILE = (
    "\x00" * 5,
    "\ud800",
    "💥" * 3000,
    "../../etc",
    "<script>alert(1)</script>",
    "999999999999999999999",
    "-1",
    "%s%n",
)


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_sent_breaks_a_form(desk: Desk, editor: Visitor, value: str) -> None:
    turn = turn_of(desk, "Cameras cost money")
    value = value.encode("utf-8", "replace").decode()
    forms = {
        "/desk/site": ("name", "zone", "languages", "funding_en"),
        "/desk/races/new": ("title_en", "title_es", "zone", "election_date", "decides_es"),
        "/desk/races/town-mayor-2026/candidates": ("names", "who-1"),
        "/desk/races/town-mayor-2026/candidates/bo-stone": ("ballot_name", "ballot_position", "status", "version"),
        "/desk/forums/town-2026": (
            "title_en",
            "date",
            "parts",
            "video",
            "races",
            "organiser",
            "attendance",
            "language",
        ),
        "/desk/forums/town-2026/sources/new": ("title", "kind", "url", "date"),
        "/desk/people/ana-reyes/names": ("alias", "forum", "valid_from"),
        "/desk/people/ana-reyes/merge": ("into", "why"),
        "/desk/topics/transit": ("name_en", "name_es", "parent", "aliases_en"),
        "/desk/organisations": ("name", "url"),
        f"{RACE}/new": ("text_en", "topic", "position", "synonyms"),
        CAMERAS: ("do", "position", "as_of", "tier", "evidence", "source-1", "q"),
    }
    for path, names in forms.items():
        assert editor.post(path, dict.fromkeys(names, value)).status_code < 500, path
    for name in ("evidence", "start", "from", "to", "tier"):
        for doing in ("record", f"take:{turn.key}", f"pick:{value}", "find"):
            assert editor.post(CAMERAS, {**POSITION, "do": doing, name: value}).status_code < 500, (name, doing)


def test_statements_entered_twice_are_merged_with_a_preview_and_separated_again(desk: Desk, editor: Visitor) -> None:
    at, twice = f"{RACE}/town-buses", {"text_en": "No fare on buses.", "topic": "transit", "type": "scale"}
    done(
        editor.post(f"{done(editor.post(f'{RACE}/new', {**twice, 'text_es': 'Autobuses sin boleto.'}))}/words/approve")
    )
    other = f"{RACE}/town-mayor-2026-no-fare-on-buses"
    assert "Ana Reyes" in editor.get(f"{at}/merge?into=town-mayor-2026-no-fare-on-buses").text
    assert editor.post(f"{at}/merge", {"into": "nowhere", "why": "Twice."}).status_code == 422
    assert editor.post(f"{other}/merge", {"into": "town-buses"}).status_code == 422
    compared = desk.nobody().get("/contests/town-mayor-2026/compare?by=statement").text
    assert done(editor.post(f"{at}/merge", {"into": "town-mayor-2026-no-fare-on-buses", "why": "Twice."})) == other
    shown = desk.nobody().get("/contests/town-mayor-2026/compare?by=statement").text
    assert "Buses should be free." not in shown and "buses should be free" in shown
    assert "Buses should be free." in editor.get(other).text
    with pytest.raises(Refusal, match="was merged into “town-mayor-2026-no-fare-on-buses”; name that one"):
        load_text(desk.database)
    led = editor.get(f"/es{at}/ana-reyes?q=fare")
    assert (led.status_code, led.headers["Location"]) == (301, f"/es{other}/ana-reyes?q=fare")
    act = re.findall(r'id="a-(\w{26})"', editor.get("/desk/changes").text)[0]
    done(editor.post(f"/desk/undo/{act}"))
    assert desk.nobody().get("/contests/town-mayor-2026/compare?by=statement").text == compared
    with desk.database.read() as session:
        assert held(session, "statement", "town-mayor-2026-no-fare-on-buses")["synonyms"] == []


def test_positions_of_one_candidate_on_both_statements_are_never_made_one(desk: Desk, editor: Visitor) -> None:
    merge = (f"{RACE}/town-buses/merge", {"into": "town-cameras", "why": "One and the same."})
    picked = ref(turn_of(desk, "Cameras cost money"), "We should wait.")
    done(editor.post(CAMERAS, {**POSITION, "evidence": picked}))
    assert "Ana Reyes, Bo Stone" in editor.get(f"{merge[0]}?into=town-cameras").text
    refused = editor.post(*merge)
    assert refused.status_code == 409 and "hold a position of Ana Reyes, Bo Stone" in refused.text
    for person in ("ana-reyes", "bo-stone"):
        stands = re.search(rf"town-cameras/{person}/(\d+)/take-back", editor.get(f"{RACE}/town-cameras/{person}").text)
        assert stands
        done(editor.post(f"{RACE}/town-cameras/{person}/{stands[1]}/take-back"))
    done(editor.post(*merge))
    with desk.database.read() as session:
        replaced = select(Stance.supersedes_id).where(col(Stance.supersedes_id).is_not(None))
        standing = session.exec(select(Stance).where(col(Stance.id).not_in(replaced)).order_by(col(Stance.id))).all()
        assert [one.code or one.reason for one in standing] == ["support", "none_found"]
    act = re.findall(r'id="a-(\w{26})"', editor.get("/desk/changes").text)[0]
    done(editor.post(CAMERAS, {**POSITION, "evidence": picked}))
    late = editor.post(f"/desk/undo/{act}")
    assert late.status_code == 409 and "recorded since" in late.text


def test_races_entered_twice_are_merged_with_a_preview_and_separated_again(desk: Desk, editor: Visitor) -> None:
    facts = {"office_en": "Mayor", "place": "Town", "zone": "America/New_York", "election_date": "2026-11-03"}
    race = {"title_en": "Town mayor", "fictional": "1", **facts}
    twice = done(editor.post("/desk/races/new", race))
    done(editor.post(twice, {**race, "forums": ["town-2026"]}))
    done(editor.post(f"{twice}/candidates", {"names": "Ana Reyes\nDee Poe", "who-1": "ana-reyes"}))
    written = {
        "text_en": "The pier should wait.",
        "text_es": "El muelle puede esperar.",
        "topic": "transit",
        "type": "scale",
    }
    made = done(editor.post(f"{twice}/statements/new", written))
    done(editor.post(f"{made}/words/approve"))
    pier = f"{made}/ana-reyes"
    picked = {**POSITION, "evidence": ref(turn_of(desk, "Cameras cost money"), "We should wait.")}
    done(editor.post(pier, picked))
    addresses = [f"/contests/town-mayor-2026{end}/compare?by=statement&order=alphabetical" for end in ("", "-2")]
    before = [desk.nobody().get(address).text for address in addresses]
    preview = editor.get(f"{twice}/merge?into=town-mayor-2026").text
    assert all(words in preview for words in ("Dee Poe", "stands in both", "The pier should wait.", "Town forum"))
    merge = (f"{twice}/merge", {"into": "town-mayor-2026", "why": "Entered twice."})
    assert editor.post(merge[0], {"into": "town-mayor-2026"}).status_code == 422
    assert done(editor.post(*merge)) == "/desk/races/town-mayor-2026"
    led = desk.nobody().get(addresses[1])
    assert (led.status_code, led.headers["Location"]) == (301, addresses[0])
    assert editor.get(pier).headers["Location"] == pier.replace("town-mayor-2026-2/", "town-mayor-2026/", 1)
    one = desk.nobody().get(addresses[0]).text
    assert all(
        words in one for words in ("Dee Poe", "The pier should wait.", "We should wait.", "Buses should be free.")
    )
    act = re.findall(r'id="a-(\w{26})"', editor.get("/desk/changes").text)[0]
    done(editor.post(f"/desk/undo/{act}"))
    assert [desk.nobody().get(address).text for address in addresses] == before
    done(editor.post(*merge))
    act = re.findall(r'id="a-(\w{26})"', editor.get("/desk/changes").text)[0]
    done(editor.post(pier.replace("town-mayor-2026-2/", "town-mayor-2026/", 1), {**picked, "as_of": "2026-10-21"}))
    late = editor.post(f"/desk/undo/{act}")
    assert late.status_code == 409 and "recorded" in late.text
    plain = done(editor.post("/desk/races/new", {"title_en": "Real mayor", **facts}))
    assert "is invented" in editor.get(f"{plain}/merge?into=town-mayor-2026").text
