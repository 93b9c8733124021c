"""an index that holds all that a list's conditions and totals read"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

LIVE = sa.text("voided_at IS NULL")
COLUMNS = [
    "visit_date", "unit_id", "responsible_unit_id", "persons", "category_id", "visit_kind", "outcome", "purpose",
    "reception_type", "sealed", "accused_person_id", "accused_unit_id", "registered_by_id", "due_date", "completed_on",
    "voided_at",
]


def upgrade():
    op.create_index("ix_visit_totals", "visit", COLUMNS, sqlite_where=LIVE, postgresql_where=LIVE)
    op.execute("ANALYZE")


def downgrade():
    op.drop_index("ix_visit_totals", table_name="visit")
