"""联席会议 from sheets."""

import pytest
from sqlalchemy import select

from actions.imports.undo import in_the_way
from models.import_batch import ImportBatch
from models.meeting import Meeting
from tests import factories, meetings, people
from tests.sheets import MEETING, errors

COUNTY = {"日期": "2026-07-08", "层级": "县", "单位": "AL01"}


def test_a_meeting_is_stored_as_held_and_final(county, bring):
    bring("meetings", [MEETING, COUNTY], people.WU)
    first, second = county.scalars(select(Meeting).order_by(Meeting.id))
    assert (first.number, first.level, first.kind, first.chair, first.topics, first.told_decisions, first.state) == (
        "HY-AL21-2026-00001", "township", "joint", "赵立", "村口道路维修", 2, "minuted",
    )  # fmt: skip
    assert (second.number, second.level, second.told_decisions, second.voided_at) == (
        "HY-AL01-2026-00001",
        "county",
        None,
        None,
    )


def test_the_same_sheet_again_changes_nothing_and_equal_meetings_are_counted(check, bring):
    bring("meetings", [MEETING, MEETING])
    assert check("meetings", [MEETING, MEETING]).sheet.new == []
    assert len(check("meetings", [MEETING] * 3).sheet.new) == 1


@pytest.mark.parametrize(
    ("change", "heading", "words"),
    [
        ({"日期": "2026-07-16"}, "日期", "晚于今天"),
        ({"层级": "村"}, "层级", "县、乡镇"),
        ({"单位": "AL2101"}, "单位", "不召开乡镇级会议"),
        ({"单位": "AL22"}, "单位", "不在您的管辖范围"),
        ({"单位": "EX01"}, "单位", "外部单位"),
        ({"议定事项数": "多"}, "议定事项数", "不是整数"),
        ({"主持人": "长" * 81}, "主持人", "最多 80"),
    ],
)
def test_each_error_stands_at_its_cell(check, change, heading, words):
    found = check("meetings", [MEETING | change], people.LIN)
    assert [(row, at) for row, at, _ in errors(found)] == [(2, heading)]
    assert words in errors(found)[0][2]


def test_what_was_added_to_a_meeting_stands_in_the_way_of_undoing(county, bring):
    batch = county.get(ImportBatch, bring("meetings", [MEETING]))
    assert in_the_way(county, batch, Meeting) == []
    row = county.scalars(select(Meeting)).one()
    with factories.plain_session() as session:
        meetings.attendee(session, session.get(Meeting, row.id), "AL2101")
        session.commit()
    county.rollback()
    assert in_the_way(county, batch, Meeting) == ["已补登议题、议定事项或参会单位（HY-AL21-2026-00001）"]
