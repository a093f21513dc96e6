"""Commitments, what was recorded of each, and what became of due dates that recur."""

from datetime import date

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from positions.followthrough.models.grounds import CITED, Cited, Kept, cited, told_or_taken_back
from positions.followthrough.vocabulary.commitments import Axis, CommitmentKind, Occurrence
from positions.scale import EvidenceKind
from transcripts.models import one_of


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
