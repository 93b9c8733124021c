"""议定事项台账: columns of the sheet and of the printed ledger."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from queries.meeting_decisions import DecisionFilter, DecisionRow, count_decisions, list_decisions
from queries.petition_days import petition_days
from queries.sealed_left_out import records_left_out
from rules.roles import Actor, Permission
from web import clock
from web.prints.kind import Gathered, PrintKind, Wanted, registers
from web.registers.tables import PrintedColumns, every_row, head_of_register

TITLE = "议定事项台账"
COLUMNS: dict[str, Callable[[DecisionRow], Any]] = {
    "会议编号": lambda r: r.number,
    "会议": lambda r: r.meeting,
    "会议日期": lambda r: r.held_on,
    "议定事项": lambda r: r.content,
    "责任单位": lambda r: r.unit,
    "责任人职务": lambda r: r.person,
    "时限": lambda r: r.due_on,
    "督办编号": lambda r: r.task_number,
    "督办进度": lambda r: r.task_state,
    "落实日期": lambda r: r.done_on,
    "落实情况": lambda r: r.result,
    "期限状态": lambda r: r.light.label if r.light else "",
}
PRINTED = PrintedColumns(COLUMNS, {
    "会议": 36, "会议日期": 22, "议定事项": 56, "责任单位": 22, "责任人职务": 22, "时限": 22, "落实日期": 22, "落实情况": 40,
    "督办编号": 34, "期限状态": 18,
})  # fmt: skip


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    chosen = DecisionFilter.from_args(args)
    total = count_decisions(session, actor, chosen, clock.today())
    return Wanted(chosen.to_args(), chosen.sentence(session), total)


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    chosen, count = DecisionFilter.from_args(args), 0
    days = petition_days(session, clock.today())
    for row in every_row(
        lambda after, size: list_decisions(session, actor, chosen, days, after=after, size=size)
    ):
        count += 1
        yield PRINTED.cells(row)
    return head_of_register(
        PRINTED,
        title=TITLE,
        unit=actor.unit_name,
        subtitle=f"{chosen.sentence(session)}。共 {count} 件。{records_left_out(session, actor, chosen.unit)}",
    )


PRINT: PrintKind = registers(
    title=TITLE,
    counted="件",
    permission=Permission.MEETINGS_READ,
    at_once=1000,
    settle=_settle,
    gather=_gather,
)
