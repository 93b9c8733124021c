"""来访登记: columns of the sheet and of the printed register."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from queries.office_rules import GROUP_VISIT_PERSONS, rule_on
from queries.visits import VisitFilter, VisitRow, list_visits, totals
from rules.roles import Actor, Permission
from web import clock
from web.prints.kind import Gathered, PrintKind, Wanted, registers
from web.registers.tables import PrintedColumns, every_row, head_of_register

COLUMNS: dict[str, Callable[[VisitRow], Any]] = {
    "编号": lambda r: r.number,
    "来访日期": lambda r: r.visit_date,
    "登记单位": lambda r: r.unit,
    "接访类型": lambda r: r.reception_type,
    "来访人": lambda r: r.name,
    "人数": lambda r: r.persons,
    "初重访": lambda r: r.kind,
    "内容分类": lambda r: r.category,
    "反映内容": lambda r: r.content,
    "处理结果": lambda r: r.outcome,
    "责任单位": lambda r: r.responsible,
    "限办日期": lambda r: r.due_date,
    "办结日期": lambda r: r.completed_on,
}
PRINTED = PrintedColumns(
    COLUMNS,
    {
        "编号": 38,
        "来访日期": 20,
        "登记单位": 24,
        "来访人": 18,
        "人数": 10,
        "初重访": 12,
        "内容分类": 30,
        "反映内容": 56,
        "处理结果": 18,
        "责任单位": 22,
        "限办日期": 20,
    },
    longest=90,
)


def group_threshold(session: Session, chosen: VisitFilter | None = None) -> int:
    """As in force at the end of the days shown, like in the figures that open this list."""
    today = clock.today()
    last = chosen.to if chosen and chosen.to else today
    return rule_on(session, GROUP_VISIT_PERSONS, min(last, today))


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    chosen = VisitFilter.from_args(args)
    threshold = group_threshold(session, chosen)
    found = totals(session, actor, chosen, today=clock.today(), group_threshold=threshold)
    return Wanted(chosen.to_args(), _sentence(session, chosen, threshold), found.batches)


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    chosen = VisitFilter.from_args(args)
    threshold, persons = group_threshold(session, chosen), 0
    pages = every_row(
        lambda after, size: list_visits(
            session, actor, chosen, today=clock.today(), group_threshold=threshold, after=after, size=size
        )
    )
    batches = 0
    for row in pages:
        batches, persons = batches + 1, persons + row.persons
        yield PRINTED.cells(row)
    return head_of_register(
        PRINTED,
        title="来访登记册",
        unit=actor.unit_name,
        subtitle=f"{_sentence(session, chosen, threshold)}  共 {batches} 批 {persons} 人次。{chosen.left_out(session, actor)}",
        footer="姓名等个人信息按查看权限遮盖。",
    )


def _sentence(session: Session, chosen: VisitFilter, threshold: int) -> str:
    return chosen.sentence(session, threshold) or "全部有效登记"


PRINT: PrintKind = registers(
    title="来访登记册",
    counted="批",
    permission=Permission.RECEPTION_READ,
    at_once=600,
    settle=_settle,
    gather=_gather,
)
"""600 rows with long contents are some 100 pages."""
