"""`tracker reindex`: build the search index again from the database."""

import click


@click.command()
def command() -> None:
    """Build the search index again from the database; searches are answered from the present one until it is ready."""
    from rich.console import Console
    from rich.progress import Progress

    from tracker import indexing, schema
    from tracker.config import Config
    from tracker.db import Database

    config = Config.from_env()
    database = Database(config.database_url)
    click.get_current_context().call_on_close(database.dispose)
    schema.require_current(database)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Indexing", total=None)
        count = 0
        for shelf in indexing.SHELVES:
            engine = indexing.open_engine(config, shelf)
            count += indexing.reindex(
                database, engine, lambda done, total: bar.update(task, completed=done, total=total), shelf
            )
    click.echo(f"The search index holds {count:,} passages.")
