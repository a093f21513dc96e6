"""`tracker guide CONTEST --out FILE.pdf`: the comparison of a race as a printed guide."""

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command()
@click.argument("contest")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write, such as guide.pdf"
)
@click.option("--lang", type=click.Choice(["en", "es", "both"]), help="Language of our words (default: the site's)")
@click.option(
    "--order", type=click.Choice(["rotation", "ballot", "alphabetical"]), default="rotation", show_default=True
)
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day of the rotation (default: today in the race's zone)"
)
def command(contest: str, out: Path, lang: str | None, order: str, day: datetime | None) -> None:
    """Print the positions in CONTEST as a PDF: a topic a page, every candidate in equal space, a QR code of this very version.

    The web page stays the accessible version (docs/guide.md).
    """
    from positions.queries import merged
    from tracker import schema
    from tracker.config import Config
    from tracker.db import Database
    from tracker.printing import guide, paper
    from transcripts.errors import Refusal

    config = Config.from_env()
    with Database(config.database_url) as database:
        schema.require_current(database)
        with database.read() as session:
            slug = merged.moved_to(session, "race", contest) or contest
            when = day.date() if day else datetime.now(UTC)
            parts, _ = guide.parts(session, config, slug, lang or config.lang, order, when)
    printed = paper.pdf(parts)
    try:
        out.write_bytes(printed.data)
    except OSError as error:
        raise Refusal("{out} cannot be written: {error}.", out=str(out), error=error.strerror) from error
    click.echo(f"Wrote {out}: {printed.pages:,} pages.", err=True)
    if printed.lost:
        click.echo(f"These letters could not be printed: {printed.lost} (the web page has them).", err=True)
