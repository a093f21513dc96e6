"""The log of privileged acts: append-only, each entry chained to the one before by a digest.

The chain shows every entry that was altered, swapped or taken out; that the last ones were cut off or all were made anew is
seen only beside a digest kept elsewhere (`tracker doctor` prints it, `tracker doctor --chain DIGEST` compares).
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from tracker.accounts.models import AuditEntry
from transcripts.models import now

START = "0" * 64
LOCK = 7_317_001
"""The advisory lock under which PostgreSQL appends, so that two writers never chain to the same entry."""
PAGE = 100


@dataclass(frozen=True)
class Chain:
    """What reading the log through showed: `broken` is the first entry that does not follow, None where all do."""

    entries: int
    head: str
    broken: int | None


def note(
    session: Session,
    account: tuple[int | None, str],
    act: str,
    subject: str = "",
    detail: str = "",
    clock: Callable[[], datetime] = now,
) -> None:
    """Write down an act in the transaction that does it. `account` is (id, name): (None, "command line") there."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    before = session.exec(select(AuditEntry.digest).order_by(col(AuditEntry.seq).desc()).limit(1)).first() or START
    entry = AuditEntry(
        at=clock(), account_id=account[0], name=account[1], act=act, subject=subject, detail=detail, digest=""
    )
    entry.digest = _digest(before, entry)
    session.add(entry)
    session.flush()


def verify(session: Session) -> Chain:
    """Read the whole log and find the first entry that does not follow from the one before."""
    head, n, broken = START, 0, None
    for entry in _all(session):
        n += 1
        if broken is None and entry.digest != _digest(head, entry):
            broken = entry.seq
        head = entry.digest
    return Chain(n, head, broken)


def holds(session: Session, digest: str) -> bool:
    """Whether an entry with this digest stands in the log: the head written down earlier still does in an uncut one."""
    return (
        digest == START or session.exec(select(AuditEntry.seq).where(AuditEntry.digest == digest)).first() is not None
    )


def latest(session: Session, page: int = 1) -> tuple[list[AuditEntry], bool]:
    """A page of entries, the latest first, and whether there are older ones."""
    rows = session.exec(
        select(AuditEntry).order_by(col(AuditEntry.seq).desc()).offset((page - 1) * PAGE).limit(PAGE + 1)
    ).all()
    return list(rows[:PAGE]), len(rows) > PAGE


def _all(session: Session) -> Iterator[AuditEntry]:
    yield from session.exec(select(AuditEntry).order_by(col(AuditEntry.seq)).execution_options(yield_per=1000))


def _digest(before: str, entry: AuditEntry) -> str:
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [before, at, entry.account_id, entry.name, entry.act, entry.subject, entry.detail]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
