"""the list of papers answers from an index"""

from alembic import op

revision = "0021"
down_revision = "0020"

INDEXES = {
    "ix_office_paper_drafted": ["drafted_at", "id"],
    "ix_office_paper_issued": ["issued_on", "id"],
    "ix_office_paper_unit": ["unit_id", "state", "drafted_at"],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, "office_paper", columns)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, table_name="office_paper")
