"""领导接访: columns of the sheet and of the printed register."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from queries.leader_receptions import (
    LeaderDayFilter,
    LeaderDayRow,
    LeaderDayTotals,
    leader_day_totals,
    list_leader_days,
)
from rules.roles import Actor, Permission
from web.prints.kind import Gathered, PrintKind, Wanted, registers
from web.registers.tables import PrintedColumns, every_row, head_of_register

COLUMNS: dict[str, Callable[[LeaderDayRow], Any]] = {
    "编号": lambda r: r.number,
    "日期": lambda r: r.reception_date,
    "单位": lambda r: r.unit,
    "领导": lambda r: r.leader,
    "职务": lambda r: r.post,
    "分管工作": lambda r: r.portfolio,
    "方式": lambda r: r.mode,
    "地点": lambda r: r.place,
    "陪同单位、人员": lambda r: r.companions,
    "批次": lambda r: r.batches,
    "人次": lambda r: r.persons,
    "解决件数": lambda r: r.solved,
    "承诺件数": lambda r: r.promises,
    "未落实件数": lambda r: r.open_promises,
    "备注": lambda r: r.notes,
}
PRINTED = PrintedColumns(COLUMNS, {
    "编号": 32, "日期": 20, "单位": 24, "领导": 18, "职务": 28, "方式": 18, "地点": 28, "陪同单位、人员": 36,
    "批次": 10, "人次": 10, "解决件数": 12, "承诺件数": 12, "未落实件数": 13,
})  # fmt: skip


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    chosen = LeaderDayFilter.from_args(args)
    return Wanted(
        chosen.to_args(), _sentence(session, chosen), leader_day_totals(session, actor, chosen).receptions
    )


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    chosen = LeaderDayFilter.from_args(args)
    total = LeaderDayTotals(0, 0, 0, 0)
    for row in every_row(
        lambda after, size: list_leader_days(session, actor, chosen, after=after, size=size)
    ):
        total = LeaderDayTotals(
            total.receptions + 1, total.batches + row.batches, total.persons + row.persons,
            total.solved + row.solved,
        )  # fmt: skip
        yield PRINTED.cells(row)
    return head_of_register(
        PRINTED,
        title="领导接访登记册",
        unit=actor.unit_name,
        subtitle=f"{_sentence(session, chosen)}。{total.in_words()}",
    )


def _sentence(session: Session, chosen: LeaderDayFilter) -> str:
    return chosen.sentence(session) or "全部有效登记"


PRINT: PrintKind = registers(
    title="领导接访登记册",
    counted="条",
    permission=Permission.RECEPTION_READ,
    at_once=1000,
    settle=_settle,
    gather=_gather,
)
