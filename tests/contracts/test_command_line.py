"""The command line: quick to answer, every command there, every refusal a sentence and exit code 2."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpora import ROOT
from tracker.cli import COMMANDS
from tracker.config import SETTINGS


def tracker(*arguments: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    import os

    environment = {**os.environ, **({"TRACKER_HOME": str(home)} if home else {})}
    command = [sys.executable, "-m", "tracker", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=60)


def test_help_needs_neither_flask_nor_sqlmodel() -> None:
    code = "import sys, tracker.cli as c\ntry: c.main()\nexcept SystemExit: pass\nimport json; print(json.dumps(sorted(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = set(json.loads(found.stdout.splitlines()[-1]))
    assert not loaded & {"flask", "sqlmodel", "sqlalchemy", "tantivy", "pydantic"}
    assert "said" in found.stdout


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    found = tracker(name, "--help")
    assert found.returncode == 0, found.stderr
    assert "Usage:" in found.stdout


def test_every_command_and_setting_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    assert [name for name in COMMANDS if f"tracker {name}" not in readme] == []
    assert [setting.name for setting in SETTINGS if setting.name not in readme] == []


def test_every_format_stands_in_the_readme() -> None:
    from transcripts.formats import FORMATS

    readme = (ROOT / "README.md").read_text()
    assert [module.NAME for module in FORMATS if f"`{module.NAME}`" not in readme] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "x"),
        ("compare", "nowhere", "--by", "statement"),
        ("contests",),
        ("serve",),
        ("load", "nowhere.yaml"),
        ("parse", "nowhere.txt"),
        ("parse", "."),
    ],
    ids=" ".join,
)
def test_refusals_are_sentences(arguments: tuple[str, ...], tmp_path: Path) -> None:
    found = tracker(*arguments, home=tmp_path)
    assert found.returncode == 2
    assert found.stderr.strip() and "Traceback" not in found.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRACKER_HOME", "/proc/nowhere"),
        ("TRACKER_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing"),
        ("TRACKER_DATABASE_URL", "mysql://nobody@127.0.0.1/nothing"),
        ("TRACKER_SEARCH", "grep"),
        ("TRACKER_LANG", "tlh"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    monkeypatch.setenv(name, value)
    found = tracker("contests")
    assert found.returncode == 2
    assert name in found.stderr and "Traceback" not in found.stderr
