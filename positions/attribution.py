"""Who said words that positions rest on: that changes in public only when two editors say so.

Everything that would give such words to another voice passes here; the record itself carries it out.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from sqlmodel import Session, col, select

from positions import reanchoring
from positions.models import Candidacy, Evidence, EvidenceAnchor, Stance
from transcripts import correcting, proposing, undoing
from transcripts.amending import Reason
from transcripts.desk_models import ProposedChange
from transcripts.models import Correction, Speaker, Turn, TurnVersion, now

Clock = Callable[[], datetime]


def rested_on(session: Session, turn_ids: Collection[int] | None = None) -> frozenset[int]:
    """Turns (of those given, or all) whose words are evidence of a position that stands, where they were or are now."""
    replaced = select(Stance.supersedes_id).where(col(Stance.supersedes_id).is_not(None))
    first = select(Evidence.turn_id).where(col(Evidence.turn_id).is_not(None), col(Evidence.stance_id).not_in(replaced))
    later = (
        select(EvidenceAnchor.turn_id)
        .join(Evidence, col(Evidence.id) == col(EvidenceAnchor.evidence_id))
        .where(col(Evidence.stance_id).not_in(replaced), EvidenceAnchor.status != "orphan")
    )
    if turn_ids is not None:
        first = first.where(col(Evidence.turn_id).in_(turn_ids))
        later = later.where(col(EvidenceAnchor.turn_id).in_(turn_ids))
    return frozenset(id for id in (*session.exec(first), *session.exec(later)) if id is not None)


def guarded(session: Session, forum_id: int) -> frozenset[int]:
    """The turns of a forum whose voice no import may change by itself."""
    everywhere = rested_on(session)
    here = select(Turn.id).where(Turn.forum_id == forum_id, col(Turn.id).in_(everywhere))
    return frozenset(id for id in session.exec(here) if id is not None)


def of_voice(session: Session, speaker_id: int) -> frozenset[int]:
    """The turns of a voice whose words positions rest on: who that voice is changes what all of them say."""
    turns = session.exec(select(Turn.id).where(Turn.speaker_id == speaker_id)).all()
    return rested_on(session, [id for id in turns if id is not None])


def of_people(session: Session, voices: Collection[int], candidacies: Collection[int]) -> int:
    """How many positions that stand are of these candidacies, or rest on words of these voices: what merging people moves."""
    replaced = select(Stance.supersedes_id).where(col(Stance.supersedes_id).is_not(None))
    stances = select(Stance.id).where(col(Stance.id).not_in(replaced))
    turns = select(Turn.id).where(col(Turn.speaker_id).in_(voices))
    quoted = (
        select(Evidence.stance_id)
        .outerjoin(EvidenceAnchor, col(EvidenceAnchor.evidence_id) == col(Evidence.id))
        .where(col(Evidence.turn_id).in_(turns) | col(EvidenceAnchor.turn_id).in_(turns))
    )
    theirs = col(Stance.candidacy_id).in_(candidacies) | col(Stance.id).in_(quoted)
    return len(session.exec(stances.where(theirs)).all())


def reassign(
    session: Session, key: str, version: int, speaker_id: int | None, reason: Reason, clock: Clock = now
) -> int | None:
    """Give a turn to another voice: at once (None), or proposed to a second editor (the proposal's id)."""
    turn = session.exec(select(Turn).where(Turn.key == key)).one_or_none()
    if turn is not None and rested_on(session, [turn.id or 0]):
        return proposing.propose(session, key, version, speaker_id, reason, clock=clock)
    correcting.reassign(session, key, version, speaker_id, reason, clock)
    if turn is not None:
        reanchoring.reanchor(session, turn.forum_id, clock)
    return None


def undo(session: Session, correction_id: int, version: int, reason: Reason, clock: Clock = now) -> int | None:
    """Take any correction back: at once (None), or proposed where that changes who said words that positions rest on."""
    done = undoing.whole(session, correction_id)
    turn = session.get_one(Turn, done.turn_id)
    if done.kind == "reassign" and rested_on(session, [done.turn_id]):
        return proposing.propose(session, turn.key, version, _former(session, done), reason, done.id, clock)
    undoing.undo(session, correction_id, version, reason, clock)
    reanchoring.reanchor(session, turn.forum_id, clock)
    return None


def approve(session: Session, proposal_id: int, by: str, clock: Clock = now) -> None:
    """Agree to a proposal as another account, which carries it out."""
    proposing.approve(session, proposal_id, by, clock)
    forum_id = session.exec(
        select(Turn.forum_id)
        .join(ProposedChange, col(ProposedChange.turn_id) == col(Turn.id))
        .where(ProposedChange.id == proposal_id)
    ).one()
    reanchoring.reanchor(session, forum_id, clock)


def misattributed(session: Session) -> list[int]:
    """Ids of evidence of positions that stand whose words are now given to somebody else, or to nobody."""
    replaced = select(Stance.supersedes_id).where(col(Stance.supersedes_id).is_not(None))
    rows = session.exec(
        select(Evidence.id, Candidacy.person_id, Speaker.person_id)
        .join(Stance, col(Stance.id) == col(Evidence.stance_id))
        .join(Candidacy, col(Candidacy.id) == col(Stance.candidacy_id))
        .join(Turn, col(Turn.id) == col(Evidence.turn_id))
        .outerjoin(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .where(col(Stance.id).not_in(replaced), Turn.status == "current")
        .order_by(col(Evidence.id))
    )
    return [id or 0 for id, candidate, speaker in rows if candidate != speaker]


def _former(session: Session, done: Correction) -> int | None:
    before = (TurnVersion.turn_id == done.turn_id, TurnVersion.n == (done.version or 1) - 1)
    return session.exec(select(TurnVersion.speaker_id).where(*before)).one_or_none()
