"""The writer and the reader of the table of testimony. What is handed in here is sealed already: no function knows any words.

Each function is one step of the caller's transaction.
"""

import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy
from sqlalchemy import delete, func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from positions.classes.codes import ALPHABET
from tracker.testimony.models import Testimony, TestimonyTakenBack
from tracker.testimony.sealing import Beside
from transcripts.capabilities import digest
from transcripts.errors import Conflict, NotFound, Refusal

LETTERS, TOGETHER = 24, 4
"""How many letters a code has (107 random bits), and how many stand together where it is shown."""
MOST = 5_000
"""Testimonies held at once: about 110 MB."""
FEW = 5
"""Fewer than this are told as no number."""
AT_ONCE = 50
"""Rows read together."""

TAKEN_BACK = "You took this back already. Load the page again to send something else."
TOO_OLD = "This form is too old or was not ours. Load the page again."
FULL = "This site cannot keep more at the moment. Nothing was sent; write to the publisher of this site."
NO_CODE = "Nothing is held under this code. It may be mistyped, or what it was for is deleted already."
NOT_HELD = "There is no such testimony: it was deleted, or taken back."


@dataclass(frozen=True)
class Held:
    """A testimony as readers see it before they open it on a computer of their own."""

    key: str
    beside: Beside
    delete_on: date


def new_code() -> str:
    """A code that takes a testimony back. A form brings it along, so that sending it twice is one testimony."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))


def shown(code: str) -> str:
    """A code as it is printed: CDFG-HJKM-…"""
    return "-".join(code[at : at + TOGETHER] for at in range(0, len(code), TOGETHER))


def read_code(typed: str) -> str | None:
    """A code as it was made, from what somebody typed: small letters, spaces and dashes do no harm. None for what is none."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", typed[:200]).upper() if letter.isalnum())
    return plain if len(plain) == LETTERS and set(plain) <= set(ALPHABET) else None


def keep(session: Session, code: str, sealed: bytes, beside: Beside, days: int) -> None:
    """Keep what was sealed until `days` after it came; under a code that is known nothing is kept again.

    Raises Refusal for no code of ours and where too many are held, Conflict where it was taken back.
    """
    if read_code(code) != code:
        raise Refusal(TOO_OLD)
    receipt = digest(code)
    if session.get(TestimonyTakenBack, receipt) is not None:
        raise Conflict(TAKEN_BACK)
    known = select(Testimony.key).where(Testimony.receipt == receipt)
    if session.exec(known).first() is not None:
        return
    if session.exec(select(func.count()).select_from(Testimony)).one() >= MOST:
        raise Refusal(FULL)
    row = Testimony(
        key=secrets.token_hex(16),
        receipt=receipt,
        about=beside.about,
        received_on=beside.received_on,
        delete_on=beside.received_on + timedelta(days=days),
        consent=beside.consent,
        key_id=beside.key_id,
        sealed=sealed,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        if session.exec(known).first() is None:  # anything but the same form at the same moment
            raise


def take_back(session: Session, typed: str) -> None:
    """Delete the testimony of a code. Raises NotFound."""
    code = read_code(typed)
    row = code and session.exec(select(Testimony).where(Testimony.receipt == digest(code))).one_or_none()
    if not row:
        raise NotFound(NO_CODE)
    session.delete(row)
    session.add(TestimonyTakenBack(receipt=row.receipt, until=row.delete_on))
    session.flush()


def held(session: Session, limit: int, offset: int = 0) -> list[Held]:
    """What is held, the day it came last first, in no order within a day."""
    of = (
        Testimony.key,
        Testimony.about,
        Testimony.received_on,
        Testimony.consent,
        Testimony.key_id,
        Testimony.delete_on,
    )
    asked = sqlalchemy.select(*map(col, of)).order_by(col(Testimony.received_on).desc(), col(Testimony.key))
    rows = session.execute(asked.limit(limit).offset(offset))
    return [Held(key, Beside(*beside), delete_on) for key, *beside, delete_on in rows]


def every(session: Session) -> Iterator[tuple[Held, bytes]]:
    """All that is held, with what each was sealed into, as it is read."""
    asked = select(Testimony).order_by(col(Testimony.received_on), col(Testimony.key))
    for row in session.exec(asked.execution_options(yield_per=AT_ONCE)):
        yield _held(row), row.sealed


def by_key(session: Session, key: str) -> tuple[Held, bytes]:
    """One testimony, and what it was sealed into. Raises NotFound."""
    row = _row(session, key)
    return _held(row), row.sealed


def remove(session: Session, key: str) -> None:
    """Delete one before its day. Raises NotFound."""
    row = _row(session, key)
    session.delete(row)
    session.add(TestimonyTakenBack(receipt=row.receipt, until=row.delete_on))
    session.flush()


def is_few(session: Session) -> bool:
    """Whether fewer than five are held: the most that anybody but the readers is told."""
    return session.exec(select(func.count()).select_from(Testimony)).one() < FEW


def due(session: Session, today: date) -> int:
    """Delete those whose day has come; returns how many."""
    session.execute(delete(TestimonyTakenBack).where(col(TestimonyTakenBack.until) <= today))
    gone = session.execute(delete(Testimony).where(col(Testimony.delete_on) <= today).returning(col(Testimony.key)))
    return len(gone.all())


def overdue(session: Session, day: date) -> bool:
    """Whether one is still held whose day came before `day`."""
    return session.exec(select(Testimony.key).where(Testimony.delete_on < day).limit(1)).first() is not None


def _row(session: Session, key: str) -> Testimony:
    row = session.get(Testimony, key)
    if row is None:
        raise NotFound(NOT_HELD)
    return row


def _held(row: Testimony) -> Held:
    return Held(row.key, Beside(row.about, row.received_on, row.consent, row.key_id), row.delete_on)
