"""The writer of drafts. Every change carries the version the editor saw: two editors never overwrite each other unseen."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlmodel import Session, col, delete, select, update
from ulid import ULID

from tracker.imports import answers as kept
from tracker.imports.answers import Answers
from tracker.imports.models import EDITABLE, ImportDraft, ImportFile
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.formats.columns import Columns
from transcripts.guarded import Examined
from transcripts.messages import Message
from transcripts.models import now

UNDER_WAY = "This import is being stored. Cancel it to change anything."


@dataclass(frozen=True)
class Looked:
    """A file that was sent, its bytes, what was found in it, and what an editor chose (None: as recognised)."""

    data: bytes
    seen: Examined
    format: str | None = None
    columns: Columns | None = None


def begin(session: Session, account_id: int, by: str, looked: Sequence[Looked], answers: Answers) -> str:
    """Keep files as a new draft; returns its key."""
    draft = ImportDraft(key=str(ULID()), account_id=account_id, by=by, answers=kept.written(answers))
    session.add(draft)
    session.flush()
    _add(session, draft.key, looked)
    return draft.key


def answer(session: Session, key: str, version: int, answers: Answers) -> None:
    """Keep what an editor said. Raises NotFound, Conflict."""
    draft = _editable(session, key, version)
    draft.answers = kept.written(answers)


def read_again(session: Session, key: str, version: int, position: int, looked: Looked) -> None:
    """Keep what another reading of a file found. Raises NotFound, Conflict."""
    _editable(session, key, version)
    file = session.get(ImportFile, (key, position))
    if file is None:
        raise NotFound("There is no such file.")
    session.add(_filled(file, looked))


def put_before(session: Session, key: str, version: int, looked: Sequence[Looked]) -> None:
    """Put files before those of a draft: earlier parts of the recording. Raises NotFound, Conflict."""
    _editable(session, key, version)
    moved = update(ImportFile).where(col(ImportFile.draft_key) == key)
    session.exec(moved.values(position=-1 - col(ImportFile.position)))  # the key is unique at every moment
    session.exec(moved.values(position=len(looked) - 1 - col(ImportFile.position)))
    _add(session, key, looked)


def _add(session: Session, key: str, looked: Sequence[Looked]) -> None:
    for position, file in enumerate(looked):
        row = ImportFile(
            draft_key=key,
            position=position,
            filename=file.seen.name,
            sha256=hashlib.sha256(file.data).hexdigest(),
            size=len(file.data),
            data=file.data,
        )
        session.add(_filled(row, file))


def queue(session: Session, key: str, version: int) -> None:
    """Let the worker store a draft. Raises NotFound, Conflict; Refusal where it cannot be stored yet."""
    draft = _editable(session, key, version)
    unread = select(ImportFile.filename).where(ImportFile.draft_key == key, col(ImportFile.record).is_(None))
    name = session.exec(unread).first()
    if name is not None:
        raise Refusal("“{name}” cannot be read yet: choose its format first.", name=name)
    if not kept.read(draft.answers).is_placed:
        raise Refusal("Say first which event this is.")
    draft.state, draft.refusal, draft.tries = "queued", None, 0


def cancel(session: Session, key: str) -> None:
    """Take back that a draft is to be stored. Raises NotFound; Conflict where it was stored already."""
    draft = _row(session, key)
    if draft.state == "stored":
        raise Conflict("It was stored before this came: nothing was cancelled.")
    if draft.state in ("queued", "storing"):
        draft.state, draft.changed_at = "cancelled", now()


def throw_away(session: Session, key: str, version: int) -> None:
    """Remove a draft and its files. Raises NotFound, Conflict."""
    draft = _row(session, key)
    if draft.state != "stored":
        _editable(session, key, version)
    _drop_files(session, key)
    session.delete(draft)


def waiting(session: Session) -> ImportDraft | None:
    """The draft that is to be stored next, one that was broken off first, locked and marked as being stored."""
    asked = select(ImportDraft).where(col(ImportDraft.state).in_(("storing", "queued")))
    draft = session.exec(
        asked.order_by(col(ImportDraft.state).desc(), col(ImportDraft.changed_at)).limit(1).with_for_update()
    ).first()
    if draft is not None:
        draft.state, draft.tries = "storing", draft.tries + 1
        session.add(draft)
    return draft


def stored(session: Session, key: str, forum_id: int, counts: dict[str, int]) -> None:
    """Say in the transaction of the import what came of it; its files are the record's now. Raises Conflict once cancelled."""
    draft = _row(session, key)
    if draft.state != "storing":
        raise Conflict("This import was cancelled.")
    draft.state, draft.forum_id, draft.counts, draft.changed_at = "stored", forum_id, json.dumps(counts), now()
    _drop_files(session, key)


def give_back(session: Session, key: str, state: str, refusal: Message | None = None) -> None:
    """After storing ended without storing anything: the draft can be changed again."""
    draft = _row(session, key)
    if draft.state == "storing":
        draft.state, draft.changed_at = state, now()
        draft.refusal = json.dumps(asdict(refusal)) if refusal else None


def _row(session: Session, key: str) -> ImportDraft:
    asked = select(ImportDraft).where(ImportDraft.key == key).with_for_update()
    draft = session.exec(asked.execution_options(populate_existing=True)).first()
    if draft is None:
        raise NotFound("There is no such import; it may have been thrown away.")
    session.add(draft)
    return draft


def _editable(session: Session, key: str, version: int) -> ImportDraft:
    """A draft to change, its version counted on. Raises NotFound, Conflict."""
    draft = _row(session, key)
    if draft.state == "stored":
        raise Conflict("This was stored meanwhile; begin another import to change the record.")
    if draft.state not in EDITABLE:
        raise Conflict(UNDER_WAY)
    if draft.version != version:
        raise Conflict(
            "Somebody else changed this import meanwhile. What you typed is still here: look, then keep it again."
        )
    draft.version, draft.changed_at = version + 1, now()
    return draft


def _drop_files(session: Session, key: str) -> None:
    session.exec(delete(ImportFile).where(col(ImportFile.draft_key) == key))


def _filled(row: ImportFile, file: Looked) -> ImportFile:
    seen = file.seen
    row.format, row.scores = file.format, json.dumps(seen.scores)
    row.columns = json.dumps(asdict(file.columns)) if file.columns else None
    row.sample = json.dumps(asdict(seen.sample)) if seen.sample else None
    row.record = json.dumps(asdict(seen.received.record)) if seen.received else None
    row.parser_version = seen.received.parser_version if seen.received else None
    row.refusal = json.dumps(asdict(seen.refused.reason)) if seen.refused else None
    row.line = seen.refused.line if seen.refused else None
    return row
