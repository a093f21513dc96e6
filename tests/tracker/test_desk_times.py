"""The organiser's words take the times of the video's captions; differences are shown, the words stay."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.transcripts.records import stored, turn_saying, turns

CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:09.000
good evening and welcome to rose street my first question is about homes what will you do about rents

00:00:09.000 --> 00:00:15.000
we will build four hundred homes by the river and we will keep them cheap

00:00:16.000 --> 00:00:24.000
i would freeze rents for ten years nobody should lose a home because a number went up
"""
PAGE = "/desk/forums/rose-street/times"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    stored(desk.database)
    yield desk
    desk.database.dispose()


def looked(editor: Visitor, data: bytes, name: str = "captions.vtt") -> tuple[int, str]:
    answer = editor.post(f"{PAGE}/look", {"captions": (io.BytesIO(data), name)}, content_type="multipart/form-data")
    return answer.status_code, answer.text


def test_times_are_taken_and_the_words_stay(desk: Desk) -> None:
    editor = desk.editor()
    before = [turn.text for turn in turns(desk.database)]
    status, html = looked(editor, CAPTIONS.encode())
    assert status == 200 and "<mark>two</mark>" in html and "<mark>ten</mark>" in html
    assert turn_saying(desk.database, "freeze rents").start_ms is None, "looking stores nothing"
    times = re.findall(r'name="time" value="([^"]+)"', html)
    told = {"filename": "captions.vtt", "time": times}
    assert editor.post(PAGE, told).status_code == 303
    turn = turn_saying(desk.database, "freeze rents")
    assert turn.start_ms is not None and 16_000 <= turn.start_ms < 17_000
    assert turn.end_ms is not None and 23_000 < turn.end_ms <= 24_000
    assert [one.text for one in turns(desk.database)] == before
    assert "Times taken from captions.vtt" in desk.nobody().get(f"/turns/{turn.key}/history").text
    stale = editor.post(PAGE, told)
    assert stale.status_code == 409


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "empty.vtt"), (b"%PDF-1.4 nothing", "x.pdf"), (b"ADA: No times here.\n\nBO: None at all.\n", "plain.txt")],
)
def test_a_file_without_times_is_refused_in_a_sentence(desk: Desk, data: bytes, name: str) -> None:
    status, html = looked(desk.editor(), data, name)
    assert status == 422 and "notice-error" in html


@pytest.mark.parametrize("time", ["x", "a:b:c:d", "01J0000000000000000000000X:1:5:9", ":::", "a:1:2:99999999999"])
def test_times_we_did_not_give_are_refused(desk: Desk, time: str) -> None:
    answer = desk.editor().post(PAGE, {"filename": "captions.vtt", "time": [time]})
    assert answer.status_code in (409, 422)
    assert all(turn.start_ms is None for turn in turns(desk.database))
