"""indexes that hold all that the figures read, so that statistics never touch the rows themselves"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

LIVE = sa.text("voided_at IS NULL")
BEFORE = {
    "ix_visit_date": ["visit_date", "id"],
    "ix_visit_unit_date": ["unit_id", "visit_date", "id"],
    "ix_visit_category_date": ["category_id", "visit_date", "id"],
}
AFTER = {
    "ix_visit_date": ["visit_date", "id", "sealed", "persons", "visit_kind", "unit_id"],
    "ix_visit_unit_date": ["unit_id", "visit_date", "id", "sealed", "persons", "visit_kind"],
    "ix_visit_category_date": ["category_id", "visit_date", "id", "sealed", "persons", "unit_id"],
    "ix_visit_words": [
        "reception_type", "outcome", "visit_kind", "visit_date", "sealed", "persons", "unit_id",
    ],
}


def replace(old, new):
    for name in old:
        op.drop_index(name, table_name="visit")
    for name, columns in new.items():
        op.create_index(name, "visit", columns, sqlite_where=LIVE, postgresql_where=LIVE)


def upgrade():
    replace(BEFORE, AFTER)


def downgrade():
    replace(AFTER, BEFORE)
