"""Commitments on the desk, on their pages and in feeds: in an invented town. The rows of seeds.md are proved on the demo world
(`tests/contracts/test_commitments_shown.py`)."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from positions.models import Evidence
from tests.databases import migrated_file
from tests.positions.followthrough.test_commitments_kept import COMMITMENTS
from tests.positions.followthrough.test_commitments_kept import load_text as load_commitments
from tests.positions.town import load_text
from tests.tracker import feed_rules
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.tracker.test_desk_forms import done, version_in
from tracker.i18n import partial_date, speaking
from transcripts.models import Turn

ROOM = "/desk/commitments"
SOURCE = "source:town-2026/ledger"
PROMISE = {
    "title_en": "Cameras for every officer",
    "title_es": "Cámaras para cada agente",
    "kind": "promise",
    "maker": "person:bo-stone",
    "said_on": "2025-01-15",
    "zone": "America/New_York",
    "origin_kind": "source_summary",
    "ground": SOURCE,
    "origin_en": "The Ledger says that he would buy them.",
    "criterion_en": "Every officer wears one.",
    "measurable": "1",
    "due_on": "2025-06-30",
    "term_ends_on": "2025-12-31",
}
OLDER = {
    "2026-12-01": "2025-12-01",
    "2027": "2026",
    "2026-10-20": "2024-10-20",
    "due_on: 2026-07-01": "due_on: 2025-07-01",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("commitments")
    desk = desk_on(site(folder, migrated_file(folder / "tracker.db")))
    load_text(desk.database)
    yield desk
    desk.database.dispose()


@pytest.fixture(scope="module")
def editor(desk: Desk) -> Visitor:
    return desk.editor()


def made(editor: Visitor, **other: str) -> str:
    """The desk's page of a new commitment."""
    return done(editor.post(f"{ROOM}/new", {**PROMISE, **other}))


def read(desk: Desk, address: str, lang: str = "") -> str:
    """What readers see of the commitment whose desk page stands there."""
    return desk.nobody().get(f"{lang}/commitments/{address.rpartition('/')[2]}").text


def test_days_as_sources_give_them_are_said_in_both_languages() -> None:
    for lang, said in (
        ("en", ["2017", "November 2017", "November 5, 2017"]),
        ("es", ["2017", "noviembre de 2017", "5 de noviembre de 2017"]),
    ):
        with speaking(lang):
            assert [partial_date(day) for day in ("2017", "2017-11", "2017-11-05")] == said


def test_an_empty_site_says_what_to_do(tmp_path: Path) -> None:
    desk = desk_on(site(tmp_path, migrated_file(tmp_path / "tracker.db")))
    assert "No commitment yet." in desk.nobody().get("/commitments").text
    assert "No commitment yet." in desk.editor().get(ROOM).text
    assert desk.nobody().get("/commitments/none").status_code == 404
    assert desk.nobody().get("/commitments/none/feed.atom").status_code == 404
    desk.database.dispose()


def test_a_commitment_is_told_changed_and_taken_away(desk: Desk, editor: Visitor) -> None:
    refused = editor.post(f"{ROOM}/new", {**PROMISE, "criterion_en": "", "title_en": "Kept as typed"})
    assert refused.status_code == 422 and "by which criterion" in refused.text and "Kept as typed" in refused.text
    both = editor.post(f"{ROOM}/new", {**PROMISE, "link": "/turns/TOWN-2026-1-1?words=0-4&v=1"})
    assert both.status_code == 422 and "one of the two" in both.text
    assert editor.post(f"{ROOM}/new", {**PROMISE, "maker": "person:nobody"}).status_code == 422
    at = made(editor)
    page = read(desk, at)
    assert "The Ledger says that he would buy them." in page and "“" not in page.split("The words it rests on")[1][:400]
    assert "The day has passed, and nobody here has looked." in page
    changed = {**PROMISE, "version": version_in(editor.get(at)), "criterion_en": "All of them wear one."}
    done(editor.post(at, changed))
    assert "All of them wear one." in read(desk, at)
    late = editor.post(at, {**changed, "criterion_en": "Nobody does."})
    assert late.status_code == 409 and "Nobody does." in late.text and "All of them wear one." in late.text
    done(editor.post(f"{at}/remove"))
    assert desk.nobody().get(f"/commitments/{at.rpartition('/')[2]}").status_code == 404


def test_what_became_of_it_is_recorded_taken_back_and_told(desk: Desk, editor: Visitor) -> None:
    at = made(editor, title_en="Lights at the pier", title_es="Luces en el muelle")
    event = {"value": "progress:under_way", "on": "2025-03-01", "ground": SOURCE, "text_en": "Poles stand."}
    done(editor.post(f"{at}/record", event))
    early = editor.post(f"{at}/record", {**event, "value": "verdict:kept", "text_en": "Typed words"})
    assert early.status_code == 422 and "2025-06-30 has not come" in early.text and "Typed words" in early.text
    nothing = editor.post(f"{at}/record", {"value": "progress:no_action_found", "on": "2025-07-01"})
    assert nothing.status_code == 422 and "who looked" in nothing.text
    page = read(desk, at)
    assert "Late." in page and "Late is not broken" in page and "Poles stand." in page and "Edith Editor" in page
    key = page.split('id="e-')[1].split('"')[0]
    assert editor.post(f"{at}/take-back/{key}", {"why_en": " "}).status_code == 422
    done(editor.post(f"{at}/take-back/{key}", {"why_en": "Other poles.", "why_es": "Otros postes."}))
    assert editor.post(f"{at}/take-back/{key}", {"why_en": "Again."}).status_code == 422
    page = read(desk, at, "/es")
    assert "<s>En marcha</s>" in page and "Otros postes." in page and "Aquí nadie lo ha mirado" not in page
    assert editor.get(f"{at}/take-back/01J0000000000000000000000X").status_code == 404
    assert editor.get(f"{at}/record").status_code == 200


def test_a_position_shows_no_way_to_keep_or_break_it(desk: Desk, editor: Visitor) -> None:
    stance = {"kind": "position", "title_en": "For cameras", "due_on": "", "criterion_en": "", "measurable": ""}
    at = made(editor, **stance)
    page = read(desk, at)
    assert "This is a position. We do not track it." in page and "Everything that happened" not in page
    sent = editor.post(f"{at}/record", {"value": "verdict:not_kept", "on": "2025-07-01", "ground": SOURCE})
    assert sent.status_code == 422 and "promises no act" in sent.text


def test_due_dates_are_recorded_one_by_one(desk: Desk, editor: Visitor) -> None:
    again = {"due_on": "", "every_months": "6", "first_due_on": "2024-08-31", "term_ends_on": "2026-02-28"}
    at = made(editor, title_en="A list twice a year", **again)
    assert "February 28, 2025" in editor.get(f"{at}/dues").text
    seen = {"due_on": "2025-02-28", "outcome": "late", "on": "2025-03-09", "ground": SOURCE}
    assert editor.post(f"{at}/dues", {**seen, "on": "2025-02-01"}).status_code == 422
    assert editor.post(f"{at}/dues", {**seen, "due_on": "2025-02-27"}).status_code == 422
    done(editor.post(f"{at}/dues", seen))
    page = read(desk, at)
    assert "Done late: 1 of 4" in page and "We do not know: 3 of 4" in page and "March 9, 2025" in page
    key = editor.get(at).text.split("/take-back/")[1].split('"')[0]
    done(editor.post(f"{at}/take-back/{key}", {"why_en": "Another list."}))
    assert "Done late: 0 of 4" in read(desk, at) and "Another list." in read(desk, at)


def test_a_term_is_closed_by_somebody_who_looked_after_seeing_each(desk: Desk, editor: Visitor) -> None:
    at, other = (made(editor, title_en=title, term_ends_on="2025-11-30") for title in ("A ferry", "A bell"))
    done(editor.post(f"{other}/record", {"value": "progress:completed", "on": "2025-05-01", "ground": SOURCE}))
    looked = {"ends": "2025-11-30", "where_en": "Minutes of 2025", "looked_by": "Edith", "looked_on": "2026-01-10"}
    room = f"{ROOM}/closing"
    assert "2025-11-30" in editor.get(room).text
    assert editor.post(room, {**looked, "where_en": ""}).status_code == 422
    preview = editor.post(room, looked).text
    assert "A ferry · Bo Stone · is recorded as not kept" in preview and "judge it by itself" in preview
    assert editor.post(room, {**looked, "do": "close"}).status_code == 422
    assert "Not kept" not in read(desk, at).split("What the words mean")[0]
    done(editor.post(room, {**looked, "do": "close", "close": [at.rpartition("/")[2]]}))
    page = read(desk, at).split("What the words mean")[0]
    assert "Not kept" in page and "The reason is not known" in page and "with others, as a term ended" in page
    assert "Not kept" not in read(desk, other).split("What the words mean")[0]


def test_the_desk_tells_what_waits(desk: Desk, editor: Visitor) -> None:
    made(editor, title_en="Long overdue", title_es="Muy vencido")
    room = editor.get("/es/desk/commitments").text
    assert "Muy vencido" in room and "Vencido: el día pasó y nadie lo ha juzgado" in room
    assert "Commitments that are due, overdue or stale" in editor.get("/desk").text


def test_the_list_is_narrowed_and_counts_of_how_many(desk: Desk, editor: Visitor) -> None:
    made(editor, title_en="Counted", maker="person:cy-abbot")
    page = desk.nobody().get("/commitments?by=cy-abbot").text
    assert "1 commitment of " in page and "Of 1 commitment that is tracked." in page and "1 of 1" in page
    none = desk.nobody().get("/commitments?by=cy-abbot&standing=kept").text
    assert "None of them stands like this." in none
    assert "Counted" in desk.nobody().get("/commitments?by=cy-abbot&standing=unlooked").text
    assert desk.nobody().get("/es/commitments?standing=%00&race=%ff&page=99999999").status_code == 200


def test_a_person_and_a_race_lead_to_what_was_promised(desk: Desk, editor: Visitor) -> None:
    made(editor, title_en="A bridge", maker="person:bo-stone", contest="town-mayor-2026")
    person = desk.nobody().get("/speakers/bo-stone").text
    assert "A bridge" in person and "how it stands" in person
    race = desk.nobody().get("/contests/town-mayor-2026").text
    assert (
        "/commitments?race=town-mayor-2026" in race
        and "A bridge" in desk.nobody().get("/commitments?race=town-mayor-2026").text
    )
    page = desk.nobody().get("/commitments/a-bridge").text
    assert "/report?commitment=a-bridge" in page
    assert desk.nobody().get("/report?commitment=a-bridge").status_code == 200


def test_words_are_tracked_from_where_they_stand(desk: Desk, editor: Visitor) -> None:
    """The link beside words is the same for every reader; it leads through sign-in to a form that holds what they say already."""
    with desk.database.read() as session:
        turn = session.exec(select(Turn).where(Turn.text.contains("buses should be free"))).one()
        piece = session.exec(select(Evidence.id).where(Evidence.kind == "reported_quotation")).one()
    start = turn.text.index("The buses")
    page = desk.nobody().get(f"/turns/{turn.key}?words={start}-{start + 10}&v=1").text
    link = f"/desk/commitments/new?turn={turn.key}&amp;words={start}-{start + 10}&amp;v=1"
    assert link in page and link in editor.get(f"/turns/{turn.key}?words={start}-{start + 10}&v=1").text
    asked = link.replace("&amp;", "&")
    assert "/sign-in?next=" in desk.nobody().get(asked).headers["Location"]
    form = editor.get(asked).text
    assert 'value="person:ana-reyes" selected' in form and f"/turns/{turn.key}?words={start}-{start + 10}" in form
    compared = desk.nobody().get("/contests/town-mayor-2026/compare?by=statement").text
    assert f"/desk/commitments/new?evidence={piece}" in compared
    form = editor.get(f"/desk/commitments/new?evidence={piece}").text
    assert (
        'value="person:bo-stone" selected' in form and "every single officer" in form and "Quoted for cameras." in form
    )
    assert f'value="{SOURCE}" selected' in form and 'value="town-cameras" selected' in form
    for wrong in ("evidence=x", "evidence=999999", "turn=nope", f"turn={turn.key}&words=9-2"):
        assert editor.get(f"/desk/commitments/new?{wrong}").status_code == 404
    quoted = {"origin_kind": "quotation", "ground": "", "origin_en": "", "link": f"/es/turns/{turn.key}?words=3-9&v=1"}
    assert editor.post(f"{ROOM}/new", {**PROMISE, **quoted, "link": "/turns/x/y"}).status_code == 422
    at = made(editor, title_en="Quoted", maker="person:ana-reyes", **quoted)
    assert '<blockquote class="words"' in read(desk, at)


def test_a_feed_tells_everything_recorded_and_taken_back(desk: Desk) -> None:
    text = COMMITMENTS.partition("  - slug: inventory")[0]
    for day, before in OLDER.items():
        text = text.replace(day, before)
    load_commitments(desk.database, text)
    for lang, said in (("", "Taken back"), ("/es", "Retirado")):
        answer = desk.nobody().get(f"{lang}/commitments/free-buses/feed.atom")
        feed = feed_rules.atom(answer.data)
        assert len(feed_rules.entries(feed)) == 5 and said in answer.text
        told = json.loads(desk.nobody().get(f"{lang}/commitments/free-buses/feed.json").data)
        assert len(told["items"]) == 5
    assert desk.nobody().get("/commitments/free-buses/feed.atom", **{"If-None-Match": "x"}).status_code == 200


def test_whatever_a_form_brings_is_refused_or_kept_whole(desk: Desk, editor: Visitor) -> None:
    """Days that are none, zones that are none, numbers out of bounds, keys of nothing: told beside the field, with nothing written."""
    at = made(editor, title_en="Held whole")
    odd = {
        "zone": "Nowhere/Else",
        "said_on": "2025-02-30",
        "every_months": "0",
        "contest": "../x",
        "fragment": "x" * 300,
    }
    for name, value in odd.items():
        answer = editor.post(f"{ROOM}/new", {**PROMISE, "title_en": "Never", name: value})
        assert answer.status_code == 422, name
    for sent in (
        {"value": "progress:not_reviewed", "on": "2025-03-01", "ground": SOURCE},
        {"value": "nothing:kept", "on": "2025-03-01", "ground": SOURCE},
        {"value": "progress:stalled", "on": "9999-12-31", "ground": SOURCE},
        {"value": "progress:stalled", "on": "2025-03-01", "ground": "document:nope"},
        {"value": "progress:stalled", "on": "2025-03-01", "link": "/turns/NOPE?words=0-4&v=1"},
        {"value": "progress:stalled", "on": "2025-03-01", "link": "/turns/TOWN-2026-1-1?words=4-0"},
    ):
        assert editor.post(f"{at}/record", sent).status_code in (404, 422), sent
    assert "Nothing was recorded yet." in read(desk, at) and "Never" not in desk.nobody().get("/commitments").text
