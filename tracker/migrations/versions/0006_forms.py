"""The forms of the desk: what each act did, before and after; topics that are the editors' own; topics merged into others.

Revision ID: 0006
Revises: 0003b
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0006"
down_revision = "0003b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    op.create_table(
        "edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", AutoString(length=26), nullable=False),
        sa.Column("about", AutoString(length=160), nullable=False),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("undoes", AutoString(length=26), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edit")),
        sa.UniqueConstraint("act", "kind", "key", name=op.f("uq_edit_act_kind_key")),
        sa.UniqueConstraint("undoes", "kind", "key", name=op.f("uq_edit_undoes_kind_key")),
    )
    with op.batch_alter_table("edit", schema=None) as batch:
        for column in ("act", "about", "at"):
            batch.create_index(op.f(f"ix_edit_{column}"), [column], unique=False)
    op.create_table(
        "topic_redirect",
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_topic_redirect_topic_id_topic")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_topic_redirect")),
    )
    with op.batch_alter_table("topic_redirect", schema=None) as batch:
        batch.create_index(op.f("ix_topic_redirect_topic_id"), ["topic_id"], unique=False)
    with op.batch_alter_table("topic", schema=None) as batch:
        batch.add_column(sa.Column("edited", sa.Boolean(), nullable=False, server_default=sa.false()))
