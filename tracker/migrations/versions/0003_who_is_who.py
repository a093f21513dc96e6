"""Who is who: aliases bounded by forum and date, what editors said about voices, people who turned out to be one.

Revision ID: 0003
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0003"
down_revision = "0004"
branch_labels = None
depends_on = None

SLUG = AutoString(length=120)
CODE = AutoString(length=16)


def upgrade() -> None:
    """From the schema before to this one."""
    with op.batch_alter_table("person_alias", schema=None) as batch:
        batch.drop_constraint("uq_person_alias_person_id_folded", type_="unique")
        batch.add_column(sa.Column("forum_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("valid_from", sa.Date(), nullable=True))
        batch.add_column(sa.Column("valid_to", sa.Date(), nullable=True))
        batch.add_column(sa.Column("origin", CODE, nullable=False, server_default="import"))
        batch.create_check_constraint("origin", "origin IN ('import', 'editor', 'merge')")
        batch.create_foreign_key(op.f("fk_person_alias_forum_id_forum"), "forum", ["forum_id"], ["id"])
        batch.create_index(op.f("ix_person_alias_forum_id"), ["forum_id"], unique=False)
    with op.batch_alter_table("speaker", schema=None) as batch:
        batch.add_column(sa.Column("joined_to_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_speaker_joined_to_id_speaker"), "speaker", ["joined_to_id"], ["id"])
        batch.create_index(op.f("ix_speaker_joined_to_id"), ["joined_to_id"], unique=False)
    with op.batch_alter_table("speaker_label", schema=None) as batch:
        batch.add_column(sa.Column("several", sa.Boolean(), nullable=False, server_default=sa.false()))
    _attribution()
    _merges()


def _attribution() -> None:
    op.create_table(
        "attribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('link', 'unlink', 'several', 'split', 'role', 'undo')", name=op.f("ck_attribution_kind")
        ),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_attribution_forum_id_forum")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_attribution_speaker_id_speaker")),
        sa.ForeignKeyConstraint(["undoes_id"], ["attribution.id"], name=op.f("fk_attribution_undoes_id_attribution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribution")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_attribution_undoes_id")),
    )
    with op.batch_alter_table("attribution", schema=None) as batch:
        for column in ("forum_id", "speaker_id", "at"):
            batch.create_index(op.f(f"ix_attribution_{column}"), [column], unique=False)


def _merges() -> None:
    op.create_table(
        "person_redirect",
        sa.Column("slug", SLUG, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_redirect_person_id_person")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_person_redirect")),
    )
    with op.batch_alter_table("person_redirect", schema=None) as batch:
        batch.create_index(op.f("ix_person_redirect_person_id"), ["person_id"], unique=False)
    op.create_table(
        "person_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", SLUG, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("into_slug", SLUG, nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("undone_why", sa.Text(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["into_id"], ["person.id"], name=op.f("fk_person_merge_into_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    with op.batch_alter_table("person_merge", schema=None) as batch:
        for column in ("slug", "into_id", "at"):
            batch.create_index(op.f(f"ix_person_merge_{column}"), [column], unique=False)
