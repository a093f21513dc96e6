"""Statements of a race and where its candidates stand on them."""

from sqlmodel import Session, col, select

from positions.cells import Candidate
from positions.comparison import Row, cells_for
from positions.models import Proposition, Topic
from positions.queries import stances
from transcripts.bilingual import Bilingual


def rows(session: Session, contest_id: int, candidates: dict[int, Candidate]) -> tuple[Row, ...]:
    """The coded matrix: a row for each statement, a cell for each candidate (by candidacy id). Six statements."""
    said = stances.cells_by_proposition(stances.of_contest(session, contest_id), candidates)
    found = session.exec(
        select(Proposition, Topic)
        .join(Topic, col(Topic.id) == col(Proposition.topic_id))
        .where(Proposition.contest_id == contest_id)
        .order_by(col(Proposition.position), col(Proposition.id))
    )
    return tuple(
        Row(
            key=proposition.slug,
            text=Bilingual(proposition.text_en, proposition.text_es),
            cells=cells_for(candidates.values(), said.get(proposition.id or 0, {})),
            topic=topic.slug,
            topic_name=Bilingual(topic.name_en, topic.name_es),
            type=proposition.type,
        )
        for proposition, topic in found
    )
