"""What editors decided of suggested topics, and how likely each was.

Revision ID: 0008b
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0008b"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    with op.batch_alter_table("tag", schema=None) as batch:
        batch.add_column(sa.Column("weight", sa.Float(), nullable=True))
    op.create_table(
        "tag_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", AutoString(length=26), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("topic", AutoString(length=120), nullable=False),
        sa.Column("before", AutoString(length=16), nullable=True),
        sa.Column("after", AutoString(length=16), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("undoes", AutoString(length=26), nullable=True),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_tag_decision_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_decision")),
        sa.UniqueConstraint("act", "turn_id", "topic", name=op.f("uq_tag_decision_act_turn_id_topic")),
        sa.UniqueConstraint("undoes", "turn_id", "topic", name=op.f("uq_tag_decision_undoes_turn_id_topic")),
    )
    with op.batch_alter_table("tag_decision", schema=None) as batch:
        for column in ("act", "at", "turn_id"):
            batch.create_index(op.f(f"ix_tag_decision_{column}"), [column], unique=False)
