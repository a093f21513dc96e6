"""Annotations of other programs that were brought into an assignment.

Revision ID: 0025
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0025"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    op.create_table(
        "class_brought_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("mark", AutoString(length=26), nullable=True),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("status", AutoString(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "status IN ('exact', 'moved', 'needs_review', 'orphan', 'refused')",
            name=op.f("ck_class_brought_in_status"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["class_assignment.id"],
            name=op.f("fk_class_brought_in_assignment_id_class_assignment"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["class_member.id"], name=op.f("fk_class_brought_in_member_id_class_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_brought_in")),
    )
    op.create_index(op.f("ix_class_brought_in_assignment_id"), "class_brought_in", ["assignment_id"])
    op.create_index(op.f("ix_class_brought_in_member_id"), "class_brought_in", ["member_id"])
