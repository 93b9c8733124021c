"""应办事项: columns of the sheets."""

from collections.abc import Callable, Sequence
from typing import Any

from documents.workbook import Sheet, write_workbook
from queries.owed import OwedLine, UnitOwing
from rules.owed_kinds import OwedKind

OWED_COLUMNS: dict[str, Callable[[OwedLine], Any]] = {
    "种类": lambda r: r.kind.label,
    "编号": lambda r: r.number,
    "事项": lambda r: r.title,
    "承办单位": lambda r: r.unit,
    "对谁负责": lambda r: r.to,
    "起始日期": lambda r: r.since,
    "期限": lambda r: r.due_on,
    "期限状态": lambda r: r.note or (r.light.label if r.light else ""),
    "已历天数": lambda r: r.age,
}


def offices_sheet(rows: Sequence[UnitOwing]) -> bytes:
    """Of each kind how many are open and how many of them late."""
    headings = (
        "单位",
        "未办结",
        "其中超期",
        *(f"{k.label}{what}" for k in OwedKind for what in ("", "超期")),
    )
    lines = [
        (
            *(row.unit, row.all_open, row.all_late),
            *(n for kind in OwedKind for n in (row.open.get(kind, 0), row.late.get(kind, 0))),
        )
        for row in rows
    ]
    return write_workbook(Sheet("各单位应办事项", headings, lines))
