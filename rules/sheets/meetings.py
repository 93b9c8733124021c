"""The sheet `meetings`: 联席会议, one row one meeting that was held."""

from rules.meeting_words import MeetingLevel
from rules.sheet_spec import ColumnKind, ColumnSpec, SheetSpec

DATE, LEVEL, UNIT, CHAIR, TOPICS, DECISIONS = "日期", "层级", "单位", "主持人", "议题", "议定事项数"

LONGEST_TOPICS = 2000

SPEC = SheetSpec(
    "meetings",
    "联席会议",
    (
        ColumnSpec(DATE, True, ColumnKind.DATE, example="2026-07-15"),
        ColumnSpec(LEVEL, True, ColumnKind.CHOICE, tuple(MeetingLevel.labels()), example="乡镇"),
        ColumnSpec(UNIT, True, explanation="机构代码：哪个单位召开的", example="AL21"),
        ColumnSpec(CHAIR, explanation="姓名、职务，最多 80 字", example="镇党委书记王平"),
        ColumnSpec(TOPICS, explanation=f"最多 {LONGEST_TOPICS} 字；写事不写人", example="村口道路维修"),
        ColumnSpec(DECISIONS, kind=ColumnKind.INTEGER, explanation="议定了几件事", example="2"),
    ),
    "只填开过的会议；议定事项的落实情况在系统里逐件登记。",
)
