"""Written questionnaires are a kind of forum."""

from alembic import op

revision = "0003b"
down_revision = "0003"
branch_labels = None
depends_on = None

KINDS = "kind IN ('debate', 'forum', 'town_hall', 'interview', 'hearing', 'council_meeting', 'questionnaire')"


def upgrade() -> None:
    with op.batch_alter_table("forum", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_forum_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_forum_kind"), KINDS)
