"""Editors may leave a voice open.

Revision ID: 0008
Revises: 0006b
"""

from alembic import op

revision = "0008"
down_revision = "0006b"
branch_labels = None
depends_on = None

KINDS = "kind IN ('link', 'unlink', 'several', 'split', 'open', 'role', 'undo')"


def upgrade() -> None:
    """From the schema before to this one."""
    with op.batch_alter_table("attribution", schema=None) as batch:
        batch.drop_constraint(op.f("ck_attribution_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_attribution_kind"), KINDS)
