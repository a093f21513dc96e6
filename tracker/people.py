"""Two people who are one, in every room: the record moves voices and names, the interpretation moves candidacies.

Where positions rest on what would change hands, one editor proposes and another agrees (`merge`, `unmerge`, `approve`).
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from positions import attribution, candidacies, coder_ties
from positions.followthrough import moving
from positions.models import Candidacy
from transcripts import aliases, merging, proposing
from transcripts.amending import Reason
from transcripts.errors import Conflict, NotFound
from transcripts.merging import Merging
from transcripts.messages import Message, joined
from transcripts.models import Speaker, now
from transcripts.people_tables import PersonMerge
from transcripts.queries import proposals
from transcripts.queries.proposals import MergeProposal

CANDIDACY, TIE = "candidacy", "coder_tie"
CHANGED = "What would change hands is not what it was. Look at it again, then agree or refuse."
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Preview:
    """What merging would move: in the record, and the races (titles) stood in. With any of `conflicts` it is refused.

    `positions` counts those that rest on it: with any, a second editor must agree.
    """

    record: Merging
    races: tuple[str, ...]
    conflicts: tuple[Message, ...]
    positions: int = 0

    @property
    def version(self) -> str:
        """A digest of everything it says: what an editor saw, and what there is when they agree."""
        return _digest(self)


@dataclass(frozen=True)
class Back:
    """What separating two people again would take back: positions that rest on it, (voices, candidacies); or it was `undone`."""

    undone: bool
    positions: int
    rows: tuple[int, ...]

    @property
    def version(self) -> str:
        """As that of a `Preview`."""
        return _digest(self)


def _digest(seen: object) -> str:
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def preview_merge(session: Session, gone_slug: str, kept_slug: str) -> Preview:
    """What merging one person into another would do. Writes nothing. Raises NotFound; Refusal for one and the same."""
    record = merging.preview(session, gone_slug, kept_slug)
    gone, kept = (aliases.person(session, slug) for slug in (gone_slug, kept_slug))
    standing = candidacies.standing(session, gone, kept)
    voices = [id for id in session.exec(select(Speaker.id).where(Speaker.person_id == gone.id)) if id is not None]
    stood = [id for id in session.exec(select(Candidacy.id).where(Candidacy.person_id == gone.id)) if id is not None]
    rest = attribution.of_people(session, voices, stood)
    return Preview(record, standing.races, (*record.conflicts, *standing.conflicts), rest)


def merge(session: Session, gone_slug: str, kept_slug: str, reason: Reason, clock: Clock = now) -> int | None:
    """Merge one person into another: at once (None), or proposed to a second editor (the proposal's id).

    In the caller's transaction. Raises Conflict, NotFound.
    """
    seen = preview_merge(session, gone_slug, kept_slug)
    if not seen.positions:
        carry_out(session, gone_slug, kept_slug, reason, clock)
        return None
    if seen.conflicts:
        raise Conflict.of(joined(seen.conflicts))
    gone, kept = (aliases.person(session, slug) for slug in (gone_slug, kept_slug))
    return proposing.propose_merge(session, gone.slug, kept.slug, reason, clock=clock)


def carry_out(session: Session, gone_slug: str, kept_slug: str, reason: Reason, clock: Clock = now) -> int:
    """Merge one person into another whoever asks; returns the id `take_back` takes. Raises Conflict, NotFound."""
    conflicts = preview_merge(session, gone_slug, kept_slug).conflicts
    if conflicts:
        raise Conflict.of(joined(conflicts))
    gone, kept = (aliases.person(session, slug) for slug in (gone_slug, kept_slug))
    moved = {CANDIDACY: candidacies.hand_over(session, gone, kept), TIE: coder_ties.hand_over(session, gone, kept)}
    moved |= moving.hand_over(session, "person", gone.id or 0, kept.id or 0)
    return merging.merge(session, gone.slug, kept.slug, reason, moved, clock)


def unmerge_preview(session: Session, merge_id: int) -> Back:
    """What separating two people again would take back. Raises NotFound."""
    row = session.get(PersonMerge, merge_id)
    if row is None:
        raise NotFound("There is no such merge.")
    moved = json.loads(row.moved)
    voices = select(Speaker.id).where(
        col(Speaker.id).in_([int(id) for id in moved["voices"]]), Speaker.person_id == row.into_id
    )
    stood = select(Candidacy.id).where(
        col(Candidacy.id).in_(moved.get(CANDIDACY, ())), Candidacy.person_id == row.into_id
    )
    found = [[id for id in session.exec(which) if id is not None] for which in (voices, stood)]
    return Back(row.undone_at is not None, attribution.of_people(session, *found), tuple(map(len, found)))


def unmerge(session: Session, merge_id: int, reason: Reason, clock: Clock = now) -> int | None:
    """Separate two people again: at once (None), or proposed to a second editor (the proposal's id). Raises NotFound, Conflict."""
    seen = unmerge_preview(session, merge_id)
    if seen.undone or not seen.positions:
        take_back(session, merge_id, reason, clock)
        return None
    row = session.get_one(PersonMerge, merge_id)
    return proposing.propose_merge(session, row.slug, row.into_slug, reason, merge_id, clock)


def take_back(session: Session, merge_id: int, reason: Reason, clock: Clock = now) -> None:
    """Separate two people again whoever asks, in the caller's transaction. Raises NotFound, Conflict."""
    back = merging.unmerge(session, merge_id, reason, clock)
    candidacies.give(session, back.also.get(CANDIDACY, ()), back.from_id, back.person_id)
    coder_ties.give(session, back.also.get(TIE, ()), back.from_id, back.person_id)
    moving.give(session, back.also, back.from_id, back.person_id)


def approve(session: Session, proposal_id: int, by: str, seen: str, clock: Clock = now) -> None:
    """Agree to a proposal as another account, which carries it out.

    `seen` is the version of what that account looked at. Raises Refusal for the account that proposed it; Conflict where
    somebody decided before, or where what would change hands is not what was seen.
    """
    one, reason = proposing.agree_to_merge(session, proposal_id, by, clock)
    if seen != _moving(session, one.gone_slug, one.kept_slug, one.undoes_id).version:
        raise Conflict(CHANGED)
    if one.undoes_id is not None:
        take_back(session, one.undoes_id, reason, clock)
    else:
        carry_out(session, one.gone_slug, one.kept_slug, reason, clock)


@dataclass(frozen=True)
class Asked:
    """A proposal to merge or separate two people, with what it would move now; None where one of them is there no more."""

    proposal: MergeProposal
    moving: Preview | Back | None


def waiting(session: Session) -> list[Asked]:
    """The proposals that wait for a second editor, the oldest first."""
    found = []
    for one in proposals.waiting_merges(session):
        try:
            moving = _moving(session, one.gone_slug, one.kept_slug, one.undoes_id)
        except NotFound:
            moving = None
        found.append(Asked(one, moving))
    return found


def _moving(session: Session, gone_slug: str, kept_slug: str, undoes_id: int | None) -> Preview | Back:
    if undoes_id is not None:
        return unmerge_preview(session, undoes_id)
    return preview_merge(session, gone_slug, kept_slug)
