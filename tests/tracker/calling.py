"""Call a command as a shell would, in this process: what it printed and how it ended."""

import contextlib
import io
import sys
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from tests.databases import migrated_file
from tracker import cli


class Ended(NamedTuple):
    """Exit code, standard output, standard error."""

    code: int
    out: str
    err: str


class Site(NamedTuple):
    """A throw-away site on a database of its own."""

    home: Path
    url: str

    def tracker(self, *arguments: str) -> Ended:
        """Run `tracker ARGUMENTS…`."""
        environment = {"TRACKER_HOME": str(self.home), "TRACKER_DATABASE_URL": self.url}
        out, err = io.StringIO(), io.StringIO()
        with (
            mock.patch.dict("os.environ", environment),
            mock.patch.object(sys, "argv", ["tracker", *arguments]),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                cli.main()
                code = 0
            except SystemExit as ended:
                code = int(ended.code or 0)
        return Ended(code, out.getvalue(), err.getvalue())


def site(home: Path, url: str) -> Site:
    """An empty site; `url` is a database with the present schema, or an SQLite file that is yet to be one."""
    path = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:") and not path.exists():
        migrated_file(path)
    return Site(home, url)
