"""The worker's part in the log of acts: a signed checkpoint an hour, for others to keep."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from tracker.accounts import audit, checkpoint
from tracker.accounts.checkpoint import Checkpoint, Signer
from tracker.accounts.models import AuditCheckpoint
from tracker.config import Config
from tracker.db import Database
from transcripts.errors import Refusal
from transcripts.models import now

POLL = 30.0
"""Seconds between two looks at the clock."""
EVERY = timedelta(hours=1)
AT_LEAST = timedelta(days=1)
"""A log to which nothing was added is signed once a day all the same: silence would look the same as a broken worker."""


def work(database: Database, config: Config, stop: Event) -> None:
    """Sign until told to stop: beside the index's worker, in the same process."""
    while not stop.is_set():
        try:
            sign_when_due(database, site_signer(config))
        except (SQLAlchemyError, Refusal) as trouble:
            logging.getLogger(__name__).warning("The log of acts waits to be signed: %s", trouble)
        stop.wait(POLL)


def site_signer(config: Config) -> Signer:
    """The key of this site, under the name readers know it by."""
    return checkpoint.signer(config.home, urlsplit(config.site_url).netloc)


def sign_when_due(database: Database, by: Signer, clock: Callable[[], datetime] = now) -> AuditCheckpoint | None:
    """Sign what the log has come to, if it is time: an hour after the last where it grew, a day after where it did not.

    A log that does not follow from entry to entry, or contradicts the last checkpoint, is not signed: raises Refusal.
    """
    at = clock()
    with database.read() as session:
        last = next(iter(checkpoint.latest(session, 1)), None)
        if last and at - last.at < EVERY:
            return None
        seen = audit.verify(session)
        if last and seen.head == last.head and at - last.at < AT_LEAST:
            return None
        if seen.broken is not None or (last and checkpoint.contradicted(session, _said(last))):
            raise Refusal("It was altered. Run: tracker doctor")
    said = Checkpoint(seen.entries, seen.head, at)
    row = AuditCheckpoint(at=at, entries=said.entries, head=said.head, note=by.sign(said))
    with database.write() as session:
        session.add(row)
    return row


def _said(row: AuditCheckpoint) -> Checkpoint:
    return Checkpoint(row.entries, row.head, row.at)
