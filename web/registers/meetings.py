"""联席会议: columns of the sheets and of the printed register."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from documents.workbook import Sheet, write_workbook
from queries.meeting_escalations import EscalatedRow
from queries.meeting_quota import QuotaBoard
from queries.meetings import MeetingFilter, MeetingRow, count_meetings, list_meetings
from rules.roles import Actor, Permission
from web.prints.kind import Gathered, PrintKind, Wanted, registers
from web.registers.tables import PrintedColumns, every_row, head_of_register

COLUMNS: dict[str, Callable[[MeetingRow], Any]] = {
    "编号": lambda r: r.number,
    "日期": lambda r: r.held_on,
    "层级": lambda r: r.level,
    "单位": lambda r: r.unit,
    "会议": lambda r: r.kind,
    "名称": lambda r: r.name,
    "主持人": lambda r: r.chair,
    "地点": lambda r: r.place,
    "议题数": lambda r: r.items,
    "议定事项数": lambda r: r.decisions,
    "未落实数": lambda r: r.open_decisions,
    "进度": lambda r: r.state_label,
}
PRINTED = PrintedColumns(COLUMNS, {
    "编号": 34, "日期": 20, "单位": 26, "会议": 26, "名称": 56, "主持人": 26, "地点": 30, "议题数": 12, "议定事项数": 18,
    "未落实数": 14, "进度": 20,
})  # fmt: skip
ESCALATED_COLUMNS: dict[str, Callable[[EscalatedRow], Any]] = {
    "会议编号": lambda r: r.number,
    "提请单位": lambda r: r.unit,
    "议题": lambda r: r.title,
    "提请": lambda r: r.body,
    "提请日期": lambda r: r.escalated_on,
    "列入": lambda r: r.placed,
    "答复日期": lambda r: r.answered_on,
    "答复": lambda r: r.answer,
}


def quota_sheet(board: QuotaBoard) -> bytes:
    """Held meetings of each month, and what is missing of months that are over."""
    headings = ("单位", *(f"{number}月" for number in range(1, 13)), "以前月份欠开")
    lines = [(row.unit, *(month.held for month in row.months), row.short) for row in board.rows]
    return write_workbook(Sheet(f"{board.year}年", headings, lines))


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    chosen = MeetingFilter.from_args(args)
    return Wanted(chosen.to_args(), _sentence(session, chosen), count_meetings(session, actor, chosen))


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    chosen, count = MeetingFilter.from_args(args), 0
    for row in every_row(lambda after, size: list_meetings(session, actor, chosen, after=after, size=size)):
        count += 1
        yield PRINTED.cells(row)
    return head_of_register(
        PRINTED,
        title="联席会议登记册",
        unit=actor.unit_name,
        subtitle=f"{_sentence(session, chosen)}。共 {count} 次会议。",
    )


def _sentence(session: Session, chosen: MeetingFilter) -> str:
    return chosen.sentence(session) or "全部有效登记"


PRINT: PrintKind = registers(
    title="联席会议登记册",
    counted="次",
    permission=Permission.MEETINGS_READ,
    at_once=1000,
    settle=_settle,
    gather=_gather,
)
