"""Folders of quotations that readers keep without an account.

Revision ID: 0012
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0012"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    op.create_table(
        "quote_folder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edit_digest", AutoString(length=64), nullable=False),
        sa.Column("share_digest", AutoString(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote_folder")),
        sa.UniqueConstraint("edit_digest", name=op.f("uq_quote_folder_edit_digest")),
        sa.UniqueConstraint("share_digest", name=op.f("uq_quote_folder_share_digest")),
    )
    op.create_table(
        "folder_quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folder_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("turn_version", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["folder_id"], ["quote_folder.id"], name=op.f("fk_folder_quote_folder_id_quote_folder")
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_folder_quote_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folder_quote")),
    )
    with op.batch_alter_table("quote_folder", schema=None) as batch:
        batch.create_index(op.f("ix_quote_folder_changed_at"), ["changed_at"], unique=False)
    with op.batch_alter_table("folder_quote", schema=None) as batch:
        for column in ("folder_id", "turn_id"):
            batch.create_index(op.f(f"ix_folder_quote_{column}"), [column], unique=False)
