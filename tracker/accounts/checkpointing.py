"""The worker's part in the log of acts: a signed checkpoint an hour, sent to whoever keeps them outside."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, update

from tracker.accounts import audit, checkpoint
from tracker.accounts.checkpoint import Checkpoint, Signer
from tracker.accounts.models import AuditCheckpoint
from tracker.config import Config
from tracker.db import Database
from tracker.i18n import gettext, speaking
from tracker.telling import letters, posting
from tracker.telling.addresses import address
from tracker.telling.subscribing import host_of
from transcripts.errors import Refusal
from transcripts.models import now

POLL = 30.0
"""Seconds between two looks at the clock."""
PATIENCE = 600.0
"""Seconds before a checkpoint that could not be signed or sent is tried again."""
EVERY = timedelta(hours=1)
AT_LEAST = timedelta(days=1)
"""A log to which nothing was added is signed once a day all the same: silence would look the same as a broken worker."""


def work(database: Database, config: Config, stop: Event) -> None:
    """Sign until told to stop: beside the index's worker, in the same process."""
    while not stop.is_set():
        try:
            sign_when_due(database, site_signer(config))
            send_out(database, config)
        except (SQLAlchemyError, Refusal, OSError, *posting.TROUBLE) as trouble:
            logging.getLogger(__name__).warning("The log of acts waits to be signed or sent: %s", trouble)
            stop.wait(PATIENCE)
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


def send_out(database: Database, config: Config, clock: Callable[[], datetime] = now) -> int:
    """Send the latest checkpoint outside, if it was not yet, to everybody who keeps them; returns how many letters went.

    Raises Refusal for an address that is none, and what `posting` raises where a letter could not be handed over: then all
    are sent again, because a checkpoint kept twice harms nobody.
    """
    with database.read() as session:
        row = next(iter(checkpoint.latest(session, 1)), None)
        if row is None or row.sent_at is not None or not config.checkpoint_to:
            return 0
        said = letters.of_site(session, config, config.lang)
    post = posting.post_of(config)
    verifier = site_signer(config).verifier
    try:
        for to in config.checkpoint_to:
            with speaking(config.lang):
                subject = gettext("Checkpoint of the log: %(entries)s acts") % {"entries": row.entries}
                message = letters.compose(
                    config, address(to), subject, "checkpoint", {**said, "note": row.note, "verifier": verifier}
                )
            message["Message-ID"] = f"<checkpoint-{row.seq}-{row.head[:16]}@{host_of(config.site_url)}>"
            message["Date"] = clock()
            post.send(address(to), message)
    finally:
        post.close()
    with database.write() as session:
        session.exec(update(AuditCheckpoint).where(col(AuditCheckpoint.seq) <= row.seq).values(sent_at=clock()))
    return len(config.checkpoint_to)


def _said(row: AuditCheckpoint) -> Checkpoint:
    return Checkpoint(row.entries, row.head, row.at)
