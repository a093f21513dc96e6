"""Machine → edited → reviewed: passage by passage against the recording, then the whole transcript; readers see how far."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.transcripts.records import stored, turns
from transcripts.models import Turn
from transcripts.vocabulary import Grade

PAGE = "/desk/forums/rose-street/review"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    stored(desk.database, grade=Grade.MACHINE)
    yield desk
    desk.database.dispose()


def speech(desk: Desk) -> list[Turn]:
    return [turn for turn in turns(desk.database) if turn.kind == "speech"]


def check(editor: Visitor, turn: Turn) -> int:
    return editor.post(f"{PAGE}/checked", {"key": turn.key, "version": turn.version}).status_code


def test_every_passage_is_checked_and_then_the_whole(desk: Desk) -> None:
    editor, reader = desk.editor(), desk.nobody()
    for prefix in ("", "/es"):
        assert editor.get(f"{prefix}{PAGE}").status_code == 200
    early = editor.post(f"{PAGE}/grade", {"grade": "reviewed", "seen": "machine"})
    assert early.status_code == 422 and "not checked against the recording yet" in early.text
    waiting = speech(desk)
    assert check(editor, waiting[0]) == 303
    told = f"1 of {len(waiting)} passages are checked"
    assert told in reader.get("/forums/rose-street").text
    assert waiting[0].key not in editor.get(PAGE).text
    for turn in waiting[1:]:
        assert check(editor, turn) == 303
    assert "Every passage is checked." in editor.get(PAGE).text
    assert editor.post(f"{PAGE}/grade", {"grade": "reviewed", "seen": "machine"}).status_code == 303
    assert "Checked word for word against the recording" in reader.get("/forums/rose-street").text
    assert told not in reader.get("/forums/rose-street").text


def test_what_changed_since_is_not_taken_for_checked(desk: Desk) -> None:
    editor = desk.editor()
    turn = speech(desk)[0]
    words = {"version": turn.version, "why": "Misheard", "text": f"{turn.text} Indeed."}
    assert editor.post(f"/desk/turns/{turn.key}/words", words).status_code == 303
    assert check(editor, turn) == 409
    assert turn.key in editor.get(PAGE).text


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("checked", {"key": "nonsense", "version": "1"}),
        ("checked", {"key": "", "version": "x"}),
        ("grade", {"grade": "perfect", "seen": "machine"}),
        ("grade", {"grade": "edited", "seen": "published"}),
    ],
)
def test_nonsense_changes_nothing(desk: Desk, act: str, data: dict[str, str]) -> None:
    assert desk.editor().post(f"{PAGE}/{act}", data).status_code in (404, 409, 422)
    assert all(turn.review is None for turn in speech(desk))
    assert desk.editor("Another Editor").get("/desk/forums/none/review").status_code == 404
