"""Workbooks for tests of imports, and the least valid row of each kind."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from actions.imports.batches import FileOf
from actions.imports.kinds import KINDS
from documents.workbook import Sheet, write_workbook
from web.imports import Check, import_file

VISIT = {
    "日期": "2026-07-15",
    "登记单位": "AL21",
    "接访类型": "日常接访",
    "来访人姓名": "周大山",
    "来访人数": 1,
    "初重访": "初访",
    "内容分类": "工程质量",
    "信访目的": "求决",
    "反映内容": "反映房屋漏水。",
    "处理结果": "现场解决",
}
PETITION = {
    "登记日期": "2026-07-01",
    "登记单位": "AL01",
    "信访形式": "来信",
    "来源层级": "县",
    "人数": 1,
    "信访人姓名": "周大山",
    "初重件": "初件",
    "内容分类": "工程质量",
    "信访目的": "求决",
    "概况": "反映房屋漏水。",
    "纳入统计": "是",
    "涉法涉诉": "否",
}
SESSION = {
    "日期": "2026-07-15", "村": "AL2101", "方式": "有访接访", "批次": 2, "人次": 3, "现场解决批次": 1, "现场解决人次": 2,
    "限期化解批次": 1, "限期化解人次": 1, "梳理上报批次": 0, "梳理上报人次": 0,
}  # fmt: skip
RECEPTION = {
    "日期": "2026-07-15", "领导": "韩副县长", "单位": "AL01", "方式": "定点接访", "批次": 3, "人次": 5, "解决件数": 1,
}  # fmt: skip
MEETING = {
    "日期": "2026-07-15", "层级": "乡镇", "单位": "AL21", "主持人": "赵立", "议题": "村口道路维修", "议定事项数": 2,
}  # fmt: skip
MESSAGE = {
    "时间": "2026-07-14 09:30", "类别": "工作指令", "来源单位": "EX01", "内容": "报送今日来访情况", "要求回复时限": "2026-07-14 17:00",
    "回复时间": "2026-07-14 16:20", "承办单位": "AL21",
}  # fmt: skip
INTERVIEW = {"日期": "2026-07-10", "单位": "AL21", "约谈人数": 2, "事由": "三件转送件超期告知。"}
PUBLICATION = {"日期": "2026-07-10", "标题": "安澜县推行村级周三接访", "单位": "AL01", "级别": "省级以上"}
FIGURE = {"期间": "2026-07", "单位": "AL21", "指标": "领导接访人次", "数值": 12}
UNIT = {"代码": "AL2104", "名称": "新河村", "类别": "村", "上级代码": "AL21"}
ACCOUNT = {"用户名": "gao", "姓名": "高远", "角色": "clerk", "单位": "AL22"}

LEAST = {
    "visits": VISIT,
    "petitions": PETITION,
    "village-sessions": SESSION,
    "leader-receptions": RECEPTION,
    "meetings": MEETING,
    "duty-messages": MESSAGE,
    "interviews": INTERVIEW,
    "publications": PUBLICATION,
    "figures": FIGURE,
    "organisations": UNIT,
    "staff": ACCOUNT,
}


class Content:
    """A sheet as it is read, without a file."""

    def __init__(self, rows: Sequence[dict[str, Any]], headings: Iterable[str] | None = None) -> None:
        self.sheet_name = "Sheet1"
        self.headings = tuple(headings or dict.fromkeys(h for row in rows for h in row))
        self.rows = tuple(tuple(row.get(h) for h in self.headings) for row in rows)
        self.first_row_number = 2


def workbook(kind: str, rows: Sequence[dict[str, Any]]) -> bytes:
    """All headings of the kind."""
    headings = KINDS[kind].spec.headings
    lines = [[row.get(h) for h in headings] for row in rows]
    return write_workbook(Sheet(KINDS[kind].spec.title, headings, lines))


def workbook_at(path: Path, kind: str, rows: Sequence[dict[str, Any]]) -> Path:
    path.write_bytes(workbook(kind, rows))
    return path


def upload(content: bytes, name: str = "台账.xlsx") -> tuple[BytesIO, str]:
    return BytesIO(content), name


def write(found: Check) -> int:
    """The batch's id."""
    return import_file(found.importer.actor, found, FileOf("台账.xlsx", "", "0" * 64))


def errors(found: Check) -> list[tuple[int, str, str]]:
    """(row, heading, message)"""
    return [(e.row, e.heading, e.message) for e in found.sheet.findings.kept]
