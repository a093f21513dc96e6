"""What an editor does to the words of a forum from the desk: each act public, versioned, refused without loss, and taken back."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sqlmodel import select

from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.transcripts.records import stored, turn_saying
from transcripts.models import Speaker, Turn
from transcripts.queries import corrections

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    stored(desk.database)
    yield desk
    desk.database.dispose()


@pytest.fixture
def editor(desk: Desk) -> Visitor:
    return desk.editor()


def saying(desk: Desk, words: str) -> Turn:
    return turn_saying(desk.database, words)


def voice(desk: Desk, name: str) -> int:
    with desk.database.read() as session:
        return session.exec(select(Speaker.id).where(Speaker.name == name)).one() or 0


def sent(turn: Turn, **more: object) -> dict[str, object]:
    return {"version": turn.version, "why": "The recording says so", **more}


def test_the_page_of_a_turn_answers_in_both_languages(desk: Desk, editor: Visitor) -> None:
    turn = saying(desk, "freeze rents")
    for prefix in ("", "/es"):
        assert editor.get(f"{prefix}/desk/turns/{turn.key}").status_code == 200
    assert editor.get("/desk/turns/01J0000000000000000000000X").status_code == 404
    assert desk.nobody().get(f"/desk/turns/{turn.key}").status_code == 303


def test_words_are_corrected_in_public_and_every_version_can_be_read(desk: Desk, editor: Visitor) -> None:
    turn = saying(desk, "freeze rents")
    answer = editor.post(f"/desk/turns/{turn.key}/words", sent(turn, text="I would freeze all rents for two years."))
    assert answer.status_code == 303 and answer.headers["Location"] == f"/desk/turns/{turn.key}"
    reader = desk.nobody()
    shown = reader.get(f"/turns/{turn.key}").text
    assert "freeze all rents" in shown and "The recording says so" in shown and "Edith Editor" in shown
    history = reader.get(f"/turns/{turn.key}/history").text
    assert "freeze all rents" in history and "I would freeze rents for two years. Nobody" in history
    corrections = " ".join(re.sub(r"<[^>]*>", " ", reader.get("/corrections").text).split())
    assert "I would freeze After: all rents for two years" in corrections
    feed = ElementTree.fromstring(reader.get("/corrections.atom").data)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert "freeze all rents" in (entry.findtext(f"{ATOM}summary") or "")
    assert entry.findtext(f"{ATOM}updated") == feed.findtext(f"{ATOM}updated")


def test_a_refused_change_keeps_what_was_typed(desk: Desk, editor: Visitor) -> None:
    turn = saying(desk, "freeze rents")
    no_reason = editor.post(f"/desk/turns/{turn.key}/words", sent(turn, text="My careful draft", why=""))
    assert no_reason.status_code == 422 and "My careful draft" in no_reason.text
    editor.post(f"/desk/turns/{turn.key}/words", sent(turn, text="I would freeze all rents."))
    late = editor.post(f"/desk/turns/{turn.key}/words", sent(turn, text="My careful draft"))
    assert late.status_code == 409 and "My careful draft" in late.text and "version 2" in late.text
    assert saying(desk, "freeze all rents").version == 2


def test_a_turn_is_given_to_another_voice_and_back(desk: Desk, editor: Visitor) -> None:
    turn = saying(desk, "freeze rents")
    berg = voice(desk, "IDA BERG")
    assert editor.post(f"/desk/turns/{turn.key}/voice", sent(turn, speaker=berg)).status_code == 303
    now = saying(desk, "freeze rents")
    assert (now.speaker_id, now.label) == (berg, turn.label)
    with desk.database.read() as session:
        (line,) = corrections.latest(session, 5)
    undone = editor.post(f"/desk/turns/{turn.key}/undo", sent(now, correction=line.id))
    assert undone.status_code == 303 and saying(desk, "freeze rents").speaker_id == turn.speaker_id


def test_two_voices_in_one_block_are_divided_at_the_mark(desk: Desk, editor: Visitor) -> None:
    turn = saying(desk, "freeze rents")
    moved = editor.post(f"/desk/turns/{turn.key}/split", sent(turn, text="I would | freeze something else"))
    assert moved.status_code == 422 and "change nothing else" in moved.text
    marked = turn.text.replace("Nobody", "|\nNobody")
    answer = editor.post(f"/desk/turns/{turn.key}/split", sent(turn, text=marked))
    assert answer.status_code == 303
    first, second = saying(desk, "freeze rents"), saying(desk, "Nobody should")
    assert (first.key, answer.headers["Location"]) == (turn.key, f"/desk/turns/{second.key}")
    assert first.text == "I would freeze rents for two years."
    assert second.text.startswith("Nobody should lose a home")
    joined = editor.post(f"/desk/turns/{turn.key}/join", sent(first, next_version=second.version))
    assert joined.status_code == 303 and saying(desk, "freeze rents").text == turn.text
    assert desk.nobody().get(f"/turns/{second.key}").headers["Location"].endswith(turn.key)


@pytest.mark.parametrize(
    ("act", "data", "changed"),
    [
        ("time", {"start": "1:01", "end": "1:04.500"}, ("start_ms", 61_000)),
        ("time", {"start": "1:02:03.5", "end": ""}, ("start_ms", 3_723_500)),
        ("kind", {"kind": "procedure"}, ("kind", "procedure")),
        ("withdraw", {}, ("status", "withdrawn")),
        ("question", {"question": ""}, ("version", 1)),
        ("question", {"question": "own"}, ("version", 1)),
    ],
)
def test_everything_else_can_be_said_of_a_turn(
    desk: Desk, editor: Visitor, act: str, data: dict[str, object], changed: tuple[str, object]
) -> None:
    turn = saying(desk, "freeze rents")
    assert editor.post(f"/desk/turns/{turn.key}/{act}", sent(turn, **data)).status_code == 303
    assert getattr(saying(desk, "freeze rents"), changed[0]) == changed[1]
    assert "The recording says so" in desk.nobody().get(f"/turns/{turn.key}").text
    assert editor.get(f"/desk/turns/{turn.key}").status_code == 200


def test_what_was_taken_away_is_put_back(desk: Desk, editor: Visitor) -> None:
    turn = saying(desk, "freeze rents")
    editor.post(f"/desk/turns/{turn.key}/withdraw", sent(turn))
    assert desk.nobody().get(f"/turns/{turn.key}").status_code == 410
    gone = saying(desk, "freeze rents")
    assert editor.post(f"/desk/turns/{turn.key}/restore", sent(gone)).status_code == 303
    assert desk.nobody().get(f"/turns/{turn.key}").status_code == 200


GARBAGE = [
    ("words", {"text": ""}),
    ("voice", {"speaker": "999999"}),
    ("voice", {"speaker": "x"}),
    ("time", {"start": "yesterday"}),
    ("time", {"start": "9:00", "end": "1:00"}),
    ("kind", {"kind": "poem"}),
    ("question", {"question": "01J0000000000000000000000X", "part": "answer"}),
    ("question", {"question": "nonsense", "part": "nonsense"}),
    ("split", {"text": "|"}),
    ("join", {"next_version": "99"}),
    ("state", {"speaker": "1", "state": "absent"}),
    ("undo", {"correction": "999999"}),
    ("undo", {"correction": "-1"}),
    ("explode", {}),
]


@pytest.mark.parametrize(("act", "data"), GARBAGE)
def test_nonsense_changes_nothing_and_is_answered_in_a_sentence(
    desk: Desk, editor: Visitor, act: str, data: dict[str, object]
) -> None:
    turn = saying(desk, "freeze rents")
    answer = editor.post(f"/desk/turns/{turn.key}/{act}", sent(turn, **data))
    assert answer.status_code in (404, 409, 422)
    assert saying(desk, "freeze rents").version == turn.version
