"""Files of documents that are looked over before they are kept; search indexes beside that of turns.

Revision ID: 0030
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0030"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    op.create_table(
        "document_upload",
        sa.Column("key", AutoString(length=26), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", AutoString(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("captured_on", sa.Date(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("sent_by", sa.Text(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_upload_document_id_document")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_document_upload")),
    )
    op.create_index(op.f("ix_document_upload_document_id"), "document_upload", ["document_id"])
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("shelf", AutoString(length=16), server_default="turns", nullable=False))


def downgrade() -> None:
    """Back to the schema before."""
    with op.batch_alter_table("outbox") as table:
        table.drop_column("shelf")
    op.drop_table("document_upload")
