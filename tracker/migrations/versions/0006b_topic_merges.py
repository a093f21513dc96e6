"""What went over when a topic was merged into another, so that it can be taken back.

Revision ID: 0006b
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0006b"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    with op.batch_alter_table("topic_redirect", schema=None) as batch:
        batch.add_column(sa.Column("moved", sa.Text(), nullable=False, server_default="{}"))
