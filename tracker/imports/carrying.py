"""The worker's part: a draft that an editor wants stored is stored whole, or given back with the reason.

One process at a time stores, under a lock that ends with it: a draft found as being stored was broken off, and is begun anew.
"""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import Session

from tracker import intake
from tracker.accounts import audit
from tracker.config import Config
from tracker.db import Database
from tracker.freezing import guard
from tracker.freezing.guard import Acting
from tracker.imports import drafts, keeping, voicing
from tracker.imports.progress import Progress, Stopped
from transcripts.errors import NotFound, Refusal
from transcripts.messages import Message

POLL = 0.5
"""Seconds between two looks for a draft."""
PATIENCE = 5.0
"""Seconds after which a worker that could not reach database or disk tries again."""
TRIES = 3
"""A draft whose storing was broken off so often is given back."""
STEPS = (*intake.STEPS, "voices")

BROKEN_OFF = (
    "Storing was broken off three times; nothing was stored. Divide the file, or look at the log of the server."
)
RACE = "Somebody else stored the same at this moment; nothing was stored. Try again."
FAULT = "Storing failed on our side; nothing was stored. The log of the server says where."

_log = logging.getLogger(__name__)


def work(database: Database, config: Config, stop: Event) -> None:
    """Store what editors want stored until told to stop: beside the index's worker, in the same process."""
    while not stop.wait(POLL):
        try:
            while carry_out(database, config):
                pass
        except (OSError, SQLAlchemyError) as trouble:
            _log.warning("Imports wait: %s", trouble)
            stop.wait(PATIENCE)


def carry_out(database: Database, config: Config) -> bool:
    """Store the next draft; False where none waits, or another process is storing."""
    with _alone(config) as alone:
        if not alone:
            return False
        with database.read() as session:
            if not drafts.is_waiting(session):
                return False
        with database.write() as session:
            draft = keeping.waiting(session)
            if draft is None:
                return False
            key, tries = draft.key, draft.tries
        state, refusal = _outcome(database, config, key) if tries <= TRIES else ("failed", Message(BROKEN_OFF))
        if state != "stored":
            _give_back(database, key, state, refusal)
        Progress(config, key).clear()
        return True


def _outcome(database: Database, config: Config, key: str) -> tuple[str, Message | None]:
    """The state a draft ends in, with the reason where nothing was stored."""
    try:
        with database.write() as session:
            _store(session, config, key)
        return "stored", None
    except Stopped:
        return "cancelled", None
    except Refusal as refusal:
        return "failed", refusal.message
    except IntegrityError:
        return "failed", Message(RACE)
    except SQLAlchemyError:
        raise  # the database failed: the draft stays as it is and is begun anew
    except Exception:
        _log.exception("Storing import %s failed", key)
        return "failed", Message(FAULT)


def _store(session: Session, config: Config, key: str) -> None:
    """Everything an import does, in the caller's transaction."""
    progress = Progress(config, key)
    draft = drafts.get(session, key, data=True)
    guard.acts(session, Acting(draft.by, "store import", draft.account_id))
    files = draft.received
    if files is None:
        raise Refusal("A file of this import cannot be read: choose its format first.")
    place, choices = draft.answers.where(config.zone, config.lang), draft.answers.choices(draft.by)
    forum, stored = intake.bring(session, files, place, choices, step=progress.step)
    progress.step("voices")
    voicing.say(session, forum, draft.answers.voices, draft.by)
    keeping.stored(session, key, stored.forum_id, stored.counts)
    audit.note(session, (draft.account_id, draft.by), "store import", forum.slug, ", ".join(f.filename for f in files))
    progress.step("commit")


def _give_back(database: Database, key: str, state: str, refusal: Message | None) -> None:
    try:
        with database.write() as session:
            keeping.give_back(session, key, state, refusal)
    except NotFound:
        _log.info("Import %s was thrown away while it was being stored", key)


@contextmanager
def _alone(config: Config) -> Iterator[bool]:
    """Whether this process is the one that stores."""
    folder = config.home / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
