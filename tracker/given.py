"""Files named on the command line: ordinary ones only, read no further than anybody will look into them."""

import os
import stat
import sys
from pathlib import Path
from typing import Any

import click


class OrdinaryFile(click.Path):
    """A file that is there and ends: no folder, no device, no pipe that nobody may ever write to."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Fails as click does, with exit code 2."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not path.is_file():
            self.fail(f"{path} is no ordinary file.", param, ctx)
        return path


def content(name: str, most: int) -> bytes:
    """At most one byte more than `most` of a file, or of standard input for “-”.

    Raises BadFile for a folder, a device, a missing or a forbidden file.
    """
    from transcripts.errors import BadFile

    if name == "-":
        return sys.stdin.buffer.read(most + 1)
    try:
        mode = Path(name).stat().st_mode
        if stat.S_ISDIR(mode):
            raise BadFile("{file} is a folder. Give us one file.", file=name)
        if not stat.S_ISREG(mode):
            raise BadFile("{file} is no ordinary file. Use - to read from a pipe.", file=name)
        with Path(name).open("rb") as opened:
            return opened.read(most + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BadFile("{file} cannot be read: {reason}.", file=name, reason=reason) from error
