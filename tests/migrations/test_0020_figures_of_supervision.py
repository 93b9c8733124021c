"""0020: the figure that a task came from, and indexes by the days that figures go by."""

from datetime import date

from tests.migrations.conftest import add_unit
from tests.migrations.test_0019_supervision import add_line, add_task

NEW_INDEXES = {
    "supervision_task": {"ix_supervision_task_issued"},
    "supervision_line": {"ix_supervision_line_limit", "ix_supervision_line_report"},
    "supervision_step": {"ix_supervision_step_report"},
    "meeting_decision": {"ix_meeting_decision_limit"},
}


def indexes(ladder):
    schema = ladder.schema()
    return {table: {index[0] for index in schema[table][1]} for table in NEW_INDEXES}


def test_columns_and_indexes_come_and_go_and_tasks_stay(ladder):
    ladder.up("0019")
    before = indexes(ladder)
    add_unit(ladder)
    add_task(ladder, source="figure", source_text="柳溪镇2026年6月按期答复率为50.00%。")
    add_line(ladder)
    ladder.up("0020")
    assert {table: names - before[table] for table, names in indexes(ladder).items()} == NEW_INDEXES
    assert ladder.one("SELECT figure_code FROM supervision_task") is None
    add_task(
        ladder,
        id=2,
        uid="u" * 32,
        number="DB-AL-2026-00002",
        source="figure",
        figure_code="reply_on_time",
        figure_period="2026-06",
        figure_as_of=date(2026, 7, 15),
    )
    ladder.down("0019")
    assert indexes(ladder) == before
    assert ladder.one("SELECT count(*) FROM supervision_task") == 2
    assert ladder.one("SELECT count(*) FROM supervision_line") == 1
