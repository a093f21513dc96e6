"""Statements with several answers, the wording that waits to be approved, and races told in the candidates' own words only.

Revision ID: 0020
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0020"
down_revision = "0023"
branch_labels = None
depends_on = None

CODES = "code IN ('support', 'lean_support', 'mixed', 'lean_oppose', 'oppose', 'not_clear', 'option', 'own_answer')"


def upgrade() -> None:
    """From the schema before to this one: every statement that is held counts as approved."""
    with op.batch_alter_table("proposition") as batch:
        batch.add_column(sa.Column("options", sa.Text(), server_default="[]", nullable=False))
        batch.add_column(sa.Column("status", AutoString(length=16), server_default="open", nullable=False))
        batch.add_column(sa.Column("pending", sa.Text(), nullable=True))
        batch.add_column(sa.Column("worded_by", sa.Text(), nullable=True))
        batch.add_column(sa.Column("approved_by", sa.Text(), nullable=True))
        batch.create_check_constraint(op.f("ck_proposition_status"), "status IN ('draft', 'open')")
    with op.batch_alter_table("stance") as batch:
        batch.add_column(sa.Column("choice", AutoString(length=64), nullable=True))
        batch.drop_constraint(op.f("ck_stance_code"), type_="check")
        batch.create_check_constraint(op.f("ck_stance_code"), CODES)
        batch.create_check_constraint(op.f("ck_stance_choice"), "(choice IS NULL) = (code IS NULL OR code <> 'option')")
    with op.batch_alter_table("contest") as batch:
        batch.add_column(sa.Column("profile", AutoString(length=16), server_default="comparison", nullable=False))
        batch.create_check_constraint(op.f("ck_contest_profile"), "profile IN ('comparison', 'verbatim_guide')")
