"""What was withheld at a forum: by digest for those who write, that and when and why for those who read."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from transcripts.desk_models import Withheld
from transcripts.masking import Sealed


@dataclass(frozen=True)
class WithheldLine:
    """A tombstone: what stands in the place of the words, why, by whom and when; never what."""

    mark: str
    why: str
    by: str
    requested_by: str | None
    at: datetime
    digest: str


def known(session: Session, forum_id: int | None) -> list[Sealed]:
    """The words withheld at a forum, as they are known again."""
    return [Sealed(row.length, row.salt, row.hint, row.digest, row.mark) for row in _rows(session, forum_id)]


def of_forum(session: Session, forum_id: int) -> tuple[WithheldLine, ...]:
    """The tombstones of a forum, the oldest first."""
    return tuple(
        WithheldLine(row.mark, row.why, row.by, row.requested_by, row.at, row.digest)
        for row in _rows(session, forum_id)
    )


def _rows(session: Session, forum_id: int | None) -> list[Withheld]:
    return list(session.exec(select(Withheld).where(Withheld.forum_id == forum_id).order_by(col(Withheld.id))))
