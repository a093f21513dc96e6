"""A candidate's reply to one statement, beside those to the whole comparison.

Revision ID: 0021
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0021"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one: what is held replies to the whole."""
    op.add_column("reply", sa.Column("statement", AutoString(length=120), server_default="", nullable=False))
