"""The writer of reports: what readers find wrong, and what editors decide. No account is needed; the receipt is told once.

Every function is one step of the caller's transaction. `version` is the report's, as the editor saw it.
"""

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from transcripts.desk_models import COMPLAINTS, SUBJECTS, Report
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.masking import mask_sealed
from transcripts.models import Turn, now
from transcripts.queries import withheld
from transcripts.text import clean

Clock = Callable[[], datetime]
REPLY_DAYS = 14
"""Days until an answer is due, told with the receipt."""
LONGEST, LONGEST_CONTACT = 4_000, 200
"""Code points of a report, and of the address for an answer."""
SECRET = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True)
class Subject:
    """What is reported: a row of a subject (`desk_models.SUBJECTS`), and the turn and forum it stands on, where known."""

    subject: str
    id: int
    turn_id: int | None = None
    turn_version: int | None = None
    forum_id: int | None = None


def of_turn(session: Session, key: str) -> Subject:
    """The words of a turn as a subject. Raises NotFound."""
    turn = session.exec(select(Turn).where(Turn.key == key)).one_or_none()
    if turn is None or turn.id is None:
        raise NotFound("There are no words kept under the key “{key}”.", key=key)
    return Subject("turn", turn.id, turn.id, turn.version, turn.forum_id)


def new_secret() -> str:
    """The secret of a receipt link. A form brings it along, so that sending it twice is one report."""
    return secrets.token_urlsafe(24)


def report(
    session: Session,
    about: Subject,
    kind: str,
    text: str,
    contact: str | None = None,
    clock: Clock = now,
    *,
    secret: str | None = None,
) -> str:
    """Keep what a reader says is wrong; returns the secret of the receipt link, which is kept nowhere.

    With the `secret` of an earlier report nothing is kept again. Raises Refusal for nothing said, too much, or a kind there is
    none of.
    """
    secret = secret or new_secret()
    if SECRET.fullmatch(secret) is None:
        raise Refusal("This form is too old or was not ours. Load the page again.")
    words, reach = clean(text).strip(), clean(contact or "").strip()
    if about.subject not in SUBJECTS or kind not in COMPLAINTS:
        raise Refusal("Say what is wrong, or that you have a question: choose one from the list.")
    if not words or len(words) > LONGEST or len(reach) > LONGEST_CONTACT:
        raise Refusal("Say what is wrong in at most {most} characters.", most=LONGEST)
    at = clock()
    _keep(
        session,
        Report(
            receipt=receipt(secret),
            forum_id=about.forum_id,
            turn_id=about.turn_id,
            turn_version=about.turn_version,
            subject=about.subject,
            subject_id=about.id,
            kind=kind,
            text=mask_sealed(words, withheld.known(session, about.forum_id)),
            contact=reach or None,
            received_at=at,
            reply_by=(at + timedelta(days=REPLY_DAYS)).date(),
        ),
    )
    return secret


def receipt(secret: str) -> str:
    """The digest by which a receipt link is known."""
    return hashlib.sha256(secret.encode()).hexdigest()


def question(session: Session, report_id: int, version: int, questioned: bool) -> None:
    """Let readers see, or no longer see, that what an open report is about is questioned."""
    one = _open(session, report_id, version)
    one.questioned, one.version = questioned, version + 1
    session.add(one)
    session.flush()


def decide(
    session: Session, report_id: int, version: int, accepted: bool, by: str, public_reason: str, clock: Clock = now
) -> None:
    """Accept or refuse a report, with the reason everybody reads; the subject is questioned no longer.

    What follows from it (a correction, another position) is the editor's next step. Raises Conflict where it was decided.
    """
    if not by.strip() or not public_reason.strip():
        raise Refusal("Say why, and who decides: readers see the reason.")
    one = _open(session, report_id, version)
    one.status, one.questioned, one.version = "accepted" if accepted else "refused", False, version + 1
    one.decided_by, one.decided_at = by, clock()
    one.public_reason = mask_sealed(clean(public_reason).strip(), withheld.known(session, one.forum_id))
    session.add(one)
    session.flush()


def decide_alike(session: Session, report_id: int, clock: Clock = now) -> int:
    """Decide every other open report about the same thing as this decided one was; returns how many."""
    one = session.get(Report, report_id)
    if one is None or one.status == "open":
        raise NotFound("There is no such decision.")
    others = session.exec(
        select(Report)
        .where(Report.subject == one.subject, Report.subject_id == one.subject_id, Report.status == "open")
        .with_for_update()
    ).all()
    for other in others:
        other.status, other.questioned, other.version = one.status, False, other.version + 1
        other.decided_by, other.decided_at, other.public_reason = one.decided_by, clock(), one.public_reason
        session.add(other)
    session.flush()
    return len(others)


def _keep(session: Session, one: Report) -> None:
    """Add a report, unless its receipt is known: the form came twice."""
    known = select(Report.id).where(Report.receipt == one.receipt)
    if session.exec(known).first() is not None:
        return
    try:
        with session.begin_nested():
            session.add(one)
    except IntegrityError:
        if session.exec(known).first() is None:  # anything but the same form at the same moment
            raise


def _open(session: Session, report_id: int, version: int) -> Report:
    one = session.exec(
        select(Report).where(Report.id == report_id).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if one is None:
        raise NotFound("There is no such report.")
    if one.status != "open" or one.version != version:
        raise Conflict("Somebody worked on this report meanwhile: look at it again.")
    return one
