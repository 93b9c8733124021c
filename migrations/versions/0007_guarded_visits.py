"""an index of the few visits that not everybody may read, one of categories with all that visibility asks; an
audit log that cannot be emptied"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

GUARDED = sa.text("voided_at IS NULL AND (sealed OR accused_person_id IS NOT NULL)")
LIVE = sa.text("voided_at IS NULL")
CATEGORY_BEFORE = ["category_id", "visit_date", "id", "sealed", "persons", "unit_id"]
CATEGORY_AFTER = [
    *CATEGORY_BEFORE, "responsible_unit_id", "accused_person_id", "accused_unit_id", "registered_by_id",
]


def replace_category_index(columns):
    op.drop_index("ix_visit_category_date", table_name="visit")
    op.create_index("ix_visit_category_date", "visit", columns, sqlite_where=LIVE, postgresql_where=LIVE)


def upgrade():
    op.create_index(
        "ix_visit_guarded", "visit", ["visit_date", "unit_id"], sqlite_where=GUARDED, postgresql_where=GUARDED
    )
    replace_category_index(CATEGORY_AFTER)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_append_only()"
        )
    else:
        # As after an import: what a whole look adds (sqlite_stat4) led to skip-scans of the wrong index.
        op.execute("PRAGMA analysis_limit=1000")
    op.execute("ANALYZE")


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_entry_no_truncate ON audit_entry")
    replace_category_index(CATEGORY_BEFORE)
    op.drop_index("ix_visit_guarded", table_name="visit")
