"""The writer of the voice pass: somebody listens and says who speaks, block after block. It names what nobody had named.

A mark says who speaks from a place on: the blocks between it and the mark before are that one's voice then. What lies behind the last
mark stays unnamed until it has been heard. A mark for this block only does not change who speaks afterwards. Naming is making
the record, not correcting it: it makes versions of turns, with who listened and when, and no line among the corrections.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from transcripts import amending, asking, correcting
from transcripts.amending import Reason
from transcripts.desk_models import VoiceMark, VoiceProposal
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Person, Speaker, Turn, now
from transcripts.search import outbox
from transcripts.vocabulary import SPOKEN, Role

Clock = Callable[[], datetime]
LISTENED = "Named by listening to the recording"
ANOTHER = "Another voice begins here"
TAKEN_BACK = "Taken back in the voice pass"
ADDED = "Named by an editor"
LATER = "Something else was changed here since: take that back first."


def add_voice(session: Session, forum_id: int, name: str, role: Role, person_id: int | None = None) -> int:
    """A voice that was at the forum, before it is heard. A person who is there already is the voice they have."""
    known = select(Speaker.id).where(Speaker.forum_id == forum_id, col(Speaker.joined_to_id).is_(None))
    same = Speaker.person_id == person_id if person_id else Speaker.name == name
    held = session.exec(known.where(same)).first()
    if held is not None:
        return held
    if person_id is not None and session.get(Person, person_id) is None:
        raise NotFound("There is no such person.")
    speaker = Speaker(forum_id=forum_id, person_id=person_id, name=name, role=role, why=ADDED)
    session.add(speaker)
    session.flush()
    assert speaker.id is not None
    return speaker.id


def mark(
    session: Session,
    key: str,
    version: int,
    speaker_id: int | None,
    by: str,
    *,
    at: int = 0,
    ms: int | None = None,
    only: bool = False,
    clock: Clock = now,
) -> int:
    """Say who speaks from a block on (`only`: in it alone), from code point `at` of it, heard at `ms`. Returns the mark's id.

    Raises Conflict where the block is not what was seen, Refusal for a place without words on both sides.
    """
    turn = amending.current(session, key, version)
    amending.voice(session, turn.forum_id, speaker_id)
    part = correcting.split(session, key, version, at, Reason(ANOTHER, by), clock, ms=ms) if at else None
    here = amending.current(session, part, 1) if part else turn
    said: list[tuple[int, int]] = []
    before = None if only else _before(session, here)
    if before is not None and before.speaker_id is not None:
        said += _name(session, _between(session, before, here), before.speaker_id, by, clock)
    said += _name(session, [here], speaker_id, by, clock)
    row = VoiceMark(
        forum_id=here.forum_id,
        turn_id=here.id or 0,
        speaker_id=speaker_id,
        only=only,
        divided_id=turn.id if part else None,
        named=json.dumps(said),
        by=by,
        at=clock(),
    )
    session.add(row)
    session.flush()
    _settle(session, here, [id for id, _ in said])
    assert row.id is not None
    return row.id


def confirm(session: Session, keys: Sequence[tuple[str, int]], by: str, clock: Clock = now) -> int:
    """Agree to what a run sheet proposes for these turns, each given as (key, version); returns how many were named."""
    named: list[tuple[int, int]] = []
    here: Turn | None = None
    for key, version in keys:
        turn = amending.current(session, key, version)
        proposal = session.get(VoiceProposal, turn.id)
        if proposal is not None:
            named += _name(session, [turn], proposal.speaker_id, by, clock)
            session.delete(proposal)
            here = turn
    if here is None:
        raise Refusal("Nothing is proposed there.")
    session.flush()
    _settle(session, here, [id for id, _ in named])
    return len(named)


def undo(session: Session, forum_id: int, by: str, clock: Clock = now) -> None:
    """Take back the last mark of this forum, with what it named and divided. Raises NotFound where there is none."""
    last = session.exec(
        select(VoiceMark)
        .where(VoiceMark.forum_id == forum_id, col(VoiceMark.undone_at).is_(None))
        .order_by(col(VoiceMark.id).desc())
        .limit(1)
        .with_for_update()
    ).first()
    if last is None:
        raise NotFound("Nothing was marked here that could be taken back.")
    here = session.get_one(Turn, last.turn_id)
    told = dict(json.loads(last.named))
    for turn in session.exec(select(Turn).where(col(Turn.id).in_(list(told)))):
        if turn.version != told[turn.id]:
            raise Conflict(LATER)
        give(session, turn, None, Reason(TAKEN_BACK, by), clock)
    if last.divided_id is not None:
        first = session.get_one(Turn, last.divided_id)
        ahead, behind = (first.key, first.version), (here.key, here.version)
        correcting.merge(session, ahead, behind, Reason(TAKEN_BACK, by), clock)
    last.undone_at = clock()
    session.add(last)
    session.flush()
    _settle(session, here, list(told))


def _name(
    session: Session, turns: Sequence[Turn], speaker_id: int | None, by: str, clock: Clock
) -> list[tuple[int, int]]:
    """Give turns to a voice; returns (id, version then) of each that was not its already."""
    told = []
    for turn in turns:
        if turn.speaker_id != speaker_id:
            give(session, turn, speaker_id, Reason(LISTENED, by), clock)
            told.append((turn.id or 0, turn.version))
        proposal = session.get(VoiceProposal, turn.id)
        if proposal is not None:
            session.delete(proposal)
    return told


def give(session: Session, turn: Turn, speaker_id: int | None, reason: Reason, clock: Clock = now) -> None:
    """The next version of a turn, with another voice and the very same words: how far those were checked stays as it was."""
    checked, source = turn.review, amending.record_of(session, turn)
    turn.speaker_id, turn.speaker_fixed = speaker_id, speaker_id is not None
    amending.version(session, turn, source, reason, clock())
    turn.review = checked
    session.add(turn)


def _before(session: Session, here: Turn) -> VoiceMark | None:
    """The last mark in front of a turn that says who speaks on."""
    return session.exec(
        select(VoiceMark)
        .join(Turn, col(Turn.id) == col(VoiceMark.turn_id))
        .where(
            Turn.record_id == here.record_id,
            Turn.position < here.position,
            col(VoiceMark.undone_at).is_(None),
            col(VoiceMark.only).is_(False),
        )
        .order_by(col(Turn.position).desc(), col(VoiceMark.id).desc())
        .limit(1)
    ).first()


def _between(session: Session, mark: VoiceMark, here: Turn) -> list[Turn]:
    """The unnamed speech between a mark and a turn."""
    start = session.exec(select(Turn.position).where(Turn.id == mark.turn_id)).one()
    return list(
        session.exec(
            select(Turn)
            .where(
                Turn.record_id == here.record_id,
                Turn.position > start,
                Turn.position < here.position,
                Turn.status == "current",
                col(Turn.kind).in_(SPOKEN),
                col(Turn.speaker_id).is_(None),
            )
            .order_by(col(Turn.position))
        )
    )


def _settle(session: Session, here: Turn, ids: Sequence[int]) -> None:
    """Questions and answers follow from who speaks; the index hears of every turn that was named."""
    asking.keep(session, here.forum_id, here.record_id)
    outbox.enqueue(session, session.exec(select(Turn.key).where(col(Turn.id).in_(ids))))
