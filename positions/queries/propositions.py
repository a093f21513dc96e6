"""Statements of a race and where its candidates stand on them."""

import json
from dataclasses import replace

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, select

from positions import options
from positions.cells import Candidate, Cell
from positions.comparison import Row, cells_for
from positions.models import Contest, Proposition, Topic
from positions.profiles import COMPARISON
from positions.queries import stances
from transcripts.bilingual import Bilingual


def is_open() -> ColumnElement[bool]:
    """Whether readers may see a statement and what was recorded on it: approved, in a race that shows positions."""
    judged = select(Contest.id).where(Contest.profile == COMPARISON)
    return and_(col(Proposition.status) == "open", col(Proposition.contest_id).in_(judged))


def rows(
    session: Session, contest_id: int, candidates: dict[int, Candidate], *, drafts: bool = False
) -> tuple[Row, ...]:
    """The coded matrix: a row for each statement, a cell for each candidate (by candidacy id). Six statements.

    `drafts`: also those that nobody approved yet.
    """
    said = stances.cells_by_proposition(stances.of_contest(session, contest_id), candidates)
    found = session.exec(
        select(Proposition, Topic)
        .join(Topic, col(Topic.id) == col(Proposition.topic_id))
        .where(Proposition.contest_id == contest_id, True if drafts else col(Proposition.status) == "open")
        .order_by(col(Proposition.position), col(Proposition.id))
    )
    return tuple(
        _row(proposition, topic, cells_for(candidates.values(), said.get(proposition.id or 0, {})))
        for proposition, topic in found
    )


def _marked(cell: Cell, version: int) -> Cell:
    """The box, saying so where its position was judged by an earlier wording."""
    reworded = cell.code is not None and cell.statement_version < version
    return replace(cell, reworded=True) if reworded else cell  # a copy of a box costs more than all else about it


def _row(proposition: Proposition, topic: Topic, cells: tuple[Cell, ...]) -> Row:
    listed = options.read(proposition.options)
    said = options.words(listed)
    return Row(
        key=proposition.slug,
        text=Bilingual(proposition.text_en, proposition.text_es),
        cells=tuple(_marked(options.worded(cell, said), proposition.version) for cell in cells),
        topic=topic.slug,
        topic_name=Bilingual(topic.name_en, topic.name_es),
        type=proposition.type,
        options=listed,
        version=proposition.version,
        proposed_by=proposition.proposed_by,
        synonyms=tuple(json.loads(proposition.synonyms)),
    )
