"""Words withheld from the record: the places of quoted words move with them, and what follow-through tells loses them too."""

from sqlalchemy import Text, true
from sqlmodel import Session, SQLModel

from positions.followthrough import models
from positions.followthrough.models.documents import DocumentPassage
from positions.followthrough.models.grounds import Cited
from transcripts.withholding import Gone, mask_rows, move_places

STRUCTURED = frozenset({"axes", "headline", "mapping", "aliases", "paper"})
"""Columns that hold JSON, where a text must stay what it is."""


def take_out(session: Session, gone: Gone) -> None:
    """Carry quoted places over and take the words out of every text that editors wrote here; documents keep their own words."""
    for model in models.TABLES:
        if model is DocumentPassage:
            continue
        if issubclass(model, Cited):
            move_places(session, model, "turn_version", gone)
        columns = SQLModel.metadata.tables[str(model.__tablename__)].columns
        texts = tuple(
            column.name for column in columns if isinstance(column.type, Text) and column.name not in STRUCTURED
        )
        if texts:
            mask_rows(session, model, texts, true(), gone)
