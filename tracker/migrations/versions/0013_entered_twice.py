"""What was entered twice and merged: where its address leads, and what went over.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    op.create_table(
        "entry_merge",
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("into_slug", AutoString(length=120), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('statement', 'race', 'forum')", name=op.f("ck_entry_merge_kind")),
        sa.PrimaryKeyConstraint("kind", "slug", name=op.f("pk_entry_merge")),
    )
