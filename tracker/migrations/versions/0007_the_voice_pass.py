"""The voice pass: who speaks from where on, and what a run sheet proposes."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "voice_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("only", sa.Boolean(), nullable=False),
        sa.Column("divided_id", sa.Integer(), nullable=True),
        sa.Column("named", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("undone_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["divided_id"], ["turn.id"], name=op.f("fk_voice_mark_divided_id_turn")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_voice_mark_forum_id_forum")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_voice_mark_speaker_id_speaker")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_voice_mark_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice_mark")),
    )
    with op.batch_alter_table("voice_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voice_mark_forum_id"), ["forum_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_voice_mark_turn_id"), ["turn_id"], unique=False)

    op.create_table(
        "voice_proposal",
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_voice_proposal_speaker_id_speaker")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_voice_proposal_turn_id_turn")),
        sa.PrimaryKeyConstraint("turn_id", name=op.f("pk_voice_proposal")),
    )
    with op.batch_alter_table("voice_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voice_proposal_speaker_id"), ["speaker_id"], unique=False)
