"""Classes: members by made-up names, assignments, marks, what was decided together and put forward.

Revision ID: 0022
Revises: 0016b
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0022"
down_revision = "0016b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    op.create_table(
        "class_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'invited', 'declined')", name=op.f("ck_class_request_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_request")),
        sa.UniqueConstraint("key", name=op.f("uq_class_request_key")),
    )
    op.create_table(
        "class_room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=32), nullable=False),
        sa.Column("teacher", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lang", AutoString(length=16), nullable=False),
        sa.Column("join_code", AutoString(length=16), nullable=True),
        sa.Column("join_until", UTCDateTime(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("paused_at", UTCDateTime(), nullable=True),
        sa.Column("purge_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_room")),
        sa.UniqueConstraint("join_code", name=op.f("uq_class_room_join_code")),
        sa.UniqueConstraint("key", name=op.f("uq_class_room_key")),
    )
    op.create_index(op.f("ix_class_room_teacher"), "class_room", ["teacher"])
    op.create_table(
        "class_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=32), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("instructions", sa.Text(), nullable=False),
        sa.Column("preset", AutoString(length=32), nullable=False),
        sa.Column("unit", AutoString(length=16), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("policy", AutoString(length=16), nullable=False),
        sa.Column("seen_from", UTCDateTime(), nullable=True),
        sa.Column("revealed_at", UTCDateTime(), nullable=True),
        sa.Column("names_hidden", sa.Boolean(), nullable=False),
        sa.Column("comments", sa.Boolean(), nullable=False),
        sa.Column("replies", sa.Boolean(), nullable=False),
        sa.Column("raters", sa.Integer(), nullable=True),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("policy <> 'until' OR seen_from IS NOT NULL", name=op.f("ck_class_assignment_until_when")),
        sa.CheckConstraint("policy IN ('private', 'hidden', 'until', 'open')", name=op.f("ck_class_assignment_policy")),
        sa.CheckConstraint("unit IN ('turn', 'sentence', 'words')", name=op.f("ck_class_assignment_unit")),
        sa.ForeignKeyConstraint(["class_id"], ["class_room.id"], name=op.f("fk_class_assignment_class_id_class_room")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_class_assignment_forum_id_forum")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_assignment")),
        sa.UniqueConstraint("key", name=op.f("uq_class_assignment_key")),
    )
    op.create_index(op.f("ix_class_assignment_class_id"), "class_assignment", ["class_id"])
    op.create_index(op.f("ix_class_assignment_forum_id"), "class_assignment", ["forum_id"])
    op.create_table(
        "class_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=32), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("pseudonym", AutoString(length=64), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["class_id"], ["class_room.id"], name=op.f("fk_class_member_class_id_class_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_member")),
        sa.UniqueConstraint("class_id", "pseudonym", name=op.f("uq_class_member_class_id_pseudonym")),
        sa.UniqueConstraint("key", name=op.f("uq_class_member_key")),
    )
    op.create_index(op.f("ix_class_member_class_id"), "class_member", ["class_id"])
    op.create_table(
        "class_mark_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("annotation_id", sa.Integer(), nullable=False),
        sa.Column("act", AutoString(length=16), nullable=False),
        sa.Column("op", AutoString(length=40), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("act IN ('put', 'take', 'say')", name=op.f("ck_class_mark_act_act")),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotation.id"], name=op.f("fk_class_mark_act_annotation_id_annotation")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["class_assignment.id"], name=op.f("fk_class_mark_act_assignment_id_class_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["class_member.id"], name=op.f("fk_class_mark_act_member_id_class_member")
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["class_mark_act.id"], name=op.f("fk_class_mark_act_undoes_id_class_mark_act")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_mark_act")),
        sa.UniqueConstraint("member_id", "op", name=op.f("uq_class_mark_act_member_id_op")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_class_mark_act_undoes_id")),
    )
    op.create_index(op.f("ix_class_mark_act_annotation_id"), "class_mark_act", ["annotation_id"])
    op.create_index(op.f("ix_class_mark_act_assignment_id"), "class_mark_act", ["assignment_id"])
    op.create_index(op.f("ix_class_mark_act_member_id"), "class_mark_act", ["member_id"])
    op.create_table(
        "class_sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", AutoString(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["class_member.id"], name=op.f("fk_class_sign_in_member_id_class_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_sign_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_class_sign_in_digest")),
    )
    op.create_index(op.f("ix_class_sign_in_member_id"), "class_sign_in", ["member_id"])
    op.create_table(
        "class_submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("handed_in_at", UTCDateTime(), nullable=True),
        sa.Column("first_handed_in_at", UTCDateTime(), nullable=True),
        sa.Column("until", UTCDateTime(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'submitted', 'returned')", name=op.f("ck_class_submission_state")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["class_assignment.id"], name=op.f("fk_class_submission_assignment_id_class_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["class_member.id"], name=op.f("fk_class_submission_member_id_class_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_submission")),
        sa.UniqueConstraint("assignment_id", "member_id", name=op.f("uq_class_submission_assignment_id_member_id")),
    )
    op.create_index(op.f("ix_class_submission_assignment_id"), "class_submission", ["assignment_id"])
    op.create_index(op.f("ix_class_submission_member_id"), "class_submission", ["member_id"])
    op.create_table(
        "class_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=64), nullable=False),
        sa.Column("parent", AutoString(length=64), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_es", sa.Text(), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=False),
        sa.Column("description_es", sa.Text(), nullable=True),
        sa.Column("includes", sa.Text(), nullable=False),
        sa.Column("excludes", sa.Text(), nullable=False),
        sa.Column("topic", AutoString(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["class_assignment.id"], name=op.f("fk_class_tag_assignment_id_class_assignment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_tag")),
        sa.UniqueConstraint("assignment_id", "key", name=op.f("uq_class_tag_assignment_id_key")),
    )
    op.create_index(op.f("ix_class_tag_assignment_id"), "class_tag", ["assignment_id"])
    op.create_table(
        "class_handed_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["class_submission.id"], name=op.f("fk_class_handed_in_submission_id_class_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_handed_in")),
        sa.UniqueConstraint("submission_id", "n", name=op.f("uq_class_handed_in_submission_id_n")),
    )
    op.create_index(op.f("ix_class_handed_in_submission_id"), "class_handed_in", ["submission_id"])
    op.create_table(
        "class_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("turn_version", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["class_assignment.id"], name=op.f("fk_class_turn_assignment_id_class_assignment")
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_class_turn_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_turn")),
        sa.UniqueConstraint("assignment_id", "turn_id", name=op.f("uq_class_turn_assignment_id_turn_id")),
    )
    op.create_index(op.f("ix_class_turn_assignment_id"), "class_turn", ["assignment_id"])
    op.create_index(op.f("ix_class_turn_turn_id"), "class_turn", ["turn_id"])
    op.create_table(
        "class_allocation",
        sa.Column("class_turn_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_turn_id"], ["class_turn.id"], name=op.f("fk_class_allocation_class_turn_id_class_turn")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["class_member.id"], name=op.f("fk_class_allocation_member_id_class_member")
        ),
        sa.PrimaryKeyConstraint("class_turn_id", "member_id", name=op.f("pk_class_allocation")),
    )
    op.create_index(op.f("ix_class_allocation_member_id"), "class_allocation", ["member_id"])
    op.create_table(
        "class_ballot",
        sa.Column("class_turn_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_turn_id"], ["class_turn.id"], name=op.f("fk_class_ballot_class_turn_id_class_turn")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["class_member.id"], name=op.f("fk_class_ballot_member_id_class_member")
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["class_tag.id"], name=op.f("fk_class_ballot_tag_id_class_tag")),
        sa.PrimaryKeyConstraint("class_turn_id", "tag_id", "member_id", name=op.f("pk_class_ballot")),
    )
    op.create_table(
        "class_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("class_turn_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("rule", AutoString(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("for_it", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("rule IN ('teacher', 'vote')", name=op.f("ck_class_decision_rule")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["class_assignment.id"], name=op.f("fk_class_decision_assignment_id_class_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["class_turn_id"], ["class_turn.id"], name=op.f("fk_class_decision_class_turn_id_class_turn")
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["class_tag.id"], name=op.f("fk_class_decision_tag_id_class_tag")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_decision")),
    )
    op.create_index(op.f("ix_class_decision_assignment_id"), "class_decision", ["assignment_id"])
    op.create_index(op.f("ix_class_decision_class_turn_id"), "class_decision", ["class_turn_id"])
    op.create_index(op.f("ix_class_decision_tag_id"), "class_decision", ["tag_id"])
    op.create_table(
        "class_mark",
        sa.Column("annotation_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("class_turn_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("scope", AutoString(length=16), nullable=False),
        sa.Column("op", AutoString(length=40), nullable=False),
        sa.Column("hidden_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("scope IN ('private', 'teacher', 'class')", name=op.f("ck_class_mark_scope")),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotation.id"], name=op.f("fk_class_mark_annotation_id_annotation")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["class_assignment.id"], name=op.f("fk_class_mark_assignment_id_class_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["class_turn_id"], ["class_turn.id"], name=op.f("fk_class_mark_class_turn_id_class_turn")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["class_member.id"], name=op.f("fk_class_mark_member_id_class_member")),
        sa.ForeignKeyConstraint(["tag_id"], ["class_tag.id"], name=op.f("fk_class_mark_tag_id_class_tag")),
        sa.PrimaryKeyConstraint("annotation_id", name=op.f("pk_class_mark")),
        sa.UniqueConstraint("member_id", "op", name=op.f("uq_class_mark_member_id_op")),
    )
    op.create_index(op.f("ix_class_mark_assignment_id"), "class_mark", ["assignment_id"])
    op.create_index(op.f("ix_class_mark_class_turn_id"), "class_mark", ["class_turn_id"])
    op.create_index(op.f("ix_class_mark_member_id"), "class_mark", ["member_id"])
    op.create_index(op.f("ix_class_mark_tag_id"), "class_mark", ["tag_id"])
    op.create_table(
        "class_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=32), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("class_turn_id", sa.Integer(), nullable=False),
        sa.Column("annotation_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("scope", AutoString(length=16), nullable=False),
        sa.Column("seed", sa.Boolean(), nullable=False),
        sa.Column("hidden_at", UTCDateTime(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("scope IN ('private', 'teacher', 'class')", name=op.f("ck_class_reply_scope")),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotation.id"], name=op.f("fk_class_reply_annotation_id_annotation")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["class_assignment.id"], name=op.f("fk_class_reply_assignment_id_class_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["class_turn_id"], ["class_turn.id"], name=op.f("fk_class_reply_class_turn_id_class_turn")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["class_member.id"], name=op.f("fk_class_reply_member_id_class_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_reply")),
        sa.UniqueConstraint("key", name=op.f("uq_class_reply_key")),
    )
    op.create_index(op.f("ix_class_reply_annotation_id"), "class_reply", ["annotation_id"])
    op.create_index(op.f("ix_class_reply_assignment_id"), "class_reply", ["assignment_id"])
    op.create_index(op.f("ix_class_reply_class_turn_id"), "class_reply", ["class_turn_id"])
    op.create_index(op.f("ix_class_reply_member_id"), "class_reply", ["member_id"])
    op.create_table(
        "class_nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=32), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("turn", AutoString(length=26), nullable=False),
        sa.Column("topic", AutoString(length=120), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("for_it", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('nominated', 'accepted', 'declined')", name=op.f("ck_class_nomination_state")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["class_decision.id"], name=op.f("fk_class_nomination_decision_id_class_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_nomination")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_class_nomination_decision_id")),
        sa.UniqueConstraint("key", name=op.f("uq_class_nomination_key")),
    )
    op.create_index(op.f("ix_class_nomination_turn"), "class_nomination", ["turn"])
