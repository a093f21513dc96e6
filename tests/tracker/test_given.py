"""Files on the command line: a pipe nobody writes to and a device without an end are refused, whichever command reads them."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from tracker.cli import group
from transcripts.errors import BadFile


@pytest.mark.parametrize(
    "command",
    [
        ["import", "{file}", "--forum", "x"],
        ["load", "{file}"],
        ["agreement", "{file}"],
        ["match", "x", "--answers", "{file}"],
        ["parse", "{file}"],
        ["check", "--file", "{file}"],
    ],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("kind", ["pipe", "device", "missing"])
def test_what_is_no_ordinary_file_is_refused(command: list[str], kind: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    file = "/dev/zero" if kind == "device" else str(tmp_path / kind)
    ended = CliRunner().invoke(group, [part.format(file=file) for part in command])
    assert isinstance(ended.exception, BadFile) or ended.exit_code == 2
    said = f"{ended.exception} {ended.output}"
    assert "is no ordinary file" in said or (kind == "missing" and file in said)
