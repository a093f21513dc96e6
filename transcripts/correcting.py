"""Corrections by people: reword, reassign, retime, mark, withdraw, restore, merge, split. Each is public and keeps what was.

Every function is one step of the caller's transaction. `version` is the version the editor looked at: if somebody changed
the turn since, Conflict is raised and nothing is lost. `undoing.undo` takes any of them back. Who said words that positions
rest on changes only through `positions.attribution`, which asks a second editor.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, and_, col, select, update

from transcripts import amending, masking
from transcripts.amending import Reason
from transcripts.errors import Refusal
from transcripts.models import Turn, now
from transcripts.queries import withheld
from transcripts.search import outbox
from transcripts.storing import new_key
from transcripts.text import clean
from transcripts.vocabulary import TurnKind

__all__ = ["Reason", "mark", "merge", "reassign", "restore", "retime", "reword", "split", "withdraw"]

Clock = Callable[[], datetime]
MARKED = (TurnKind.SPEECH, TurnKind.PROCEDURE)
"""The two kinds of turn that editors tell apart; the others are what the source is."""


def reword(session: Session, key: str, version: int, text: str, reason: Reason, clock: Clock = now) -> None:
    """Put other words in a turn. Raises Refusal for none at all or the very same."""
    turn, words = amending.current(session, key, version), clean(text).strip()
    if not words or words == turn.text:
        raise Refusal("These are the words that stand there." if words else "To take words away, withdraw them.")
    if masking.mask_sealed(words, withheld.known(session, turn.forum_id)) != words:
        raise Refusal("These words hold what was withheld here: leave the mark where it stands.")
    before = turn.text
    amending.say(turn, words)
    _keep(session, turn, None, "reword", before, words, reason, clock())
    amending.settle(session, turn, clock)


def reassign(
    session: Session, key: str, version: int, speaker_id: int | None, reason: Reason, clock: Clock = now
) -> None:
    """Give a turn to another voice of the forum, or to none. The printed label stays beside it, and no file takes it back."""
    turn = amending.current(session, key, version)
    if speaker_id == turn.speaker_id:
        raise Refusal("These words are given to that voice already.")
    before = amending.voice(session, turn.forum_id, turn.speaker_id)
    after = amending.voice(session, turn.forum_id, speaker_id)
    fixed, turn.speaker_fixed, turn.speaker_id = turn.speaker_fixed, True, speaker_id
    record_id = amending.record_of(session, turn)
    _keep(session, turn, record_id, "reassign", before, after, reason, clock(), fixed=fixed)
    amending.settle(session, turn, clock)


def retime(
    session: Session,
    key: str,
    version: int,
    start_ms: int | None,
    end_ms: int | None,
    reason: Reason,
    clock: Clock = now,
) -> None:
    """Say when words were said: ms from the start of their part, None where nobody knows. No file takes it back."""
    turn = amending.current(session, key, version)
    if (start_ms is not None and start_ms < 0) or (end_ms is not None and end_ms < (start_ms or 0)):
        raise Refusal("Words begin at 0 or later and end after they begin.")
    if (start_ms, end_ms) == (turn.start_ms, turn.end_ms):
        raise Refusal("These are the times that stand there.")
    before = span(turn.start_ms, turn.end_ms)
    fixed, turn.times_fixed, turn.start_ms, turn.end_ms = turn.times_fixed, True, start_ms, end_ms
    record_id = amending.record_of(session, turn)
    _keep(session, turn, record_id, "retime", before, span(start_ms, end_ms), reason, clock(), fixed=fixed)
    amending.settle(session, turn, clock)


def mark(session: Session, key: str, version: int, kind: TurnKind, reason: Reason, clock: Clock = now) -> None:
    """Say that a turn is speech, or that it only runs the forum and counts towards nobody. No rule takes it back."""
    turn = amending.current(session, key, version)
    if turn.kind not in MARKED or kind not in MARKED:
        raise Refusal("Only what somebody says aloud can be marked as speech or as procedure.")
    if kind == turn.kind:
        raise Refusal("These words are marked so already.")
    before, fixed = turn.kind, turn.kind_fixed
    turn.kind, turn.kind_fixed = kind, True
    record_id = amending.record_of(session, turn)
    _keep(session, turn, record_id, "mark", before, kind, reason, clock(), fixed=fixed)
    amending.settle(session, turn, clock)


def withdraw(session: Session, key: str, version: int, reason: Reason, clock: Clock = now) -> None:
    """Take a turn away: its link answers with this correction."""
    turn = amending.current(session, key, version)
    turn.status = "withdrawn"
    _keep(session, turn, amending.record_of(session, turn), "withdraw", turn.text, "", reason, clock())
    amending.settle(session, turn, clock)


def restore(session: Session, key: str, version: int, reason: Reason, clock: Clock = now) -> None:
    """Show a turn again that was withdrawn. Raises Refusal for any other."""
    turn = amending.seen(session, key, version)
    if turn.status != "withdrawn":
        raise Refusal("Only words that were removed can be shown again.")
    turn.status = "current"
    _keep(session, turn, amending.record_of(session, turn), "restore", "", turn.text, reason, clock())
    amending.settle(session, turn, clock)


def merge(
    session: Session, first: tuple[str, int], second: tuple[str, int], reason: Reason, clock: Clock = now
) -> None:
    """Join two neighbouring turns of one voice, each given as (key, version): the link of the second leads to the first."""
    kept, gone = amending.current(session, *first), amending.current(session, *second)
    _refuse_strangers(session, kept, gone)
    before, at = kept.text, clock()
    amending.say(kept, f"{kept.text} {gone.text}")
    kept.end_ms = gone.end_ms
    join(session, kept, gone, None, before, reason, at)


def join(
    session: Session, kept: Turn, gone: Turn, record_id: int | None, before: str, reason: Reason, at: datetime
) -> None:
    """The rows of a merge whose words `kept` holds already; `record_id` is the record whose file has them."""
    gone.status, gone.merged_into_id = "merged", kept.id
    own = amending.record_of(session, gone)
    amending.version(session, gone, own, reason, at)
    alone = replace(reason, undoes=None)
    amending.correct(session, gone, "merge", gone.text, kept.text, alone, at, other=kept)
    amending.version(session, kept, record_id, reason, at)
    amending.correct(session, kept, "merge", before, kept.text, reason, at, other=gone)
    amending.settle(session, kept, lambda: at)


def split(
    session: Session, key: str, version: int, at: int, reason: Reason, clock: Clock = now, ms: int | None = None
) -> str:
    """Divide a turn before code point `at`. The first part keeps the key; returns the key of the second.

    `ms` is when the second part was heard to begin; without it nobody knows, and it has no start until somebody says so.
    """
    turn, when = amending.current(session, key, version), clock()
    first, second = turn.text[: max(0, at)].rstrip(), turn.text[max(0, at) :].lstrip()
    if not first or not second:
        raise Refusal("Both parts need words.")
    later = and_(col(Turn.record_id) == turn.record_id, col(Turn.position) > turn.position)
    session.execute(update(Turn).where(later).values(position=Turn.position + 1))
    before, end_ms = turn.text, turn.end_ms
    amending.say(turn, first)
    turn.end_ms = ms
    amending.version(session, turn, None, reason, when)
    part = Turn(**turn.model_dump(exclude={"id", "source_ref"}) | {"key": new_key(), "version": 0, "start_ms": ms})
    part.position, part.end_ms = turn.position + 1, end_ms
    amending.say(part, second)
    session.add(part)
    session.flush()
    amending.version(session, part, None, reason, when)
    amending.correct(session, turn, "split", before, first, reason, when, other=part)
    outbox.enqueue_forums(session, [turn.forum_id])
    amending.settle(session, turn, clock)
    return part.key


def span(start_ms: int | None, end_ms: int | None) -> str:
    """Times as a correction prints them: 1:02:03.500–1:02:05.000, a dash for what nobody knows."""
    return "–".join(_clock(ms) for ms in (start_ms, end_ms))


def _clock(ms: int | None) -> str:
    if ms is None:
        return "?"
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


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


def _keep(
    session: Session,
    turn: Turn,
    record_id: int | None,
    kind: str,
    before: str,
    after: str,
    reason: Reason,
    at: datetime,
    fixed: bool | None = None,
) -> None:
    """The next version of a turn and its correction; `fixed` says whether an editor had set the same thing before."""
    amending.version(session, turn, record_id, reason, at)
    detail = None if fixed is None else {"fixed": fixed}
    amending.correct(session, turn, kind, before, after, reason, at, detail=detail)
