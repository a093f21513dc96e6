"""Coding: what editors judge alone, check and decide, what a position rests on, and the ties coders declare.

Revision ID: 0019
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0019"
down_revision = "0020"
branch_labels = None
depends_on = None

CODES = "'support', 'lean_support', 'mixed', 'lean_oppose', 'oppose', 'not_clear'"
REASONS = "'not_addressed', 'not_asked', 'declined', 'absent', 'out_of_time', 'none_found', 'not_reviewed'"


def upgrade() -> None:
    """From the schema before to this one: every race has one coder and a checker, as before; what is held rests on nobody we know."""
    with op.batch_alter_table("contest") as batch:
        batch.add_column(sa.Column("coding_rule", AutoString(length=16), server_default="checked", nullable=False))
        batch.create_check_constraint(op.f("ck_contest_coding_rule"), "coding_rule IN ('checked', 'blind')")
    _declarations()
    _codings()
    _positions()


def _declarations() -> None:
    op.create_table(
        "coder_declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('none', 'party', 'campaign', 'candidate')", name=op.f("ck_coder_declaration_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coder_declaration")),
    )
    op.create_index(op.f("ix_coder_declaration_account_id"), "coder_declaration", ["account_id"])
    op.create_table(
        "coder_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["coder_declaration.id"], name=op.f("fk_coder_tie_declaration_id_coder_declaration")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_coder_tie_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coder_tie")),
    )
    op.create_index(op.f("ix_coder_tie_declaration_id"), "coder_tie", ["declaration_id"])
    op.create_index(op.f("ix_coder_tie_person_id"), "coder_tie", ["person_id"])


def _box(table: str) -> list[sa.schema.SchemaItem]:
    """Of what, and what: the columns codings and decisions share."""
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("proposition_id", sa.Integer(), nullable=False),
        sa.Column("proposition_version", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("code", AutoString(length=16), nullable=True),
        sa.Column("reason", AutoString(length=16), nullable=True),
        sa.CheckConstraint(f"code IN ({CODES})", name=op.f(f"ck_{table}_code")),
        sa.CheckConstraint(f"reason IN ({REASONS})", name=op.f(f"ck_{table}_reason")),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name=op.f(f"fk_{table}_candidacy_id_candidacy")),
        sa.ForeignKeyConstraint(
            ["proposition_id"], ["proposition.id"], name=op.f(f"fk_{table}_proposition_id_proposition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _codings() -> None:
    op.create_table(
        "coding",
        *_box("coding"),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=True),
        sa.Column("condition_en", sa.Text(), nullable=True),
        sa.Column("condition_es", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("(code IS NULL) <> (reason IS NULL)", name=op.f("ck_coding_code_or_reason")),
        sa.CheckConstraint("tier BETWEEN 1 AND 5", name=op.f("ck_coding_tier")),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["coder_declaration.id"], name=op.f("fk_coding_declaration_id_coder_declaration")
        ),
    )
    for column in ("candidacy_id", "proposition_id", "coder_id", "declaration_id"):
        op.create_index(op.f(f"ix_coding_{column}"), "coding", [column])
    op.create_table(
        "coding_decision",
        *_box("coding_decision"),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("code IS NULL OR reason IS NULL", name=op.f("ck_coding_decision_code_or_reason")),
    )
    for column in ("candidacy_id", "proposition_id"):
        op.create_index(op.f(f"ix_coding_decision_{column}"), "coding_decision", [column])


def _positions() -> None:
    op.create_table(
        "position_basis",
        sa.Column("stance_id", sa.Integer(), nullable=False),
        sa.Column("basis", AutoString(length=16), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("codings", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("basis IN ('alone', 'file', 'unanimous', 'person')", name=op.f("ck_position_basis_basis")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["coding_decision.id"], name=op.f("fk_position_basis_decision_id_coding_decision")
        ),
        sa.ForeignKeyConstraint(["stance_id"], ["stance.id"], name=op.f("fk_position_basis_stance_id_stance")),
        sa.PrimaryKeyConstraint("stance_id", name=op.f("pk_position_basis")),
    )
    op.create_index(op.f("ix_position_basis_decision_id"), "position_basis", ["decision_id"])
    op.create_table(
        "position_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stance_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["stance_id"], ["stance.id"], name=op.f("fk_position_check_stance_id_stance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_check")),
    )
    op.create_index(op.f("ix_position_check_stance_id"), "position_check", ["stance_id"])
