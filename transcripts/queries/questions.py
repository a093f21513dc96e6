"""The questions some turns stand under, each whole: what was asked and every answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from transcripts.models import ExchangeTurn, Turn
from transcripts.queries.records import shown
from transcripts.queries.turns import TurnView, rows, views
from transcripts.vocabulary import Part

_ASKED = (Part.LEAD_IN, Part.QUESTION)


@dataclass(frozen=True)
class QuestionView:
    """What was asked, lead-in first, and everything said in answer to it, in printed order."""

    asked: tuple[TurnView, ...]
    answers: tuple[TurnView, ...]


def around(session: Session, keys: Sequence[str]) -> dict[str, QuestionView]:
    """The question of each turn that belongs to one, by the turn's key. Five statements, however many turns there are."""
    if not keys:
        return {}
    exchange_of = dict(
        session.exec(
            select(Turn.key, ExchangeTurn.exchange_id)
            .join(ExchangeTurn, col(ExchangeTurn.turn_id) == col(Turn.id))
            .where(col(Turn.key).in_(keys))
        ).all()
    )
    within: dict[str, list[TurnView]] = {}
    for turn in views(session, rows().where(col(ExchangeTurn.exchange_id).in_(set(exchange_of.values())), shown())):
        within.setdefault(turn.question_key or "", []).append(turn)
    whole = {turn.key: _view(turns) for turns in within.values() for turn in turns}
    return {key: whole[key] for key in keys if key in whole}


def _view(turns: list[TurnView]) -> QuestionView:
    asked = tuple(turn for turn in turns if turn.exchange_part in _ASKED)
    return QuestionView(asked, tuple(turn for turn in turns if turn not in asked))
