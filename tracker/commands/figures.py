"""`tracker figures`: the numbers of a figure as readers see them, and numbers from a table (docs/figures.md)."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from positions.followthrough.observations import Preview
    from tracker.db import Database


@click.command()
@click.argument("slug")
@click.option("--from", "table", type=click.Path(path_type=Path), help="A table (CSV) with numbers for this figure.")
@click.option("--yes", is_flag=True, help="Store what the table brings; without it, only say what that would be.")
@click.option("--json", "as_json", is_flag=True, help="Print the figure as JSON.")
def command(slug: str, table: Path | None, yes: bool, as_json: bool) -> None:
    """Print a figure: no number of people under five, nor any that tells of one. With --from, bring it numbers."""
    import json

    from positions.followthrough.queries import figures
    from tracker import figure_table, schema
    from tracker.config import Config
    from tracker.db import Database

    database = Database(Config.from_env().database_url)
    click.get_current_context().call_on_close(database.dispose)
    schema.require_current(database)
    if table is not None:
        _bring(database, slug, table, yes)
        return
    with database.read() as session:
        one = figures.by_slug(session, slug)[0]
    told = json.dumps(figure_table.as_json(one), ensure_ascii=False, indent=2) if as_json else figure_table.as_csv(one)
    click.echo(told.replace("\r\n", "\n").rstrip("\n"))


def _bring(database: "Database", slug: str, path: Path, yes: bool) -> None:
    """Say what a table would bring, and store it where asked to."""
    import hashlib

    from positions.followthrough import observation_files as files
    from positions.followthrough import observing
    from positions.followthrough.appending import Writer
    from transcripts import guarded
    from transcripts.errors import BadFile

    if not path.is_file():
        raise BadFile("There is no file “{name}”.", name=path.name)
    data = path.read_bytes()
    sheet = files.sheet(guarded.text(data, path.name, "csv"))
    with database.write() as session:
        known = observing.known(session, slug)
        columns = files.recognised(sheet, known.words, known.columns)
        if columns is None:
            raise BadFile(files.UNKNOWN, 1, names=", ".join(sheet.names[:20]))
        read = files.read(sheet, columns, known.words)
        planned = observing.look(session, slug, read.found, Writer("command line"))
        for one in (*read.problems, *planned.problems):
            click.echo(f"Line {one.line}: {one.said}" if one.line else str(one.said), err=True)
        if read.problems or planned.refused:
            raise BadFile("Nothing was stored: mend the rows above.")
        click.echo(_told(planned))
        if yes:
            origin = observing.Origin(path.name, hashlib.sha256(data).hexdigest(), None, columns)
            observing.record(session, slug, read.found, origin, Writer("command line"))
    click.echo("Stored." if yes else "Nothing was stored yet: say --yes.")


def _told(planned: "Preview") -> str:
    return f"New: {len(planned.new)}. Other than what is held: {len(planned.changed)}. Held already: {planned.same}."
