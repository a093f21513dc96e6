"""Evidence follows its words: looked for again after a transcript changed, never silently, never overwritten.

Evidence keeps what was coded; `evidence_anchor` says where those words stand in each later version. Only an unchanged wording
moves by itself; everything else waits for a person, and words that are gone are quoted no longer.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from positions.models import Evidence, EvidenceAnchor
from transcripts import anchors, reanchoring
from transcripts.anchors import Anchor
from transcripts.drafting import Draft
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Turn, now

Clock = Callable[[], datetime]
_FIELDS = ("turn_id", "turn_version", "start", "end", "exact", "before", "after")


def reanchor(session: Session, forum_id: int, clock: Clock = now) -> dict[str, int]:
    """Look for the words of all evidence from a forum again; call it in every transaction that changes its turns.

    Returns how many pieces got which status.
    """
    places = reanchoring.look(session, _held(session, forum_id), evidence=True)
    at = clock()
    counts: dict[str, int] = {}
    for place in places:
        session.add(EvidenceAnchor(evidence_id=place.owner, at=at, **place.columns()))
        counts[place.status] = counts.get(place.status, 0) + 1
    session.flush()
    return counts


def forecast(session: Session, forum_id: int, draft: Draft) -> dict[str, int]:
    """How many pieces of evidence from the record it replaces would get which status, were these files stored."""
    after, texts = draft.words_after()
    held = [one for one in _held(session, forum_id) if one.turn_id in after]
    return reanchoring.forecast(session, held, after, texts, evidence=True)


def confirm(
    session: Session, evidence_id: int, seen: int, by: str, span: tuple[int, int] | None = None, clock: Clock = now
) -> None:
    """Say that a doubtful place is right, or that [start, end) is, in version `seen` of the turn: a further row by `by`."""
    last = _last(session, evidence_id)
    turn = session.exec(select(Turn).where(Turn.id == last.turn_id).with_for_update()).one()
    if turn.status != "current" or turn.version != seen or last.turn_version != seen:
        raise Conflict("These words were changed meanwhile: look at them again.")
    start, end = span or (last.start, last.end)
    if start is None or end is None:
        raise Refusal("The words are gone: say where they stand now.")
    try:
        found = anchors.anchor(turn.text, start, end)
    except ValueError as error:
        raise Refusal("The words you chose are not in this place; choose them anew.") from error
    place = reanchoring.Place(evidence_id, last.turn_id, seen, "moved", "person", 1.0, found)
    session.add(EvidenceAnchor(evidence_id=evidence_id, confirmed_by=by, at=clock(), **place.columns()))
    session.flush()


def overlooked(session: Session) -> int:
    """How many pieces of evidence point at an older version of their turn than its present one: none, ever."""
    return len(reanchoring.look(session, _held(session, None), evidence=True))


def present(session: Session, ids: Collection[int]) -> dict[int, EvidenceAnchor]:
    """The last place of each of these pieces of evidence whose words were looked for since. One statement."""
    if not ids:
        return {}
    rows = session.exec(
        select(EvidenceAnchor).where(col(EvidenceAnchor.evidence_id).in_(ids)).order_by(col(EvidenceAnchor.id))
    )
    return {row.evidence_id: row for row in rows}


def _last(session: Session, evidence_id: int) -> EvidenceAnchor:
    found = present(session, [evidence_id]).get(evidence_id)
    if found is None:
        raise NotFound("Nothing changed in these words since they were quoted.")
    return found


def _held(session: Session, forum_id: int | None) -> list[reanchoring.Held]:
    ours = select(Turn.id).where(Turn.forum_id == forum_id)
    of_forum = col(Evidence.turn_id).in_(ours) if forum_id is not None else col(Evidence.turn_id).is_not(None)
    first = session.exec(select(Evidence).where(of_forum).order_by(col(Evidence.id))).all()
    later = session.exec(
        select(EvidenceAnchor)
        .join(Evidence, col(Evidence.id) == col(EvidenceAnchor.evidence_id))
        .where(of_forum)
        .order_by(col(EvidenceAnchor.id))
    ).all()
    rows: list[tuple[Any, ...]] = [(one.id, *(getattr(one, name) for name in _FIELDS), "exact") for one in first]
    rows += [(one.evidence_id, *(getattr(one, name) for name in _FIELDS), one.status) for one in later]
    return reanchoring.held_by(rows)


def words(row: EvidenceAnchor) -> Anchor | None:
    """The place of a row, None for an orphan."""
    if row.start is None or row.end is None:
        return None
    return Anchor(row.start, row.end, row.exact or "", row.before or "", row.after or "")
