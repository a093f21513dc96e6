"""The tables of the record. They validate nothing by themselves: writers do, and CHECKs stand behind them.

Times of media are ms from the start of a part; `at` columns are UTC; `held_on` is the forum's local day.
"""

from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from transcripts.vocabulary import ForumKind, Grade, Part, Reason, Right, Role, TurnKind

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
PUBLISHED = text("is_published")
CORRECTIONS = tuple("reword reassign retime mark split merge withdraw restore move state withhold".split())
CHECKED = ("edited", "reviewed")


def one_of(column: str, values: type[StrEnum] | tuple[str, ...]) -> CheckConstraint:
    """A CHECK that a text column holds one of a closed vocabulary."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def now() -> datetime:
    """The present moment in UTC: the default of `at` columns; writers that are given a clock pass their own."""
    return datetime.now(UTC)


class Organisation(SQLModel, table=True):
    """A body that organises, hosts, publishes or campaigns. `interest_*` says what stake it has in a subject."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    name: str = Field(sa_type=Text)
    interest_en: str | None = Field(default=None, sa_type=Text)
    interest_es: str | None = Field(default=None, sa_type=Text)
    url: str | None = Field(default=None, sa_type=Text)


class Person(SQLModel, table=True):
    """Somebody who is heard or who stands for office; their page is /speakers/<slug>."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    name: str = Field(sa_type=Text)
    sort_name: str = Field(sa_type=Text)


class PersonAlias(SQLModel, table=True):
    """Another name a person goes by. `folded` is text.fold(alias).

    It holds at one forum where that is given, and on the local days from `valid_from` to `valid_to`, both included.
    """

    __tablename__ = "person_alias"
    __table_args__ = (one_of("origin", ("import", "editor", "merge")),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    alias: str = Field(sa_type=Text)
    folded: str = Field(sa_type=Text, index=True)
    forum_id: int | None = Field(default=None, foreign_key="forum.id", index=True)
    valid_from: date | None = None
    valid_to: date | None = None
    origin: str = Field(default="import", max_length=16)


class Forum(SQLModel, table=True):
    """An event where candidates or officials speak."""

    __table_args__ = (one_of("kind", ForumKind),)
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    title_en: str = Field(sa_type=Text)
    title_es: str | None = Field(default=None, sa_type=Text)
    kind: str = Field(default=ForumKind.FORUM, max_length=32)
    held_on: date
    zone: str = Field(default="UTC", max_length=64)
    venue: str | None = Field(default=None, sa_type=Text)
    city: str | None = Field(default=None, sa_type=Text)
    attendance: int | None = None
    language: str = Field(default="en", max_length=16)
    summary_en: str | None = Field(default=None, sa_type=Text)
    summary_es: str | None = Field(default=None, sa_type=Text)
    video_url: str | None = Field(default=None, sa_type=Text)
    fictional: bool = False
    created_at: datetime = Field(default_factory=now)


class ForumOrganisation(SQLModel, table=True):
    """What an organisation was to a forum: organiser, host, publisher, questioners."""

    __tablename__ = "forum_organisation"
    forum_id: int = Field(foreign_key="forum.id", primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", primary_key=True)
    role: str = Field(primary_key=True, max_length=32)


class Source(SQLModel, table=True):
    """Something published about a forum, whether or not we hold its file. `url` is None when we hold no link: never invented."""

    __table_args__ = (
        UniqueConstraint("forum_id", "key"),
        one_of("kind", ("article", "video", "transcript", "questionnaire", "document")),
    )
    id: int | None = Field(default=None, primary_key=True)
    forum_id: int = Field(foreign_key="forum.id", index=True)
    key: str = Field(max_length=120)
    kind: str = Field(max_length=32)
    title: str = Field(sa_type=Text)
    publisher: str | None = Field(default=None, sa_type=Text)
    published_on: date | None = None
    url: str | None = Field(default=None, sa_type=Text)
    grade: str | None = Field(default=None, max_length=16)
    interest_en: str | None = Field(default=None, sa_type=Text)
    interest_es: str | None = Field(default=None, sa_type=Text)


class SourceFile(SQLModel, table=True):
    """The bytes of an imported file, kept so that a better parser can read them again: none from `withheld_at` on."""

    __tablename__ = "source_file"
    sha256: str = Field(primary_key=True, max_length=64)
    size: int
    data: bytes = Field(sa_type=LargeBinary)
    received_at: datetime = Field(default_factory=now)
    withheld_at: datetime | None = None


class MediaPart(SQLModel, table=True):
    """The recording of one part of a forum that was recorded in several; where none is given, `Forum.video_url` is the whole."""

    __tablename__ = "media_part"
    forum_id: int = Field(foreign_key="forum.id", primary_key=True)
    part: int = Field(primary_key=True)
    video_url: str = Field(sa_type=Text)


class Record(SQLModel, table=True):
    """One version of the words of a forum: its files, its grade, its publishing right. One record is the published one.

    A corrected file makes a new record with the next `revision`; the turns move to it, the older record keeps its files.
    """

    __table_args__ = (
        one_of("grade", Grade),
        one_of("publishing_right", Right),
        Index("uq_record_published", "forum_id", unique=True, sqlite_where=PUBLISHED, postgresql_where=PUBLISHED),
    )
    id: int | None = Field(default=None, primary_key=True)
    forum_id: int = Field(foreign_key="forum.id", index=True)
    source_id: int | None = Field(default=None, foreign_key="source.id")
    grade: str = Field(max_length=16)
    publishing_right: str = Field(default=Right.WHOLE, max_length=16)
    is_published: bool = False
    revision: int = 1
    supersedes_id: int | None = Field(default=None, foreign_key="record.id", unique=True)
    imported_at: datetime = Field(default_factory=now)


class RecordFile(SQLModel, table=True):
    """One file of a record, in order; a debate broadcast in parts has several. `parser_version` is that of the format's reader."""

    __tablename__ = "record_file"
    record_id: int = Field(foreign_key="record.id", primary_key=True)
    position: int = Field(primary_key=True)
    sha256: str = Field(foreign_key="source_file.sha256", max_length=64, index=True)
    filename: str = Field(sa_type=Text)
    format: str = Field(max_length=32)
    parser_version: int


class Speaker(SQLModel, table=True):
    """One voice at one forum (the glossary's appearance). `why` says why it is linked to a person, or why not.

    A voice joined to another keeps its row, without labels and turns, so that an editor can take that back.
    """

    __table_args__ = (one_of("role", Role),)
    id: int | None = Field(default=None, primary_key=True)
    forum_id: int = Field(foreign_key="forum.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    name: str = Field(sa_type=Text)
    role: str = Field(default=Role.UNKNOWN, max_length=16)
    credit_en: str | None = Field(default=None, sa_type=Text)
    credit_es: str | None = Field(default=None, sa_type=Text)
    why: str = Field(default="", sa_type=Text)
    joined_to_id: int | None = Field(default=None, foreign_key="speaker.id", index=True)


class SpeakerLabel(SQLModel, table=True):
    """A printed label and the voice it stands for at this forum. `several`: an editor says that it stands for several people."""

    __tablename__ = "speaker_label"
    __table_args__ = (UniqueConstraint("forum_id", "label"),)
    id: int | None = Field(default=None, primary_key=True)
    forum_id: int = Field(foreign_key="forum.id", index=True)
    speaker_id: int = Field(foreign_key="speaker.id", index=True)
    label: str = Field(sa_type=Text)
    several: bool = False


class Turn(SQLModel, table=True):
    """One voice speaking without interruption. `key` (a ULID) is permanent; `text`, `label`, times are those of `version`.

    `position` orders the turns of one record. A turn that was withdrawn or merged keeps its row where it would stand.
    What is `*_fixed` an editor has set: no file and no rule changes it. `review`: how far this very version was checked,
    None for as far as its record.
    """

    __table_args__ = (
        one_of("kind", TurnKind),
        one_of("status", ("current", "withdrawn", "merged")),
        one_of("review", CHECKED),
        Index("ix_turn_record_id_position", "record_id", "position"),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=26)
    forum_id: int = Field(foreign_key="forum.id", index=True)
    record_id: int = Field(foreign_key="record.id")
    speaker_id: int | None = Field(default=None, foreign_key="speaker.id", index=True)
    position: int
    kind: str = Field(max_length=16)
    label: str | None = Field(default=None, sa_type=Text)
    text: str = Field(sa_type=Text)
    words: int = 0
    lang: str = Field(default="en", max_length=16)
    part: int = 0
    start_ms: int | None = None
    end_ms: int | None = None
    source_ref: str | None = Field(default=None, sa_type=Text)
    fingerprint: str = Field(max_length=64, index=True)
    version: int = 1
    status: str = Field(default="current", max_length=16)
    merged_into_id: int | None = Field(default=None, foreign_key="turn.id")
    speaker_fixed: bool = False
    kind_fixed: bool = False
    times_fixed: bool = False
    review: str | None = Field(default=None, max_length=16)


class TurnVersion(SQLModel, table=True):
    """What a turn was at version `n`, why it changed, and the record whose file has these words. Append-only.

    The present version's `kind` follows the rules as the turn's own does; those of earlier ones stay.
    """

    __tablename__ = "turn_version"
    __table_args__ = (UniqueConstraint("turn_id", "n"), one_of("kind", TurnKind))
    id: int | None = Field(default=None, primary_key=True)
    turn_id: int = Field(foreign_key="turn.id")
    record_id: int | None = Field(default=None, foreign_key="record.id")
    n: int
    label: str | None = Field(default=None, sa_type=Text)
    text: str = Field(sa_type=Text)
    start_ms: int | None = None
    end_ms: int | None = None
    why: str = Field(default="", sa_type=Text)
    by: str = Field(default="", sa_type=Text)
    at: datetime = Field(default_factory=now)
    speaker_id: int | None = Field(default=None, foreign_key="speaker.id")
    kind: str = Field(default=TurnKind.SPEECH, max_length=16)


class Exchange(SQLModel, table=True):
    """A question and the turns that answer it, keyed by its question turn."""

    id: int | None = Field(default=None, primary_key=True)
    forum_id: int = Field(foreign_key="forum.id", index=True)
    question_turn_id: int = Field(foreign_key="turn.id", unique=True)
    position: int
    set_by: str = Field(default="rule", max_length=16)


class ExchangeTurn(SQLModel, table=True):
    """A turn's part in an exchange; a turn belongs to one exchange at most."""

    __tablename__ = "exchange_turn"
    __table_args__ = (one_of("part", Part),)
    turn_id: int = Field(foreign_key="turn.id", primary_key=True)
    exchange_id: int = Field(foreign_key="exchange.id", index=True)
    part: str = Field(max_length=16)


class ExchangeState(SQLModel, table=True):
    """What became of one candidate in one exchange, where the record itself (`rule`) or an editor says so."""

    __tablename__ = "exchange_state"
    __table_args__ = (one_of("state", ("answered", *Reason)),)
    exchange_id: int = Field(foreign_key="exchange.id", primary_key=True)
    speaker_id: int = Field(foreign_key="speaker.id", primary_key=True, index=True)
    state: str = Field(max_length=16)
    set_by: str = Field(default="rule", max_length=16)
    note_en: str | None = Field(default=None, sa_type=Text)
    note_es: str | None = Field(default=None, sa_type=Text)


class Correction(SQLModel, table=True):
    """A public change to what we showed: before, after, why, who, at whose request. Nothing is edited in silence.

    `version` is the turn's after the change; `other_id` the other turn of a split or merge; `undoes_id` the correction this
    one takes back; `detail` (JSON) what taking back a `move` or a `state` needs.
    """

    __table_args__ = (one_of("kind", CORRECTIONS),)
    id: int | None = Field(default=None, primary_key=True)
    forum_id: int = Field(foreign_key="forum.id", index=True)
    turn_id: int = Field(foreign_key="turn.id", index=True)
    kind: str = Field(max_length=16)
    before: str = Field(default="", sa_type=Text)
    after: str = Field(default="", sa_type=Text)
    why: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now, index=True)
    requested_by: str | None = Field(default=None, sa_type=Text)
    version: int | None = None
    other_id: int | None = Field(default=None, foreign_key="turn.id")
    undoes_id: int | None = Field(default=None, foreign_key="correction.id", unique=True)
    detail: str | None = Field(default=None, sa_type=Text)


class OutboxEntry(SQLModel, table=True):
    """What a search index has yet to hear of, written in the transaction that changed it; `seq` orders them.

    `shelf` is the index (`search.outbox`): that of turns, or another one, whose keys `turn_key` holds then.
    """

    __tablename__ = "outbox"
    seq: int | None = Field(default=None, primary_key=True)
    turn_key: str = Field(max_length=26)
    at: datetime = Field(default_factory=now)
    shelf: str = Field(default="turns", max_length=16, sa_column_kwargs={"server_default": "turns"})
