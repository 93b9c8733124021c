"""The sheet `village-sessions`: 村级接访."""

from rules.sheet_spec import ColumnKind, ColumnSpec, SheetSpec
from rules.taxonomy import SessionMode

DATE, VILLAGE, MODE, ATTENDEES, NOTES = "日期", "村", "方式", "参加人", "备注"

COUNTS = {
    "batches": "批次",
    "persons": "人次",
    "solved_batches": "现场解决批次",
    "solved_persons": "现场解决人次",
    "committed_batches": "限期化解批次",
    "committed_persons": "限期化解人次",
    "escalated_batches": "梳理上报批次",
    "escalated_persons": "梳理上报人次",
}
"""Column of the register → heading."""

_EXAMPLES = ("2", "3", "1", "2", "1", "1", "0", "0")

SPEC = SheetSpec(
    "village-sessions",
    "村级接访",
    (
        ColumnSpec(DATE, True, ColumnKind.DATE, example="2026-07-15"),
        ColumnSpec(VILLAGE, True, explanation="村或社区的机构代码；一个村一天一行", example="AL2101"),
        ColumnSpec(MODE, True, ColumnKind.CHOICE, tuple(SessionMode.labels()), example="有访接访"),
        ColumnSpec(ATTENDEES, explanation="最多 200 字", example="镇干部张平、村支书李明"),
        *(
            ColumnSpec(heading, True, ColumnKind.INTEGER, explanation="三项去向之和等于总数", example=example)
            for heading, example in zip(COUNTS.values(), _EXAMPLES, strict=True)
        ),
        ColumnSpec(NOTES, explanation="最多 2000 字"),
    ),
    "现场解决、限期化解、梳理上报三项之和，批次和人次都要等于总数；没有人来访的也要填 0。",
)
