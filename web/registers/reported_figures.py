"""自报数据: columns of the sheet and of the printed register, which says that no record stands behind its numbers."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from queries.reported_figures import FigureFilter, FigureRow, count_figures, list_figures
from rules.roles import Actor, Permission
from web.prints.kind import Gathered, PrintKind, Wanted, registers
from web.registers.tables import PrintedColumns, every_row, head_of_register

TITLE = "自报数据登记册"
COLUMNS: dict[str, Callable[[FigureRow], Any]] = {
    "编号": lambda r: r.number,
    "期间": lambda r: r.period,
    "单位": lambda r: r.unit,
    "指标": lambda r: r.indicator,
    "数值（自报）": lambda r: r.value,
}
PRINTED = PrintedColumns(
    COLUMNS | {"数值（自报）": lambda r: r.text},
    {"编号": 44, "期间": 44, "单位": 50, "指标": 91, "数值（自报）": 40},
)


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    chosen = FigureFilter.from_args(args)
    return Wanted(chosen.to_args(), _sentence(session, chosen), count_figures(session, actor, chosen))


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    chosen, count = FigureFilter.from_args(args), 0
    for row in every_row(lambda after, size: list_figures(session, actor, chosen, after=after, size=size)):
        count += 1
        yield PRINTED.cells(row)
    return head_of_register(
        PRINTED,
        title=TITLE,
        unit=actor.unit_name,
        subtitle=f"{_sentence(session, chosen)}。共 {count} 条。",
        footer="数字由各单位自报，没有登记记录可查；与登记数不同的，以登记数为准。",
    )


def _sentence(session: Session, chosen: FigureFilter) -> str:
    return chosen.sentence(session) or "全部有效登记"


PRINT: PrintKind = registers(
    title=TITLE,
    counted="条",
    permission=Permission.REGISTERS_READ,
    at_once=1000,
    settle=_settle,
    gather=_gather,
)
