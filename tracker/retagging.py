"""The worker's part in topics: where editors changed the words of one, everything on file is gone over, a forum at a time."""

import logging
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from positions import topic_words
from positions.queries import topic_words as queries
from tracker.db import Database
from tracker.freezing import guard

POLL = 0.5
"""Seconds between two looks."""
PATIENCE = 5.0
"""Seconds after which a worker whose database failed tries again."""


def work(database: Database, stop: Event) -> None:
    """Go over topics whose words changed until told to stop: beside the index's worker, in the same process."""
    while not stop.wait(POLL):
        try:
            while not stop.is_set() and carry_out(database):
                pass
        except SQLAlchemyError as trouble:
            logging.getLogger(__name__).warning("Topics wait to be gone over: %s", trouble)
            stop.wait(PATIENCE)


def carry_out(database: Database) -> bool:
    """One step, in a transaction of its own, so that others write in between; False where nothing waits."""
    with database.read() as session:
        if not queries.waits(session):
            return False
    with database.write() as session:
        guard.exempt(session)  # the change of the words was held against the freeze, or came before it
        return topic_words.go_over(session)
