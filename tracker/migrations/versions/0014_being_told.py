"""Being told by e-mail: saved searches, what they found, who follows them, and the letters.

Revision ID: 0014
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0014"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    op.create_table(
        "follower",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", AutoString(length=16), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("folded", AutoString(length=254), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follower")),
        sa.UniqueConstraint("folded", name=op.f("uq_follower_folded")),
        sa.UniqueConstraint("ref", name=op.f("uq_follower_ref")),
    )
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", AutoString(length=64), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("since_turn", sa.Integer(), nullable=True),
        sa.Column("since_correction", sa.Integer(), nullable=True),
        sa.Column("looked_through", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("digest", name=op.f("uq_saved_search_digest")),
    )
    op.create_table(
        "unheard",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("turn_key", AutoString(length=26), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_unheard")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saved_search_id", sa.Integer(), nullable=False),
        sa.Column("turn_key", AutoString(length=26), nullable=False),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("after_correction", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('baseline', 'new', 'correction')", name=op.f("ck_finding_kind")),
        sa.ForeignKeyConstraint(
            ["saved_search_id"], ["saved_search.id"], name=op.f("fk_finding_saved_search_id_saved_search")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint(
            "saved_search_id",
            "turn_key",
            "correction_id",
            name=op.f("uq_finding_saved_search_id_turn_key_correction_id"),
        ),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_saved_search_id"), ["saved_search_id"], unique=False)

    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", AutoString(length=16), nullable=False),
        sa.Column("follower_id", sa.Integer(), nullable=False),
        sa.Column("saved_search_id", sa.Integer(), nullable=False),
        sa.Column("lang", AutoString(length=16), nullable=False),
        sa.Column("frequency", AutoString(length=16), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("next_due", UTCDateTime(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("frequency IN ('once', 'daily', 'weekly')", name=op.f("ck_subscription_frequency")),
        sa.CheckConstraint("state IN ('asked', 'confirmed')", name=op.f("ck_subscription_state")),
        sa.ForeignKeyConstraint(["follower_id"], ["follower.id"], name=op.f("fk_subscription_follower_id_follower")),
        sa.ForeignKeyConstraint(
            ["saved_search_id"], ["saved_search.id"], name=op.f("fk_subscription_saved_search_id_saved_search")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("follower_id", "saved_search_id", name=op.f("uq_subscription_follower_id_saved_search_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_subscription_ref")),
    )
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subscription_follower_id"), ["follower_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_subscription_next_due"), ["next_due"], unique=False)
        batch_op.create_index(batch_op.f("ix_subscription_saved_search_id"), ["saved_search_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=True),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("message_id", AutoString(length=320), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", UTCDateTime(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("note", AutoString(length=32), nullable=False),
        sa.CheckConstraint("kind IN ('confirm', 'news')", name=op.f("ck_letter_kind")),
        sa.CheckConstraint("state IN ('queued', 'sent', 'refused', 'given_up')", name=op.f("ck_letter_state")),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscription.id"], name=op.f("fk_letter_subscription_id_subscription")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_subscription_id"), ["subscription_id"], unique=False)
