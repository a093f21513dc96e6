"""The writers of an import: the record with its files and source, new turns in bulk, exchanges by rule."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from slugify import slugify
from sqlalchemy import insert
from sqlmodel import Session, SQLModel, col, select, update
from ulid import ULID

from transcripts import addresses, language
from transcripts.drafting import CLAIMED, Choices, Draft
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.formats.parsed import ParsedTurn
from transcripts.models import Forum, MediaPart, Record, RecordFile, Source, SourceFile, Turn, TurnVersion
from transcripts.queries import imports
from transcripts.text import count_words, fingerprint
from transcripts.vocabulary import Grade, Right

VERSIONED = ("record_id", "label", "text", "start_ms", "end_ms", "speaker_id", "kind")
"""What a version keeps of a turn a file holds."""


def new_key() -> str:
    """A permanent, public key for a turn."""
    return str(ULID())


def grade_of(draft: Draft, choices: Choices) -> Grade:
    """The editor's word, else the reader's of the format: what was edited or reviewed here no file can say."""
    told = Grade.PUBLISHED if draft.record.grade in CLAIMED else draft.record.grade
    return choices.grade or told


def right_of(draft: Draft, choices: Choices) -> Right:
    """The editor's word, else that of the record replaced, or of the file; an article is somebody's work: quotations only."""
    if choices.right or draft.standing:
        return choices.right or Right(draft.standing.right if draft.standing else Right.WHOLE)
    return draft.record.right or (Right.QUOTATIONS if draft.is_report else Right.WHOLE)


def keep_record(session: Session, forum_id: int, draft: Draft, choices: Choices, at: datetime) -> int:
    """Write the record with its files and its source; one that it replaces, or outranks, is published no longer."""
    _keep_files(session, draft, at)
    replaced = draft.standing
    if draft.published:
        session.execute(update(Record).where(col(Record.forum_id) == forum_id).values(is_published=False))
    record = Record(
        forum_id=forum_id,
        source_id=_source(session, forum_id, draft, choices),
        grade=grade_of(draft, choices),
        publishing_right=right_of(draft, choices),
        is_published=draft.published,
        revision=replaced.revision + 1 if replaced else 1,
        supersedes_id=replaced.id if replaced else None,
        imported_at=at,
    )
    session.add(record)
    session.flush()
    assert record.id is not None
    for n, file in enumerate(draft.files):
        session.add(
            RecordFile(
                record_id=record.id,
                position=n,
                sha256=file.sha256,
                filename=file.filename,
                format=file.record.format,
                parser_version=file.parser_version,
            )
        )
    return record.id


def keep_videos(session: Session, forum: Forum, draft: Draft, choices: Choices) -> None:
    """One recording is the forum's; several are those of its parts, one each. Raises Conflict where their number differs."""
    for url in choices.videos:
        if not addresses.is_address(url):
            raise Refusal("“{url}” is no address of a recording; it looks like https://video.example/watch.", url=url)
    parts = max((turn.part for turn in draft.entries), default=0) + 1
    if len(choices.videos) == 1 and parts == 1:
        forum.video_url = choices.videos[0]
        session.add(forum)
        return
    if choices.videos and len(choices.videos) != parts:
        raise Conflict(
            "The files are {parts} parts of a recording; give --video once for each, in the same order.", parts=parts
        )
    assert forum.id is not None
    for part, url in enumerate(choices.videos):
        session.merge(MediaPart(forum_id=forum.id, part=part, video_url=url))


def add_turns(
    session: Session,
    forum: Forum,
    record_id: int,
    new: Sequence[tuple[int, ParsedTurn]],
    speakers: dict[str, int],
    at: datetime,
) -> None:
    """Write turns nobody has held before, each at its position, with its first version and a key: the file's, where it is free."""
    rows = [
        row(forum, record_id, position, turn, speakers) | {"key": key}
        for key, (position, turn) in zip(_keys(session, new), new, strict=True)
    ]
    if not rows:
        return
    write_all(session, Turn, rows)
    keys = select(Turn.key, Turn.id).where(col(Turn.record_id) == record_id, col(Turn.version) == 1)
    ids = dict(session.exec(keys).all())
    write_all(session, TurnVersion, [_first_version(ids[turn["key"]], turn, at) for turn in rows])


def _keys(session: Session, new: Sequence[tuple[int, ParsedTurn]]) -> list[str]:
    """A key for each new turn: the file's, where no turn has it yet, else one of its own."""
    taken = imports.taken(session, [turn.key for _, turn in new if turn.key])
    keys: list[str] = []
    for _, turn in new:
        keys.append(turn.key if turn.key and turn.key not in taken else new_key())
        taken.add(keys[-1])
    return keys


def write_all(session: Session, model: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Many rows of one table in one statement, past the unit of work: twice as fast as objects."""
    if rows:
        session.execute(insert(SQLModel.metadata.tables[str(model.__tablename__)]), rows)


def row(forum: Forum, record_id: int, position: int, turn: ParsedTurn, speakers: dict[str, int]) -> dict[str, Any]:
    """The columns of a turn as a file says it."""
    return {
        "forum_id": forum.id,
        "record_id": record_id,
        "speaker_id": speakers.get(turn.label) if turn.label else None,
        "position": position,
        "kind": str(turn.kind),
        "label": turn.label,
        "text": turn.text,
        "words": count_words(turn.text),
        "lang": turn.lang or language.spoken(turn.text, forum.language),
        "part": turn.part,
        "start_ms": turn.start_ms,
        "end_ms": turn.end_ms,
        "source_ref": turn.source_ref,
        "fingerprint": fingerprint(turn.label, turn.text),
        "version": 1,
        "status": "current",
    }


def _first_version(turn_id: int | None, turn: dict[str, Any], at: datetime) -> dict[str, Any]:
    kept = {name: turn[name] for name in VERSIONED}
    return {"turn_id": turn_id, "n": 1, "why": "", "by": "", "at": at, **kept}


def _keep_files(session: Session, draft: Draft, at: datetime) -> None:
    for file in draft.files:
        if session.get(SourceFile, file.sha256) is None:
            row = SourceFile(sha256=file.sha256, size=len(file.data), data=file.data, received_at=at)
            if file.sha256 in draft.unkept:
                row.data, row.withheld_at = b"", at
            session.add(row)
    session.flush()


def _source(session: Session, forum_id: int, draft: Draft, choices: Choices) -> int | None:
    """The source of the record: the one named, the one replaced, the only one of its kind without a file, or a new one."""
    kind = "article" if draft.is_report else "questionnaire" if draft.is_written else "transcript"
    held = list(session.exec(select(Source).where(Source.forum_id == forum_id).order_by(col(Source.id))))
    stem = PurePath(draft.files[0].filename).stem
    title = choices.source_title or draft.record.header.get("source") or draft.record.header.get("title") or stem
    key = choices.source_key or slugify(choices.source_title or "")
    found = next((one for one in held if one.key == key), None) if key else _unnamed(session, held, draft, kind)
    if found is None and choices.source_key:
        raise NotFound("This forum has no source “{key}”.", key=choices.source_key)
    if found is None:
        keys = {one.key for one in held}
        base = key or slugify(stem) or kind
        key = next(k for k in (base, *(f"{base}-{n}" for n in range(2, len(keys) + 3))) if k not in keys)
        found = Source(forum_id=forum_id, key=key, kind=kind, title=title)
    if choices.publisher or found.publisher is None:
        found.publisher = choices.publisher or draft.record.header.get("publisher")
    session.add(found)
    session.flush()
    return found.id


def _unnamed(session: Session, held: Sequence[Source], draft: Draft, kind: str) -> Source | None:
    if draft.standing:
        same = draft.standing.source_id
        return next((one for one in held if one.id == same), None)
    used = set(session.exec(select(Record.source_id).where(Record.forum_id == (held[0].forum_id if held else 0))))
    free = [one for one in held if one.kind == kind and one.id not in used]
    return free[0] if len(free) == 1 else None
