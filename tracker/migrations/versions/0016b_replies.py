"""Replies of candidates: their links, and every version of what they said.

Revision ID: 0016b
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0016b"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    op.create_table(
        "reply_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("race", AutoString(length=120), nullable=False),
        sa.Column("person", AutoString(length=120), nullable=False),
        sa.Column("digest", AutoString(length=64), nullable=False),
        sa.Column("verified", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_invitation")),
        sa.UniqueConstraint("digest", name=op.f("uq_reply_invitation_digest")),
    )
    op.create_index(op.f("ix_reply_invitation_race"), "reply_invitation", ["race"])
    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["reply_invitation.id"], name=op.f("fk_reply_invitation_id_reply_invitation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_invitation_id"), "reply", ["invitation_id"])
