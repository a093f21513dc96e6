"""Files made to hang, fill or mislead: each ends as a record or a refusal, in time and in memory, with nothing left and nothing broken."""

import logging
import tempfile
from pathlib import Path

import pytest

from tests.bombs import BOMBS, Bomb, tried
from transcripts import guarded
from transcripts.errors import BadFile
from transcripts.formats import FORMATS

ALL = [pytest.param(*one, id=f"{one[0].what} [{one[1] or 'any'}]") for one in tried({known.NAME for known in FORMATS})]


@pytest.mark.parametrize(("bomb", "format"), ALL)
def test_a_bomb_is_a_record_or_a_refusal(
    bomb: Bomb, format: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with caplog.at_level(logging.WARNING):
        try:
            record = guarded.read(bomb.make(), bomb.name, format).record
        except BadFile as refused:
            assert str(refused).endswith((".", "?")) and "Traceback" not in str(refused)
        else:
            assert record.turns and all(turn.text.strip() for turn in record.turns)
    assert list(tmp_path.iterdir()) == []
    assert caplog.messages == [], "a reader failed in a way it should not have"


def test_there_are_enough() -> None:
    assert len(BOMBS) >= 40 and len({bomb.what for bomb in BOMBS}) == len(BOMBS)
