"""What a design says of programs that depart from it; findings of a year or a month; links by which bodies reply themselves.

Revision ID: 0032
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0032"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    op.create_table(
        "fidelity_rule",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("text_es", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "document_id IS NOT NULL OR source_id IS NOT NULL OR turn_id IS NOT NULL",
            name=op.f("ck_fidelity_rule_cited"),
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_fidelity_rule_document_id_document")),
        sa.ForeignKeyConstraint(
            ["model_id"], ["program_model.id"], name=op.f("fk_fidelity_rule_model_id_program_model")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_fidelity_rule_source_id_source")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_fidelity_rule_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fidelity_rule")),
        sa.UniqueConstraint("model_id", name=op.f("uq_fidelity_rule_model_id")),
    )
    op.create_index(op.f("ix_fidelity_rule_document_id"), "fidelity_rule", ["document_id"])
    op.create_index(op.f("ix_fidelity_rule_source_id"), "fidelity_rule", ["source_id"])
    op.create_index(op.f("ix_fidelity_rule_turn_id"), "fidelity_rule", ["turn_id"])
    op.add_column("fidelity_finding", sa.Column("day", AutoString(length=10), nullable=True))
    op.create_table(
        "body_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program", AutoString(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", AutoString(length=64), nullable=False),
        sa.Column("verified", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_invitation")),
        sa.UniqueConstraint("digest", name=op.f("uq_body_invitation_digest")),
    )
    op.create_index(op.f("ix_body_invitation_program"), "body_invitation", ["program"])
