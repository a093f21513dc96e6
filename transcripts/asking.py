"""The writer of exchanges: what was asked and who answered, by rule; what editors set stays."""

from sqlmodel import Session

from transcripts.drafting import Draft


def questions(draft: Draft) -> tuple[str, ...]:
    """The questions the files hold, in order, as a preview shows them."""
    return ()


def keep(session: Session, forum_id: int, record_id: int) -> None:
    """Find the exchanges of a record and write them."""
