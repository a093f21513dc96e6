"""Captions get their voices: by keys or forms, block by block, with a run sheet's proposals; nobody is named unheard."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.transcripts.records import stored, turns
from transcripts import voicing
from transcripts.errors import Conflict, NotFound
from transcripts.models import Forum, Turn
from transcripts.queries import transcripts, voice_pass
from transcripts.vocabulary import Role

SAID = (
    "good evening and welcome to the grange hall thank you all for coming tonight",
    "our first question is what would you do about the rents on harbor street",
    "well i would freeze them for a year and then build the homes that people need",
    "thank you mister quill please",
    "freezing does nothing at all we have to build first and we have to build now",
    "the next question is who should pay for the old ferry terminal by the river",
    "the state should pay for it because the state has neglected it for years",
    "thank you miss marsh",
    "nobody should pay for it because nobody needs it any more in this town",
)
ASKED = "1. What would you do about the rents on Harbor Street?\n2. Who should pay for the old ferry terminal?"


def captions() -> str:
    cues = [f"00:{n:02}:00.000 --> 00:{n:02}:40.000\n{words}.\n" for n, words in enumerate(SAID)]
    return "WEBVTT\n\n" + "\n".join(cues)


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, database_url))
    stored(desk.database, captions(), filename="captions.vtt")
    yield desk
    desk.database.dispose()


@pytest.fixture
def editor(desk: Desk) -> Visitor:
    editor = desk.editor()
    for name, role in (("Mara Usher", "moderator"), ("Ada Marsh", "candidate"), ("Bo Quill", "candidate")):
        answer = editor.post("/desk/forums/rose-street/listen/voices", {"name": name, "role": role})
        assert answer.status_code == 303
    return editor


def speech(desk: Desk) -> list[Turn]:
    return [turn for turn in turns(desk.database) if turn.kind in ("speech", "procedure") and turn.status == "current"]


def voices(desk: Desk) -> dict[str, int]:
    with desk.database.read() as session:
        return {one.name: int(one.value) for one in voice_pass.voices(session, turns(desk.database)[0].forum_id)}


def names(desk: Desk) -> list[str]:
    """Who each block is given to, by surname; a dash for nobody."""
    known = {id: name.split()[-1] for name, id in voices(desk).items()}
    return [known.get(turn.speaker_id or 0, "–") for turn in speech(desk)]


def mark(desk: Desk, editor: Visitor, block: int, name: str, **more: object) -> int:
    turn = speech(desk)[block]
    told = {"key": turn.key, "version": turn.version, "speaker": voices(desk).get(name, 0), **more}
    return editor.post("/desk/forums/rose-street/listen/marks", told).status_code


def test_nobody_is_named_to_begin_with_and_the_page_says_so(desk: Desk, editor: Visitor) -> None:
    assert set(names(desk)) == {"–"}
    for prefix in ("", "/es"):
        page = editor.get(f"{prefix}/desk/forums/rose-street/listen")
        assert page.status_code == 200 and "0" in page.text


def test_a_mark_names_what_was_heard_and_nothing_behind_it(desk: Desk, editor: Visitor) -> None:
    assert mark(desk, editor, 0, "Mara Usher") == 303
    assert mark(desk, editor, 2, "Ada Marsh") == 303
    assert names(desk)[:4] == ["Usher", "Usher", "Marsh", "–"]
    assert mark(desk, editor, 3, "Mara Usher", only="1") == 303
    assert mark(desk, editor, 4, "Bo Quill") == 303
    assert names(desk) == ["Usher", "Usher", "Marsh", "Usher", "Quill", "–", "–", "–", "–"]


def test_this_passage_only_does_not_change_who_speaks_afterwards(desk: Desk, editor: Visitor) -> None:
    mark(desk, editor, 2, "Ada Marsh")
    mark(desk, editor, 4, "Bo Quill", only="1")
    assert names(desk)[2:6] == ["Marsh", "–", "Quill", "–"]
    mark(desk, editor, 6, "Mara Usher")
    assert names(desk)[2:7] == ["Marsh", "Marsh", "Quill", "Marsh", "Usher"]


def test_a_voice_begins_at_the_word_and_the_moment_it_is_heard(desk: Desk, editor: Visitor) -> None:
    mark(desk, editor, 0, "Mara Usher")
    at = speech(desk)[4].text.index("we have")
    assert mark(desk, editor, 4, "Bo Quill", at=at, ms=252_000) == 303
    first, second = speech(desk)[4:6]
    assert second.text.startswith("we have to build") and second.start_ms == 252_000 and first.end_ms == 252_000
    assert names(desk)[3:6] == ["Usher", "Usher", "Quill"]
    assert editor.post("/desk/forums/rose-street/listen/undo").status_code == 303
    assert len(speech(desk)) == len(SAID) and names(desk)[0] == "Usher" and set(names(desk)[1:]) == {"–"}


def test_every_mark_is_taken_back_in_turn_until_nobody_is_named(desk: Desk, editor: Visitor) -> None:
    for block, name in ((0, "Mara Usher"), (2, "Ada Marsh"), (5, "Mara Usher")):
        mark(desk, editor, block, name)
    for _ in range(3):
        assert editor.post("/desk/forums/rose-street/listen/undo").status_code == 303
    assert set(names(desk)) == {"–"}
    assert editor.post("/desk/forums/rose-street/listen/undo").status_code == 422
    with desk.database.write() as session, pytest.raises(NotFound):
        voicing.undo(session, turns(desk.database)[0].forum_id, "Ana")


def test_what_was_corrected_since_is_not_taken_back(desk: Desk, editor: Visitor) -> None:
    mark(desk, editor, 2, "Ada Marsh")
    turn = speech(desk)[2]
    told = {"version": turn.version, "why": "It is Quill", "speaker": voices(desk)["Bo Quill"]}
    assert editor.post(f"/desk/turns/{turn.key}/voice", told).status_code == 303
    answer = editor.post("/desk/forums/rose-street/listen/undo")
    assert answer.status_code == 409 and names(desk)[2] == "Quill"


def test_two_editors_never_overwrite_each_other_unseen(desk: Desk, editor: Visitor) -> None:
    stale = speech(desk)[2]
    mark(desk, editor, 2, "Ada Marsh")
    late = {"key": stale.key, "version": stale.version, "speaker": voices(desk)["Bo Quill"]}
    assert editor.post("/desk/forums/rose-street/listen/marks", late).status_code == 409
    assert names(desk)[2] == "Marsh"
    with desk.database.write() as session, pytest.raises(Conflict):
        voicing.mark(session, stale.key, stale.version, None, "Ana")


def test_a_run_sheet_finds_the_questions_and_only_proposes_who_answered(desk: Desk, editor: Visitor) -> None:
    sheet = {"questions": ASKED, "order": "Marsh, Quill"}
    found = editor.post("/desk/forums/rose-street/listen/sheet/look", sheet)
    assert found.status_code == 200 and "2 of 2 found" in found.text
    asks = voices(desk)["Mara Usher"]
    kept = editor.post("/desk/forums/rose-street/listen/sheet", sheet | {"question": ["0", "1"], "asks": asks})
    assert kept.status_code == 303
    assert {"Marsh", "Quill"}.isdisjoint(names(desk)), "proposals are not public"
    with desk.database.read() as session:
        forum_id = turns(desk.database)[0].forum_id
        questions = transcripts.asked(session, forum_id)
        record_id = voice_pass.record_of(session, forum_id) or 0
        blocks = voice_pass.blocks(session, record_id, 0, 50)
    assert [one.text.split()[0] for one in questions] == ["what", "who"]
    proposed = [(block.proposed, block.text.split()[0]) for block in blocks if block.proposed]
    assert ("Ada Marsh", "well") in proposed and ("Bo Quill", "freezing") in proposed
    assert ("Bo Quill", "the") in proposed and ("Ada Marsh", "nobody") in proposed
    assert {name for name, word in proposed if word == "thank"} <= {"Mara Usher"}, "a hand-over is nobody's answer"
    page = editor.get("/desk/forums/rose-street/listen?start=0").text
    assert "perhaps Ada Marsh" in page
    public = desk.nobody().get("/forums/rose-street").text
    assert "perhaps" not in public and public.count("what would you do about the rents") >= 1


def test_a_run_sheet_kept_again_changes_nothing(desk: Desk, editor: Visitor) -> None:
    sheet = {"questions": ASKED, "order": "Marsh, Quill", "question": ["0", "1"]}
    editor.post("/desk/forums/rose-street/listen/sheet", sheet)
    before = [(turn.key, turn.version, turn.text) for turn in turns(desk.database)]
    assert editor.post("/desk/forums/rose-street/listen/sheet", sheet).status_code == 303
    assert [(turn.key, turn.version, turn.text) for turn in turns(desk.database)] == before


def test_five_answers_to_one_question_take_five_keys(desk: Desk, editor: Visitor) -> None:
    """Each proposal is one press: agreeing names that block and no other."""
    sheet = {"questions": ASKED, "order": "Marsh, Quill", "question": ["0", "1"]}
    editor.post("/desk/forums/rose-street/listen/sheet", sheet)
    pressed = 0
    while True:
        with desk.database.read() as session:
            record_id = voice_pass.record_of(session, turns(desk.database)[0].forum_id) or 0
            waiting = [block for block in voice_pass.blocks(session, record_id, 0, 50) if block.proposed]
        if not waiting:
            break
        told = {"block": f"{waiting[0].key}:{waiting[0].version}"}
        assert editor.post("/desk/forums/rose-street/listen/confirm", told).status_code == 303
        pressed += 1
    assert names(desk).count("Marsh") + names(desk).count("Quill") == pressed


GARBAGE = [
    ("marks", {"key": "nonsense", "version": "1", "speaker": "1"}),
    ("marks", {"key": "", "version": "x", "speaker": ""}),
    ("marks", {"speaker": "nobody-we-know"}),
    ("marks", {"speaker": "999999"}),
    ("marks", {"at": "99999", "speaker": "0"}),
    ("confirm", {}),
    ("confirm", {"block": "nonsense"}),
    ("confirm", {"block": "x:99999999999999"}),
    ("voices", {"name": "", "role": "king"}),
    ("sheet", {"questions": "", "order": ""}),
    ("sheet", {"questions": "a\nb", "order": "nobody"}),
    ("sheet/look", {"questions": "what\n" * 300}),
    ("sheet/look", {"questions": "what", "order": "Marsh, Nobody Atall"}),
]


@pytest.mark.parametrize(("act", "data"), GARBAGE)
def test_nonsense_is_refused_and_names_nobody(desk: Desk, editor: Visitor, act: str, data: dict[str, object]) -> None:
    turn = speech(desk)[0]
    filled = {"key": turn.key, "version": turn.version, **data} if act == "marks" else data
    answer = editor.post(f"/desk/forums/rose-street/listen/{act}", filled)
    assert answer.status_code in (404, 409, 422), answer.text
    assert set(names(desk)) == {"–"}


@pytest.mark.parametrize("start", ["-5", "999999", "x", "99999999999"])
def test_any_place_can_be_asked_for(editor: Visitor, start: str) -> None:
    assert editor.get(f"/desk/forums/rose-street/listen?start={start}").status_code == 200


def test_a_forum_without_a_transcript_says_what_to_do(desk: Desk, editor: Visitor) -> None:
    with desk.database.write() as session:
        session.add(Forum(slug="empty", title_en="An empty forum", held_on=date(2026, 9, 8)))
    assert "Import its captions first" in editor.get("/desk/forums/empty/listen").text
    assert editor.get("/desk/forums/empty/listen/sheet").status_code == 404
    assert editor.get("/desk/forums/none/listen").status_code == 404


def test_a_voice_that_stands_in_the_record_is_not_added_twice(desk: Desk, editor: Visitor) -> None:
    before = voices(desk)
    editor.post("/desk/forums/rose-street/listen/voices", {"name": "Ada Marsh", "role": Role.CANDIDATE})
    assert voices(desk) == before
