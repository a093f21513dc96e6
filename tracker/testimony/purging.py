"""The worker's part in testimony: whatever is due is deleted on its day, whether anybody has read it or not."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from tracker.accounts import audit
from tracker.classes import erased
from tracker.classes.purging import EVERY, WORKER
from tracker.config import Config
from tracker.db import Database
from tracker.testimony import keeping, standing
from transcripts.errors import Refusal
from transcripts.models import now


def work(database: Database, config: Config, stop: Event) -> None:
    """Delete what is due until told to stop. The file is written anew at night by the worker of classes."""
    while not stop.is_set():
        try:
            purge(database, config)
        except (SQLAlchemyError, Refusal, OSError) as trouble:
            logging.getLogger(__name__).warning("Testimony that is due waits to be deleted: %s", trouble)
        stop.wait(EVERY)


def purge(database: Database, config: Config, clock: Callable[[], datetime] = now) -> bool:
    """Delete what is due today, in the site's time zone; whether there was something. The log says that, and not how much."""
    with database.write() as session:
        gone = keeping.due(session, standing.today(config, clock))
        if gone:
            audit.note(session, (None, WORKER), "delete testimony", "testimony", "its day has come", clock)
    if gone:
        erased.note(database, config)
    return bool(gone)
