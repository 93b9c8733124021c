"""值班日志: what an address asks for, the columns of the sheet and of the printed log."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from queries.desk_log import DeskLogFilter, LogRow, list_log, log_total
from queries.desk_scope import own_desk
from queries.handovers import hours_of
from queries.scope import load_unit
from rules.desk_shifts import shift_began
from rules.office_time import day_of
from rules.roles import Actor, Permission
from web import clock
from web.prints.kind import Gathered, PrintKind, Wanted, registers
from web.registers.tables import PrintedColumns, every_row, head_of_register
from web.template_filters import moment


def shift_day(session: Session, unit_id: int) -> date:
    """The day on which the running shift of a desk began: at 3 a.m. it is yesterday."""
    return day_of(shift_began(clock.now(), hours_of(session, unit_id)))


def asked_log(session: Session, actor: Actor, args: Mapping[str, str]) -> DeskLogFilter:
    """Without anything else, the own desk's log since the running shift began. Raises RuleViolation, and NotVisible for
    the desk of a unit out of scope."""
    own = own_desk(actor)
    chosen = DeskLogFilter.from_args(args, usual_unit=own, usual_day=shift_day(session, own))
    if chosen.unit and chosen.unit != own:
        load_unit(session, actor, chosen.unit)
    return chosen


def _told(row: LogRow) -> str:
    late = f"（补记 {moment(row.registered_at)}）" if row.is_late else ""
    return f"{moment(row.happened_at)}{late}"


def _instructed(row: LogRow) -> str:
    """韩某（副县长）：立即抢修。 Of several leaders the text itself says whose is whose."""
    if not row.instruction or "、" in row.instructed_by or not row.instructed_by:
        return row.instruction
    return f"{row.instructed_by}：{row.instruction}"


def _kind(row: LogRow) -> str:
    return " ".join(part for part in (row.kind, row.report) if part)


COLUMNS: dict[str, Callable[[LogRow], Any]] = {
    "编号": lambda r: r.number,
    "时间": lambda r: moment(r.happened_at),
    "录入时间": lambda r: moment(r.registered_at),
    "值班室": lambda r: r.unit,
    "类别": _kind,
    "方式": lambda r: r.mode,
    "来源": lambda r: r.source,
    "内容": lambda r: r.content,
    "拟办意见": lambda r: r.proposal,
    "领导批示": _instructed,
    "承办单位": lambda r: r.responsible,
    "要求回复时限": lambda r: moment(r.due_at),
    "回复时间": lambda r: moment(r.replied_at),
    "回复内容": lambda r: r.reply,
    "回复情况": lambda r: r.light.label if r.light else "",
    "办结时间": lambda r: moment(r.done_at),
}
PRINTED = PrintedColumns(COLUMNS | {"时间": _told}, {
    "编号": 26, "时间": 21, "类别": 15, "来源": 24, "内容": 60, "拟办意见": 24, "领导批示": 26, "承办单位": 18,
    "要求回复时限": 19, "回复内容": 36, "办结时间": 19,
}, longest=300)  # fmt: skip


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    chosen = asked_log(session, actor, args)
    total = log_total(session, actor, chosen, clock.now())
    return Wanted(chosen.to_args(), chosen.sentence(session), total)


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    chosen, now, count = asked_log(session, actor, args), clock.now(), 0
    for row in every_row(lambda after, size: list_log(session, actor, chosen, now, after=after, size=size)):
        count += 1
        yield PRINTED.cells(row)
    return head_of_register(
        PRINTED,
        title="值班日志",
        unit=actor.unit_name,
        subtitle=f"{chosen.sentence(session)}。共 {count} 条。",
        footer="只记事件和单位的处置，不记个人行踪。",
    )


PRINT: PrintKind = registers(
    title="值班日志",
    counted="条",
    permission=Permission.DUTY_LOG_READ,
    at_once=600,
    settle=_settle,
    gather=_gather,
)
