"""What editors change of the words by which topics are suggested.

Revision ID: 0009
Revises: 0009h
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0009"
down_revision = "0009h"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    op.create_table(
        "topic_retag",
        sa.Column("topic", AutoString(length=120), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("topic", name=op.f("pk_topic_retag")),
    )
    op.create_table(
        "topic_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", AutoString(length=120), nullable=False),
        sa.Column("lang", AutoString(length=16), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("grade", AutoString(length=16), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("grade IN ('sure', 'likely', 'hint')", name=op.f("ck_topic_word_grade")),
        sa.CheckConstraint("lang IN ('en', 'es')", name=op.f("ck_topic_word_lang")),
        sa.ForeignKeyConstraint(["undoes_id"], ["topic_word.id"], name=op.f("fk_topic_word_undoes_id_topic_word")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_word")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_topic_word_undoes_id")),
    )
    with op.batch_alter_table("topic_word", schema=None) as batch:
        batch.create_index(op.f("ix_topic_word_topic"), ["topic"], unique=False)
