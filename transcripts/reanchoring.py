"""Where words stand after their turn changed: one algorithm for annotations and for the evidence of positions. Writes nothing.

An anchor of the present version is left alone; a changed turn is compared word by word; words whose turn is gone, or that
left it, are looked for in the rest of the transcript and need a person's eye wherever they turn up.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy
from rapidfuzz import fuzz
from sqlmodel import Session, SQLModel, col, select

from transcripts import anchors
from transcripts.anchors import Anchor
from transcripts.models import Record, Turn, TurnVersion


@dataclass(frozen=True)
class Held:
    """What was marked: `owner` is the row it belongs to, `anchor` its last place.

    `gone`: the last look found it nowhere; `doubtful`: it found a place that nobody has confirmed yet.
    """

    owner: int
    turn_id: int
    version: int
    anchor: Anchor
    gone: bool = False
    doubtful: bool = False


@dataclass(frozen=True)
class Place:
    """What a look found: the row of one anchor. `start` and the words are None for an orphan; `score` is 0 to 1."""

    owner: int
    turn_id: int
    turn_version: int
    status: str
    method: str
    score: float
    anchor: Anchor | None

    def columns(self) -> dict[str, Any]:
        """The columns every table of anchors shares."""
        found = self.anchor
        place = {"turn_id": self.turn_id, "turn_version": self.turn_version, "status": self.status}
        words = {name: getattr(found, name) if found else None for name in ("start", "end", "exact", "before", "after")}
        return {**place, **words, "method": self.method, "score": self.score}


def look(session: Session, held: Sequence[Held], *, evidence: bool = False) -> list[Place]:
    """New places of those anchors whose turn changed since; the others are left out. Five statements at most."""
    turns = _turns(session, {one.turn_id for one in held})
    changed = [one for one in held if _changed(one, turns[one.turn_id])]
    said = _wordings(session, changed)
    found: list[Place] = []
    lost: list[Held] = []
    for one in changed:
        turn = turns[one.turn_id]
        place = (
            _in_turn(one, turn, said.get((one.turn_id, one.version)), evidence) if turn.status == "current" else None
        )
        found += [place] if place else []
        lost += [] if place else [one]
    return found + _elsewhere(session, lost, turns)


def forecast(
    session: Session,
    held: Sequence[Held],
    after: Mapping[int, str | None],
    texts: Sequence[tuple[int | None, str]],
    *,
    evidence: bool = False,
) -> dict[str, int]:
    """How many anchors would get which status if their turns had the words of `after` (None: gone), in a transcript of `texts`.

    `texts` are (turn id, None for a new turn; words) in order. Those whose turn would say the same are left out.
    """
    said = _wordings(session, held)
    counts: Counter[str] = Counter()
    for one in held:
        was, now = said.get((one.turn_id, one.version)), after.get(one.turn_id)
        if was is None or (was == now and not one.gone):
            continue
        found = anchors.relocate(one.anchor, was, now, evidence=evidence) if now is not None else None
        if found is not None and found.anchor is not None:
            counts["needs_review" if one.doubtful else found.status] += 1
        elif anchors.search(one.anchor, [text for id, text in texts if id != one.turn_id]) is not None:
            counts["needs_review"] += 1
        elif not one.gone:
            counts["orphan"] += 1
    return dict(counts)


def held_by(rows: Iterable[Any]) -> list[Held]:
    """Anchors to look for, from rows (owner, turn, version, start, end, exact, before, after, status) in the order written."""
    last: dict[int, Held] = {}
    for owner, turn_id, version, start, end, exact, before, after, status in rows:
        if status == "orphan":
            was = last[owner]
            last[owner] = replace(was, gone=True)
        else:
            place = Anchor(start, end, exact, before, after)
            last[owner] = Held(owner, turn_id, version, place, doubtful=status == "needs_review")
    return list(last.values())


def unfaithful(session: Session, table: type[SQLModel]) -> list[int]:
    """Ids of rows of a table of places whose words are not those at (start, end) of their version: none, ever."""
    rows: Any = SQLModel.metadata.tables[str(table.__tablename__)].c
    versions: Any = SQLModel.metadata.tables["turn_version"].c
    places: tuple[Any, ...] = (rows.id, rows.start, rows.end, rows.exact, versions.text)
    asked = (
        sqlalchemy.select(*places)
        .join_from(rows.id.table, versions.id.table, _same_version(rows, versions), isouter=True)
        .where(rows.start.is_not(None))
        .order_by(rows.id)
    )
    return [
        id
        for id, start, end, exact, text in session.execute(asked)
        if text is None or unicodedata.normalize("NFC", text)[start:end] != exact
    ]


def _same_version(rows: Any, versions: Any) -> Any:
    return (versions.turn_id == rows.turn_id) & (versions.n == rows.turn_version)


def _changed(one: Held, turn: Turn) -> bool:
    if turn.status != "current":
        return not one.gone
    return one.gone or one.version != turn.version


def _in_turn(one: Held, turn: Turn, was: str | None, evidence: bool) -> Place | None:
    if was is None:
        return None
    found = anchors.relocate(one.anchor, was, turn.text, evidence=evidence)
    if found.anchor is None:
        return None
    score = fuzz.ratio(one.anchor.exact, found.anchor.exact) / 100
    status = "needs_review" if one.doubtful else found.status
    return Place(one.owner, one.turn_id, turn.version, status, "words", score, found.anchor)


def _elsewhere(session: Session, lost: Sequence[Held], turns: dict[int, Turn]) -> list[Place]:
    """Words that left their turn: in another turn of the same transcript, or nowhere."""
    others = _others(session, {turns[one.turn_id].record_id for one in lost})
    found = []
    for one in lost:
        turn = turns[one.turn_id]
        beside = [other for other in others[turn.record_id] if other.id != turn.id]
        place = anchors.search(one.anchor, [other.text for other in beside])
        if place is not None:
            n, anchor, score = place
            other = beside[n]
            found.append(Place(one.owner, other.id or 0, other.version, "needs_review", "search", score, anchor))
        elif not one.gone:
            found.append(Place(one.owner, one.turn_id, turn.version, "orphan", "search", 0.0, None))
    return found


def _turns(session: Session, ids: Collection[int]) -> dict[int, Turn]:
    rows = session.exec(select(Turn).where(col(Turn.id).in_(ids)).execution_options(populate_existing=True))
    return {turn.id or 0: turn for turn in rows} if ids else {}


def _wordings(session: Session, held: Sequence[Held]) -> dict[tuple[int, int], str]:
    if not held:
        return {}
    rows = session.exec(
        select(TurnVersion.turn_id, TurnVersion.n, TurnVersion.text).where(
            col(TurnVersion.turn_id).in_({one.turn_id for one in held})
        )
    )
    return {(turn_id, n): text for turn_id, n, text in rows}


def _others(session: Session, records: Collection[int]) -> dict[int, list[Turn]]:
    found: dict[int, list[Turn]] = defaultdict(list)
    if records:
        current = (col(Turn.record_id).in_(records), col(Turn.status) == "current")
        for turn in session.exec(
            select(Turn)
            .join(Record, col(Record.id) == col(Turn.record_id))
            .where(*current)
            .order_by(col(Turn.position), col(Turn.id))
            .execution_options(populate_existing=True)
        ):
            found[turn.record_id].append(turn)
    return found
