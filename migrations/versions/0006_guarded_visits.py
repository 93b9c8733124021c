"""an index of the few visits that not everybody may read; an audit log that cannot be emptied"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

GUARDED = sa.text("voided_at IS NULL AND (sealed OR accused_person_id IS NOT NULL)")


def upgrade():
    op.create_index(
        "ix_visit_guarded", "visit", ["visit_date", "unit_id"], sqlite_where=GUARDED, postgresql_where=GUARDED
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_append_only()"
        )
    op.execute("ANALYZE")


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_entry_no_truncate ON audit_entry")
    op.drop_index("ix_visit_guarded", table_name="visit")
