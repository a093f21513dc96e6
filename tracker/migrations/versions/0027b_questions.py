"""Readers ask, and report programs, commitments, figures, documents and acts.

Revision ID: 0027b
Revises: 0027
"""

from alembic import op

revision = "0027b"
down_revision = "0027"
branch_labels = None
depends_on = None

SUBJECTS = "subject IN ('turn', 'position', 'tag', 'translation', 'program', 'commitment', 'figure', 'document', 'act')"
KINDS = (
    "kind IN ('wrong_words', 'wrong_person', 'missing_context', 'unfair_label', 'position_changed', 'wrong_fact',"
    " 'question')"
)


def upgrade() -> None:
    """From the schema before to this one."""
    with op.batch_alter_table("report", schema=None) as batch:
        batch.drop_constraint(op.f("ck_report_subject"), type_="check")
        batch.create_check_constraint(op.f("ck_report_subject"), SUBJECTS)
        batch.drop_constraint(op.f("ck_report_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_report_kind"), KINDS)
