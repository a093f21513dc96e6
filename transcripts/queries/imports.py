"""What an import must know of a forum before it writes: its standing records, the turns they hold, and words held twice."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from transcripts.errors import Refusal
from transcripts.formats import article
from transcripts.models import Correction, Forum, Record, RecordFile, Source, SourceFile, Turn, TurnVersion
from transcripts.queries.forums import ForumLine, line
from transcripts.vocabulary import TurnKind

IMPORTED = "Import of a corrected file"
"""`by` of versions and corrections a corrected file brought."""
KEYS_AT_ONCE = 500
"""How many keys one statement asks for."""


@dataclass(frozen=True)
class Standing:
    """A record no other has replaced. `files` are (digest, format, version of its reader) in order."""

    id: int
    source_id: int | None
    source_key: str | None
    grade: str
    right: str
    is_published: bool
    revision: int
    filename: str
    files: tuple[tuple[str, str, int], ...]

    @property
    def is_report(self) -> bool:
        """Whether it is a news article: a record beside the transcript."""
        return any(format == article.NAME for _, format, _ in self.files)


@dataclass(frozen=True)
class HeldTurn:
    """A turn as the import finds it. `file_*` is what the last file said: an editor's words (`edited`) may differ from it.

    A turn editors made (the second part of a divided one) has no `file_text`. `vanished` says that an import withdrew it,
    `restored` that an editor showed it again although no file holds it. What is in `fixed` (speaker_id, kind, times) an editor
    has set: no file changes it.
    """

    id: int
    key: str
    position: int
    status: str
    speaker_id: int | None
    label: str | None
    text: str
    version: int
    source_ref: str | None
    file_label: str | None
    file_text: str | None
    file_times: tuple[int | None, int | None]
    edited: bool
    vanished: bool
    restored: bool = False
    kind: str = TurnKind.SPEECH
    times: tuple[int | None, int | None] = (None, None)
    fixed: frozenset[str] = frozenset()

    @property
    def in_file(self) -> bool:
        """Whether some file has held it: editors make turns of their own when they divide one."""
        return self.file_text is not None


def lock(session: Session, forum_id: int) -> None:
    """Let no other import into this forum begin before ours ends."""
    session.exec(select(Forum.id).where(Forum.id == forum_id).with_for_update()).one()


def standing(session: Session, forum_id: int | None) -> list[Standing]:
    """The records of a forum that no other has replaced, the published one first."""
    replaced = select(Record.supersedes_id).where(col(Record.supersedes_id).is_not(None))
    rows = session.exec(
        select(Record, Source.key)
        .outerjoin(Source, col(Source.id) == col(Record.source_id))
        .where(Record.forum_id == forum_id, col(Record.id).not_in(replaced))
        .order_by(col(Record.is_published).desc(), col(Record.id))
    ).all()
    files: dict[int, list[RecordFile]] = defaultdict(list)
    ids = [record.id for record, _ in rows]
    for file in session.exec(
        select(RecordFile).where(col(RecordFile.record_id).in_(ids)).order_by(col(RecordFile.position))
    ):
        files[file.record_id].append(file)
    return [_standing(record, key, files[record.id or 0]) for record, key in rows]


def _standing(record: Record, key: str | None, files: Sequence[RecordFile]) -> Standing:
    return Standing(
        id=record.id or 0,
        source_id=record.source_id,
        source_key=key,
        grade=record.grade,
        right=record.publishing_right,
        is_published=record.is_published,
        revision=record.revision,
        filename=files[0].filename if files else "",
        files=tuple((file.sha256, file.format, file.parser_version) for file in files),
    )


def files_of(session: Session, forum_id: int) -> list[tuple[str, str, bytes]]:
    """The files of the transcript that stands, in order: (name, format, bytes). Raises Refusal where there is none, or no bytes."""
    record = next((one for one in standing(session, forum_id) if not one.is_report), None)
    if record is None:
        raise Refusal("This event has no transcript yet: there is nothing these files could be further parts of.")
    rows = session.exec(
        select(RecordFile.filename, RecordFile.format, SourceFile.data)
        .join(SourceFile, col(SourceFile.sha256) == col(RecordFile.sha256))
        .where(RecordFile.record_id == record.id)
        .order_by(col(RecordFile.position))
    ).all()
    if not all(data for _, _, data in rows):
        raise Refusal("The files we hold held words that were withheld and are gone: bring all parts together.")
    return list(rows)


def held(session: Session, record_id: int) -> list[HeldTurn]:
    """Every turn of a record in its order, tombstones too."""
    rows = session.exec(
        select(Turn).where(Turn.record_id == record_id).order_by(col(Turn.position), col(Turn.id))
    ).all()
    versions: dict[int, list[TurnVersion]] = defaultdict(list)
    for version in session.exec(
        select(TurnVersion)
        .join(Turn, col(Turn.id) == col(TurnVersion.turn_id))
        .where(Turn.record_id == record_id)
        .order_by(col(TurnVersion.n))
    ):
        versions[version.turn_id].append(version)
    ruled = dict(
        session.exec(
            select(Correction.turn_id, Correction)
            .join(Turn, col(Turn.id) == col(Correction.turn_id))
            .where(Turn.record_id == record_id, col(Correction.kind).in_(("withdraw", "restore")))
            .order_by(col(Correction.id))
        ).all()
    )
    return [_held(turn, versions[turn.id or 0], ruled.get(turn.id or 0)) for turn in rows]


def _held(turn: Turn, versions: Sequence[TurnVersion], ruled: Correction | None) -> HeldTurn:
    of_file = next((version for version in reversed(versions) if version.record_id is not None), None)
    brought = next((version for version in reversed(versions) if version.by in ("", IMPORTED)), None)
    fixed = {"speaker_id": turn.speaker_fixed, "kind": turn.kind_fixed, "times": turn.times_fixed}
    return HeldTurn(
        id=turn.id or 0,
        key=turn.key,
        position=turn.position,
        status=turn.status,
        speaker_id=turn.speaker_id,
        label=turn.label,
        text=turn.text,
        version=turn.version,
        source_ref=turn.source_ref,
        file_label=of_file.label if of_file else None,
        file_text=of_file.text if of_file else None,
        file_times=(brought.start_ms, brought.end_ms) if brought else (None, None),
        edited=bool(versions) and versions[-1].record_id is None,
        vanished=ruled is not None and ruled.kind == "withdraw" and ruled.by == IMPORTED,
        restored=ruled is not None and ruled.kind == "restore" and ruled.by != IMPORTED,
        kind=turn.kind,
        times=(turn.start_ms, turn.end_ms),
        fixed=frozenset(name for name, is_fixed in fixed.items() if is_fixed),
    )


def holding(session: Session, record_ids: Sequence[int], keys: Sequence[str]) -> int | None:
    """The one of these records that holds most of the turns with these keys; None where none does."""
    counted = func.count(col(Turn.id))
    asked = (
        select(Turn.record_id)
        .where(col(Turn.record_id).in_(record_ids), col(Turn.key).in_(keys))
        .group_by(col(Turn.record_id))
        .order_by(counted.desc(), col(Turn.record_id))
    )
    return session.exec(asked).first()


def near(session: Session, day: date | None, days: int, slugs: Collection[str]) -> list[ForumLine]:
    """The forums of these slugs, and those held at most so many days from a day."""
    which: ColumnElement[bool] = col(Forum.slug).in_(slugs)
    if day is not None:
        which = or_(which, col(Forum.held_on).between(day - timedelta(days), day + timedelta(days)))
    return [
        line(forum) for forum in session.exec(select(Forum).where(which).order_by(col(Forum.held_on), col(Forum.id)))
    ]


def taken(session: Session, keys: Sequence[str]) -> set[str]:
    """Those of the keys under which a turn is held, at whatever forum."""
    held: set[str] = set()
    for n in range(0, len(keys), KEYS_AT_ONCE):
        held.update(session.exec(select(Turn.key).where(col(Turn.key).in_(keys[n : n + KEYS_AT_ONCE]))))
    return held


def shared(session: Session, record_id: int, fingerprints: Sequence[str]) -> int:
    """How many current turns of a record say one of these things."""
    same = col(Turn.fingerprint).in_(fingerprints)
    asked = select(func.count(col(Turn.id))).where(Turn.record_id == record_id, Turn.status == "current", same)
    return session.exec(asked).one()


def elsewhere(session: Session, forum_id: int | None, fingerprints: Sequence[str]) -> list[tuple[str, int]]:
    """Other forums that hold some of these very turns: (slug, how many), the most first."""
    counted = func.count(func.distinct(col(Turn.fingerprint)))
    rows = session.exec(
        select(Forum.slug, counted)
        .join(Turn, col(Turn.forum_id) == col(Forum.id))
        .where(col(Turn.fingerprint).in_(fingerprints), Turn.status == "current", Forum.id != (forum_id or 0))
        .group_by(col(Forum.slug))
        .order_by(counted.desc(), col(Forum.slug))
    )
    return list(rows.all())


def files_elsewhere(session: Session, forum_id: int | None, digests: Sequence[str]) -> list[str]:
    """Slugs of other forums that hold one of these very files."""
    rows = session.exec(
        select(Forum.slug)
        .join(Record, col(Record.forum_id) == col(Forum.id))
        .join(RecordFile, col(RecordFile.record_id) == col(Record.id))
        .where(col(RecordFile.sha256).in_(digests), Forum.id != (forum_id or 0))
        .distinct()
        .order_by(col(Forum.slug))
    )
    return list(rows.all())
