"""The writer of exchanges: what was asked and who answered, by rule. What editors set stays as they set it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, and_, col, delete, select

from transcripts import exchanges, storing
from transcripts.drafting import Draft
from transcripts.exchanges import Exchange as Found
from transcripts.models import Exchange, ExchangeState, ExchangeTurn, Forum, Speaker, SpeakerLabel, Turn
from transcripts.vocabulary import ForumKind, Part, Role, TurnKind

RULE = "rule"
OFFICIAL = (ForumKind.HEARING, ForumKind.COUNCIL_MEETING)
"""Kinds of forum where those who answer do not stand for office."""


@dataclass(frozen=True)
class Voiced:
    """A stored turn as the finding of exchanges reads it. `label` is one of its voice's, also where that was corrected."""

    id: int
    label: str | None
    kind: TurnKind
    text: str
    speaker_id: int | None


def questions(draft: Draft) -> tuple[str, ...]:
    """The questions the files hold, in order, as a preview shows them: who asks, and the words."""
    asked = [draft.entries[found.question] for found in exchanges.find(draft.entries)]
    return tuple(f"{turn.label}: {' '.join(turn.text.split())}" for turn in asked)


def keep(session: Session, forum_id: int, record_id: int) -> None:
    """Find the exchanges of a record in its present words and write them in place of those a rule found before."""
    turns = _voiced(session, forum_id, record_id)
    found = exchanges.find(turns)
    _give_roles(session, forum_id, turns)
    states = _forget(session, forum_id, record_id)
    taken = set(_set_by_editors(session, forum_id))
    kept = [one for one in found if turns[one.question].id not in taken]
    rows = [
        {"forum_id": forum_id, "question_turn_id": turns[one.question].id, "position": one.question, "set_by": RULE}
        for one in kept
    ]
    storing.write_all(session, Exchange, rows)
    ids = dict(session.exec(select(Exchange.question_turn_id, Exchange.id).where(Exchange.forum_id == forum_id)).all())
    parts = [part for one in kept for part in _parts(one, turns, ids[turns[one.question].id] or 0, taken)]
    storing.write_all(session, ExchangeTurn, parts)
    _restore(session, states, ids)


def _voiced(session: Session, forum_id: int, record_id: int) -> list[Voiced]:
    labels = session.exec(
        select(SpeakerLabel.label, SpeakerLabel.speaker_id)
        .where(SpeakerLabel.forum_id == forum_id)
        .order_by(col(SpeakerLabel.id))
    ).all()
    owner = dict(labels)
    usual = {speaker_id: label for label, speaker_id in reversed(labels)}
    rows = session.execute(
        select(Turn.id, Turn.label, Turn.kind, Turn.text, Turn.speaker_id)  # type: ignore[call-overload]
        .where(Turn.record_id == record_id, Turn.status == "current")
        .order_by(col(Turn.position), col(Turn.id))
    )
    return [
        Voiced(id, label if owner.get(label) == speaker else usual.get(speaker), TurnKind(kind), text, speaker)
        for id, label, kind, text, speaker in rows
    ]


def _give_roles(session: Session, forum_id: int, turns: Sequence[Voiced]) -> None:
    """Voices whose role nothing has told get the one they play.

    Whoever answers is a candidate where candidates are heard and nobody has said who they are: not at a hearing, and not
    beside candidates we know.
    """
    played = exchanges.roles(turns)
    roles = {turn.speaker_id: played[turn.label] for turn in turns if turn.label in played and turn.speaker_id}
    kind = session.exec(select(Forum.kind).where(Forum.id == forum_id)).one()
    speakers = session.exec(select(Speaker).where(Speaker.forum_id == forum_id)).all()
    told = kind in OFFICIAL or any(speaker.role == Role.CANDIDATE for speaker in speakers)
    for speaker in speakers:
        role = roles.get(speaker.id or 0, Role.UNKNOWN)
        if speaker.role == Role.UNKNOWN and not (told and role == Role.CANDIDATE):
            speaker.role = role
            session.add(speaker)
    session.flush()


def _forget(session: Session, forum_id: int, record_id: int) -> list[tuple[int, ExchangeState]]:
    """Take away what a rule found in this record. Returns the states editors set in it, each with its question's turn."""
    ours = select(Turn.id).where(Turn.record_id == record_id)
    ruled = and_(col(Exchange.forum_id) == forum_id, Exchange.set_by == RULE, col(Exchange.question_turn_id).in_(ours))
    kept = session.exec(
        select(Exchange.question_turn_id, ExchangeState)
        .join(Exchange, col(Exchange.id) == col(ExchangeState.exchange_id))
        .where(ruled, ExchangeState.set_by != RULE)
    ).all()
    for _, state in kept:
        session.expunge(state)
    gone = select(Exchange.id).where(ruled)
    session.exec(delete(ExchangeState).where(col(ExchangeState.exchange_id).in_(gone)))
    session.exec(delete(ExchangeTurn).where(col(ExchangeTurn.exchange_id).in_(gone)))
    session.exec(delete(Exchange).where(ruled))
    return list(kept)


def _set_by_editors(session: Session, forum_id: int) -> Iterator[int]:
    """Ids of the turns that stand in an exchange an editor set."""
    rows = session.exec(
        select(Exchange.question_turn_id, ExchangeTurn.turn_id)
        .outerjoin(ExchangeTurn, col(ExchangeTurn.exchange_id) == col(Exchange.id))
        .where(Exchange.forum_id == forum_id)
    )
    return (id for row in rows for id in row if id is not None)


def _parts(one: Found, turns: Sequence[Voiced], exchange_id: int, taken: set[int]) -> Iterator[dict[str, Any]]:
    """A row for every turn of an exchange; a turn that has a part already keeps it."""
    for part, places in (
        (Part.QUESTION, (one.question,)),
        (Part.ANSWER, one.answers),
        (Part.FOLLOW_UP, one.follow_ups),
        (Part.REBUTTAL, one.rebuttals),
        (Part.LEAD_IN, one.lead_in),
    ):
        for place in places:
            id = turns[place].id
            if id not in taken:
                taken.add(id)
                yield {"turn_id": id, "exchange_id": exchange_id, "part": str(part)}


def _restore(session: Session, states: Sequence[tuple[int, ExchangeState]], ids: dict[int, int | None]) -> None:
    """Editors' states go to the exchange that has the same question now."""
    for question, state in states:
        if question in ids:
            values = state.model_dump() | {"exchange_id": ids[question]}
            session.add(ExchangeState(**values))
    session.flush()
