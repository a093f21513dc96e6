"""What `tracker doctor` says of mail: whether it can be sent, and what waits too long. No password and no address is in it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import col, func, select

from tracker.config import Config
from tracker.db import Database
from tracker.telling import letters, links, posting
from tracker.telling.models import Letter, Subscription
from transcripts.errors import Refusal
from transcripts.models import now

PATIENCE = 5.0
"""Seconds a mail server has to answer."""
LATE = timedelta(days=1)
MANY = 20
"""Addresses that turned out not to exist in a month before it is told of: a few are mistyped."""


class MailProblem(NamedTuple):
    """Something wrong with mail, and what to do about it."""

    what: str
    do: str
    grave: bool = True


def problems(database: Database, config: Config, clock: Callable[[], datetime] = now) -> list[MailProblem]:
    """Everything found."""
    with database.read() as session:
        following, late, given_up, refused = (
            session.exec(select(func.count()).select_from(table).where(*where)).one()
            for table, where in (
                (Subscription, ()),
                (Letter, (col(Letter.state) == "queued", col(Letter.created_at) < clock() - LATE)),
                (Letter, (col(Letter.state) == "given_up",)),
                (Letter, (col(Letter.state) == "refused",)),
            )
        )
    found = _server(config)
    if following and not config.smtp_url:
        what = f"{following} follow something by e-mail, and letters are only files in {config.mail_dir}."
        found.append(MailProblem(what, "Name a mail server in TRACKER_SMTP_URL.", grave=False))
    if late:
        found.append(MailProblem(f"{late} letters have waited for more than a day.", "Run: tracker mail send"))
    if given_up:
        what = f"{given_up} letters of the last month were given up after three days."
        found.append(MailProblem(what, "Ask whoever runs the mail server why it delays them.", grave=False))
    if refused > MANY:
        what = f"{refused} addresses of the last month do not exist."
        found.append(MailProblem(what, "Somebody may be asking for letters to invented addresses.", grave=False))
    return found


def _server(config: Config) -> list[MailProblem]:
    try:
        if config.secret_key:
            links.key(config)
        if not config.smtp_url:
            return []
        named = posting.server(config.smtp_url)
        letters.sender(config)
    except Refusal as refusal:
        return [MailProblem(str(refusal), "See the settings in the README.")]
    post = posting.smtp_of(config, PATIENCE)
    try:
        post.connect()
    except posting.Unreached as trouble:
        return [MailProblem(f"The mail server {named} cannot be used: {trouble}.", "Check TRACKER_SMTP_URL.")]
    finally:
        post.close()
    return []
