"""`tracker export FORUM --format NAME`: the record of a forum as a file."""

from pathlib import Path

import click


@click.command()
@click.argument("forum")
@click.option("--format", "name", required=True, help="json, webvtt, srt, plain … (docs/export.md)")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write (default: standard output)")
@click.option("--lang", type=click.Choice(["en", "es"]), help="Language of our words (default: the site's)")
def command(forum: str, name: str, out: Path | None, lang: str | None) -> None:
    """Write what may be shown of a FORUM (its slug) in the format of that name; `tracker import` reads it back."""
    from positions.queries import merged
    from tracker import exporting, schema
    from tracker.config import Config
    from tracker.db import Database
    from tracker.i18n import translator
    from transcripts.errors import Refusal

    config = Config.from_env()
    reader = lang or config.lang
    with Database(config.database_url) as database:
        schema.require_current(database)
        with database.read() as session:
            file = exporting.export(
                session, merged.moved_to(session, "forum", forum) or forum, name, config, reader, translator(reader)
            )
    if out is None:
        click.echo(file.data, nl=False)
        return
    try:
        out.write_bytes(file.data)
    except OSError as error:
        raise Refusal("{out} cannot be written: {error}.", out=str(out), error=error.strerror) from error
    click.echo(f"Wrote {out}.", err=True)
