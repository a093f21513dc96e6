"""What every correction by a person has in common: the turn locked as it was seen, its next version, the public correction.

Every function is one step of the caller's transaction.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from transcripts import annotating, asking
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Correction, Speaker, Turn, TurnVersion
from transcripts.search import outbox
from transcripts.text import count_words, fingerprint


@dataclass(frozen=True)
class Reason:
    """Why a change is made, who makes it and at whose request. All are printed beside it for as long as the record lasts.

    `undoes` is the id of the correction that is taken back: `undoing` alone sets it.
    """

    why: str
    by: str
    requested_by: str = ""
    undoes: int | None = None

    def __post_init__(self) -> None:
        if not self.why.strip() or not self.by.strip():
            raise Refusal("A correction needs a reason and a name: readers see both.")


def current(session: Session, key: str, version: int) -> Turn:
    """A turn to change, locked until the transaction ends. Raises NotFound, or Conflict where it is not what was seen."""
    turn = seen(session, key, version)
    if turn.status != "current":
        raise Conflict("These words were taken away or joined with others meanwhile.")
    return turn


def seen(session: Session, key: str, version: int) -> Turn:
    """As `current`, for a turn that may have been taken away."""
    turn = session.exec(
        select(Turn).where(Turn.key == key).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if turn is None:
        raise NotFound("There are no words kept under the key “{key}”.", key=key)
    if turn.version != version:
        raise Conflict(
            "Somebody changed these words meanwhile: you saw version {seen}, this is version {version}.",
            seen=version,
            version=turn.version,
        )
    return turn


def voice(session: Session, forum_id: int, speaker_id: int | None) -> str:
    """The name of a voice of a forum as a correction prints it. Raises NotFound for another forum's."""
    if speaker_id is None:
        return ""
    speaker = session.get(Speaker, speaker_id)
    if speaker is None or speaker.forum_id != forum_id:
        raise NotFound("There is no such voice at this forum.")
    return speaker.name


def say(turn: Turn, words: str) -> None:
    """Put words in a turn, with what is counted and matched by them."""
    turn.text, turn.words, turn.fingerprint = words, count_words(words), fingerprint(turn.label, words)


def record_of(session: Session, turn: Turn) -> int | None:
    """The record whose file has the present words of a turn; None for words of an editor."""
    return session.exec(
        select(TurnVersion.record_id).where(TurnVersion.turn_id == turn.id, TurnVersion.n == turn.version)
    ).one_or_none()


def version(session: Session, turn: Turn, record_id: int | None, reason: Reason, at: datetime) -> None:
    """Write what a turn is now as its next version. A person changed it: what was checked before was something else."""
    turn.version += 1
    turn.review = "edited"
    assert turn.id is not None
    kept = turn.model_dump(include={"label", "text", "start_ms", "end_ms", "speaker_id", "kind"})
    session.add(
        TurnVersion(turn_id=turn.id, record_id=record_id, n=turn.version, why=reason.why, by=reason.by, at=at, **kept)
    )
    session.add(turn)
    session.flush()


def correct(
    session: Session,
    turn: Turn,
    kind: str,
    before: str,
    after: str,
    reason: Reason,
    at: datetime,
    *,
    other: Turn | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Say in public what changed, and tell the index."""
    assert turn.id is not None
    session.add(
        Correction(
            forum_id=turn.forum_id,
            turn_id=turn.id,
            kind=kind,
            before=before,
            after=after,
            why=reason.why,
            by=reason.by,
            at=at,
            requested_by=reason.requested_by.strip() or None,
            version=turn.version,
            other_id=other.id if other else None,
            undoes_id=reason.undoes,
            detail=json.dumps(detail) if detail is not None else None,
        )
    )
    session.flush()
    outbox.enqueue(session, [turn.key])


def settle(session: Session, turn: Turn, clock: Callable[[], datetime]) -> None:
    """What follows from a change of a turn: the exchanges are found again, and every annotation looks for its words."""
    asking.keep(session, turn.forum_id, turn.record_id)
    annotating.reanchor(session, turn.record_id, clock)


def version_of(session: Session, turn_id: int, n: int) -> TurnVersion:
    """Version n of a turn. Raises NotFound."""
    found = session.exec(
        select(TurnVersion).where(TurnVersion.turn_id == turn_id, TurnVersion.n == n).order_by(col(TurnVersion.n))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no version {n} of these words.", n=n)
    return found
