"""A figure that is a part of another.

Revision ID: 0033
Revises: 0027b
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0033"
down_revision = "0027b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    with op.batch_alter_table("indicator", schema=None) as batch:
        batch.add_column(sa.Column("part_of", AutoString(length=120), nullable=True))


def downgrade() -> None:
    """Back to the schema before."""
    with op.batch_alter_table("indicator", schema=None) as batch:
        batch.drop_column("part_of")
