"""The tables of follow-through: what editors state of commitments and programs, and what happened, append-only.

Facts (a program, a figure, a law) are written by forms that keep their history (`tracker.edits`). What happened (an event, a
finding, a reply, an observation) is a row that is never changed: a later one takes it back (`withdraws_id`). A partial day is
text as a source gives it: 2017, 2017-11 or 2017-11-05.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, LargeBinary, Numeric, Text, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from positions.followthrough.vocabulary import (
    ActLevel,
    ActResult,
    Axis,
    CheckStatus,
    CommitmentKind,
    ConcernKind,
    DocumentKind,
    Fidelity,
    IndicatorKind,
    MoneyKind,
    Occurrence,
    Part,
    RequestOutcome,
    Role,
    Stage,
    Step,
)
from positions.scale import EvidenceKind
from transcripts.models import now, one_of
from transcripts.vocabulary import Right

CITED = "document_id IS NOT NULL OR source_id IS NOT NULL OR turn_id IS NOT NULL"


def cited() -> CheckConstraint:
    """A row rests on a document, a source of a forum, or words of a turn."""
    return CheckConstraint(CITED, name="cited")


def told_or_taken_back(column: str) -> CheckConstraint:
    """A row says something, or takes back another one."""
    return CheckConstraint(f"(withdraws_id IS NULL) = ({column} IS NOT NULL)", name="told_or_taken_back")


class Cited(SQLModel):
    """What a row rests on: a document, a source of a forum, or code points [start, end) of a version of a turn; `place` is the page."""

    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    turn_id: int | None = Field(default=None, foreign_key="turn.id", index=True)
    turn_version: int | None = None
    start: int | None = None
    end: int | None = None
    place: str | None = Field(default=None, sa_type=Text)


class Kept(SQLModel):
    """Who wrote an append-only row, and when; `key` is its permanent name (a ULID)."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=26)
    recorded_by: str = Field(sa_type=Text)
    recorded_at: datetime = Field(default_factory=now, index=True)
    text_en: str | None = Field(default=None, sa_type=Text)
    text_es: str | None = Field(default=None, sa_type=Text)


class Document(SQLModel, table=True):
    """Something written that follow-through rests on, whether or not we hold a copy. `url` is None where we hold no link."""

    __table_args__ = (one_of("kind", DocumentKind), one_of("publishing_right", Right))
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    kind: str = Field(max_length=16)
    title_en: str = Field(sa_type=Text)
    title_es: str | None = Field(default=None, sa_type=Text)
    publisher: str | None = Field(default=None, sa_type=Text)
    published_on: str | None = Field(default=None, max_length=10)
    url: str | None = Field(default=None, sa_type=Text)
    archived_url: str | None = Field(default=None, sa_type=Text)
    archived_on: date | None = None
    language: str = Field(default="en", max_length=16)
    publishing_right: str = Field(default=Right.WHOLE, max_length=16)
    interest_en: str | None = Field(default=None, sa_type=Text)
    interest_es: str | None = Field(default=None, sa_type=Text)
    summary_en: str | None = Field(default=None, sa_type=Text)
    summary_es: str | None = Field(default=None, sa_type=Text)
    fictional: bool = False


class DocumentCopy(SQLModel, table=True):
    """One copy of a document as it was on a day, the nth we hold; its bytes are a source file. Append-only."""

    __tablename__ = "document_copy"
    __table_args__ = (UniqueConstraint("document_id", "n"), UniqueConstraint("document_id", "sha256"))
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    n: int
    sha256: str = Field(foreign_key="source_file.sha256", index=True, max_length=64)
    file_name: str = Field(sa_type=Text)
    media_type: str = Field(max_length=120)
    captured_on: date
    pages: int | None = None
    recorded_by: str = Field(sa_type=Text)
    recorded_at: datetime = Field(default_factory=now, index=True)


class DocumentPassage(SQLModel, table=True):
    """One paragraph of a copy of a document, as it was read from the file; `page` begins at 1. Found by search under its key."""

    __tablename__ = "document_passage"
    __table_args__ = (UniqueConstraint("copy_id", "position"),)
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=26)
    copy_id: int = Field(foreign_key="document_copy.id", index=True)
    position: int
    page: int | None = None
    heading: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    text: str = Field(sa_type=Text)


class DocumentUpload(SQLModel, table=True):
    """A file that an editor looks over before it becomes a copy of a document; `paper` is what was read in it, as JSON."""

    __tablename__ = "document_upload"
    key: str = Field(primary_key=True, max_length=26)
    document_id: int = Field(foreign_key="document.id", index=True)
    file_name: str = Field(sa_type=Text)
    sha256: str = Field(max_length=64)
    data: bytes = Field(sa_type=LargeBinary)
    captured_on: date
    paper: str = Field(sa_type=Text)
    sent_by: str = Field(sa_type=Text)
    sent_at: datetime = Field(default_factory=now)


class LinkCheck(SQLModel, table=True):
    """What became of an address when it was last asked for; `failing_since` is the first of the failures in a row."""

    __tablename__ = "link_check"
    url: str = Field(primary_key=True, sa_type=Text)
    checked_at: datetime
    status: int | None = None
    reason: str | None = Field(default=None, sa_type=Text)
    failing_since: datetime | None = None


class ProgramModel(SQLModel, table=True):
    """The design that programs of several places follow, such as LEAD."""

    __tablename__ = "program_model"
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    name_en: str = Field(sa_type=Text)
    name_es: str | None = Field(default=None, sa_type=Text)
    summary_en: str = Field(sa_type=Text)
    summary_es: str | None = Field(default=None, sa_type=Text)
    place: str | None = Field(default=None, sa_type=Text)
    fictional: bool = False


class FidelityCriterion(Cited, table=True):
    """What a design asks of whoever says they follow it, and where it says so."""

    __tablename__ = "fidelity_criterion"
    __table_args__ = (UniqueConstraint("model_id", "slug"), cited())
    id: int | None = Field(default=None, primary_key=True)
    model_id: int = Field(foreign_key="program_model.id", index=True)
    slug: str = Field(max_length=120)
    position: int = 0
    core: bool = True
    text_en: str = Field(sa_type=Text)
    text_es: str | None = Field(default=None, sa_type=Text)


class FidelityRule(Cited, table=True):
    """What a design says of programs that depart from it, told in our words, and where it says so; at most one for a design."""

    __tablename__ = "fidelity_rule"
    __table_args__ = (UniqueConstraint("model_id"), cited())
    id: int | None = Field(default=None, primary_key=True)
    model_id: int = Field(foreign_key="program_model.id")
    text_en: str = Field(sa_type=Text)
    text_es: str | None = Field(default=None, sa_type=Text)


class Program(SQLModel, table=True):
    """Something a place does or did, with its design where it follows one. `maintained_*`: who keeps its page and with what interest.

    `elsewhere` marks a program of another place that somebody pointed to.
    """

    __table_args__ = (one_of("stage", Stage),)
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    model_id: int | None = Field(default=None, foreign_key="program_model.id", index=True)
    topic_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
    name_en: str = Field(sa_type=Text)
    name_es: str | None = Field(default=None, sa_type=Text)
    place: str = Field(sa_type=Text)
    zone: str = Field(default="UTC", max_length=64)
    stage: str = Field(max_length=16)
    began: str | None = Field(default=None, max_length=10)
    ended: str | None = Field(default=None, max_length=10)
    summary_en: str = Field(sa_type=Text)
    summary_es: str | None = Field(default=None, sa_type=Text)
    elsewhere: bool = False
    fictional: bool = False
    maintained_by: str | None = Field(default=None, sa_type=Text)
    interest_en: str | None = Field(default=None, sa_type=Text)
    interest_es: str | None = Field(default=None, sa_type=Text)


class ProgramProposition(SQLModel, table=True):
    """A statement of a race that a program answers: the way from a box of the comparison to the program, and back."""

    __tablename__ = "program_proposition"
    program_id: int = Field(foreign_key="program.id", primary_key=True)
    proposition_id: int = Field(foreign_key="proposition.id", primary_key=True)


class ProgramDocument(SQLModel, table=True):
    """A document about a program."""

    __tablename__ = "program_document"
    program_id: int = Field(foreign_key="program.id", primary_key=True)
    document_id: int = Field(foreign_key="document.id", primary_key=True)


class ProgramBody(Cited, table=True):
    """What a body is to a program or to a design: exactly one of the two."""

    __tablename__ = "program_body"
    __table_args__ = (
        one_of("role", Role),
        CheckConstraint("(program_id IS NULL) <> (model_id IS NULL)", name="program_or_model"),
        UniqueConstraint("program_id", "model_id", "organisation_id", "role"),
    )
    id: int | None = Field(default=None, primary_key=True)
    program_id: int | None = Field(default=None, foreign_key="program.id", index=True)
    model_id: int | None = Field(default=None, foreign_key="program_model.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    role: str = Field(max_length=16)
    since: str | None = Field(default=None, max_length=10)
    until: str | None = Field(default=None, max_length=10)
    note_en: str | None = Field(default=None, sa_type=Text)
    note_es: str | None = Field(default=None, sa_type=Text)


class ProgramEvent(Cited, table=True):
    """One line of a program's history, with the step of its story that it belongs to."""

    __tablename__ = "program_event"
    __table_args__ = (one_of("step", Step), UniqueConstraint("program_id", "slug"), cited())
    id: int | None = Field(default=None, primary_key=True)
    program_id: int = Field(foreign_key="program.id", index=True)
    slug: str = Field(max_length=120)
    on: str = Field(max_length=10)
    step: str = Field(max_length=16)
    text_en: str = Field(sa_type=Text)
    text_es: str | None = Field(default=None, sa_type=Text)


class ProgramMoney(Cited, table=True):
    """A sum for a program, in units of `currency` (ISO 4217), for a time."""

    __tablename__ = "program_money"
    __table_args__ = (one_of("kind", MoneyKind), UniqueConstraint("program_id", "slug"), cited())
    id: int | None = Field(default=None, primary_key=True)
    program_id: int = Field(foreign_key="program.id", index=True)
    slug: str = Field(max_length=120)
    kind: str = Field(max_length=16)
    amount: Decimal = Field(sa_type=Numeric(16, 2))
    currency: str = Field(default="USD", max_length=3)
    first_on: str | None = Field(default=None, max_length=10)
    last_on: str | None = Field(default=None, max_length=10)
    giver: str | None = Field(default=None, sa_type=Text)
    text_en: str | None = Field(default=None, sa_type=Text)
    text_es: str | None = Field(default=None, sa_type=Text)


class ProgramClaim(Cited, table=True):
    """What somebody says a program achieves: the figure, compared with whom, over what time, and how far it was checked."""

    __tablename__ = "program_claim"
    __table_args__ = (one_of("status", CheckStatus), UniqueConstraint("program_id", "slug"), cited())
    id: int | None = Field(default=None, primary_key=True)
    program_id: int = Field(foreign_key="program.id", index=True)
    slug: str = Field(max_length=120)
    figure_en: str = Field(sa_type=Text)
    figure_es: str | None = Field(default=None, sa_type=Text)
    compared_en: str | None = Field(default=None, sa_type=Text)
    compared_es: str | None = Field(default=None, sa_type=Text)
    period_en: str | None = Field(default=None, sa_type=Text)
    period_es: str | None = Field(default=None, sa_type=Text)
    claimed_by: str = Field(sa_type=Text)
    status: str = Field(default=CheckStatus.NOT_CHECKED, max_length=16)
    checked_on: date | None = None
    check_en: str | None = Field(default=None, sa_type=Text)
    check_es: str | None = Field(default=None, sa_type=Text)


class Concern(Cited, table=True):
    """A concern or an open question that somebody raised about a program, and what was answered."""

    __table_args__ = (one_of("kind", ConcernKind), UniqueConstraint("program_id", "slug"), cited())
    id: int | None = Field(default=None, primary_key=True)
    program_id: int = Field(foreign_key="program.id", index=True)
    criterion_id: int | None = Field(default=None, foreign_key="fidelity_criterion.id", index=True)
    slug: str = Field(max_length=120)
    kind: str = Field(max_length=16)
    position: int = 0
    raised_by: str = Field(sa_type=Text)
    raised_on: str | None = Field(default=None, max_length=10)
    text_en: str = Field(sa_type=Text)
    text_es: str | None = Field(default=None, sa_type=Text)


class FidelityFinding(Kept, Cited, table=True):
    """What somebody found of one criterion at one program, as of a day. `interest_*`: the stake of whoever found it.

    `day` is that day as its source gives it where that is less exact (2018); `on` is then the first day it may be.
    """

    __tablename__ = "fidelity_finding"
    __table_args__ = (one_of("result", Fidelity), told_or_taken_back("result"))
    program_id: int = Field(foreign_key="program.id", index=True)
    criterion_id: int = Field(foreign_key="fidelity_criterion.id", index=True)
    result: str | None = Field(default=None, max_length=16)
    on: date
    found_by: str | None = Field(default=None, sa_type=Text)
    interest_en: str | None = Field(default=None, sa_type=Text)
    interest_es: str | None = Field(default=None, sa_type=Text)
    request_id: int | None = Field(default=None, foreign_key="records_request.id", index=True)
    withdraws_id: int | None = Field(default=None, foreign_key="fidelity_finding.id", unique=True)
    day: str | None = Field(default=None, max_length=10)


class CityReply(Kept, Cited, table=True):
    """What whoever runs a program answers, in their own words (`words`), to the whole page, a criterion or a concern.

    `received`: how it reached us, where no document holds it. `text_*` says why a reply was taken back.
    """

    __tablename__ = "city_reply"
    __table_args__ = (told_or_taken_back("words"),)
    program_id: int = Field(foreign_key="program.id", index=True)
    criterion_id: int | None = Field(default=None, foreign_key="fidelity_criterion.id", index=True)
    concern_id: int | None = Field(default=None, foreign_key="concern.id", index=True)
    replied_by: str | None = Field(default=None, sa_type=Text)
    words: str | None = Field(default=None, sa_type=Text)
    language: str = Field(default="en", max_length=16)
    on: date
    received: str | None = Field(default=None, sa_type=Text)
    withdraws_id: int | None = Field(default=None, foreign_key="city_reply.id", unique=True)


class RecordsRequest(SQLModel, table=True):
    """What records were asked of whom, when, under what law, and by when a reply is due."""

    __tablename__ = "records_request"
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    program_id: int | None = Field(default=None, foreign_key="program.id", index=True)
    commitment_id: int | None = Field(default=None, foreign_key="commitment.id", index=True)
    what_en: str = Field(sa_type=Text)
    what_es: str | None = Field(default=None, sa_type=Text)
    asked_of: str = Field(sa_type=Text)
    asked_by: str = Field(sa_type=Text)
    asked_on: date
    due_on: date | None = None
    law: str | None = Field(default=None, sa_type=Text)
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    fictional: bool = False


class RecordsRequestEvent(Kept, table=True):
    """What became of a request on a day; `due_on` is the new day where more time was taken, `document_id` what was given."""

    __tablename__ = "records_request_event"
    __table_args__ = (one_of("outcome", RequestOutcome), told_or_taken_back("outcome"))
    request_id: int = Field(foreign_key="records_request.id", index=True)
    outcome: str | None = Field(default=None, max_length=16)
    on: date
    due_on: date | None = None
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    withdraws_id: int | None = Field(default=None, foreign_key="records_request_event.id", unique=True)


class Commitment(Cited, table=True):
    """What somebody said they would do, or said they do, told so that it can be checked.

    Made by a person, or by a body (`organisation_id`). Due on a day, or every so many months from `first_due_on` on. `origin_kind`
    says how we know the words; `origin_*` tells them in our words where we hold no quotation, with at most a `fragment` of them.
    """

    __table_args__ = (
        one_of("kind", CommitmentKind),
        one_of("origin_kind", EvidenceKind),
        CheckConstraint("(person_id IS NULL) <> (organisation_id IS NULL)", name="made_by"),
        CheckConstraint("(every_months IS NULL) = (first_due_on IS NULL)", name="recurrence"),
        CheckConstraint("every_months BETWEEN 1 AND 120", name="every_months"),
        cited(),
    )
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    kind: str = Field(max_length=16)
    title_en: str = Field(sa_type=Text)
    title_es: str | None = Field(default=None, sa_type=Text)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    candidacy_id: int | None = Field(default=None, foreign_key="candidacy.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    program_id: int | None = Field(default=None, foreign_key="program.id", index=True)
    topic_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
    proposition_id: int | None = Field(default=None, foreign_key="proposition.id", index=True)
    said_on: date
    zone: str = Field(default="UTC", max_length=64)
    criterion_en: str | None = Field(default=None, sa_type=Text)
    criterion_es: str | None = Field(default=None, sa_type=Text)
    measurable: bool = False
    responsible: str | None = Field(default=None, sa_type=Text)
    due_on: date | None = None
    due_why_en: str | None = Field(default=None, sa_type=Text)
    due_why_es: str | None = Field(default=None, sa_type=Text)
    every_months: int | None = None
    first_due_on: date | None = None
    term_ends_on: date | None = None
    origin_kind: str = Field(max_length=32)
    origin_en: str | None = Field(default=None, sa_type=Text)
    origin_es: str | None = Field(default=None, sa_type=Text)
    fragment: str | None = Field(default=None, sa_type=Text)
    fictional: bool = False


class CommitmentEvent(Kept, Cited, table=True):
    """What became of a commitment on a day, on one of four axes; it may move backwards.

    `looked_*`: who looked where and when, which finding no action needs. `act` binds what was recorded together (a term's end).
    """

    __tablename__ = "commitment_event"
    __table_args__ = (
        one_of("axis", Axis),
        told_or_taken_back("value"),
        CheckConstraint(f"withdraws_id IS NOT NULL OR looked_on IS NOT NULL OR {CITED}", name="cited"),
        CheckConstraint(
            "value IS NULL OR value <> 'no_action_found' OR (looked_on IS NOT NULL AND looked_en IS NOT NULL)",
            name="search_log",
        ),
    )
    commitment_id: int = Field(foreign_key="commitment.id", index=True)
    axis: str = Field(max_length=16)
    value: str | None = Field(default=None, max_length=32)
    on: date
    looked_by: str | None = Field(default=None, sa_type=Text)
    looked_on: date | None = None
    looked_en: str | None = Field(default=None, sa_type=Text)
    looked_es: str | None = Field(default=None, sa_type=Text)
    act: str | None = Field(default=None, max_length=26, index=True)
    withdraws_id: int | None = Field(default=None, foreign_key="commitment_event.id", unique=True)


class DueOccurrence(Kept, Cited, table=True):
    """What became of one due date of a commitment that is due again and again; the latest row that was not taken back stands."""

    __tablename__ = "due_occurrence"
    __table_args__ = (one_of("outcome", Occurrence), told_or_taken_back("outcome"))
    commitment_id: int = Field(foreign_key="commitment.id", index=True)
    due_on: date
    outcome: str | None = Field(default=None, max_length=16)
    on: date | None = None
    withdraws_id: int | None = Field(default=None, foreign_key="due_occurrence.id", unique=True)


class Indicator(Cited, table=True):
    """A figure that is followed: what it counts, in what unit, of how many.

    `axes` is a JSON list of {key, en, es, categories: [{key, en, es}]}; `headline` a JSON object {axis, over, under} that names the
    two categories whose ratio is told first; `mapping` the columns of the last file that was read; `part_of` the slug of the figure
    whose numbers hold these (no key: a figure may outlive the one it is a part of).
    """

    __table_args__ = (one_of("kind", IndicatorKind), one_of("part", Part), cited())
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    program_id: int | None = Field(default=None, foreign_key="program.id", index=True)
    commitment_id: int | None = Field(default=None, foreign_key="commitment.id", index=True)
    position: int = 0
    name_en: str = Field(sa_type=Text)
    name_es: str | None = Field(default=None, sa_type=Text)
    kind: str = Field(max_length=16)
    unit_en: str = Field(sa_type=Text)
    unit_es: str | None = Field(default=None, sa_type=Text)
    people: bool = False
    denominator_en: str | None = Field(default=None, sa_type=Text)
    denominator_es: str | None = Field(default=None, sa_type=Text)
    about_en: str | None = Field(default=None, sa_type=Text)
    about_es: str | None = Field(default=None, sa_type=Text)
    part: str | None = Field(default=None, max_length=16)
    axes: str = Field(default="[]", sa_type=Text)
    headline: str | None = Field(default=None, sa_type=Text)
    mapping: str | None = Field(default=None, sa_type=Text)
    fictional: bool = False
    part_of: str | None = Field(default=None, max_length=120)


class ObservationBatch(Cited, table=True):
    """What was read in one go for a figure, from a file or a form; later batches stand over earlier ones, value by value."""

    __tablename__ = "observation_batch"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=26)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    file_name: str | None = Field(default=None, sa_type=Text)
    sha256: str | None = Field(default=None, max_length=64)
    recorded_by: str = Field(sa_type=Text)
    recorded_at: datetime = Field(default_factory=now, index=True)


class Observation(SQLModel, table=True):
    """One value: as of `last_on`, or from `first_on` to it; of one category of one axis, or the whole where both are NULL.

    `value` is NULL where the source itself hides it. Read only through `queries/figures.py`, which lets no small number of people out.
    """

    __table_args__ = (
        CheckConstraint("(axis IS NULL) = (category IS NULL)", name="axis_and_category"),
        CheckConstraint("first_on IS NULL OR first_on <= last_on", name="period"),
    )
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="observation_batch.id", index=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    first_on: date | None = None
    last_on: date = Field(index=True)
    axis: str | None = Field(default=None, max_length=64)
    category: str | None = Field(default=None, max_length=64)
    value: Decimal | None = Field(default=None, sa_type=Numeric(18, 4))


class ExternalAct(Cited, table=True):
    """A law or a decision of another body that a position or a program depends on, and what became of it."""

    __tablename__ = "external_act"
    __table_args__ = (one_of("level", ActLevel), one_of("result", ActResult), cited())
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    title_en: str = Field(sa_type=Text)
    title_es: str | None = Field(default=None, sa_type=Text)
    level: str = Field(max_length=16)
    body: str = Field(sa_type=Text)
    result: str = Field(max_length=16)
    decided_on: str | None = Field(default=None, max_length=10)
    number: str | None = Field(default=None, sa_type=Text)
    summary_en: str = Field(sa_type=Text)
    summary_es: str | None = Field(default=None, sa_type=Text)
    fictional: bool = False


class ActLink(SQLModel, table=True):
    """What depends on a law or decision: a program, a commitment, or a candidate's position on a statement; `note_*` says how."""

    __tablename__ = "act_link"
    __table_args__ = (
        CheckConstraint(
            "program_id IS NOT NULL OR commitment_id IS NOT NULL OR proposition_id IS NOT NULL", name="linked"
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="external_act.id", index=True)
    program_id: int | None = Field(default=None, foreign_key="program.id", index=True)
    commitment_id: int | None = Field(default=None, foreign_key="commitment.id", index=True)
    proposition_id: int | None = Field(default=None, foreign_key="proposition.id", index=True)
    candidacy_id: int | None = Field(default=None, foreign_key="candidacy.id", index=True)
    note_en: str | None = Field(default=None, sa_type=Text)
    note_es: str | None = Field(default=None, sa_type=Text)


class GlossaryTerm(Cited, table=True):
    """A word readers may not know, told in both languages. `aliases` is a JSON list of {lang, text, exact_case}."""

    __tablename__ = "glossary_term"
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    term_en: str = Field(sa_type=Text)
    term_es: str = Field(sa_type=Text)
    meaning_en: str = Field(sa_type=Text)
    meaning_es: str = Field(sa_type=Text)
    aliases: str = Field(default="[]", sa_type=Text)
    topic_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
