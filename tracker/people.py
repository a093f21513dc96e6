"""Two people who are one, in every room: the record moves voices and names, the interpretation moves candidacies."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from positions import candidacies
from transcripts import aliases, merging
from transcripts.amending import Reason
from transcripts.errors import Conflict
from transcripts.merging import Merging
from transcripts.messages import Message, joined
from transcripts.models import now

CANDIDACY = "candidacy"


@dataclass(frozen=True)
class Preview:
    """What merging would move: in the record, and the races (titles) stood in. With any of `conflicts` it is refused."""

    record: Merging
    races: tuple[str, ...]
    conflicts: tuple[Message, ...]


def preview_merge(session: Session, gone_slug: str, kept_slug: str) -> Preview:
    """What merging one person into another would do. Writes nothing. Raises NotFound; Refusal for one and the same."""
    record = merging.preview(session, gone_slug, kept_slug)
    gone, kept = (aliases.person(session, slug) for slug in (gone_slug, kept_slug))
    standing = candidacies.standing(session, gone, kept)
    return Preview(record, standing.races, (*record.conflicts, *standing.conflicts))


def merge(session: Session, gone_slug: str, kept_slug: str, reason: Reason, clock: Callable[[], datetime] = now) -> int:
    """Merge one person into another, in the caller's transaction; returns the id `unmerge` takes. Raises Conflict, NotFound."""
    conflicts = preview_merge(session, gone_slug, kept_slug).conflicts
    if conflicts:
        raise Conflict.of(joined(conflicts))
    gone, kept = (aliases.person(session, slug) for slug in (gone_slug, kept_slug))
    moved = candidacies.hand_over(session, gone, kept)
    return merging.merge(session, gone.slug, kept.slug, reason, {CANDIDACY: moved}, clock)


def unmerge(session: Session, merge_id: int, reason: Reason, clock: Callable[[], datetime] = now) -> None:
    """Separate two people again, in the caller's transaction. Raises NotFound, Conflict."""
    back = merging.unmerge(session, merge_id, reason, clock)
    candidacies.give(session, back.also.get(CANDIDACY, ()), back.from_id, back.person_id)
