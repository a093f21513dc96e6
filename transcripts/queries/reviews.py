"""How far a record was checked: counts for a progress bar, and the turns that wait."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from transcripts.models import Turn
from transcripts.vocabulary import TurnKind


@dataclass(frozen=True)
class Progress:
    """Turns in which somebody speaks: all, those corrected, those checked word for word."""

    turns: int
    edited: int
    reviewed: int


def progress(session: Session, record_id: int) -> Progress:
    """How far a record was checked."""
    said = (Turn.record_id == record_id, Turn.status == "current", Turn.kind == TurnKind.SPEECH)
    counted = func.count(col(Turn.id))
    rows = Counter(dict(session.exec(select(Turn.review, counted).where(*said).group_by(col(Turn.review))).all()))
    return Progress(sum(rows.values()), rows["edited"], rows["reviewed"])


def waiting(session: Session, record_id: int, limit: int = 1) -> tuple[str, ...]:
    """Keys of the next turns nobody has checked, in printed order."""
    said = (Turn.record_id == record_id, Turn.status == "current", Turn.kind == TurnKind.SPEECH)
    unchecked = func.coalesce(col(Turn.review), "") != "reviewed"
    return tuple(session.exec(select(Turn.key).where(*said, unchecked).order_by(col(Turn.position)).limit(limit)))
