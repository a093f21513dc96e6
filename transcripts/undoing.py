"""Take back a correction: by a new public one that says which it takes back. Nothing is ever deleted.

A correction can be taken back while what it changed still stands as it left it; what came later goes first.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from transcripts import amending, correcting, regrouping
from transcripts.amending import Reason
from transcripts.desk_models import ExchangeChoice
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Correction, Turn, TurnVersion, now
from transcripts.queries.imports import IMPORTED

Clock = Callable[[], datetime]
LATER = "Something else was changed here since: take that back first."


def undo(session: Session, correction_id: int, version: int, reason: Reason, clock: Clock = now) -> None:
    """Take back a correction of a turn the editor saw at `version`.

    Raises NotFound; Conflict where it was taken back already or what it changed was changed again; Refusal for what cannot be.
    """
    done = whole(session, correction_id)
    turn = amending.seen(session, _key(session, done.turn_id), version)
    if session.exec(select(Correction.id).where(Correction.undoes_id == done.id)).first() is not None:
        raise Conflict("This was taken back already.")
    if done.kind == "withhold":
        raise Refusal("The words are kept nowhere: nobody can bring them back.")
    if done.kind in ("split", "merge") and (done.by == IMPORTED or done.other_id is None):
        raise Refusal("A file did this. Divide or join these words by hand, or import a corrected file.")
    why = replace(reason, undoes=done.id)
    back = _BACK.get(done.kind)
    if back is not None:
        back(session, turn, done, why, clock)
    else:
        _to_former(session, turn, done, why, clock)


def whole(session: Session, correction_id: int) -> Correction:
    """A correction; of the two rows of a merge, the survivor's. Raises NotFound."""
    found = session.get(Correction, correction_id)
    if found is None:
        raise NotFound("There is no such correction.")
    if found.kind == "merge" and found.other_id is not None:
        gone = session.exec(select(Turn.merged_into_id).where(Turn.id == found.turn_id)).one()
        if gone == found.other_id:
            twin = select(Correction).where(Correction.turn_id == found.other_id, Correction.other_id == found.turn_id)
            latest = twin.where(Correction.kind == "merge").order_by(col(Correction.id).desc())
            return session.exec(latest).first() or found
    return found


def _to_former(session: Session, turn: Turn, done: Correction, why: Reason, clock: Clock) -> None:
    """Words, voice, times or kind as they were in the version before, and under whose rule they were."""
    if turn.status != "current":
        raise Conflict("These words were taken away or joined with others meanwhile.")
    left, former = _versions(session, done)
    names = _FIELDS[done.kind]
    if any(getattr(turn, name) != getattr(left, name) for name in names):
        raise Conflict(LATER)
    for name in names:
        setattr(turn, name, getattr(former, name))
    record_id = amending.record_of(session, turn)
    if done.kind == "reword":
        amending.say(turn, former.text)
        record_id = None if done.by == IMPORTED else former.record_id
    detail = _release(turn, done)
    amending.version(session, turn, record_id, why, at := clock())
    amending.correct(session, turn, done.kind, done.after, done.before, why, at, detail=detail)
    amending.settle(session, turn, clock)


def _release(turn: Turn, done: Correction) -> dict[str, Any] | None:
    """What an editor had fixed goes back to who ruled it before; what a file changed is fixed against files."""
    name = _FIXED.get(done.kind)
    if name is None:
        return None
    before = getattr(turn, name)
    setattr(turn, name, True if done.by == IMPORTED else bool(_detail(done).get("fixed")))
    return {"fixed": before}


def _restore(session: Session, turn: Turn, done: Correction, why: Reason, clock: Clock) -> None:
    correcting.restore(session, turn.key, turn.version, why, clock)


def _withdraw(session: Session, turn: Turn, done: Correction, why: Reason, clock: Clock) -> None:
    correcting.withdraw(session, turn.key, turn.version, why, clock)


def _join(session: Session, turn: Turn, done: Correction, why: Reason, clock: Clock) -> None:
    """The two parts of a division become what they were: word for word, also where white space stood between them."""
    part = _other(session, done)
    left, former = _versions(session, done)
    first = amending.version_of(session, part.id or 0, 1)
    same = turn.text == left.text and part.text == first.text and turn.speaker_id == part.speaker_id
    if turn.status != "current" or part.status != "current" or not same:
        raise Conflict(LATER)
    before = turn.text
    amending.say(turn, former.text)
    turn.end_ms = former.end_ms
    correcting.join(session, turn, part, former.record_id, before, why, clock())


def _divide(session: Session, turn: Turn, done: Correction, why: Reason, clock: Clock) -> None:
    """Two joined turns stand apart again, each with its own words."""
    gone = _other(session, done)
    left, former = _versions(session, done)
    if turn.status != "current" or turn.text != left.text or gone.merged_into_id != turn.id:
        raise Conflict(LATER)
    before, at = turn.text, clock()
    amending.say(turn, former.text)
    turn.end_ms = former.end_ms
    gone.status, gone.merged_into_id = "current", None
    alone = replace(why, undoes=None)
    amending.version(session, turn, former.record_id, why, at)
    amending.correct(session, turn, "split", before, turn.text, why, at, other=gone)
    amending.version(session, gone, amending.record_of(session, gone), alone, at)
    amending.correct(session, gone, "restore", "", gone.text, alone, at, other=turn)
    amending.settle(session, turn, clock)


def _move_back(session: Session, turn: Turn, done: Correction, why: Reason, clock: Clock) -> None:
    told = _detail(done)
    held = session.get(ExchangeChoice, turn.id)
    if ([held.question_turn_id, held.part] if held else None) != told["after"]:
        raise Conflict(LATER)
    choice = told["choice"]
    here = [held.question_turn_id, held.part, held.by] if held else None
    detail = {"choice": here, "after": choice[:2] if choice else None}
    regrouping.place(session, turn, (choice[0], choice[1]) if choice else None, why.by)
    amending.correct(session, turn, "move", done.after, done.before, why, clock(), detail=detail)


def _state_back(session: Session, turn: Turn, done: Correction, why: Reason, clock: Clock) -> None:
    told = _detail(done)
    exchange = regrouping.exchange_of(session, turn.id or 0)
    held = regrouping.state_of(session, exchange, told["speaker"])
    if (held.state if held else None) != told["after"]:
        raise Conflict(LATER)
    before = told["before"] if told["before"] and told["before"]["set_by"] != "rule" else None
    detail = {
        "speaker": told["speaker"],
        "before": held.model_dump(include={"state", "set_by", "note_en", "note_es"}) if held else None,
        "after": (told["before"] or {}).get("state"),
    }
    regrouping.write_state(session, exchange, told["speaker"], before)
    amending.correct(session, turn, "state", done.after, done.before, why, clock(), detail=detail)


_FIELDS: dict[str, tuple[str, ...]] = {
    "reword": ("text",),
    "reassign": ("speaker_id",),
    "retime": ("start_ms", "end_ms"),
    "mark": ("kind",),
}
_FIXED = {"reassign": "speaker_fixed", "retime": "times_fixed", "mark": "kind_fixed"}
_BACK: dict[str, Callable[[Session, Turn, Correction, Reason, Clock], None]] = {
    "withdraw": _restore,
    "restore": _withdraw,
    "split": _join,
    "merge": _divide,
    "move": _move_back,
    "state": _state_back,
}


def _key(session: Session, turn_id: int) -> str:
    return session.exec(select(Turn.key).where(Turn.id == turn_id)).one()


def _versions(session: Session, done: Correction) -> tuple[TurnVersion, TurnVersion]:
    """The version a correction made and the one before."""
    if done.version is None or done.version < 2:
        raise Refusal("This correction is older than our history of it: correct the words by hand.")
    left = amending.version_of(session, done.turn_id, done.version)
    return left, amending.version_of(session, done.turn_id, done.version - 1)


def _other(session: Session, done: Correction) -> Turn:
    """The other turn of a division or a joining, locked."""
    return session.exec(
        select(Turn).where(Turn.id == done.other_id).with_for_update().execution_options(populate_existing=True)
    ).one()


def _detail(done: Correction) -> dict[str, Any]:
    told = json.loads(done.detail or "{}")
    assert isinstance(told, dict)
    return told
