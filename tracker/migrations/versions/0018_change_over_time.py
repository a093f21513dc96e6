"""The version of the statement that each position is about.

Revision ID: 0018
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one: what is held counts as judged by the present wording."""
    op.add_column("stance", sa.Column("proposition_version", sa.Integer(), server_default="1", nullable=False))
    held = "SELECT version FROM proposition WHERE proposition.id = stance.proposition_id"
    op.execute(f"UPDATE stance SET proposition_version = ({held})")
