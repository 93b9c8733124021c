"""the line of a merging keeps the whole number of the other petition; visits are found by their paper page"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

LIVE_PAGES = sa.text("voided_at IS NULL AND paper_page IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("petition_step") as batch:
        batch.alter_column("outcome", existing_type=sa.String(20), type_=sa.String(40), existing_nullable=False)
    op.create_index(
        "ix_visit_paper_page", "visit", ["paper_page"], sqlite_where=LIVE_PAGES, postgresql_where=LIVE_PAGES
    )


def downgrade() -> None:
    """A longer number is cut, as it was written before."""
    op.drop_index("ix_visit_paper_page", "visit")
    op.execute("UPDATE petition_step SET outcome = substr(outcome, 1, 20) WHERE length(outcome) > 20")
    with op.batch_alter_table("petition_step") as batch:
        batch.alter_column("outcome", existing_type=sa.String(40), type_=sa.String(20), existing_nullable=False)
