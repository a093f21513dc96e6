"""`tracker demo`: an invented city and one real debate to look round in."""

import click


@click.command()
@click.option("--no-serve", is_flag=True, help="Stop before serving.")
@click.option("--remove", is_flag=True, help="Take the demo world away again; your own forums stay.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def command(no_serve: bool, remove: bool, host: str, port: int) -> None:
    """Load the demo world into TRACKER_HOME, build its index and serve it. Doing it again changes nothing."""
    from tracker import world
    from tracker.config import Config

    config = Config.from_env()
    if remove:
        click.echo(f"The demo world is gone ({world.remove(config):,} rows). What is yours is still there.")
        return
    world.make(config, click.echo)
    click.echo(f"The demo world is in {config.home}.")
    secret = world.first_editor(config)
    if secret:
        click.echo(f"To edit it, make the first account here (works once): http://{host}:{port}/welcome/{secret}")
    if not no_serve:
        from tracker.serving import serve

        serve(host, port, workers=2)
