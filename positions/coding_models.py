"""The tables of coding: what editors judged alone, what a third person decided, who checked what, and the ties coders declare.

Append-only. An account is a number here: accounts belong to the application.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from positions.coding.publishing import Basis
from positions.coding.ties import Tie
from positions.scale import CODES_OF
from transcripts.models import now, one_of
from transcripts.vocabulary import Reason


class CoderDeclaration(SQLModel, table=True):
    """What an account says of its ties to those it codes; the latest of an account stands. `party` is as they wrote it."""

    __tablename__ = "coder_declaration"
    __table_args__ = (one_of("kind", Tie),)
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(index=True)
    account: str = Field(sa_type=Text)
    kind: str = Field(max_length=16)
    party: str = Field(default="", sa_type=Text)
    at: datetime = Field(default_factory=now)


class CoderTie(SQLModel, table=True):
    """A candidate a declaration names: the account codes nothing of theirs."""

    __tablename__ = "coder_tie"
    id: int | None = Field(default=None, primary_key=True)
    declaration_id: int = Field(foreign_key="coder_declaration.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)


class Coding(SQLModel, table=True):
    """One editor's judgement of one box in one wording of the statement; a later one of the same editor takes its place.

    `blind`: made without sight of another's. `evidence` is a JSON list of {"ref": words picked, "role": what they do}.
    `declaration_id` is what the coder had declared of their ties. `round`: which time the box is coded.
    """

    __table_args__ = (
        one_of("code", CODES_OF["scale"]),
        one_of("reason", Reason),
        CheckConstraint("(code IS NULL) <> (reason IS NULL)", name="code_or_reason"),
        CheckConstraint("tier BETWEEN 1 AND 5", name="tier"),
    )
    id: int | None = Field(default=None, primary_key=True)
    candidacy_id: int = Field(foreign_key="candidacy.id", index=True)
    proposition_id: int = Field(foreign_key="proposition.id", index=True)
    proposition_version: int
    round: int = 1
    code: str | None = Field(default=None, max_length=16)
    reason: str | None = Field(default=None, max_length=16)
    coder_id: int = Field(index=True)
    coder: str = Field(sa_type=Text)
    declaration_id: int = Field(foreign_key="coder_declaration.id", index=True)
    tier: int | None = None
    condition_en: str | None = Field(default=None, sa_type=Text)
    condition_es: str | None = Field(default=None, sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    evidence: str = Field(default="[]", sa_type=Text)
    blind: bool = True
    at: datetime = Field(default_factory=now)


class CodingDecision(SQLModel, table=True):
    """What a third person decided of a box whose coders differ, and why; without a code and a reason: that it be coded anew."""

    __tablename__ = "coding_decision"
    __table_args__ = (
        one_of("code", CODES_OF["scale"]),
        one_of("reason", Reason),
        CheckConstraint("code IS NULL OR reason IS NULL", name="code_or_reason"),
    )
    id: int | None = Field(default=None, primary_key=True)
    candidacy_id: int = Field(foreign_key="candidacy.id", index=True)
    proposition_id: int = Field(foreign_key="proposition.id", index=True)
    proposition_version: int
    round: int = 1
    code: str | None = Field(default=None, max_length=16)
    reason: str | None = Field(default=None, max_length=16)
    why: str = Field(sa_type=Text)
    by_id: int
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)


class PositionBasis(SQLModel, table=True):
    """What a recorded position rests on: who put it on record, and the codings and the decision behind it (JSON list of ids)."""

    __tablename__ = "position_basis"
    __table_args__ = (one_of("basis", Basis),)
    stance_id: int = Field(foreign_key="stance.id", primary_key=True)
    basis: str = Field(max_length=16)
    by_id: int | None = None
    by: str = Field(default="", sa_type=Text)
    codings: str = Field(default="[]", sa_type=Text)
    decision_id: int | None = Field(default=None, foreign_key="coding_decision.id", index=True)


class PositionCheck(SQLModel, table=True):
    """A second editor held a position against its words and found it right."""

    __tablename__ = "position_check"
    id: int | None = Field(default=None, primary_key=True)
    stance_id: int = Field(foreign_key="stance.id", index=True)
    by_id: int
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)


CODED: tuple[type[Coding] | type[CodingDecision], ...] = (Coding, CodingDecision)
"""The tables of what was said of boxes."""
