"""`tracker load FILE.yaml`: races, people, candidacies, statements and positions, all of the file or nothing (docs/load.md)."""

from pathlib import Path

import click

from tracker.commands import exceptionally
from tracker.given import OrdinaryFile


@click.command()
@click.argument("file", type=OrdinaryFile())
@exceptionally.options
def command(file: Path, exception: str | None, by: str | None) -> None:
    """Bring races, people, candidacies, statements and positions from a YAML file.

    A race that is frozen before its election is changed with --exception and --by only, and readers see both. Loading a file
    again changes nothing. What is wrong is told with its line, and then nothing is stored.
    """
    from positions.load_document import read_document
    from positions.loading import load
    from tracker.config import Config
    from tracker.db import Database
    from tracker.indexing import catch_up
    from tracker.intake import file_bringer, file_reader
    from tracker.schema import require_current

    config = Config.from_env()
    database = Database(config.database_url)
    click.get_current_context().call_on_close(database.dispose)
    require_current(database)
    document, located = read_document(file.read_bytes())
    with database.write() as session:
        exceptionally.act(session, "tracker load", exception, by)
        beside = file.parent
        tally = load(session, document, located, file_bringer(beside), config.profile, file_reader(beside))
    click.echo(tally)
    if not catch_up(database, config):
        click.echo("Search does not know all of it yet; `tracker serve` or `tracker reindex` goes on with that.")
