"""`tracker links`: whether the addresses of documents, sources and recordings still answer (docs/documents.md)."""

import click


@click.command()
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many addresses to ask for."
)
def command(limit: int) -> None:
    """Ask for the addresses that are due: each once a week, one that fails after a day, then after three, and none inside a network.

    Needs TRACKER_LINK_CHECK=on.
    """
    import time

    from positions.followthrough.links import Answer
    from tracker import link_check, schema
    from tracker.config import Config
    from tracker.db import Database
    from transcripts.errors import Refusal

    config = Config.from_env()
    if not config.link_check:
        raise Refusal("This site asks for no addresses. Set TRACKER_LINK_CHECK=on where it may.")
    database = Database(config.database_url)
    click.get_current_context().call_on_close(database.dispose)
    schema.require_current(database)

    def told(url: str, answer: Answer) -> None:
        click.echo(f"{answer.status or answer.why}  {url}")

    def pause() -> bool:
        time.sleep(link_check.PAUSE_S)
        return False

    asker = link_check.Asker(link_check.agent_of(config))
    count = link_check.check(database, asker, limit, told, pause)
    click.echo(
        f"Asked for {count} addresses; every other one was asked for lately: within a week, sooner where it began to fail."
    )
