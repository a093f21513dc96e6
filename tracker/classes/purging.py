"""The worker's part in classes: whatever is due is erased, on the day that was named, whoever remembers it or not."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event

from sqlalchemy import delete, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col

from positions.classes import erasing, requests
from positions.classes.models import ClassSignIn
from tracker.accounts import audit
from tracker.classes import erased
from tracker.classes.naming import in_log
from tracker.config import Config
from tracker.db import Database
from transcripts.errors import Refusal
from transcripts.models import now

EVERY = 600.0
"""Seconds between two looks."""
NIGHT = range(2, 5)
"""Hours of the site's day in which the file is written anew: nobody sits in a class then."""
WORKER = "the worker"


def work(database: Database, config: Config, stop: Event) -> None:
    """Erase what is due until told to stop: beside the index's worker, in the same process."""
    while not stop.is_set():
        try:
            purge(database, config)
            if erased.waits(config) and now().astimezone(config.local).hour in NIGHT:
                erased.finish(database, config)
        except (SQLAlchemyError, Refusal, OSError) as trouble:
            logging.getLogger(__name__).warning("What is due in classes waits to be erased: %s", trouble)
        stop.wait(EVERY)


def purge(database: Database, config: Config, clock: Callable[[], datetime] = now) -> int:
    """Erase the classes whose day has come, in the site's time zone, and whatever else has had its time.

    Seats that ended, answered requests, and counts of rate limits whose window is over. Returns how many classes went.
    """
    at = clock()
    with database.write() as session:
        gone = erasing.due(session, at.astimezone(config.local).date())
        for key in gone:
            audit.note(session, (None, WORKER), "erase class", in_log("class", key), "its day has come", clock)
        seats = session.execute(
            delete(ClassSignIn).where(col(ClassSignIn.expires_at) <= at).returning(col(ClassSignIn.id))
        )
        n = len(gone) + len(seats.all()) + requests.sweep(session, clock)
        session.execute(text("DELETE FROM rate_count WHERE resets_at <= :at"), {"at": at.timestamp()})
    if n:
        erased.note(database, config)
    return len(gone)
