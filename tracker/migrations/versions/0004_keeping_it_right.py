"""Keeping it right: corrections that can be undone, a second editor, withheld words, anchors, reports, review."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None

CORRECTIONS = "kind IN ('reword', 'reassign', 'retime', 'mark', 'split', 'merge', 'withdraw', 'restore', 'move', 'state', 'withhold')"
KINDS = "kind IN ('speech', 'procedure', 'scene', 'narration', 'recap_quote', 'paraphrase')"
REVIEWS = "review IN ('edited', 'reviewed')"


def upgrade() -> None:
    op.create_table(
        "annotation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("scope", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("motivation", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("modified_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "motivation IN ('tagging', 'classifying', 'commenting', 'questioning', 'assessing', 'replying')",
            name=op.f("ck_annotation_motivation"),
        ),
        sa.CheckConstraint(
            "scope IN ('private', 'class', 'group', 'teacher', 'public')", name=op.f("ck_annotation_scope")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
        sa.UniqueConstraint("key", name=op.f("uq_annotation_key")),
    )
    with op.batch_alter_table("annotation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_annotation_author"), ["author"], unique=False)

    op.create_table(
        "annotation_body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("annotation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("purpose", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lang", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('tagging', 'classifying', 'commenting', 'questioning', 'assessing', 'replying')",
            name=op.f("ck_annotation_body_purpose"),
        ),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotation.id"], name=op.f("fk_annotation_body_annotation_id_annotation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation_body")),
        sa.UniqueConstraint(
            "annotation_id", "version", "position", name=op.f("uq_annotation_body_annotation_id_version_position")
        ),
    )
    op.create_table(
        "withheld",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("salt", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("hint", sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_withheld_forum_id_forum")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withheld")),
    )
    with op.batch_alter_table("withheld", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withheld_forum_id"), ["forum_id"], unique=False)

    op.create_table(
        "annotation_anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("annotation_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("turn_version", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("exact", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("method", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("(start IS NULL) = (status = 'orphan')", name=op.f("ck_annotation_anchor_place")),
        sa.CheckConstraint(
            "status IN ('exact', 'moved', 'needs_review', 'orphan')", name=op.f("ck_annotation_anchor_status")
        ),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotation.id"], name=op.f("fk_annotation_anchor_annotation_id_annotation")
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_annotation_anchor_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation_anchor")),
    )
    with op.batch_alter_table("annotation_anchor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_annotation_anchor_annotation_id"), ["annotation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_annotation_anchor_turn_id"), ["turn_id"], unique=False)

    op.create_table(
        "exchange_choice",
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("question_turn_id", sa.Integer(), nullable=True),
        sa.Column("part", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "part IN ('lead_in', 'question', 'answer', 'follow_up', 'rebuttal')", name=op.f("ck_exchange_choice_part")
        ),
        sa.ForeignKeyConstraint(
            ["question_turn_id"], ["turn.id"], name=op.f("fk_exchange_choice_question_turn_id_turn")
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_exchange_choice_turn_id_turn")),
        sa.PrimaryKeyConstraint("turn_id", name=op.f("pk_exchange_choice")),
    )
    with op.batch_alter_table("exchange_choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exchange_choice_question_turn_id"), ["question_turn_id"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("received_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("questioned", sa.Boolean(), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("public_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('wrong_words', 'wrong_person', 'missing_context', 'unfair_label', 'position_changed')",
            name=op.f("ck_report_kind"),
        ),
        sa.CheckConstraint("status IN ('open', 'accepted', 'refused')", name=op.f("ck_report_status")),
        sa.CheckConstraint("subject IN ('turn', 'position', 'tag', 'translation')", name=op.f("ck_report_subject")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_report_forum_id_forum")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_report_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("receipt", name=op.f("uq_report_receipt")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_forum_id"), ["forum_id"], unique=False)
        batch_op.create_index("ix_report_subject_subject_id", ["subject", "subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_turn_id"), ["turn_id"], unique=False)

    op.create_table(
        "review_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('edited', 'reviewed', 'none')", name=op.f("ck_review_mark_state")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_review_mark_record_id_record")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_review_mark_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_mark")),
    )
    with op.batch_alter_table("review_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_mark_record_id"), ["record_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_mark_turn_id"), ["turn_id"], unique=False)

    op.create_table(
        "evidence_anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("turn_version", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("exact", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("method", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("(start IS NULL) = (status = 'orphan')", name=op.f("ck_evidence_anchor_place")),
        sa.CheckConstraint(
            "status IN ('exact', 'moved', 'needs_review', 'orphan')", name=op.f("ck_evidence_anchor_status")
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_anchor_evidence_id_evidence")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_evidence_anchor_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_anchor")),
    )
    with op.batch_alter_table("evidence_anchor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_anchor_evidence_id"), ["evidence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_anchor_turn_id"), ["turn_id"], unique=False)

    op.create_table(
        "proposed_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("decided_why", sa.Text(), nullable=True),
        sa.CheckConstraint("status IN ('open', 'approved', 'refused')", name=op.f("ck_proposed_change_status")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_proposed_change_speaker_id_speaker")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_proposed_change_turn_id_turn")),
        sa.ForeignKeyConstraint(["undoes_id"], ["correction.id"], name=op.f("fk_proposed_change_undoes_id_correction")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_change")),
    )
    with op.batch_alter_table("proposed_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposed_change_turn_id"), ["turn_id"], unique=False)
        batch_op.create_index(
            "uq_proposed_change_open",
            ["turn_id"],
            unique=True,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )

    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_correction_kind"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_correction_kind"), CORRECTIONS)
        batch_op.add_column(sa.Column("requested_by", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("other_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("undoes_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("detail", sa.Text(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_correction_undoes_id"), ["undoes_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_correction_undoes_id_correction"), "correction", ["undoes_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_correction_other_id_turn"), "turn", ["other_id"], ["id"])

    with op.batch_alter_table("source_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withheld_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))

    fixed = ("speaker_fixed", "kind_fixed", "times_fixed")
    with op.batch_alter_table("turn", schema=None) as batch_op:
        for name in fixed:
            batch_op.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("review", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_turn_review"), REVIEWS)
    with op.batch_alter_table("turn", schema=None) as batch_op:
        for name in fixed:
            batch_op.alter_column(name, server_default=None)

    kind = sqlmodel.sql.sqltypes.AutoString(length=16)
    with op.batch_alter_table("turn_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("speaker_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("kind", kind, nullable=False, server_default="speech"))
        batch_op.create_foreign_key(batch_op.f("fk_turn_version_speaker_id_speaker"), "speaker", ["speaker_id"], ["id"])
        batch_op.create_check_constraint(batch_op.f("ck_turn_version_kind"), KINDS)
    with op.batch_alter_table("turn_version", schema=None) as batch_op:
        batch_op.alter_column("kind", server_default=None)
    of_turn = "(SELECT {} FROM turn WHERE turn.id = turn_version.turn_id)"
    op.execute(f"UPDATE turn_version SET speaker_id = {of_turn.format('speaker_id')}, kind = {of_turn.format('kind')}")
