"""Corrections by people: reword, reassign, withdraw, merge, split. Each is public, keeps what was, and answers old links.

Every function is one step of the caller's transaction. `version` is the version the editor looked at: if somebody changed
the turn since, Conflict is raised and nothing is lost. `why` and `by` are shown to readers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, and_, col, select, update

from transcripts import asking
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Correction, Speaker, Turn, TurnVersion, now
from transcripts.search import outbox
from transcripts.storing import new_key
from transcripts.text import clean, count_words, fingerprint


@dataclass(frozen=True)
class Reason:
    """Why a change is made and who makes it. Both are printed beside it for as long as the record lasts."""

    why: str
    by: str

    def __post_init__(self) -> None:
        if not self.why.strip() or not self.by.strip():
            raise Refusal("A correction needs a reason and a name: readers see both.")


def reword(
    session: Session, key: str, version: int, text: str, reason: Reason, clock: Callable[[], datetime] = now
) -> None:
    """Put other words in a turn. Raises Refusal for none at all or the very same."""
    turn, words = _current(session, key, version), clean(text).strip()
    if not words or words == turn.text:
        raise Refusal("These are the words that stand there." if words else "To take words away, withdraw them.")
    before = turn.text
    _say(turn, words)
    _keep(session, turn, "reword", before, words, reason, clock(), edited=True)


def reassign(
    session: Session,
    key: str,
    version: int,
    speaker_id: int | None,
    reason: Reason,
    clock: Callable[[], datetime] = now,
) -> None:
    """Give a turn to another voice of the forum, or to none. The printed label stays beside it."""
    turn = _current(session, key, version)
    if speaker_id == turn.speaker_id:
        raise Refusal("These words are given to that voice already.")
    before, after = _voice(session, turn, turn.speaker_id), _voice(session, turn, speaker_id)
    turn.speaker_id = speaker_id
    _keep(session, turn, "reassign", before, after, reason, clock(), edited=False)
    asking.keep(session, turn.forum_id, turn.record_id)


def withdraw(session: Session, key: str, version: int, reason: Reason, clock: Callable[[], datetime] = now) -> None:
    """Take a turn away: its link answers with this correction."""
    turn = _current(session, key, version)
    turn.status = "withdrawn"
    _keep(session, turn, "withdraw", turn.text, "", reason, clock(), edited=False)
    asking.keep(session, turn.forum_id, turn.record_id)


def merge(
    session: Session,
    first: tuple[str, int],
    second: tuple[str, int],
    reason: Reason,
    clock: Callable[[], datetime] = now,
) -> None:
    """Join two neighbouring turns of one voice, each given as (key, version): the link of the second leads to the first."""
    kept, gone = _current(session, *first), _current(session, *second)
    _refuse_strangers(session, kept, gone)
    before, at = kept.text, clock()
    _say(kept, f"{kept.text} {gone.text}")
    kept.end_ms = gone.end_ms
    gone.status, gone.merged_into_id = "merged", kept.id
    _keep(session, gone, "merge", gone.text, kept.text, reason, at, edited=False)
    _keep(session, kept, "merge", before, kept.text, reason, at, edited=True)
    asking.keep(session, kept.forum_id, kept.record_id)


def split(
    session: Session, key: str, version: int, at: int, reason: Reason, clock: Callable[[], datetime] = now
) -> str:
    """Divide a turn before code point `at`. The first part keeps the key; returns the key of the second.

    Nobody knows when the second part begins: it has no start until somebody says so.
    """
    turn, when = _current(session, key, version), clock()
    first, second = turn.text[: max(0, at)].rstrip(), turn.text[max(0, at) :].lstrip()
    if not first or not second:
        raise Refusal("Both parts need words.")
    later = and_(col(Turn.record_id) == turn.record_id, col(Turn.position) > turn.position)
    session.execute(update(Turn).where(later).values(position=Turn.position + 1))
    before, end_ms = turn.text, turn.end_ms
    _say(turn, first)
    turn.end_ms = None
    _keep(session, turn, "split", before, first, reason, when, edited=True)
    part = Turn(**turn.model_dump(exclude={"id", "source_ref"}) | {"key": new_key(), "version": 0, "start_ms": None})
    part.position, part.end_ms = turn.position + 1, end_ms
    _say(part, second)
    session.add(part)
    session.flush()
    _version(session, part, reason, when, edited=True)
    outbox.enqueue_forums(session, [turn.forum_id])
    asking.keep(session, turn.forum_id, turn.record_id)
    return part.key


def _current(session: Session, key: str, version: int) -> Turn:
    """A turn to change, locked until the transaction ends. Raises NotFound, or Conflict where it is not what was seen."""
    turn = session.exec(
        select(Turn).where(Turn.key == key).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if turn is None:
        raise NotFound(f"There are no words kept under the key “{key}”.")
    if turn.status != "current":
        raise Conflict("These words were taken away or joined with others meanwhile.")
    if turn.version != version:
        raise Conflict(
            f"Somebody changed these words meanwhile: you saw version {version}, this is version {turn.version}."
        )
    return turn


def _refuse_strangers(session: Session, kept: Turn, gone: Turn) -> None:
    between = and_(
        col(Turn.record_id) == kept.record_id,
        col(Turn.status) == "current",
        col(Turn.position) > kept.position,
        col(Turn.position) < gone.position,
    )
    beside = kept.record_id == gone.record_id and kept.position < gone.position
    if not beside or session.exec(select(Turn.id).where(between).limit(1)).first() is not None:
        raise Refusal("Only two turns that follow one another can be joined, the first one first.")
    if kept.speaker_id != gone.speaker_id:
        raise Refusal("These are two voices: give both turns to one of them first.")


def _voice(session: Session, turn: Turn, speaker_id: int | None) -> str:
    """The name of a voice as a correction prints it."""
    if speaker_id is None:
        return ""
    speaker = session.get(Speaker, speaker_id)
    if speaker is None or speaker.forum_id != turn.forum_id:
        raise NotFound("There is no such voice at this forum.")
    return speaker.name


def _say(turn: Turn, words: str) -> None:
    turn.text, turn.words, turn.fingerprint = words, count_words(words), fingerprint(turn.label, words)


def _keep(
    session: Session, turn: Turn, kind: str, before: str, after: str, reason: Reason, at: datetime, *, edited: bool
) -> None:
    """The next version of a turn, the public correction, and word to the index."""
    _version(session, turn, reason, at, edited=edited)
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
        )
    )
    session.flush()
    outbox.enqueue(session, [turn.key])


def _version(session: Session, turn: Turn, reason: Reason, at: datetime, *, edited: bool) -> None:
    """Words an editor wrote have no file that says so; other changes leave them with the file they come from."""
    latest = select(TurnVersion.record_id).where(TurnVersion.turn_id == turn.id, TurnVersion.n == turn.version)
    record_id = None if edited else session.exec(latest).one_or_none()
    turn.version += 1
    assert turn.id is not None
    session.add(
        TurnVersion(
            turn_id=turn.id,
            record_id=record_id,
            n=turn.version,
            label=turn.label,
            text=turn.text,
            start_ms=turn.start_ms,
            end_ms=turn.end_ms,
            why=reason.why,
            by=reason.by,
            at=at,
        )
    )
    session.add(turn)
    session.flush()
