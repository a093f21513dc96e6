"""Words withheld everywhere: the record takes them out of itself, this takes them out of what was made of it. The one entry."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy
from sqlmodel import Session, col, select

from positions import reanchoring
from positions.models import Evidence, EvidenceAnchor, SearchLog, Stance, Tag
from transcripts import annotating, withholding
from transcripts.amending import Reason
from transcripts.models import Source, Turn, now
from transcripts.withholding import Gone

Clock = Callable[[], datetime]


def withhold(
    session: Session, key: str, version: int, words: str, kind: str, reason: Reason, clock: Clock = now
) -> Gone:
    """Take words of a turn out of everything we hold of its forum, for good. See `transcripts.withholding.withhold`.

    The answer is for the rooms above, which take the words out of what they keep.
    """
    gone = withholding.withhold(session, key, version, words, kind, reason, clock)
    withholding.move_places(session, Evidence, "turn_version", gone)
    withholding.move_places(session, EvidenceAnchor, "turn_version", gone)
    turns = select(Turn.id).where(Turn.forum_id == gone.forum_id)
    sources = select(Source.id).where(Source.forum_id == gone.forum_id)
    ours = sqlalchemy.or_(
        sqlalchemy.column("turn_id").in_(turns),
        sqlalchemy.column("source_id").in_(sources),
    )
    told = ("exact", "before", "after", "text_en", "text_es", "fragment")
    withholding.mask_rows(session, Evidence, told, ours, gone)
    of_turn = sqlalchemy.column("turn_id").in_(turns)
    withholding.mask_rows(session, EvidenceAnchor, ("exact", "before", "after"), of_turn, gone)
    withholding.mask_rows(session, Tag, ("reason",), of_turn, gone)
    rests = select(Evidence.stance_id).where(col(Evidence.turn_id).in_(turns) | col(Evidence.source_id).in_(sources))
    texts = ("condition_en", "condition_es", "scope_en", "scope_es", "summary_en", "summary_es")
    withholding.mask_rows(session, Stance, texts, sqlalchemy.column("id").in_(rests), gone)
    withholding.mask_rows(session, SearchLog, ("where_en", "where_es"), sqlalchemy.column("stance_id").in_(rests), gone)
    session.expire_all()
    for record_id in set(session.exec(select(Turn.record_id).where(Turn.forum_id == gone.forum_id))):
        annotating.reanchor(session, record_id, clock)
    reanchoring.reanchor(session, gone.forum_id, clock)
    return gone
