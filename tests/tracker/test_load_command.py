"""`tracker load`: a file beside its transcript, refusals as sentences, the same file again."""

from pathlib import Path

import pytest

from tests.positions.town import TOWN, TRANSCRIPT
from tests.tracker.calling import Site, site

NO_QUESTIONS = TOWN.replace(TOWN[TOWN.index("    states:") : TOWN.index("contests:")], "")


@pytest.fixture
def town(tmp_path: Path, database_url: str) -> Site:
    """An empty site, and the small race's files in its home."""
    (tmp_path / "town.yaml").write_text(NO_QUESTIONS)
    (tmp_path / "town.txt").write_text("\n\n".join(f"{label}: {text}" for label, text in TRANSCRIPT) + "\n")
    return site(tmp_path, database_url)


def load(town: Site, name: str = "town.yaml") -> tuple[int, str, str]:
    return town.tracker("load", str(town.home / name))


def test_a_file_and_its_transcript_are_loaded_once(town: Site) -> None:
    code, out, err = load(town)
    assert (code, err) == (0, "")
    assert "Added: organisations 1, people 4, forums 1" in out
    assert "transcripts 1" in out and "positions 3" in out
    assert load(town) == (0, "Everything in this file is held already; nothing was changed.\n", "")


def test_a_fault_is_one_message_with_its_line(town: Site) -> None:
    text = NO_QUESTIONS.replace('words: "buses should be free"', 'words: "buses should fly"')
    (town.home / "town.yaml").write_text(text)
    code, out, err = load(town)
    line = text[: text.index("buses should fly")].count("\n") + 1
    assert (code, out) == (2, "")
    assert err.startswith(f"tracker: Line {line}: stances → evidence: These words do not stand")
    assert town.tracker("contests", "--json").out == "[]\n"


def test_a_transcript_that_is_not_there_is_named(town: Site) -> None:
    (town.home / "town.txt").unlink()
    code, _, err = load(town)
    assert code == 2
    assert "forums → file: “town.txt” cannot be read beside the loaded file" in err


def test_a_file_that_is_not_there(town: Site) -> None:
    code, _, err = load(town, "nowhere.yaml")
    assert code == 2
    assert "does not exist" in err


def test_bytes_that_are_no_yaml(town: Site) -> None:
    (town.home / "town.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    code, _, err = load(town)
    assert code == 2
    assert "not UTF-8" in err


def test_a_changed_position_is_told(town: Site) -> None:
    load(town)
    (town.home / "town.yaml").write_text(NO_QUESTIONS.replace("She wants them free.", "She wants all of them free."))
    assert load(town)[:2] == (0, "Changed: positions 1.\n")
