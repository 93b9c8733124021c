"""the figure that a task came from; indexes by the days that figures of supervision and of decisions go by"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

REPORT_DUE = "report_due_on IS NOT NULL"
OF_FIGURE = {"figure_code": sa.String(length=80), "figure_period": sa.String(length=40), "figure_as_of": sa.Date()}
LINE = ["unit_id", "state", "submitted_on", "closed_on", "task_id", "id"]
INDEXES = {
    "supervision_task": {"ix_supervision_task_issued": (["issued_on", "voided_at", "id"], None)},
    "supervision_line": {
        "ix_supervision_line_limit": (["due_on", *LINE], None),
        "ix_supervision_line_report": (["report_due_on", *LINE], REPORT_DUE),
    },
    "supervision_step": {
        "ix_supervision_step_report": (
            ["report_due_on", "happened_on", "undone_at", "line_id", "id"],
            REPORT_DUE,
        )
    },
    "meeting_decision": {
        "ix_meeting_decision_limit": (
            ["due_on", "unit_id", "done_on", "meeting_id", "item_id", "id"],
            None,
        )
    },
}


def upgrade():
    for name, kind in OF_FIGURE.items():
        op.add_column("supervision_task", sa.Column(name, kind, nullable=True))
    for table, indexes in INDEXES.items():
        for name, (columns, condition) in indexes.items():
            where = sa.text(condition) if condition else None
            op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade():
    for table, indexes in INDEXES.items():
        for name in indexes:
            op.drop_index(name, table_name=table)
    for name in OF_FIGURE:
        op.drop_column("supervision_task", name)
