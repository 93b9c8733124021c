"""an interview is called for an hour; whether the office that asked has read the answer from above"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Answers that were there before are not news any more."""
    op.add_column("interview", sa.Column("starts_at", sa.Time(), nullable=True))
    op.add_column("meeting_item", sa.Column("answer_read_at", sa.DateTime(), nullable=True))
    op.execute("UPDATE meeting_item SET answer_read_at = CURRENT_TIMESTAMP WHERE answered_on IS NOT NULL")


def downgrade() -> None:
    op.drop_column("meeting_item", "answer_read_at")
    op.drop_column("interview", "starts_at")
