"""The blind quote quiz: phrases that give a speaker away, and what editors approved.

Revision ID: 0017
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0017"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    op.create_table(
        "quiz_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest", AutoString(length=120), nullable=False),
        sa.Column("phrase", sa.Text(), nullable=False),
        sa.Column("treatment", AutoString(length=16), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("treatment IN ('blank', 'leave', 'off')", name=op.f("ck_quiz_word_treatment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_word")),
    )
    op.create_index(op.f("ix_quiz_word_contest"), "quiz_word", ["contest"])
    op.create_table(
        "quiz_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest", AutoString(length=120), nullable=False),
        sa.Column("statement", AutoString(length=120), nullable=False),
        sa.Column("person", AutoString(length=120), nullable=False),
        sa.Column("words", AutoString(length=64), nullable=False),
        sa.Column("card", AutoString(length=64), nullable=False),
        sa.Column("verdict", AutoString(length=16), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("verdict IN ('approved', 'refused', 'open')", name=op.f("ck_quiz_decision_verdict")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_decision")),
    )
    op.create_index(op.f("ix_quiz_decision_contest"), "quiz_decision", ["contest"])
