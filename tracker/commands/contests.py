"""`tracker contests`: the races that can be compared."""

import json

import click


@click.command()
@click.option(
    "--lang", type=click.Choice(["en", "es"]), default=None, help="Language of the titles (default: the site's)"
)
@click.option("--json", "as_json", is_flag=True, help="Print [{slug, title, date}]")
def command(lang: str | None, as_json: bool) -> None:
    """List the races, the latest election first."""
    from positions.queries import contests
    from tracker.config import Config
    from tracker.db import Database
    from tracker.schema import require_current

    config = Config.from_env()
    database = Database(config.database_url)
    click.get_current_context().call_on_close(database.dispose)
    require_current(database)
    with database.read() as session:
        races = [line.head for line in contests.every(session)]
    told = [
        {
            "slug": race.slug,
            "title": race.title.within(lang or config.lang),
            "date": race.election_date.isoformat(),
            **({"fictional": True} if race.fictional else {}),
        }
        for race in races
    ]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for race in told:
        click.echo(f"{race['date']}  {race['slug']}  {race['title']}")
    if not told:
        click.echo("No race is held yet. `tracker load FILE.yaml` brings one (docs/load.md).")
