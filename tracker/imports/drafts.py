"""The writers and questions of drafts. Every change carries the version the editor saw: two editors never overwrite each other unseen."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy.orm import defer
from sqlmodel import Session, col, delete, func, select
from ulid import ULID

from tracker.imports import answers as kept
from tracker.imports.answers import Answers
from tracker.imports.models import EDITABLE, ImportDraft, ImportFile
from transcripts import formats
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.formats.parsed import ParsedRecord
from transcripts.guarded import Examined
from transcripts.models import Forum, now
from transcripts.received import Received

UNDER_WAY = "This import is being stored. Cancel it to change anything."
_RECORD = TypeAdapter(ParsedRecord)


@dataclass(frozen=True)
class Looked:
    """A file that was sent, its bytes, what was found in it, and the format an editor chose (None: recognised)."""

    data: bytes
    seen: Examined
    format: str | None = None


@dataclass(frozen=True)
class FileLine:
    """A file of a draft. `received` has no bytes where they were not asked for; None where the file cannot be read: why."""

    position: int
    filename: str
    size: int
    format: str | None
    received: Received | None
    refusal: str | None
    line: int | None
    scores: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Draft:
    """An import under way with its files; `forum` is the slug of the forum it was stored at."""

    key: str
    account_id: int | None
    by: str
    state: str
    version: int
    answers: Answers
    refusal: str | None
    forum: str | None
    counts: dict[str, int]
    files: tuple[FileLine, ...]

    @property
    def is_editable(self) -> bool:
        """Whether answers can still change."""
        return self.state in EDITABLE

    @property
    def received(self) -> list[Received] | None:
        """The files as read; None where one of them cannot be."""
        read = [file.received for file in self.files if file.received is not None]
        return read if read and len(read) == len(self.files) else None


@dataclass(frozen=True)
class DraftLine:
    """A draft in the list."""

    key: str
    by: str
    state: str
    names: tuple[str, ...]
    title: str
    forum: str | None
    changed_at: datetime


def begin(session: Session, account_id: int, by: str, looked: Sequence[Looked], answers: Answers) -> str:
    """Keep files as a new draft; returns its key."""
    draft = ImportDraft(key=str(ULID()), account_id=account_id, by=by, answers=kept.written(answers))
    session.add(draft)
    session.flush()
    for position, file in enumerate(looked):
        row = ImportFile(
            draft_key=draft.key,
            position=position,
            filename=file.seen.name,
            sha256=hashlib.sha256(file.data).hexdigest(),
            size=len(file.data),
            data=file.data,
        )
        session.add(_filled(row, file))
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


def queue(session: Session, key: str, version: int) -> None:
    """Let the worker store a draft. Raises NotFound, Conflict; Refusal where it cannot be stored yet."""
    draft = _editable(session, key, version)
    unread = select(ImportFile.filename).where(ImportFile.draft_key == key, col(ImportFile.record).is_(None))
    name = session.exec(unread).first()
    if name is not None:
        raise Refusal(f"“{name}” cannot be read yet: choose its format first.")
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


def is_waiting(session: Session) -> bool:
    """Whether a draft is to be stored."""
    asked = select(ImportDraft.key).where(col(ImportDraft.state).in_(("storing", "queued")))
    return session.exec(asked.limit(1)).first() is not None


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


def give_back(session: Session, key: str, state: str, refusal: str | None = None) -> None:
    """After storing ended without storing anything: the draft can be changed again."""
    draft = _row(session, key)
    if draft.state == "storing":
        draft.state, draft.refusal, draft.changed_at = state, refusal, now()


def get(session: Session, key: str, data: bool = False) -> Draft:
    """A draft as a page shows it, the bytes of its files only where they are asked for. Three statements. Raises NotFound."""
    found = session.exec(
        select(ImportDraft, Forum.slug)
        .outerjoin(Forum, col(Forum.id) == col(ImportDraft.forum_id))
        .where(ImportDraft.key == key)
    ).first()
    if found is None:
        raise NotFound("There is no such import; it may have been thrown away.")
    row, slug = found
    asked = select(ImportFile).where(ImportFile.draft_key == key).order_by(col(ImportFile.position))
    only = () if data else (defer(ImportFile.data),)  # type: ignore[arg-type]
    files = tuple(_line(file, data) for file in session.exec(asked.options(*only)))
    answers = kept.read(row.answers)
    return Draft(
        key, row.account_id, row.by, row.state, row.version, answers, row.refusal, slug, json.loads(row.counts), files
    )


def source(session: Session, key: str, position: int) -> tuple[str, bytes]:
    """Name and bytes of one file. Raises NotFound."""
    file = session.get(ImportFile, (key, position))
    if file is None:
        raise NotFound("There is no such file; it may have been stored or thrown away.")
    return file.filename, file.data


def listed(session: Session, page: int, size: int = 50) -> tuple[list[DraftLine], bool]:
    """The drafts, the latest first, and whether there are more. Two statements."""
    rows = session.exec(
        select(ImportDraft, Forum.slug)
        .outerjoin(Forum, col(Forum.id) == col(ImportDraft.forum_id))
        .order_by(col(ImportDraft.changed_at).desc(), col(ImportDraft.key))
        .offset((page - 1) * size)
        .limit(size + 1)
    ).all()
    names: dict[str, list[str]] = {}
    of_these = col(ImportFile.draft_key).in_([row.key for row, _ in rows])
    asked = select(ImportFile.draft_key, ImportFile.filename).where(of_these).order_by(col(ImportFile.position))
    for key, name in session.exec(asked):
        names.setdefault(key, []).append(name)
    lines = [
        DraftLine(row.key, row.by, row.state, tuple(names.get(row.key, ())), _title(row), slug, row.changed_at)
        for row, slug in rows
    ]
    return lines[:size], len(lines) > size


def _title(row: ImportDraft) -> str:
    answers = kept.read(row.answers)
    return answers.forum or answers.title


def open_count(session: Session) -> int:
    """How many imports are not finished."""
    return session.exec(select(func.count()).select_from(ImportDraft).where(ImportDraft.state != "stored")).one()


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
    row.record = json.dumps(asdict(seen.received.record)) if seen.received else None
    row.parser_version = seen.received.parser_version if seen.received else None
    row.refusal, row.line = (seen.refused.reason, seen.refused.line) if seen.refused else (None, None)
    return row


def _line(file: ImportFile, data: bool) -> FileLine:
    """One file; what an older version of its reader found is no longer believed."""
    received = None
    if file.record is not None:
        record = _RECORD.validate_json(file.record)
        version = file.parser_version or 0
        received = Received(file.filename, file.data if data else b"", file.sha256, version, record)
    refusal = file.refusal
    if received and received.parser_version != formats.named(received.record.format).VERSION:
        received, refusal = None, "We read this format better now: choose it again."
    scores = tuple((str(name), float(score)) for name, score in json.loads(file.scores))
    return FileLine(file.position, file.filename, file.size, file.format, received, refusal, file.line, scores)
