"""What is kept of imports under way, as pages and the worker ask for it."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from tracker import intake
from tracker.imports import answers as kept
from tracker.imports.answers import Answers
from tracker.imports.models import EDITABLE, ImportDraft, ImportFile
from transcripts import formats
from transcripts.errors import NotFound
from transcripts.formats.columns import Columns
from transcripts.formats.parsed import ParsedRecord
from transcripts.formats.table import Sample
from transcripts.masking import Sealed, each_text, mask_sealed
from transcripts.messages import Message
from transcripts.models import Forum
from transcripts.queries import withheld
from transcripts.received import Received, masked

SOME_ZONE = "UTC"
"""The zone of a forum that is only looked for: it is found by title and day."""

_RECORD = TypeAdapter(ParsedRecord)
_SAMPLE = TypeAdapter(Sample)
_MESSAGE = TypeAdapter(Message)


@dataclass(frozen=True)
class FileLine:
    """A file of a draft. `received` has no bytes where they were not asked for; None where the file cannot be read: why."""

    position: int
    filename: str
    sha256: str
    size: int
    format: str | None
    received: Received | None
    refusal: Message | None
    line: int | None
    scores: tuple[tuple[str, float], ...]
    columns: Columns | None
    sample: Sample | None


@dataclass(frozen=True)
class Draft:
    """An import under way with its files; `forum` is the slug of the forum it was stored at.

    `known` are words withheld where it belongs: what pages show of it is without them.
    """

    key: str
    account_id: int | None
    by: str
    state: str
    version: int
    answers: Answers
    refusal: Message | None
    forum: str | None
    counts: dict[str, int]
    files: tuple[FileLine, ...]
    known: tuple[Sealed, ...] = ()

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


def is_waiting(session: Session) -> bool:
    """Whether a draft is to be stored."""
    asked = select(ImportDraft.key).where(col(ImportDraft.state).in_(("storing", "queued")))
    return session.exec(asked.limit(1)).first() is not None


def get(session: Session, key: str, data: bool = False) -> Draft:
    """A draft as a page shows it; to be stored, with the bytes of its files (`data`) and every word: what is withheld where
    they go is taken out there. Five statements. Raises NotFound.
    """
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
    draft = Draft(
        key,
        row.account_id,
        row.by,
        row.state,
        row.version,
        answers,
        _told(row.refusal),
        slug,
        json.loads(row.counts),
        files,
    )
    return draft if data else _masked(draft, _withheld(session, answers))


def source(session: Session, key: str, position: int) -> tuple[str, bytes]:
    """Name and bytes of one file. Raises NotFound."""
    file = session.get(ImportFile, (key, position))
    if file is None:
        raise NotFound("There is no such file; it may have been stored or thrown away.")
    return file.filename, file.data


def listed(session: Session, page: int, size: int = 50) -> tuple[list[DraftLine], bool]:
    """The drafts, the latest first, and whether there are more. Three statements."""
    known = withheld.every_seal(session)
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
        names.setdefault(key, []).append(mask_sealed(name, known))
    lines = [
        DraftLine(
            row.key,
            row.by,
            row.state,
            tuple(names.get(row.key, ())),
            mask_sealed(_title(row), known),
            slug,
            row.changed_at,
        )
        for row, slug in rows
    ]
    return lines[:size], len(lines) > size


def _withheld(session: Session, answers: Answers) -> tuple[Sealed, ...]:
    """The words withheld at the forum a draft is of; at any forum, until that is said."""
    if not answers.is_placed:
        return tuple(withheld.every_seal(session))
    new = answers.where(SOME_ZONE, "").new
    forum = session.exec(select(Forum).where(Forum.slug == answers.forum)).first() if new is None else None
    forum = intake.find(session, None, new) if new is not None else forum
    return tuple(withheld.known(session, forum.id)) if forum is not None else ()


def _masked(draft: Draft, known: tuple[Sealed, ...]) -> Draft:
    """A draft as pages may show it."""
    if not known:
        return draft

    def without(text: str) -> str:
        return mask_sealed(text, known)

    files = []
    for file in draft.files:
        received = file.received
        if received is not None:
            received = replace(received, filename=without(received.filename), record=masked(received.record, known))
        sample = file.sample
        if sample is not None:
            sample = _SAMPLE.validate_python(each_text(asdict(sample), without))
        files.append(
            replace(
                file,
                filename=without(file.filename),
                received=received,
                refusal=_without(file.refusal, without),
                sample=sample,
            )
        )
    return replace(draft, files=tuple(files), refusal=_without(draft.refusal, without), known=known)


def _without(refusal: Message | None, without: Callable[[str], str]) -> Message | None:
    return _MESSAGE.validate_python(each_text(asdict(refusal), without)) if refusal else None


def _title(row: ImportDraft) -> str:
    answers = kept.read(row.answers)
    return answers.forum or answers.title


def _told(kept: str | None) -> Message | None:
    """A sentence as it is kept; before it was kept with its values, it was plain English."""
    if kept is None:
        return None
    return _MESSAGE.validate_json(kept) if kept.startswith('{"template":') else Message(kept)


def _read(file: ImportFile) -> ParsedRecord | None:
    """What a file's reader found; None where nothing is kept, or what an older version of it kept."""
    if file.record is None:
        return None
    try:
        record = _RECORD.validate_json(file.record)
    except ValidationError:  # problems were kept as plain sentences
        return None
    return record if file.parser_version == formats.named(record.format).VERSION else None


def _line(file: ImportFile, data: bool) -> FileLine:
    """One file; what an older version of its reader found is no longer believed."""
    record, refusal = _read(file), _told(file.refusal)
    received = None
    if record is not None:
        received = Received(file.filename, file.data if data else b"", file.sha256, file.parser_version or 0, record)
    elif file.record is not None:
        refusal = Message("We read this format better now: choose it again.")
    return FileLine(
        position=file.position,
        filename=file.filename,
        sha256=file.sha256,
        size=file.size,
        format=file.format,
        received=received,
        refusal=refusal,
        line=file.line,
        scores=tuple((str(name), float(score)) for name, score in json.loads(file.scores)),
        columns=Columns(**json.loads(file.columns)) if file.columns else None,
        sample=_SAMPLE.validate_json(file.sample) if file.sample else None,
    )
