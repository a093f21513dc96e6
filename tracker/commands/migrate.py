"""`tracker migrate`: bring the database to the present schema."""

import click


@click.command()
def command() -> None:
    """Bring the database to the present schema. Does nothing where it stands there already."""
    from tracker import schema
    from tracker.config import Config
    from tracker.db import Database

    with Database(Config.from_env().database_url) as database:
        before, after = schema.upgrade(database)
    if before == after:
        click.echo(f"The database stands at the present schema ({after}).")
    else:
        click.echo(f"The database was brought from {before or 'nothing'} to schema {after}.")
