"""A sender that is killed: sends in children that are killed with SIGKILL at moments drawn, and in a last one that is let finish.

    python -m tests.tracker.telling.mailer HOME DATABASE_URL SMTP_URL KILLS SEED

Prints how many were killed before they had finished. What takes long to load is loaded once, before the first child.
"""

import os
import random
import signal
import sys
import time
from email.message import EmailMessage
from pathlib import Path

from sqlmodel import select

from tests.tracker.telling.following import Clock, config_of
from tracker.asking import known_names
from tracker.config import Config
from tracker.db import Database
from tracker.telling import letters, sending
from tracker.telling.models import Letter, Subscription
from tracker.telling.posting import SmtpPost, server

MOST = 2
"""Letters a child hands over, at most, before it is killed."""
LONGEST = 0.004
"""Seconds after that until it is killed, at most."""


class Watched:
    """The way to the mail server, that tells whoever watches of each letter before and after it is handed over."""

    def __init__(self, to: str, watcher: int) -> None:
        self.post = SmtpPost(server(to), "said.example")
        self.watcher = watcher

    def send(self, to: str, message: EmailMessage) -> None:
        os.write(self.watcher, b".")
        self.post.send(to, message)
        os.write(self.watcher, b"!")

    def close(self) -> None:
        self.post.close()


def send(database: Database, config: Config, watcher: int) -> None:
    """All of it, as `tracker mail send` does. The clock is far ahead, so that no wait after a failure counts."""
    clock = Clock()
    clock.on(days=1)
    while sending.send(database, config, Watched(config.smtp_url, watcher), clock).sent:
        pass


def warm(database: Database, config: Config) -> None:
    """Everything a letter needs is read once, so that children need not: templates, names, statements. No connection is left."""
    with database.read() as session:
        one = session.exec(select(Subscription.id)).first()
        letter = Letter(subscription_id=one, kind="news", message_id="<warm@said.example>", last=2**31)
        assert letters.write(session, letter, config, b"", known_names(session)) is not None
    sending._note(database, 0, state="sent", sent_at=Clock()())
    database.dispose()


def killed(database: Database, config: Config, draw: random.Random) -> bool:
    """A child that sends and is killed in the middle of it; False where it had finished before."""
    watching, watcher = os.pipe()
    child = os.fork()
    if not child:
        os.close(watching)
        send(database, config, watcher)
        os._exit(0)
    os.close(watcher)
    for _ in range(draw.randint(1, 2 * MOST)):
        os.read(watching, 1)
    time.sleep(draw.uniform(0, LONGEST))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(watching)
    return os.WIFSIGNALED(status)


def main(home: str, url: str, smtp: str, kills: int, seed: int) -> None:
    with Database(url) as database:
        config = config_of(Path(home), database, TRACKER_SMTP_URL=smtp, TRACKER_MAIL_FROM="told@said.example")
        warm(database, config)
        draw, count = random.Random(seed), 0
        while count < kills and killed(database, config, draw):
            count += 1
        send(database, config, os.open(os.devnull, os.O_WRONLY))
    print(count)


if __name__ == "__main__":
    main(*sys.argv[1:4], int(sys.argv[4]), int(sys.argv[5]))
