"""The freeze before an election: its days, the administrators' switch, exceptions and what was changed under them.

Revision ID: 0016
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0016"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    with op.batch_alter_table("contest") as batch:
        batch.add_column(sa.Column("freeze_days", sa.Integer(), nullable=True))
    op.create_table(
        "freeze_switch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("race", AutoString(length=120), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('on', 'off', 'calendar')", name=op.f("ck_freeze_switch_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_freeze_switch")),
    )
    op.create_index(op.f("ix_freeze_switch_race"), "freeze_switch", ["race"])
    op.create_table(
        "freeze_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("race", AutoString(length=120), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("status", AutoString(length=16), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_account_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_why", sa.Text(), nullable=True),
        sa.Column("until", UTCDateTime(), nullable=True),
        sa.CheckConstraint("status IN ('open', 'agreed', 'refused', 'alone')", name=op.f("ck_freeze_exception_status")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_freeze_exception_account_id_account")),
        sa.ForeignKeyConstraint(
            ["decided_account_id"], ["account.id"], name=op.f("fk_freeze_exception_decided_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_freeze_exception")),
    )
    for column in ("race", "account_id", "status"):
        op.create_index(op.f(f"ix_freeze_exception_{column}"), "freeze_exception", [column])
    op.create_table(
        "frozen_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exception_id", sa.Integer(), nullable=False),
        sa.Column("race", AutoString(length=120), nullable=False),
        sa.Column("act", AutoString(length=64), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exception_id"], ["freeze_exception.id"], name=op.f("fk_frozen_change_exception_id_freeze_exception")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_change")),
    )
    for column in ("exception_id", "race"):
        op.create_index(op.f(f"ix_frozen_change_{column}"), "frozen_change", [column])
