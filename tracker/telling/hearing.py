"""Hearing: what the saved searches find in what is new or changed, written into the ledger.

The queue is emptied in the transaction that writes what was found: a process killed at any moment loses nothing and finds nothing
twice. What a search matches is looked for before, while others write.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, col, delete, select

from tracker import following, indexing
from tracker.asking import known_names
from tracker.db import Database
from tracker.telling import queue, searches
from tracker.telling.models import Finding, SavedSearch, Unheard
from transcripts import journal
from transcripts.models import Correction, Turn, now
from transcripts.people_tables import Attribution
from transcripts.queries import documents
from transcripts.search.matching import Heard

BATCH = 500
"""Turns heard of together."""
STEP = 2_000
"""Turns looked through together when a search is first followed."""
TOLD = ("reword", "reassign", "split", "merge", "withdraw", "restore", "withhold")
"""Corrections that are told: of words, of who said them, and of words taken away or put back."""

VOICE = ""
"""In place of a turn's key: the correction is of who a voice is. Its `correction_id` is the change's, below nought."""

Row = dict[str, object]
Found = tuple[int, str]
"""A search (id) and a turn (key)."""


@dataclass
class Known:
    """What the ledger holds of a turn for one search: since `at`; corrections up to `after` were part of it, `told` were written since."""

    after: int = 0
    at: datetime | None = None
    told: set[int] = field(default_factory=set)


class Batch(NamedTuple):
    """A batch of the queue: its rows, the ids by key of turns that are still there, and what matches."""

    rows: tuple[int, ...]
    ids: Mapping[str, int]
    matched: Collection[Found]


def carry_out(database: Database) -> bool:
    """One step, in a transaction of its own; False where nothing waits."""
    with database.read() as session:
        followed = session.exec(
            select(SavedSearch).where(col(SavedSearch.since_turn).is_not(None)).order_by(col(SavedSearch.id))
        ).all()
        behind = next((one for one in followed if one.looked_through < (one.since_turn or 0)), None)
        if behind is None and not queue.waits(session):
            return False
    if behind is not None:
        _look_back(database, behind)
    else:
        _hear(database, followed)
    return True


def _look_back(database: Database, search: SavedSearch) -> None:
    """What a search that was just followed finds already, some turns further: never news, but its corrections are."""
    id, since = search.id or 0, search.since_turn or 0
    with database.read() as session:
        spoken = next(documents.every(session, STEP, search.looked_through), ())
        held = [one for one in spoken if one.turn_id <= since]
        matcher = searches.matcher(known_names(session), search.parameters)
        found = indexing.documents_of(session, held) if matcher else []
        keys = [one.key for one in found if matcher and matcher.matches(Heard(one))]
    with database.write() as session:
        still = session.exec(select(SavedSearch).where(SavedSearch.id == id).with_for_update()).one_or_none()
        if still is None or still.looked_through != search.looked_through:
            return  # ended meanwhile, or another process was here
        known = _known(session, [id], keys)
        after = search.since_correction or 0
        new = (_finding(id, key, "baseline", after=after) for key in keys if (id, key) not in known)
        _write(session, new)
        still.looked_through = held[-1].turn_id if len(held) == STEP else since
        session.add(still)


def _hear(database: Database, followed: Sequence[SavedSearch]) -> None:
    """One batch of the queue: what it brings into the ledger, in the transaction that takes it off."""
    with database.read() as session:
        batch = _read(session, followed)
    with database.write() as session:
        mine = col(Unheard.seq).in_(batch.rows)
        held = select(Unheard.seq).where(mine).order_by(col(Unheard.seq)).with_for_update()
        if len(session.exec(held).all()) != len(batch.rows):
            return  # another process has heard them
        ids = col(SavedSearch.id).in_([one.id for one in followed])
        still = set(session.exec(select(SavedSearch.id).where(ids).with_for_update()))
        _write(session, _findings(session, [one for one in followed if one.id in still], batch))
        session.exec(delete(Unheard).where(mine))


def _read(session: Session, followed: Sequence[SavedSearch]) -> Batch:
    entries = session.exec(select(Unheard.seq, Unheard.turn_key).order_by(col(Unheard.seq)).limit(BATCH)).all()
    keys = list(dict.fromkeys(key for _, key in entries))
    ids = {key: id or 0 for key, id in session.exec(select(Turn.key, Turn.id).where(col(Turn.key).in_(keys)))}
    found = following.heard(session, keys) if followed else {}
    names = known_names(session)
    matchers = [(one.id or 0, searches.matcher(names, one.parameters)) for one in followed]
    matched = {(id, key) for key, one in found.items() for id, matcher in matchers if matcher and matcher.matches(one)}
    return Batch(tuple(seq or 0 for seq, _ in entries), ids, matched)


def _findings(session: Session, followed: Sequence[SavedSearch], batch: Batch) -> Iterator[Row]:
    """What is new to each search, and what was corrected of what it had found."""
    corrections, parts = _corrections(session, batch.ids)
    known = _known(session, [one.id or 0 for one in followed], {VOICE, *batch.ids, *parts.values()})
    voices = _voices(session, batch.ids)
    for search in followed:
        id = search.id or 0
        told = known.get((id, VOICE), Known()).told
        for change, at, keys in voices:
            if -change not in told and any(
                found.at and found.at < at for key in keys if (found := known.get((id, key)))
            ):
                yield _finding(id, VOICE, "correction", -change)
        for key, turn_id in batch.ids.items():
            its = corrections.get(key, ())
            before = known.get((id, key))
            if before is not None:
                since = max(before.after, search.since_correction or 0)
                for correction, kind in its:
                    if kind in TOLD and correction > since and correction not in before.told:
                        yield _finding(id, key, "correction", correction)
            elif (id, key) in batch.matched and turn_id > (search.since_turn or 0):
                # the second part of a turn that was told is told by the correction that divided it
                kind = "baseline" if (id, parts.get(key, "")) in known else "new"
                after = max((correction for correction, _ in its), default=0)
                yield _finding(id, key, kind, after=after)


def _finding(search: int, key: str, kind: str, correction: int = 0, after: int = 0) -> Row:
    return {
        "saved_search_id": search,
        "turn_key": key,
        "kind": kind,
        "correction_id": correction,
        "after_correction": after,
        "at": now(),
    }


def _write(session: Session, rows: Iterable[Row]) -> None:
    """Into the ledger past the unit of work: a search that finds much does not hold others up."""
    told = list(rows)
    if told:
        session.execute(insert(SQLModel.metadata.tables["finding"]), told)


def _corrections(session: Session, ids: Mapping[str, int]) -> tuple[dict[str, list[tuple[int, str]]], dict[str, str]]:
    """Of these turns: their corrections (id, kind) by key, oldest first; and of which turn one is the second part, by key."""
    keys = {id: key for key, id in ids.items()}
    rows = session.execute(
        select(Correction.id, Correction.kind, Correction.turn_id)
        .where(col(Correction.turn_id).in_(keys))
        .order_by(col(Correction.id))
    ).all()
    found: dict[str, list[tuple[int, str]]] = {}
    for id, kind, turn_id in rows:
        found.setdefault(keys[turn_id], []).append((id or 0, kind))
    divided = session.execute(
        select(Correction.other_id, Turn.key)
        .join(Turn, col(Turn.id) == col(Correction.turn_id))
        .where(col(Correction.other_id).in_(keys), Correction.kind == "split")
    ).all()
    return found, {keys[part]: first for part, first in divided if part is not None}


def _voices(session: Session, ids: Mapping[str, int]) -> list[tuple[int, datetime, list[str]]]:
    """Changes by which a voice lost the name it had, with their time and those of these turns that it had said, by key."""
    spoken = session.execute(
        select(Turn.key, Turn.id, Turn.speaker_id, Turn.forum_id).where(col(Turn.id).in_(ids.values()))
    )
    turns = spoken.all()
    asked = select(Attribution.id, Attribution.speaker_id, Attribution.at).where(
        col(Attribution.forum_id).in_({forum for *_, forum in turns}),
        Attribution.kind != "role",
        Attribution.before != "",
    )
    lost = session.execute(asked.order_by(col(Attribution.id))).all()
    moved = journal.moved(session, [id or 0 for id, _, _ in lost])
    found = []
    for id, voice, at in lost:
        keys = [key for key, turn, speaker, _ in turns if speaker == voice or turn in moved[id or 0]]
        found.append((id or 0, at, keys))
    return found


def _known(session: Session, searches: Collection[int], keys: Collection[str]) -> dict[Found, Known]:
    """What the ledger holds of these turns."""
    found: dict[Found, Known] = {}
    asked = select(Finding).where(col(Finding.saved_search_id).in_(searches), col(Finding.turn_key).in_(keys))
    for one in session.exec(asked):
        known = found.setdefault((one.saved_search_id, one.turn_key), Known())
        known.after = max(known.after, one.after_correction)
        if one.correction_id:
            known.told.add(one.correction_id)
        else:
            known.at = one.at
    return found
