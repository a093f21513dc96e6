"""Why a position changed, in the candidate's words, and what changed around it.

Revision ID: 0021b
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0021b"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one: nothing that is held says why."""
    op.add_column("stance", sa.Column("around_en", sa.Text(), nullable=True))
    op.add_column("stance", sa.Column("around_es", sa.Text(), nullable=True))
    op.add_column("evidence", sa.Column("says_why", sa.Boolean(), server_default=sa.false(), nullable=False))
