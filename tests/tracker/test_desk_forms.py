"""The forms of the desk: from an empty site to a comparison, faults beside fields, two editors at once, and the way back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select
from ulid import ULID
from werkzeug.test import TestResponse

from positions import loading
from positions.entries import KINDS
from positions.load_document import read_document
from positions.models import Contest, EntryMerge
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.transcripts.records import EVENING, stored, turn_saying
from tracker import edits
from tracker.asking import known_names
from tracker.intake import file_bringer
from transcripts.models import Forum, Organisation, Person, Source, Speaker, SpeakerLabel
from transcripts.search.query import Field

RACE = {
    "title_en": "Mayor of Quill Bay",
    "title_es": "Alcaldía de Quill Bay",
    "office_en": "Mayor",
    "place": "Quill Bay",
    "zone": "America/New_York",
    "election_date": "2026-11-03",
    "decides_en": "Who mends the pier.\nWhat a ferry costs.",
    "decides_es": "\nCuánto cuesta el transbordador.",
    "fictional": "1",
}
FORUM = {
    "title_en": "Quill Bay forum",
    "kind": "forum",
    "date": "2026-10-20",
    "zone": "America/New_York",
    "city": "Quill Bay",
    "language": "en",
    "video": "https://video.example/quill",
    "organiser": "Quill Bay League\nThe Bay Paper",
    "races": ["mayor-of-quill-bay-2026"],
}
NAMES = "1. Ann Lee (Green Party / Partido Verde)\n- Bo van der Berg\nCy Doe Jr. (Union)"
AT_RACE = "/desk/races/mayor-of-quill-bay-2026"
AT_FORUM = "/desk/forums/quill-bay-forum-2026"


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, database_url))
    yield desk
    desk.database.dispose()


@pytest.fixture
def editor(desk: Desk) -> Visitor:
    return desk.editor()


def done(answer: TestResponse) -> str:
    assert answer.status_code == 303, answer.text[:3000]
    return answer.headers["Location"]


def filled(editor: Visitor) -> None:
    """A race with three candidates and a forum of theirs."""
    done(editor.post("/desk/races/new", RACE))
    done(editor.post(f"{AT_RACE}/candidates", {"names": NAMES}))
    done(editor.post("/desk/forums/new", FORUM))


def acts(editor: Visitor, about: str = "") -> list[str]:
    return re.findall(r'id="a-(\w{26})"', editor.get(f"/desk/changes{about}").text)


def version_in(answer: TestResponse) -> str:
    found = re.search(r'name="version" value="(\w+)"', answer.text)
    assert found
    return found[1]


def test_an_empty_site_shows_the_way_and_ticks_what_is_held(desk: Desk, editor: Visitor) -> None:
    empty = editor.get("/desk")
    assert "Your first forum" in empty.text and 'class="is-done"' not in empty.text
    assert "Su primer foro" in editor.get("/es/desk").text
    done(editor.post("/desk/site", {"name": "Quill Bay", "publisher": "The League", "contact": "us@example.org"}))
    filled(editor)
    assert editor.get("/desk").text.count('class="is-done"') == 4
    assert "The League" in desk.nobody().get("/about").text
    race = desk.nobody().get("/contests/mayor-of-quill-bay-2026").text
    assert all(name in race for name in ("Ann Lee", "Bo van der Berg", "Cy Doe Jr.", "Green Party", "unaffiliated"))
    assert "Quill Bay League" in desk.nobody().get("/forums/quill-bay-forum-2026").text


def test_what_is_typed_is_held_and_sorted_as_a_register_does(desk: Desk, editor: Visitor) -> None:
    filled(editor)
    with desk.database.read() as session:
        sorted_names = session.exec(select(Person.sort_name).order_by(Person.slug)).all()
        race = KINDS["race"].read(session, "mayor-of-quill-bay-2026")
        forum = KINDS["forum"].read(session, "quill-bay-forum-2026")
        party = KINDS["candidacy"].read(session, "mayor-of-quill-bay-2026/ann-lee")
    assert sorted_names == ["Lee, Ann", "van der Berg, Bo", "Doe, Cy Jr."]
    assert race and race["decides"] == [
        {"en": "Who mends the pier.", "es": None},
        {"en": "What a ferry costs.", "es": "Cuánto cuesta el transbordador."},
    ]
    assert race["fictional"] is True and race["forums"] == ["quill-bay-forum-2026"]
    assert forum and [one["organisation"] for one in forum["organisations"]] == ["quill-bay-league", "the-bay-paper"]
    assert party and party["party"] == {"en": "Green Party", "es": "Partido Verde"}


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("zone", "Mars/Here", "is not a time zone"),
        ("election_date", "soon", "A date looks like"),
        ("title_en", "", "This is needed."),
        ("decides_es", "Uno.\nDos.\nTres.", "on the same line"),
        ("place", "x" * 201, "At most 200 characters."),
    ],
)
def test_faults_stand_beside_their_fields_and_nothing_typed_is_lost(
    desk: Desk, editor: Visitor, field: str, value: str, told: str
) -> None:
    answer = editor.post("/desk/races/new", {**RACE, field: value})
    assert answer.status_code == 422 and told.lower() in answer.text.lower()
    assert f'id="f-{field}-error"' in answer.text and "Alcaldía de Quill Bay" in answer.text
    with desk.database.read() as session:
        assert session.exec(select(Contest)).all() == []


def test_a_name_that_is_known_is_asked_for_and_never_guessed(editor: Visitor) -> None:
    filled(editor)
    done(editor.post("/desk/races/new", {**RACE, "title_en": "Clerk of Quill Bay"}))
    other = "/desk/races/clerk-of-quill-bay-2026/candidates"
    asked = editor.post(other, {"names": "Dee Poe\nann lee"})
    assert asked.status_code == 422 and "Who is ann lee?" in asked.text
    done(editor.post(other, {"names": "Dee Poe\nann lee", "who-2": "ann-lee"}))
    done(editor.post(other, {"names": "Bo van der Berg", "who-1": "new"}))
    standing = editor.get("/desk/races/clerk-of-quill-bay-2026").text
    assert "candidates/ann-lee" in standing and "candidates/bo-van-der-berg-2" in standing


@pytest.mark.parametrize("names", ["Ann Lee\nANN LEE", "(Greens)", "x" * 300, ""])
def test_a_list_that_is_no_list_of_names_is_refused(editor: Visitor, names: str) -> None:
    done(editor.post("/desk/races/new", RACE))
    answer = editor.post(f"{AT_RACE}/candidates", {"names": names})
    assert answer.status_code == 422 and 'id="f-names-error"' in answer.text


def test_two_editors_never_overwrite_each_other_unseen(desk: Desk, editor: Visitor) -> None:
    filled(editor)
    mine = version_in(editor.get(AT_RACE))
    done(desk.editor("Ed Other").post(AT_RACE, {**RACE, "place": "Quill Bay Harbor", "version": mine}))
    late = editor.post(AT_RACE, {**RACE, "office_en": "Mayor of the bay", "version": mine})
    assert late.status_code == 409
    assert "Mayor of the bay" in late.text and "Quill Bay Harbor" in late.text and "Kept now:" in late.text
    assert version_in(late) != mine
    done(editor.post(AT_RACE, {**RACE, "office_en": "Mayor of the bay", "version": version_in(late)}))
    assert "Mayor of the bay" in editor.get(AT_RACE).text


def test_everything_can_be_taken_back_and_that_too(desk: Desk, editor: Visitor) -> None:
    filled(editor)
    for act in acts(editor):
        done(editor.post(f"/desk/undo/{act}"))
    with desk.database.read() as session:
        left = [session.exec(select(model)).all() for model in (Contest, Forum, Person, Organisation)]
    assert left == [[], [], [], []]
    undone = acts(editor)
    assert len(undone) == 6
    for act in reversed(undone[1:3]):
        assert editor.post(f"/desk/undo/{act}").status_code in (404, 409)
    for act in undone[:3]:
        done(editor.post(f"/desk/undo/{act}"))
    assert "Ann Lee" in editor.get(AT_RACE).text and editor.get(AT_FORUM).status_code == 200


def test_taking_back_keeps_what_was_changed_elsewhere_since(desk: Desk, editor: Visitor) -> None:
    filled(editor)
    done(editor.post(AT_RACE, {**RACE, "place": "Elsewhere", "forums": ["quill-bay-forum-2026"], "why": "a slip"}))
    place = acts(editor, "/race/mayor-of-quill-bay-2026")[0]
    done(editor.post(AT_RACE, {**RACE, "place": "Elsewhere", "office_en": "Reeve", "forums": ["quill-bay-forum-2026"]}))
    done(editor.post(f"/desk/undo/{place}"))
    with desk.database.read() as session:
        race = KINDS["race"].read(session, "mayor-of-quill-bay-2026")
    assert race and (race["place"], race["office"]["en"]) == ("Quill Bay", "Reeve")
    assert editor.post(f"/desk/undo/{place}").status_code == 409
    told = editor.get("/desk/changes/race/mayor-of-quill-bay-2026").text
    assert "a slip" in told and "was taken back" in told


def test_taking_back_what_was_changed_again_is_refused(editor: Visitor) -> None:
    filled(editor)
    made = acts(editor, "/race/mayor-of-quill-bay-2026")
    assert editor.post(f"/desk/undo/{made[-1]}").status_code == 409
    assert editor.get(AT_RACE).status_code == 200
    assert editor.post(f"/desk/undo/{ULID()}").status_code == 404


def test_a_candidate_can_be_changed_and_removed(editor: Visitor) -> None:
    filled(editor)
    at = f"{AT_RACE}/candidates/cy-doe-jr"
    done(editor.post(at, {"ballot_name": "Cyrus Doe", "status": "withdrawn", "ballot_position": "3", "party_en": ""}))
    assert "withdrew" in editor.get("/contests/mayor-of-quill-bay-2026").text
    assert editor.post(at, {"ballot_name": "Cyrus Doe", "status": "king"}).status_code == 422
    done(editor.post(f"{at}/remove"))
    assert editor.get(at).status_code == 404 and editor.post(f"{at}/remove").status_code == 404


def test_sources_and_recordings_of_a_forum(desk: Desk, editor: Visitor) -> None:
    filled(editor)
    done(editor.post(f"{AT_FORUM}/sources/new", {"title": "What they said", "kind": "article", "date": "2026-10-21"}))
    assert "What they said" in desk.nobody().get("/forums/quill-bay-forum-2026").text
    wrong = editor.post(f"{AT_FORUM}/sources/new", {"title": "x", "kind": "article", "url": "javascript:alert(1)"})
    assert wrong.status_code == 422 and 'id="f-url-error"' in wrong.text
    at = f"{AT_FORUM}/sources/what-they-said"
    done(editor.post(at, {"title": "What was said", "kind": "article", "interest_en": "It sells ferries."}))
    assert "What was said" in editor.get(at).text
    done(editor.post(AT_FORUM, {**FORUM, "parts": "https://video.example/1\nhttps://video.example/2"}))
    with desk.database.read() as session:
        forum = KINDS["forum"].read(session, "quill-bay-forum-2026")
    assert forum and forum["parts"] == {"0": "https://video.example/1", "1": "https://video.example/2"}
    assert editor.post(AT_FORUM, {**FORUM, "parts": "nowhere"}).status_code == 422
    done(editor.post(f"{at}/remove"))
    assert editor.get(at).status_code == 404


def test_organisations_are_merged_with_a_preview_and_separated_again(desk: Desk, editor: Visitor) -> None:
    filled(editor)
    at = "/desk/organisations/the-bay-paper"
    preview = editor.get(f"{at}/merge?into=quill-bay-league").text
    assert "quill-bay-forum-2026: organiser" in preview
    assert editor.post(f"{at}/merge", {"into": "quill-bay-league"}).status_code == 422
    done(editor.post(f"{at}/merge", {"into": "quill-bay-league", "why": "One has the other's name."}))
    assert editor.get(at).status_code == 404
    assert "The Bay Paper" not in desk.nobody().get("/forums/quill-bay-forum-2026").text
    done(editor.post(f"/desk/undo/{acts(editor)[0]}"))
    assert "The Bay Paper" in desk.nobody().get("/forums/quill-bay-forum-2026").text


def with_voices(desk: Desk, slug: str, voices: dict[str, str]) -> None:
    """A roster without words: the names of voices by label, each linked to the person of that name."""
    with desk.database.write() as session:
        forum = session.exec(select(Forum).where(Forum.slug == slug)).one()
        for label, name in voices.items():
            person = session.exec(select(Person).where(Person.name == name)).one()
            voice = Speaker(forum_id=forum.id or 0, person_id=person.id, name=name, role="candidate")
            session.add(voice)
            session.flush()
            session.add(SpeakerLabel(forum_id=forum.id or 0, speaker_id=voice.id or 0, label=label))


def belongings(desk: Desk) -> list[object]:
    """Both forums, and what belongs to each."""
    with desk.database.read() as session:
        docs = [edits.held(session, "forum", slug) for slug in ("quill-bay-forum-2026", "forum-at-quill-bay-2026")]
        ids = dict(session.exec(select(Forum.id, Forum.slug)).all())
        sources = [(ids[one.forum_id], one.key) for one in session.exec(select(Source).order_by(Source.key))]
        voices = {one.id: one.name for one in session.exec(select(Speaker))}
        labels = [(ids[one.forum_id], voices[one.speaker_id], one.label) for one in session.exec(select(SpeakerLabel))]
    return [docs, sorted(sources), sorted(labels)]


def test_forums_entered_twice_are_merged_with_a_preview_and_separated_again(desk: Desk, editor: Visitor) -> None:
    filled(editor)
    twice = {
        **FORUM,
        "title_en": "Forum at Quill Bay",
        "venue": "Pier hall",
        "organiser": "The Quill Press",
        "races": [],
    }
    at = done(editor.post("/desk/forums/new", twice))
    for forum in (AT_FORUM, at):
        done(editor.post(f"{forum}/sources/new", {"title": "What they said", "kind": "article"}))
    with_voices(desk, "quill-bay-forum-2026", {"ANN LEE": "Ann Lee"})
    with_voices(desk, "forum-at-quill-bay-2026", {"LEE": "Ann Lee", "BERG": "Bo van der Berg"})
    before = belongings(desk)
    preview = editor.get(f"{at}/merge?into=quill-bay-forum-2026").text
    assert all(words in preview for words in ("What they said", "Bo van der Berg", "Pier hall", "the-quill-press"))
    assert editor.post(f"{at}/merge", {"into": "quill-bay-forum-2026"}).status_code == 422
    assert done(editor.post(f"{at}/merge", {"into": "quill-bay-forum-2026", "why": "Entered twice."})) == AT_FORUM
    led = desk.nobody().get("/es/forums/forum-at-quill-bay-2026")
    assert (led.status_code, led.headers["Location"]) == (301, "/es/forums/quill-bay-forum-2026")
    assert editor.get(at).headers["Location"] == AT_FORUM
    for room in ("review", "times", "listen"):
        assert editor.get(f"{at}/{room}").headers["Location"] == f"{AT_FORUM}/{room}"
    with desk.database.read() as session:
        told = known_names(session).resolved(Field("forum", "forum-at-quill-bay-2026"))
    assert told == Field("forum", "quill-bay-forum-2026")
    shown = desk.nobody().get("/forums/quill-bay-forum-2026").text
    assert all(words in shown for words in ("Pier hall", "The Quill Press", "Quill Bay League"))
    with desk.database.read() as session:
        keys = session.exec(select(Source.key).order_by(Source.key)).all()
        voices = session.exec(select(Speaker.name).order_by(Speaker.name)).all()
        labels = session.exec(select(SpeakerLabel.label).order_by(SpeakerLabel.label)).all()
    assert keys == ["what-they-said", "what-they-said-2"]
    assert (voices, labels) == (["Ann Lee", "Bo van der Berg"], ["ANN LEE", "BERG", "LEE"])
    assert done(editor.post("/desk/forums/new", twice)).endswith("/forum-at-quill-bay-2026-2")
    merged = acts(editor)[1]
    done(editor.post(f"/desk/undo/{merged}"))
    assert belongings(desk)[0] == before[0]
    assert belongings(desk) == before
    assert editor.post(f"/desk/undo/{merged}").status_code == 409


def test_forums_that_both_hold_words_are_not_merged(desk: Desk, editor: Visitor) -> None:
    filled(editor)
    for n in (1, 2):
        stored(desk.database, EVENING, slug=f"evening-{n}")
    both = editor.post("/desk/forums/evening-1/merge", {"into": "evening-2", "why": "Twice."})
    assert both.status_code == 422 and "Both forums hold words." in both.text
    assert (
        "merge the other one into this one" in editor.get("/desk/forums/evening-1/merge?into=quill-bay-forum-2026").text
    )
    at = f"{AT_FORUM}/merge"
    done(editor.post(at, {"into": "evening-1", "why": "Twice."}))
    assert desk.nobody().get("/forums/quill-bay-forum-2026").headers["Location"] == "/forums/evening-1"


def test_words_withheld_leave_what_a_merge_keeps_too(desk: Desk, editor: Visitor) -> None:
    filled(editor)
    stored(desk.database, EVENING, slug="evening-1")
    done(editor.post(AT_FORUM, {**FORUM, "venue": "The old depot"}))
    done(editor.post(f"{AT_FORUM}/merge", {"into": "evening-1", "why": "Twice."}))
    said = turn_saying(desk.database, "old depot", "evening-1")
    told = {"version": said.version, "words": "depot", "kind": "address", "step": "do", "why": "It is a home."}
    done(editor.post(f"/desk/turns/{said.key}/withhold", {**told, "requested_by": "A neighbour"}))
    with desk.database.read() as session:
        kept = session.exec(select(EntryMerge.moved)).one()
    assert "The old" in kept and "depot" not in kept


def test_people_have_other_names_and_are_merged_and_separated(desk: Desk, editor: Visitor) -> None:
    filled(editor)
    assert editor.post("/desk/people", {"name": "Ann Lee"}).status_code == 422
    done(editor.post("/desk/people", {"name": "Ann Lee", "another": "1"}))
    at = "/desk/people/ann-lee-2"
    done(editor.post(f"{at}/names", {"alias": "LEE", "forum": "quill-bay-forum-2026", "valid_from": "2026-01-01"}))
    assert editor.post(f"{at}/names", {"alias": "LEE", "forum": "nowhere"}).status_code == 422
    assert "at Quill Bay forum" in editor.get(at).text
    assert "ann-lee-2" in editor.get("/desk/people?q=lee").text
    preview = editor.get(f"{at}/merge?into=ann-lee").text
    assert "the name “LEE”" in preview
    assert done(editor.post(f"{at}/merge", {"into": "ann-lee", "why": "She told us."})) == "/desk/people/ann-lee"
    assert desk.nobody().get("/speakers/ann-lee-2").status_code == 301
    one = re.search(r"/desk/merges/(\d+)", editor.get("/desk/merges").text)
    assert one
    done(editor.post(f"/desk/merges/{one[1]}/undo", {"why": "They are sisters."}))
    assert "They are sisters." not in editor.get(at).text and editor.get(at).status_code == 200
    assert editor.post(f"/desk/merges/{one[1]}/undo", {"why": "Again."}).status_code == 409
    id = re.search(r"/names/(\d+)/remove", editor.get(at).text)
    assert id
    done(editor.post(f"{at}/names/{id[1]}/remove"))
    done(editor.post(f"/desk/undo/{acts(editor, '/person/ann-lee-2')[0]}"))
    assert "LEE" in editor.get(at).text


def test_a_file_says_of_an_object_what_its_form_says(desk: Desk, tmp_path: Path) -> None:
    """What was loaded is read as a document; writing that document again changes nothing."""
    from tests.positions.town import TOWN

    text = "\n".join(line for line in TOWN.split("\nstances:")[0].splitlines() if "file: town.txt" not in line)
    text = re.sub(r"    states:\n(?:      .*\n)+", "", text)
    with desk.database.write() as session:
        loading.load(session, *read_document(text.encode()), file_bringer(tmp_path))
    keys = {
        "organisation": "town-league",
        "person": "ana-reyes",
        "forum": "town-2026",
        "source": "town-2026/ledger",
        "race": "town-mayor-2026",
        "candidacy": "town-mayor-2026/bo-stone",
        "statement": "town-buses",
        "topic": "transit",
    }
    with desk.database.write() as session:
        for kind, key in keys.items():
            doc = edits.held(session, kind, key)
            KINDS[kind].write(session, key, doc)
            assert edits.held(session, kind, key) == doc
            assert edits.version(edits.held(session, kind, key)) == edits.version(doc)


def test_only_editors_come_in(desk: Desk) -> None:
    member = desk.as_()
    for path in (
        "/desk/races",
        "/desk/forums/new",
        "/desk/people",
        "/desk/organisations",
        "/desk/changes",
        "/desk/site",
    ):
        assert member.get(path).status_code == 403
        assert desk.nobody().get(path).status_code == 303
    assert "Your first forum" not in member.get("/desk").text
