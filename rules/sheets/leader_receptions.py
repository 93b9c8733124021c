"""The sheet `leader-receptions`: 领导接访, one row one leader at one reception."""

from rules.sheet_spec import ColumnKind, ColumnSpec, SheetSpec
from rules.taxonomy import LeaderReceptionMode

DATE, LEADER, POST, UNIT, MODE = "日期", "领导", "职务", "单位", "方式"

COUNTS = {"batches": "批次", "persons": "人次", "solved": "解决件数"}
"""Column of the register → heading."""

SPEC = SheetSpec(
    "leader-receptions",
    "领导接访",
    (
        ColumnSpec(DATE, True, ColumnKind.DATE, example="2026-07-15"),
        ColumnSpec(LEADER, True, explanation="姓名，最多 40 字", example="王县长"),
        ColumnSpec(POST, explanation="最多 60 字", example="副县长"),
        ColumnSpec(UNIT, True, explanation="机构代码：在哪个单位接访", example="AL01"),
        ColumnSpec(MODE, True, ColumnKind.CHOICE, tuple(LeaderReceptionMode.labels()), example="定点接访"),
        ColumnSpec("批次", True, ColumnKind.INTEGER, example="3"),
        ColumnSpec("人次", True, ColumnKind.INTEGER, example="5"),
        ColumnSpec(
            "解决件数", True, ColumnKind.INTEGER, explanation="当次及以前接访的事项中解决的件数", example="1"
        ),
    ),
)
