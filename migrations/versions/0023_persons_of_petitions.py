"""what all petitions add up to is read from a narrow index"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

NAME = "ix_petition_persons"


def upgrade() -> None:
    live = sa.text("voided_at IS NULL")
    op.create_index(
        NAME, "petition", ["persons", "voided_at"], sqlite_where=live, postgresql_where=live
    )


def downgrade() -> None:
    op.drop_index(NAME, table_name="petition")
