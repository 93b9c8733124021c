"""督办台账: columns of the sheet and of the printed ledger."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from queries.petition_days import petition_days
from queries.sealed_left_out import records_left_out
from queries.supervision_feedback import FeedbackRow
from queries.supervision_filter import SupervisionFilter
from queries.supervision_rows import LineRow, line_totals, list_lines
from rules.roles import Actor, Permission
from web import clock
from web.prints.kind import Gathered, PrintKind, Wanted, registers
from web.registers.tables import PrintedColumns, every_row, head_of_register

COLUMNS: dict[str, Callable[[LineRow], Any]] = {
    "编号": lambda r: r.number,
    "立项日期": lambda r: r.filed_on,
    "立项单位": lambda r: r.filer,
    "来源": lambda r: r.source,
    "依据": lambda r: r.ground,
    "督办事项": lambda r: r.title,
    "承办单位": lambda r: r.unit,
    "责任人职务": lambda r: r.person,
    "具体要求": lambda r: r.demand,
    "签发日期": lambda r: r.issued_on,
    "签收日期": lambda r: r.received_on,
    "办理期限": lambda r: r.due_on,
    "期限状态": lambda r: r.light.label if r.light else "",
    "状态": lambda r: r.state_label,
    "下一期限": lambda r: r.next_due_on,
    "应办": lambda r: r.owed,
    "反馈次数": lambda r: r.reports,
    "催办次数": lambda r: r.urged,
    "申请销号日期": lambda r: r.submitted_on,
    "是否按期": lambda r: r.in_time,
    "销号日期": lambda r: r.closed_on,
}
FEEDBACK_COLUMNS: dict[str, Callable[[FeedbackRow], Any]] = {
    "反馈期限": lambda r: r.due_on,
    "编号": lambda r: r.number,
    "督办事项": lambda r: r.title,
    "承办单位": lambda r: r.unit,
    "反馈日期": lambda r: r.reported_on,
    "是否按时": lambda r: r.outcome(clock.today()),
}
PRINTED = PrintedColumns(COLUMNS, {
    "编号": 36, "立项日期": 19, "来源": 18, "依据": 22, "督办事项": 38, "承办单位": 22, "责任人职务": 18,
    "签收日期": 19, "办理期限": 19, "状态": 15, "期限状态": 16, "下一期限": 19, "应办": 15,
})  # fmt: skip


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    chosen = SupervisionFilter.from_args(args)
    total = line_totals(session, actor, chosen, petition_days(session, clock.today()))
    return Wanted(chosen.to_args(), _sentence(session, chosen), total.lines)


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    chosen = SupervisionFilter.from_args(args)
    days = petition_days(session, clock.today())
    total = line_totals(session, actor, chosen, days)
    for row in every_row(
        lambda after, size: list_lines(session, actor, chosen, days, after=after, size=size)
    ):
        yield PRINTED.cells(row)
    return head_of_register(
        PRINTED,
        title="督办台账",
        unit=actor.unit_name,
        subtitle=f"{_sentence(session, chosen)}。{total.in_words()}{records_left_out(session, actor, chosen.unit)}",
    )


def _sentence(session: Session, chosen: SupervisionFilter) -> str:
    return chosen.sentence(session) or "全部督办"


PRINT: PrintKind = registers(
    title="督办台账",
    counted="条",
    permission=Permission.SUPERVISION_READ,
    at_once=1000,
    settle=_settle,
    gather=_gather,
)
