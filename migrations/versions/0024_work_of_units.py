"""what a unit has and what waits for it is counted from its own index entries, not from all of the county's"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

LIVE = "voided_at IS NULL"
UNFILED = f"{LIVE} AND archived_on IS NULL AND import_batch_id IS NULL"
WHO = ("accused_person_id", "accused_unit_id", "registered_by_id")
ADDED_UP = ("unit_id", "persons", "voided_at", "sealed", *WHO)
OF_UNIT = (
    *("responsible_unit_id", "stage", "registered_on", "id", "archived_on", "import_batch_id"),
    *ADDED_UP,
)


def extended(*before: str, by: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    return before, (*before, *by)


NEW = {
    "ix_petition_unfiled_unit": (UNFILED, OF_UNIT),
    "ix_petition_unreported": (
        f"{UNFILED} AND dispatch_kind = 'assign' AND reported_on IS NULL",
        (*OF_UNIT, "dispatch_kind", "reported_on"),
    ),
    "ix_petition_unexecuted": (
        f"{UNFILED} AND conclusion = 'supported' AND executed_on IS NULL",
        (*OF_UNIT, "conclusion", "executed_on"),
    ),
}
CHANGED = {
    "ix_petition_next_due": (
        *("petition", f"{LIVE} AND next_due_on IS NOT NULL"),
        *extended(
            *("next_due_on", "id", "unit_id", "responsible_unit_id", "persons", "voided_at", "sealed"),
            "accused_person_id",
            by=WHO[1:],
        ),
    ),
    "ix_petition_unit_registered": (
        *("petition", LIVE),
        *extended(
            *("unit_id", "registered_on", "id", "sealed", "persons", "source_level", "channel", "voided_at"),
            by=WHO,
        ),
    ),
    "ix_petition_responsible_registered": (
        *("petition", LIVE),
        *extended("responsible_unit_id", "registered_on", "id", by=ADDED_UP),
    ),
    "ix_visit_unit_date": (
        *("visit", LIVE),
        *extended(
            *("unit_id", "visit_date", "id", "sealed", "persons", "visit_kind", "voided_at"),
            by=WHO,
        ),
    ),
    "ix_visit_responsible_date": (
        *("visit", f"{LIVE} AND responsible_unit_id IS NOT NULL"),
        *extended("responsible_unit_id", "visit_date", "id", by=ADDED_UP),
    ),
}
"""Table, condition, columns before and after."""


def create(name: str, table: str, where: str, columns: Sequence[str]) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)


def upgrade() -> None:
    for name, (table, where, _, after) in CHANGED.items():
        op.drop_index(name, table_name=table)
        create(name, table, where, after)
    for name, (where, columns) in NEW.items():
        create(name, "petition", where, columns)


def downgrade() -> None:
    for name in NEW:
        op.drop_index(name, table_name="petition")
    for name, (table, where, before, _) in CHANGED.items():
        op.drop_index(name, table_name=table)
        create(name, table, where, before)
