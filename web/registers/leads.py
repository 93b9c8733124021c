"""领导包案: columns of the sheet and of the printed register (台账)."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from queries.leads import LeadFilter, LeadRow, count_leads, list_leads
from queries.petition_days import petition_days
from rules.roles import Actor, Permission
from web import clock
from web.prints.kind import Gathered, PrintKind, Wanted, registers
from web.registers.tables import PrintedColumns, every_row, head_of_register

COLUMNS: dict[str, Callable[[LeadRow], Any]] = {
    "编号": lambda r: r.number,
    "提出日期": lambda r: r.proposed_on,
    "提出单位": lambda r: r.unit,
    "信访事项": lambda r: r.petition_number,
    "事项": lambda r: r.title,
    "交办批次": lambda r: r.campaign,
    "包案领导": lambda r: r.leader,
    "职务": lambda r: r.post,
    "责任单位": lambda r: r.responsible,
    "责任人": lambda r: r.person,
    "时限": lambda r: r.due_on,
    "期限状态": lambda r: r.light.label if r.light else "",
    "状态": lambda r: r.state_words,
    "最近进展": lambda r: r.last_report_on,
    "结果": lambda r: r.result,
    "办结日期": lambda r: r.concluded_on,
    "验收日期": lambda r: r.accepted_on,
    "销号日期": lambda r: r.closed_on,
}
PRINTED = PrintedColumns(
    COLUMNS,
    {
        "编号": 34, "信访事项": 36, "事项": 44, "包案领导": 18, "职务": 26, "责任单位": 24, "责任人": 28, "时限": 20,
        "期限状态": 16, "状态": 18, "最近进展": 20, "结果": 16, "销号日期": 20,
    },
    longest=60,
)  # fmt: skip


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    chosen, days = LeadFilter.from_args(args), petition_days(session, clock.today())
    return Wanted(chosen.to_args(), _sentence(session, chosen), count_leads(session, actor, chosen, days))


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    chosen, days = LeadFilter.from_args(args), petition_days(session, clock.today())
    count = 0
    for row in every_row(
        lambda after, size: list_leads(session, actor, chosen, days, after=after, size=size)
    ):
        count += 1
        yield PRINTED.cells(row)
    return head_of_register(
        PRINTED,
        title="领导包案台账",
        unit=actor.unit_name,
        subtitle=f"{_sentence(session, chosen)}。共 {count} 件",
    )


def _sentence(session: Session, chosen: LeadFilter) -> str:
    return chosen.sentence(session) or "全部有效包案"


PRINT: PrintKind = registers(
    title="领导包案台账",
    counted="件",
    permission=Permission.LEADS_READ,
    at_once=600,
    settle=_settle,
    gather=_gather,
)
