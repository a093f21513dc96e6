"""Confidential testimony, who may read it, and whether it is taken.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ROLES = "role IN ('teacher', 'editor', 'admin', 'testimony')"


def upgrade() -> None:
    """From the schema before to this one."""
    with op.batch_alter_table("account_role", schema=None) as batch:
        batch.drop_constraint(op.f("ck_account_role_role"), type_="check")
        batch.create_check_constraint(op.f("ck_account_role_role"), ROLES)
    op.create_table(
        "testimony",
        sa.Column("key", AutoString(length=32), nullable=False),
        sa.Column("receipt", AutoString(length=64), nullable=False),
        sa.Column("about", AutoString(length=120), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("delete_on", sa.Date(), nullable=False),
        sa.Column("consent", sa.Integer(), nullable=False),
        sa.Column("key_id", AutoString(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_testimony")),
        sa.UniqueConstraint("receipt", name=op.f("uq_testimony_receipt")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_testimony_delete_on"), "testimony", ["delete_on"])
    op.create_table(
        "testimony_taken_back",
        sa.Column("receipt", AutoString(length=64), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("receipt", name=op.f("pk_testimony_taken_back")),
    )
    op.create_index(op.f("ix_testimony_taken_back_until"), "testimony_taken_back", ["until"])
    op.create_table(
        "testimony_switch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("key_id", AutoString(length=16), nullable=False),
        sa.Column("limits", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_testimony_switch")),
    )
