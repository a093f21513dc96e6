"""`tracker serve`: granian in front, one worker child that keeps the search index true."""

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Server processes.")
def command(host: str, port: int, workers: int) -> None:
    """Serve the site, and keep its search index up to date."""
    from tracker.serving import serve

    serve(host, port, workers)
