"""A round: what is due is composed, every letter that waits is tried, and what became of it is written down.

A letter counts as sent when the mail server has taken it. Killed between that and the note, it goes out again under the same
Message-ID; killed anywhere else, it is still in the queue. One round at a time: whoever holds the lock in the home folder.
"""

import fcntl
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select, update

from tracker.asking import known_names
from tracker.config import Config
from tracker.db import Database
from tracker.telling import composing, hearing, letters, links, posting, subscribing
from tracker.telling.models import Letter, Subscription
from tracker.telling.posting import Delayed, Post, Refused, Unreached
from tracker.telling.schedule import PATIENCE, again
from transcripts.errors import Conflict, Refusal
from transcripts.models import now

POLL = 1.0
"""Seconds between two looks."""
TROUBLE = 5.0
"""Seconds after which a worker whose database failed tries again."""
WAIT = 10.0
"""Seconds a command waits for another round to end."""
BUSY = "Messages are being sent by another process. Try again in a moment."

Clock = Callable[[], datetime]


@dataclass
class Round:
    """What a round did. `unreached` says why the mail server could not be used: what waits is tried again later."""

    composed: int = 0
    sent: int = 0
    delayed: int = 0
    refused: int = 0
    unreached: str = ""


def send(database: Database, config: Config, post: Post | None = None, clock: Clock = now) -> Round:
    """One round. Raises Conflict while another one goes on, Refusal for a setting that is wrong."""
    with _alone(config):
        done = Round()
        with database.read() as session:
            swept = subscribing.swept(session, clock)
        if not swept:
            with database.write() as session:
                subscribing.sweep(session, clock)
        done.composed = composing.compose(database, config, clock)
        with database.read() as session:
            waiting = select(Letter.id).where(Letter.state == "queued", Letter.next_try <= clock())
            ids = [id or 0 for id in session.exec(waiting.order_by(col(Letter.id)))]
        if ids:
            _deliver(database, config, post or posting.post_of(config), ids, done, clock)
        return done


def _deliver(database: Database, config: Config, post: Post, ids: list[int], done: Round, clock: Clock) -> None:
    """Try each letter; one that fails stops no other, a mail server that fails stops the round."""
    secret = links.key(config)
    letters.sender(config)
    with database.read() as session:
        names = known_names(session)  # once: each letter's note is a write, after which they would be read again
    try:
        for id in ids:
            with database.read() as session:
                letter = session.get(Letter, id)
            if letter is None or letter.state != "queued":
                continue
            try:
                with database.read() as session:
                    written = letters.write(session, letter, config, secret, names)
                if written is not None:
                    post.send(*written)
                    done.sent += 1
                _note(database, id, state="sent", sent_at=clock())
            except Refused as refusal:
                _end(database, id, str(refusal))
                done.refused += 1
            except Delayed as delay:
                _later(database, letter, str(delay), clock())
                done.delayed += 1
            except (Refusal, ValueError, LookupError) as trouble:  # a letter that cannot be written stops no other
                logging.getLogger(__name__).error("Letter %s cannot be written: %s", id, _without_words(trouble))
                _later(database, letter, type(trouble).__name__[:32], clock())
                done.delayed += 1
            except Unreached as trouble:
                done.unreached = str(trouble)
                _all_later(database, ids[ids.index(id) :], clock())
                return
    finally:
        post.close()


def _note(database: Database, id: int, **values: object) -> None:
    with database.write() as session:
        session.exec(update(Letter).where(col(Letter.id) == id).values(**values))


def _later(database: Database, letter: Letter, code: str, at: datetime) -> None:
    """Try it again after a longer wait, for three days."""
    tries = letter.tries + 1
    over = at - letter.created_at > PATIENCE
    state = "given_up" if over else "queued"
    _note(database, letter.id or 0, tries=tries, next_try=again(tries, at), note=code, state=state)


def _all_later(database: Database, ids: list[int], at: datetime) -> None:
    """The mail server is away: that ends no letter, however long it lasts."""
    with database.write() as session:
        for letter in session.exec(
            select(Letter).where(col(Letter.id).in_(ids)).order_by(col(Letter.id)).with_for_update()
        ):
            letter.tries += 1
            letter.next_try = again(letter.tries, at)
            session.add(letter)


def _end(database: Database, id: int, code: str) -> None:
    """The address does not exist: nothing more goes there for this search, and the letter keeps only the code."""
    with database.write() as session:
        theirs = select(Letter.subscription_id).where(Letter.id == id)
        ended = session.exec(select(Subscription).where(col(Subscription.id).in_(theirs))).all()
        subscribing.lock(session, ended)
        refused = {"state": "refused", "note": code, "subscription_id": None}
        session.exec(update(Letter).where(col(Letter.id) == id).values(refused))
        subscribing.end(session, ended)


@contextmanager
def _alone(config: Config) -> Iterator[None]:
    config.home.mkdir(parents=True, exist_ok=True)
    with (config.home / "mail.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict(BUSY) from error
        yield


def send_now(database: Database, config: Config, seconds: float = WAIT) -> Round:
    """A round for a command: waits for another one to end. Raises like `send`."""
    until = time.monotonic() + seconds
    while True:
        try:
            return send(database, config)
        except Conflict:
            if time.monotonic() >= until:
                raise
            time.sleep(0.1)


def work(database: Database, config: Config, stop: Event) -> None:
    """The worker beside the server: letters, round after round, until told to stop. It hears in a thread of its own."""
    while not stop.wait(POLL):
        try:
            done = send(database, config)
            if done.unreached:
                logging.getLogger(__name__).warning("Letters wait for the mail server: %s", done.unreached)
        except Conflict:
            stop.wait(TROUBLE)
        except (Refusal, OSError, LookupError, ValueError, SQLAlchemyError) as trouble:
            logging.getLogger(__name__).warning("Letters wait: %s", _without_words(trouble))
            stop.wait(TROUBLE)


def hear(database: Database, stop: Event) -> None:
    """The worker's other part: what was indexed is held against the searches people follow."""
    while not stop.wait(POLL):
        try:
            while not stop.is_set() and hearing.carry_out(database):
                pass
        except SQLAlchemyError as trouble:
            logging.getLogger(__name__).warning("Searches that are followed wait: %s", _without_words(trouble))
            stop.wait(TROUBLE)


def _without_words(trouble: Exception) -> str:
    """What went wrong, without the values of a statement: an address may be among them."""
    return str(trouble) if isinstance(trouble, Refusal) else type(trouble).__name__
