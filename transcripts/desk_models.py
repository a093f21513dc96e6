"""The tables of the editors' desk: what editors decide over the rules, what waits for a second editor, reports, withheld words."""

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from transcripts.models import CHECKED, now, one_of
from transcripts.vocabulary import Part

SUBJECTS = ("turn", "position", "tag", "translation", "program", "commitment", "figure", "document", "act")
QUESTION = "question"
"""The kind of a report that finds nothing wrong: somebody asks, and the answer is public."""
COMPLAINTS = (
    "wrong_words",
    "wrong_person",
    "missing_context",
    "unfair_label",
    "position_changed",
    "wrong_fact",
    QUESTION,
)
OPEN = text("status = 'open'")


class ExchangeChoice(SQLModel, table=True):
    """An editor's word on where a turn belongs, over the rules: to the question of another turn (or its own) as `part`, or to none."""

    __tablename__ = "exchange_choice"
    __table_args__ = (one_of("part", Part),)
    turn_id: int = Field(foreign_key="turn.id", primary_key=True)
    question_turn_id: int | None = Field(default=None, foreign_key="turn.id", index=True)
    part: str | None = Field(default=None, max_length=16)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)


class ProposedChange(SQLModel, table=True):
    """A change of who said words that positions rest on: it waits for another editor's word. `version` is what was seen.

    `by` and `decided_by` are names of accounts. At most one is open for a turn.
    """

    __tablename__ = "proposed_change"
    __table_args__ = (
        one_of("status", ("open", "approved", "refused")),
        Index("uq_proposed_change_open", "turn_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )
    id: int | None = Field(default=None, primary_key=True)
    turn_id: int = Field(foreign_key="turn.id", index=True)
    version: int
    speaker_id: int | None = Field(default=None, foreign_key="speaker.id")
    why: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    requested_by: str | None = Field(default=None, sa_type=Text)
    at: datetime = Field(default_factory=now)
    undoes_id: int | None = Field(default=None, foreign_key="correction.id")
    status: str = Field(default="open", max_length=16)
    decided_by: str | None = Field(default=None, sa_type=Text)
    decided_at: datetime | None = None
    decided_why: str | None = Field(default=None, sa_type=Text)


class Withheld(SQLModel, table=True):
    """Words taken from a forum for good, with the reason: never the words, only a slow salted digest that knows them again.

    `length` counts words; `hint` are twelve bits of a quick digest, so that few places need the slow one. `mark` stands in
    their place.
    """

    id: int | None = Field(default=None, primary_key=True)
    forum_id: int = Field(foreign_key="forum.id", index=True)
    length: int
    salt: str = Field(max_length=32)
    hint: str = Field(max_length=3)
    digest: str = Field(max_length=64)
    mark: str = Field(sa_type=Text)
    why: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    requested_by: str | None = Field(default=None, sa_type=Text)
    at: datetime = Field(default_factory=now)


class ReviewMark(SQLModel, table=True):
    """Who checked version `version` of a turn, or a whole record, how far and when. Append-only; the last one counts."""

    __tablename__ = "review_mark"
    __table_args__ = (one_of("state", (*CHECKED, "none")),)
    id: int | None = Field(default=None, primary_key=True)
    record_id: int = Field(foreign_key="record.id", index=True)
    turn_id: int | None = Field(default=None, foreign_key="turn.id", index=True)
    version: int | None = None
    state: str = Field(max_length=16)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)


class Report(SQLModel, table=True):
    """ "Something wrong here?": what a reader says or asks of words, a position, a program …, and what was decided in public.

    `subject_id` is the row of the subject's own table; `turn_id` the words it stands on, where there are any. `receipt` is a
    digest: the link itself is told once. `contact` and `text` are never public. `questioned`: readers see that it is open.
    """

    __table_args__ = (
        UniqueConstraint("receipt"),
        one_of("subject", SUBJECTS),
        one_of("kind", COMPLAINTS),
        one_of("status", ("open", "accepted", "refused")),
        Index("ix_report_subject_subject_id", "subject", "subject_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    receipt: str = Field(max_length=64)
    forum_id: int | None = Field(default=None, foreign_key="forum.id", index=True)
    turn_id: int | None = Field(default=None, foreign_key="turn.id", index=True)
    turn_version: int | None = None
    subject: str = Field(max_length=16)
    subject_id: int
    kind: str = Field(max_length=32)
    text: str = Field(sa_type=Text)
    contact: str | None = Field(default=None, sa_type=Text)
    received_at: datetime = Field(default_factory=now)
    reply_by: date
    questioned: bool = False
    status: str = Field(default="open", max_length=16)
    decided_by: str | None = Field(default=None, sa_type=Text)
    decided_at: datetime | None = None
    public_reason: str | None = Field(default=None, sa_type=Text)
    version: int = 1


class VoiceMark(SQLModel, table=True):
    """Somebody listened: from this turn on (`only`: in it alone) this voice speaks; no voice: nobody knows who.

    `named` is a JSON list of [turn id, version then] the mark gave to voices; `divided_id` the turn it divided. Undone marks stay.
    """

    __tablename__ = "voice_mark"
    id: int | None = Field(default=None, primary_key=True)
    forum_id: int = Field(foreign_key="forum.id", index=True)
    turn_id: int = Field(foreign_key="turn.id", index=True)
    speaker_id: int | None = Field(default=None, foreign_key="speaker.id")
    only: bool = False
    divided_id: int | None = Field(default=None, foreign_key="turn.id")
    named: str = Field(default="[]", sa_type=Text)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)
    undone_at: datetime | None = None


class VoiceProposal(SQLModel, table=True):
    """Who a run sheet says may have spoken: shown to editors only, until one of them has listened and agreed."""

    __tablename__ = "voice_proposal"
    turn_id: int = Field(foreign_key="turn.id", primary_key=True)
    speaker_id: int = Field(foreign_key="speaker.id", index=True)
    sure: bool = False
    why: str = Field(default="", sa_type=Text)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)
