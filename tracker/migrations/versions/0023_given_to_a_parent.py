"""Classes: the day a teacher took everything of a student's out for a parent.

Revision ID: 0023
Revises: 0021b
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0021b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    op.add_column("class_member", sa.Column("exported_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Back to the schema before."""
    with op.batch_alter_table("class_member") as batch:
        batch.drop_column("exported_on")
