"""Editors over the rules of exchanges: a turn moved into a question or out of one, and what became of a candidate in it.

Every function is one step of the caller's transaction and leaves a public correction. What is set here survives re-import.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from transcripts import amending, asking
from transcripts.amending import Reason
from transcripts.desk_models import ExchangeChoice
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Exchange, ExchangeState, ExchangeTurn, Turn, now
from transcripts.vocabulary import ANSWERED, Part
from transcripts.vocabulary import Reason as Silence

Clock = Callable[[], datetime]
EDITOR = "editor"
EXCERPT = 120
"""Code points of a question a correction prints."""


def move(
    session: Session,
    key: str,
    version: int,
    question: str | None,
    part: Part | None,
    reason: Reason,
    clock: Clock = now,
) -> None:
    """Put a turn into the question of the turn with key `question` as `part`; into none where it is None.

    A turn that is given itself as the question, as Part.QUESTION, asks one of its own. Raises Refusal where it stands so.
    """
    turn = amending.current(session, key, version)
    asked = _question(session, turn, question, part)
    chosen = (asked.id, str(part)) if asked and part else (None, None)
    before = _standing(session, turn)
    if before == chosen:
        raise Refusal("These words stand there already.")
    held = session.get(ExchangeChoice, turn.id)
    detail = {"choice": [held.question_turn_id, held.part, held.by] if held else None, "after": list(chosen)}
    place(session, turn, chosen, reason.by)
    said = [_printed(session.get(Turn, id) if id else None, part) for id, part in (before, chosen)]
    amending.correct(session, turn, "move", said[0], said[1], reason, clock(), detail=detail)


def place(session: Session, turn: Turn, chosen: tuple[int | None, str | None] | None, by: str) -> None:
    """Write an editor's choice for a turn, or none (None): the rules place it again."""
    assert turn.id is not None
    session.exec(delete(ExchangeChoice).where(col(ExchangeChoice.turn_id) == turn.id))
    if chosen is not None:
        session.add(ExchangeChoice(turn_id=turn.id, question_turn_id=chosen[0], part=chosen[1], by=by))
    session.flush()
    session.expire_all()
    asking.keep(session, turn.forum_id, turn.record_id)


def set_state(
    session: Session,
    question: str,
    speaker_id: int,
    seen: str | None,
    state: str,
    reason: Reason,
    note: tuple[str | None, str | None] = (None, None),
    clock: Clock = now,
) -> None:
    """Say what became of a candidate in the exchange of the question with that key; `seen` is the state the editor saw.

    `state` is `answered` or a Reason; `note` is (English, Spanish). Raises Conflict where somebody set another meanwhile.
    """
    if state not in (ANSWERED, *Silence):
        raise Refusal("“{state}” is no answer and no reason for silence.", state=state)
    exchange, turn = _exchange(session, question)
    held = state_of(session, exchange, speaker_id)
    if (held.state if held else None) != seen:
        raise Conflict("Somebody said something else of this answer meanwhile.")
    name = amending.voice(session, exchange.forum_id, speaker_id)
    before = held.model_dump(include={"state", "set_by", "note_en", "note_es"}) if held else None
    if before == {"state": state, "set_by": EDITOR, "note_en": note[0], "note_es": note[1]}:
        raise Refusal("This is what is said there already.")
    write_state(session, exchange, speaker_id, {"state": state, "note_en": note[0], "note_es": note[1]})
    detail = {"speaker": speaker_id, "before": before, "after": state}
    said = f"{name}: {seen}" if seen else ""
    amending.correct(session, turn, "state", said, f"{name}: {state}", reason, clock(), detail=detail)


def state_of(session: Session, exchange: Exchange, speaker_id: int) -> ExchangeState | None:
    """What is said of a voice in an exchange, locked."""
    return session.exec(
        select(ExchangeState)
        .where(ExchangeState.exchange_id == exchange.id, ExchangeState.speaker_id == speaker_id)
        .with_for_update()
    ).one_or_none()


def write_state(session: Session, exchange: Exchange, speaker_id: int, said: dict[str, Any] | None) -> None:
    """Write an editor's state, or take it away (None): the rules say what the record itself does."""
    held = state_of(session, exchange, speaker_id)
    if held:
        session.delete(held)
        session.flush()
    assert exchange.id is not None
    if said is not None:
        session.add(ExchangeState(exchange_id=exchange.id, speaker_id=speaker_id, **{"set_by": EDITOR} | said))
        session.flush()
        return
    record_id = session.exec(select(Turn.record_id).where(Turn.id == exchange.question_turn_id)).one()
    asking.keep(session, exchange.forum_id, record_id)


def exchange_of(session: Session, question_turn_id: int) -> Exchange:
    """The exchange of a question's turn, its forum's other exchanges kept still meanwhile. Raises NotFound."""
    found = session.exec(
        select(Exchange).where(Exchange.question_turn_id == question_turn_id).with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound("This is no question (any more).")
    return found


def _exchange(session: Session, key: str) -> tuple[Exchange, Turn]:
    turn = session.exec(select(Turn).where(Turn.key == key).with_for_update()).one_or_none()
    if turn is None or turn.id is None:
        raise NotFound("There are no words kept under the key “{key}”.", key=key)
    return exchange_of(session, turn.id), turn


def _question(session: Session, turn: Turn, key: str | None, part: Part | None) -> Turn | None:
    """The turn whose question is meant. Raises Refusal for a place that makes no sense."""
    if (key is None) != (part is None):
        raise Refusal("Name the question and what these words are to it, or neither.")
    if key is None:
        return None
    if (key == turn.key) != (part == Part.QUESTION):
        raise Refusal("Only a question's own words are its question.")
    if key == turn.key:
        return turn
    asked = session.exec(select(Turn).where(Turn.key == key)).one_or_none()
    if asked is None or asked.record_id != turn.record_id:
        raise NotFound("There is no such question in this transcript.")
    exchange_of(session, asked.id or 0)
    return asked


def _standing(session: Session, turn: Turn) -> tuple[int | None, str | None]:
    """Where a turn stands: (its question's turn, its part)."""
    found = session.exec(
        select(Exchange.question_turn_id, ExchangeTurn.part)
        .join(ExchangeTurn, col(ExchangeTurn.exchange_id) == col(Exchange.id))
        .where(ExchangeTurn.turn_id == turn.id)
    ).one_or_none()
    return found or (None, None)


def _printed(question: Turn | None, part: str | None) -> str:
    """A place as a correction prints it: the part and the beginning of the question."""
    return f"{part}: {' '.join(question.text.split())[:EXCERPT]}" if question and part else ""
