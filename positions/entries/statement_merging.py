"""Two statements of a race that are one: the positions on the one are positions on the other, and all of it can be taken back.

Nobody is given two positions by it: where both statements hold one of the same candidate, the merge is refused.
"""

import json
from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, func, select, update

from positions.entries import coded_merging, merging, statements
from positions.entries.entry import Doc, Kind, needed
from positions.followthrough import moving
from positions.models import Candidacy, Proposition, Stance
from positions.options import read as read_options
from positions.options import words
from positions.queries import recorded
from positions.queries.recorded import Held
from transcripts.errors import Conflict, Refusal
from transcripts.vocabulary import Reason

KIND_NAME = "statement"


@dataclass(frozen=True)
class Merging:
    """What goes over: the candidates (by name) of whom something was recorded, and those of whom both hold a position."""

    moved: tuple[str, ...]
    both: tuple[str, ...]


def preview(session: Session, gone_slug: str, kept_slug: str) -> Merging:
    """What merging one statement into another would move. Writes nothing. Raises NotFound, Refusal."""
    gone, kept = _pair(session, gone_slug, kept_slug)
    theirs, ours = _standing(session, gone), _standing(session, kept)
    names = dict(
        session.exec(select(Candidacy.id, Candidacy.ballot_name).where(Candidacy.contest_id == gone.contest_id)).all()
    )
    both = [id for id in theirs if _told(theirs[id]) and _told(ours.get(id, []))]
    return Merging(tuple(sorted(names[id] for id in theirs)), tuple(sorted(names[id] for id in both)))


def read(session: Session, slug: str) -> Doc | None:
    """Into which statement one was merged; None where it was not."""
    return merging.read(session, KIND_NAME, slug)


def write(session: Session, slug: str, doc: Doc) -> None:
    """Merge one statement into another of its race. Raises NotFound, Refusal; Conflict with those of whom both hold a position."""
    both = preview(session, slug, doc["merged"]).both
    if both:
        raise Conflict(
            "Both statements hold a position of {names}; take one of the two back first.", names=", ".join(both)
        )
    gone, kept = _pair(session, slug, doc["merged"])
    held = json.loads(kept.synonyms)
    synonyms = [
        text for text in dict.fromkeys((gone.text_en, *json.loads(gone.synonyms))) if text not in (*held, kept.text_en)
    ]
    told = statements.read(session, slug)
    joined = _join(session, gone, kept)
    moved = {
        "statement": told,
        "version": gone.version,
        "joined": joined,
        "codings": coded_merging.join(session, gone, kept),
        "positions": merging.move(session, Stance, "proposition_id", gone.id or 0, kept.id or 0),
        "deeds": moving.hand_over(session, "proposition", gone.id or 0, kept.id or 0),
        "words": synonyms,
        "last": session.exec(select(func.max(Stance.id))).one() or 0,
    }
    kept.synonyms = json.dumps([*held, *synonyms], ensure_ascii=False)
    session.add(kept)
    session.delete(gone)
    session.flush()
    merging.keep(session, KIND_NAME, slug, doc["merged"], moved)


def remove(session: Session, slug: str) -> None:
    """Separate two statements again, the positions as they were. Raises NotFound; Conflict where one was recorded since."""
    into, moved = merging.release(session, KIND_NAME, slug, Proposition)
    kept = needed(session, Proposition, into, "statement")
    since = select(Stance.id).where(Stance.proposition_id == kept.id, col(Stance.id) > moved["last"])
    if session.exec(since).first() is not None:
        raise Conflict(
            "Positions on this statement were recorded since the two were merged; they cannot be told apart any more."
        )
    statements.write(session, slug, moved["statement"])
    back = needed(session, Proposition, slug, "statement")
    back.version = moved["version"]
    kept.synonyms = json.dumps(
        [word for word in json.loads(kept.synonyms) if word not in moved["words"]], ensure_ascii=False
    )
    session.add_all((back, kept))
    coded_merging.part(session, kept, back, moved["codings"])
    session.execute(update(Stance).where(col(Stance.id).in_(moved["joined"])).values(supersedes_id=None))
    merging.move(session, Stance, "proposition_id", kept.id or 0, back.id or 0, moved["positions"])
    moving.part(session, moved.get("deeds", {}), kept.id or 0, back.id or 0)


def _pair(session: Session, gone_slug: str, kept_slug: str) -> tuple[Proposition, Proposition]:
    gone, kept = (needed(session, Proposition, slug, "statement") for slug in (gone_slug, kept_slug))
    if gone.id == kept.id:
        raise Refusal("These are one statement already.")
    if gone.contest_id != kept.contest_id:
        raise Refusal("These are statements of two races; if the races are one, merge those first.")
    if gone.type != kept.type:
        raise Refusal("One is for or against, the other has several answers: positions on the two cannot be one.")
    if not set(words(read_options(gone.options))) <= set(words(read_options(kept.options))):
        raise Refusal("The other statement does not list the same answers: positions on the two cannot be one.")
    return gone, kept


def _standing(session: Session, one: Proposition) -> dict[int, list[Held]]:
    """The stances that stand on a statement, by candidacy."""
    found: dict[int, list[Held]] = defaultdict(list)
    for held in recorded.standing(session, col(Stance.proposition_id) == one.id):
        found[held.stance.candidacy_id].append(held)
    return found


def _told(held: list[Held]) -> bool:
    """Whether anything is said: what was taken back leaves only that nobody has checked yet."""
    return any(one.stance.reason != Reason.NOT_REVIEWED for one in held)


def _join(session: Session, gone: Proposition, kept: Proposition) -> list[int]:
    """Put what was taken back on the one before what stands on the other, so that one history stands; returns the rows changed."""
    theirs, ours = _standing(session, gone), _standing(session, kept)
    joined: list[int] = []
    for candidacy in theirs.keys() & ours.keys():
        empty, full = (gone, kept) if _told(ours[candidacy]) else (kept, gone)
        ends = [one.id for one in (theirs if empty is gone else ours)[candidacy]]
        first = select(Stance).where(
            Stance.candidacy_id == candidacy, Stance.proposition_id == full.id, col(Stance.supersedes_id).is_(None)
        )
        for end, row in zip(ends, session.exec(first.order_by(col(Stance.id))).all(), strict=False):
            row.supersedes_id = end
            session.add(row)
            joined.append(row.id or 0)
    session.flush()
    return joined


KIND = Kind(read, write, remove)
