"""Files of strangers: read in a child with the same result, or refused with the reason; nothing is left behind."""

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from transcripts import confined, guarded
from transcripts.errors import BadFile, Conflict
from transcripts.received import receive

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ONE_EACH = [sorted(path for path in folder.iterdir() if path.suffix != ".json")[0] for folder in EXAMPLES.iterdir()]
CONFINED = [sys.executable, "-I", "-c"]


def in_confinement(code: str) -> "subprocess.CompletedProcess[str]":
    """Code run as the child runs a reader, with the child's limits."""
    whole = f"from transcripts.confined import confine\nconfine()\n{code}"
    return subprocess.run([*CONFINED, whole], capture_output=True, text=True, env={}, timeout=60)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, our own so that what is left can be seen."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("path", ONE_EACH, ids=lambda path: path.parent.name)
def test_the_same_as_reading_it_here(path: Path, temporary: Path) -> None:
    assert guarded.read(path.read_bytes(), path.name) == receive(path.read_bytes(), path.name)
    assert list(temporary.iterdir()) == []


def test_a_refusal_keeps_its_reason_and_line(temporary: Path) -> None:
    with pytest.raises(BadFile) as here:
        receive(b"Some words.", "a.srt", "srt")
    with pytest.raises(BadFile) as there:
        guarded.read(b"Some words.", "a.srt", "srt")
    assert (there.value.reason, there.value.line) == (here.value.reason, here.value.line)
    assert list(temporary.iterdir()) == []


def test_a_file_that_is_too_large_starts_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")
    with pytest.raises(BadFile, match="larger than 50 MB"):
        guarded.read(b"x" * (50 * 1024 * 1024 + 1), "large.txt")


def test_a_child_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch, temporary: Path) -> None:
    monkeypatch.setattr(guarded, "WALL_SECONDS", 0.5)
    monkeypatch.setattr(sys, "executable", _program(temporary, "import time, os; open('left', 'w'); time.sleep(60)"))
    with pytest.raises(BadFile, match="stopped reading"):
        guarded.read(b"ANA: Hello.", "a.txt")
    assert [path.name for path in temporary.iterdir()] == ["child"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "stopped reading"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "memory"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "damaged"),
        (f"raise SystemExit({confined.TOO_LARGE})", "more in this file"),
        ("raise SystemExit(1)", "damaged"),
        ("print('[1, 2]')", "damaged"),
        ('print(\'{"record": {"format": 1}}\')', "damaged"),
        ("print('{\"exhausted\": true}')", "memory"),
        ('print(\'{"broken": "KeyError"}\')', "damaged"),
    ],
)
def test_however_a_child_ends_the_reason_is_a_sentence(
    code: str, said: str, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    monkeypatch.setattr(sys, "executable", _program(temporary, code))
    with pytest.raises(BadFile, match=said):
        guarded.read(b"ANA: Hello.", "a.txt")


def test_too_many_files_at_once_are_asked_to_come_again(monkeypatch: pytest.MonkeyPatch, temporary: Path) -> None:
    monkeypatch.setattr(guarded, "WALL_SECONDS", 0.2)
    monkeypatch.setattr(guarded, "_places", threading.BoundedSemaphore(1))
    with guarded._places, pytest.raises(Conflict, match="Try again"):
        guarded.read(b"ANA: Hello.", "a.txt")


def test_threads_read_beside_one_another(temporary: Path) -> None:
    path = EXAMPLES / "plain" / "debate.txt"
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(guarded.read(path.read_bytes(), path.name).record))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [receive(path.read_bytes(), path.name).record] * 4


def test_confinement_ends_what_takes_too_much_memory() -> None:
    assert "MemoryError" in in_confinement("x = b'x' * 600_000_000").stderr


def test_confinement_refuses_large_files(tmp_path: Path) -> None:
    ended = in_confinement(f"open({str(tmp_path / 'f')!r}, 'wb').write(b'x' * 100_000_000)")
    assert "File too large" in ended.stderr


def test_confinement_takes_the_network_away_where_the_system_lets_it() -> None:
    allowed = subprocess.run(["unshare", "--user", "--net", "true"], capture_output=True).returncode == 0
    ended = in_confinement("import socket\nsocket.create_connection(('127.0.0.1', 9), 1)")
    assert ("unreachable" if allowed else "refused") in ended.stderr


def test_the_child_inherits_nothing(monkeypatch: pytest.MonkeyPatch, temporary: Path) -> None:
    monkeypatch.setenv("TRACKER_SECRET_KEY", "canary")
    told = (
        "import os\nhere = os.environ['TMPDIR']\n"
        "links = [os.path.realpath(f'/proc/self/fd/{n}') for n in range(50)]\n"
        "open(here + '/../told', 'w').write(repr((dict(os.environ), links)))"
    )
    monkeypatch.setattr(sys, "executable", _program(temporary, told))
    with (temporary / "ours").open("w") as ours, pytest.raises(BadFile):
        os.set_inheritable(ours.fileno(), True)
        guarded.read(b"ANA: Hello.", "a.txt")
    seen = (temporary / "told").read_text()
    assert "TMPDIR" in seen and "canary" not in seen and f"{temporary / 'ours'}" not in seen


def test_reading_starts_quickly() -> None:
    """The child loads formats and nothing of the web or the database."""
    code = "import sys, transcripts.confined, transcripts.received; print(sorted(sys.modules))"
    loaded = subprocess.run([*CONFINED, code], capture_output=True, text=True, check=True).stdout
    assert not any(
        f"'{name}'" in loaded for name in ("flask", "sqlmodel", "sqlalchemy", "pydantic", "tantivy", "babel")
    )


def _program(folder: Path, code: str) -> str:
    """A program that stands in for the interpreter and runs `code` whatever it is given."""
    path = folder / "child"
    path.write_text(f"#!{sys.executable}\n{code}\n")
    path.chmod(0o700)
    return str(path)
