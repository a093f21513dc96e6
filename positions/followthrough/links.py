"""What became of addresses when they were asked for. Only the latest answer is kept, and since when an address has failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from positions.followthrough.models.documents import LinkCheck

WHY_WORDS = {
    "nobody": "no such host",
    "refused": "an address we do not ask",
    "silent": "no answer in time",
    "closed": "no connection",
    "certificate": "its certificate is not valid",
    "redirects": "it leads round in circles",
    "nonsense": "an answer that makes no sense",
}
"""Why there was no answer, by code."""
AGAIN = timedelta(days=7)
"""An address is left alone for so long after it was asked for."""
SOONER = ((timedelta(days=2), timedelta(days=1)), (timedelta(days=7), timedelta(days=3)))
"""(failing for less than, left alone for): one that fails is asked for again after a day, then after three, then each week."""
ANSWERED = frozenset({401, 403, 405, 406, 429, 451})
"""Answers of a place that is there and does not let machines in: not a failing address."""


@dataclass(frozen=True)
class Answer:
    """What an address answered: a status of HTTP, or a code of WHY_WORDS."""

    status: int | None = None
    why: str | None = None

    @property
    def fails(self) -> bool:
        """Whether a reader who follows the address finds nothing there."""
        return self.status is None or (self.status >= 400 and self.status not in ANSWERED)


def record(session: Session, url: str, answer: Answer, at: datetime) -> None:
    """Keep what an address answered at that time, in the caller's transaction."""
    held = session.get(LinkCheck, url)
    since = (held.failing_since if held and held.failing_since else at) if answer.fails else None
    row = held or LinkCheck(url=url, checked_at=at)
    row.checked_at, row.status, row.reason, row.failing_since = at, answer.status, answer.why, since
    session.add(row)
    session.flush()
