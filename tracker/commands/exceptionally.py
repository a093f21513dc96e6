"""The options with which a command changes a frozen race: one person alone, so the reason and the name are printed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sqlmodel import Session


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --exception and --by."""
    why = click.option(
        "--exception", metavar="REASON", help="Change a frozen race nevertheless; readers see the reason"
    )
    by = click.option("--by", metavar="NAME", help="Who says so, printed beside the reason")
    return why(by(command))


def act(session: "Session", what: str, exception: str | None, by: str | None) -> None:
    """Say who acts and, for a frozen race, why: both or neither."""
    from tracker.freezing import guard
    from transcripts.text import clean

    why, name = clean(exception or "").strip(), clean(by or "").strip()
    if bool(why) != bool(name):
        raise click.UsageError("--exception REASON and --by NAME belong together.")
    if why:
        guard.acts(session, guard.Acting(name, what, alone=why))
