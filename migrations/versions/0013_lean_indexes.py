"""indexes that hold all that figures read, fewer entries to write for a row, and one of the sessions that somebody
came to"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

LIVE = "voided_at IS NULL"
GIVEN = "voided_at IS NULL AND responsible_unit_id IS NOT NULL"
OPEN = "voided_at IS NULL AND completed_on IS NULL AND due_date IS NOT NULL"
BUSY = "voided_at IS NULL AND (batches > 0 OR persons > 0)"
COUNTS = [
    "batches", "persons", "solved_batches", "solved_persons", "committed_batches", "committed_persons",
    "escalated_batches", "escalated_persons",
]
UNIT = ["unit_id", "visit_date", "id", "sealed", "persons", "visit_kind"]
CATEGORY = [
    "category_id", "visit_date", "id", "sealed", "persons", "unit_id", "responsible_unit_id", "accused_person_id",
    "accused_unit_id", "registered_by_id",
]
ASKED = ["sealed", "accused_person_id", "accused_unit_id", "registered_by_id"]
DUE = ["due_date", "id", "unit_id", "responsible_unit_id", *ASKED, "completed_on", "voided_at"]
WORDS = ["reception_type", "outcome", "visit_kind", "visit_date", "sealed", "persons", "unit_id"]
RESPONSIBLE = ["responsible_unit_id", "visit_date", "id"]

BEFORE = {
    "visit": {
        "ix_visit_unit_date": (UNIT, LIVE),
        "ix_visit_category_date": (CATEGORY, LIVE),
        "ix_visit_words": (WORDS, LIVE),
        "ix_visit_persons": (["persons", "id"], LIVE),
        "ix_visit_responsible_date": (RESPONSIBLE, LIVE),
        "ix_visit_digest": (["unit_id", "content_digest"], LIVE),
        "ix_visit_open_due": (["due_date", "unit_id"], OPEN),
    },
    "village_session": {"ix_village_session_date": (["session_date", "id"], LIVE)},
}
AFTER = {
    "visit": {
        "ix_visit_unit_date": ([*UNIT, "voided_at"], LIVE),
        "ix_visit_category_date": ([*CATEGORY, "voided_at"], LIVE),
        "ix_visit_words": ([*WORDS, "voided_at"], LIVE),
        "ix_visit_persons": (["persons", "id", "voided_at"], LIVE),
        "ix_visit_responsible_date": (RESPONSIBLE, GIVEN),
        "ix_visit_digest": (["unit_id", "content_digest"], None),
        "ix_visit_open_due": (DUE, OPEN),
    },
    "village_session": {
        "ix_village_session_date": (["session_date", "id", "unit_id", "voided_at"], LIVE),
        "ix_village_session_busy": (["session_date", "unit_id", *COUNTS, "voided_at"], BUSY),
    },
}


def exchange(old, new):
    for table, indexes in old.items():
        for name in indexes:
            op.drop_index(name, table_name=table)
    for table, indexes in new.items():
        for name, (columns, condition) in indexes.items():
            where = sa.text(condition) if condition else None
            op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def upgrade():
    exchange(BEFORE, AFTER)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA analysis_limit=1000")
    op.execute("ANALYZE")


def downgrade():
    exchange(AFTER, BEFORE)
