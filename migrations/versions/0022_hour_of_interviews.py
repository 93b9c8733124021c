"""an interview is called for an hour"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("interview", sa.Column("starts_at", sa.Time(), nullable=True))


def downgrade() -> None:
    op.drop_column("interview", "starts_at")
