"""Granian (WSGI) with backpressure, and the one child process: imports, topics gone over, the search index, and letters."""

import multiprocessing
import socket
import threading

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tracker import indexing, link_check, retagging, schema
from tracker.accounts import checkpointing
from tracker.classes import purging
from tracker.config import Config
from tracker.db import Database
from tracker.imports import carrying
from tracker.telling import sending
from tracker.testimony import purging as testimony_purging
from transcripts.errors import Refusal

THREADS = 4
BACKPRESSURE = 64


def keep_up(config: Config) -> None:
    """The worker beside the server, while it lives: imports, topics, checkpoints, what is erased on its day, links, letters, the index."""
    database, stop = Database(config.database_url), threading.Event()
    threading.Thread(target=carrying.work, args=(database, config, stop), daemon=True).start()
    threading.Thread(target=retagging.work, args=(database, stop), daemon=True).start()
    threading.Thread(target=checkpointing.work, args=(database, config, stop), daemon=True).start()
    threading.Thread(target=purging.work, args=(database, config, stop), daemon=True).start()
    threading.Thread(target=testimony_purging.work, args=(database, config, stop), daemon=True).start()
    threading.Thread(target=link_check.work, args=(database, config, stop), daemon=True).start()
    threading.Thread(target=sending.hear, args=(database, stop), daemon=True).start()
    threading.Thread(target=sending.work, args=(database, config, stop), daemon=True).start()
    indexing.work(database, config, stop)


def port_is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def serve(host: str, port: int, workers: int) -> None:
    """Serve until stopped; refuses at once where the port is taken or the database has an older schema."""
    config = Config.from_env()
    schema.require_current(Database(config.database_url))
    if not port_is_free(host, port):
        raise Refusal(
            "Port {port} is already in use. Stop the other server, or name another port with --port.", port=port
        )
    worker = multiprocessing.get_context("spawn").Process(target=keep_up, args=(config,), daemon=True)
    worker.start()
    click.echo(f"Said & Done · Dicho y hecho is at http://{host}:{port} (stop it with Ctrl+C)")
    try:
        Granian(
            "tracker.wsgi:app",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            backpressure=BACKPRESSURE,
            websockets=False,
            log_level=LogLevels.warning,
        ).serve()
    finally:
        worker.terminate()
