"""Merging and separating people whose words positions rest on waits for a second editor.

Revision ID: 0009h
Revises: 0008b
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0009h"
down_revision = "0008b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    op.create_table(
        "proposed_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gone_slug", AutoString(length=120), nullable=False),
        sa.Column("kept_slug", AutoString(length=120), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("status", AutoString(length=16), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_why", sa.Text(), nullable=True),
        sa.CheckConstraint("status IN ('open', 'approved', 'refused')", name=op.f("ck_proposed_merge_status")),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["person_merge.id"], name=op.f("fk_proposed_merge_undoes_id_person_merge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_merge")),
    )
    with op.batch_alter_table("proposed_merge", schema=None) as batch:
        batch.create_index(
            "uq_proposed_merge_open",
            ["gone_slug"],
            unique=True,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
