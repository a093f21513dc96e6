"""`tracker people import FILE`: people and candidacies from CSV or Popolo JSON, shown first, stored with --yes (docs/people.md)."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.commands import exceptionally
from tracker.given import OrdinaryFile

if TYPE_CHECKING:
    from tracker.enrolling import Plan

FILE = OrdinaryFile()


@click.group()
def command() -> None:
    """Bring people and candidacies from a list."""


@command.command("import")
@click.argument("file", type=FILE)
@click.option("--contest", help="Slug of the race they stand in")
@click.option("--is", "known", multiple=True, metavar="NAME=SLUG", help="This name is that person; may be given again")
@click.option("--new", multiple=True, metavar="NAME", help="This name is somebody new; may be given again")
@exceptionally.options
@click.option("--yes", is_flag=True, help="Store; without it nothing is written")
def import_(
    file: Path,
    contest: str | None,
    known: tuple[str, ...],
    new: tuple[str, ...],
    exception: str | None,
    by: str | None,
    yes: bool,
) -> None:
    """Show who in FILE is new, known or doubtful, and store the list with --yes.

    FILE is a CSV with a heading line (name, aliases, contest, party, incumbent …) or Popolo JSON. Somebody who may be a person we
    know is doubtful: nothing is stored until --is or --new says who that is. The same list again changes nothing.
    """
    from tracker import enrolling, indexing
    from tracker.config import Config
    from tracker.db import Database
    from tracker.schema import require_current
    from transcripts import roster

    config = Config.from_env()
    told: dict[str, str | None] = {**dict.fromkeys(new), **dict(map(_is, known))}
    lines = roster.read(file.read_bytes())
    with Database(config.database_url) as database:
        require_current(database)
        with database.read() as session:
            plan = enrolling.plan(session, lines, contest, told)
        _show(plan)
        if not yes:
            click.echo("\nNothing was stored. Give the same command with --yes to store it.")
            return
        with database.write() as session:
            exceptionally.act(session, "tracker people import", exception, by)
            tally = enrolling.store(session, enrolling.plan(session, lines, contest, told))
        click.echo(f"\n{tally}")
        indexing.catch_up(database, config)


def _is(said: str) -> tuple[str, str]:
    name, equals, slug = said.partition("=")
    if not (name.strip() and equals and slug.strip()):
        raise click.UsageError("--is takes NAME=SLUG, such as --is “Ana Ruiz=ana-ruiz”.")
    return name.strip(), slug.strip()


def _show(plan: "Plan") -> None:
    from transcripts.enrolling import State

    for one, race in plan.people:
        who = f"known: {one.slug}" if one.slug else str(one.state)
        told = [
            one.line.party,
            "holds the office" if one.line.incumbent else None,
            f"stands in {race}" if race else None,
        ]
        click.echo(f"  {one.line.name}: {who}" + "".join(f"; {part}" for part in told if part))
        for slug, name, why in one.maybe:
            click.echo(f"      {name} ({slug})? {why}")
    counts = ", ".join(f"{plan.count(state)} {state}" for state in State)
    click.echo(f"{len(plan.people)} people: {counts}.")
    if plan.count(State.DOUBTFUL):
        click.echo("Say who the doubtful ones are: --is NAME=SLUG, or --new NAME.")
