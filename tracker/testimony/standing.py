"""Whether testimony is taken at this moment: with a key, by an administrator's word, with somebody named who may read it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session, col, select

from tracker.accounts import people
from tracker.accounts.models import Account, AccountRole
from tracker.accounts.roles import AccountRole as Role
from tracker.config import Config
from tracker.testimony.models import TestimonySwitch
from tracker.testimony.sealing import BEGINS, PublicKey, read_public
from tracker.testimony.words import LIMITS_NOW
from transcripts.errors import Conflict, Refusal
from transcripts.models import now

DAYS, MOST_DAYS = 180, 365
"""After how many days a testimony is deleted where nothing else is said, and at the latest."""
CHANGED = "Somebody opened or closed it meanwhile: look at it again."


@dataclass(frozen=True)
class Reader:
    """An account that can come in, and whether it is named to read testimony."""

    id: int
    name: str
    reads: bool


@dataclass(frozen=True)
class Standing:
    """`closed` is the reason (a code of `words.CLOSED_WORDS`), None while testimony is taken; `wanted`: an administrator opened it.

    `version` counts how often it was opened and closed; `key` is the one that is set, where it can be read.
    """

    closed: str | None
    key: PublicKey | None
    days: int
    version: int
    wanted: bool
    since: datetime | None
    by: str

    @property
    def is_open(self) -> bool:
        return self.closed is None


def read(session: Session, config: Config) -> Standing:
    """How things stand now. Two statements."""
    last = session.exec(select(TestimonySwitch).order_by(col(TestimonySwitch.id).desc()).limit(1)).first()
    key, fault = _key(config)
    wanted = last is not None and last.is_open
    closed = fault or (_closed(session, last, key) if last and key and wanted else "off")
    return Standing(
        closed,
        key,
        last.days if last and last.is_open else DAYS,
        (last.id or 0) if last else 0,
        wanted,
        last.at if last else None,
        last.by if last else "",
    )


def _closed(session: Session, last: TestimonySwitch, key: PublicKey) -> str | None:
    if last.key_id != key.id:
        return "other_key"
    if last.limits != LIMITS_NOW:
        return "old_limits"
    return None if any(one.reads for one in readers(session)) else "no_reader"


def _key(config: Config) -> tuple[PublicKey | None, str | None]:
    """The key of the setting, or why there is none: `no_key`, `bad_key`."""
    told = config.testimony_key
    if not told:
        return None, "no_key"
    try:
        return read_public(told if told.startswith(BEGINS) else Path(told).expanduser().read_text()), None
    except (Refusal, OSError, ValueError):
        return None, "bad_key"


def today(config: Config, clock: Callable[[], datetime] = now) -> date:
    """The day it is where the site is: the only time that is kept beside a testimony."""
    return clock().astimezone(config.local).date()


def readers(session: Session) -> list[Reader]:
    """Every account that can come in, by name, and whether it may read testimony. One statement."""
    rows = session.exec(
        select(Account.id, Account.name, AccountRole.role)
        .outerjoin(
            AccountRole, (col(AccountRole.account_id) == col(Account.id)) & (col(AccountRole.role) == Role.TESTIMONY)
        )
        .where(col(Account.disabled_at).is_(None))
        .order_by(Account.folded)
    )
    return [Reader(id or 0, name, role is not None) for id, name, role in rows]


def open_(
    session: Session,
    config: Config,
    seen: int,
    named: Collection[int],
    days: int,
    by: str,
    clock: Callable[[], datetime] = now,
) -> Standing:
    """Take testimony from now on, for these readers, each kept for so many days: the limits of today were read.

    Raises Refusal without a key or a reader, Conflict where it was opened or closed since `seen`.
    """
    held = read(session, config)
    if held.version != seen:
        raise Conflict(CHANGED)
    if held.key is None:
        raise Refusal("There is no key that can be read: set TRACKER_TESTIMONY_KEY first.")
    if not named or not 1 <= days <= MOST_DAYS:
        raise Refusal("Name somebody who may read it, and 1 to {most} days.", most=MOST_DAYS)
    people.name_readers(session, named)
    session.add(
        TestimonySwitch(is_open=True, key_id=held.key.id, limits=LIMITS_NOW, days=days, by=by, at=clock()),
    )
    session.flush()
    return read(session, config)


def close(session: Session, by: str, clock: Callable[[], datetime] = now) -> None:
    """Take no testimony any more. What came stays until its day, and the readers can read it."""
    session.add(TestimonySwitch(is_open=False, by=by, at=clock()))
    session.flush()
