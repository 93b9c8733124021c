"""信访事项: columns of the sheet and of the printed register."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from queries.petition_days import petition_days
from queries.petition_filter import PetitionFilter
from queries.petition_rows import PetitionRow
from queries.petitions import list_petitions, petition_totals
from rules.roles import Actor, Permission
from web import clock
from web.prints.kind import Gathered, PrintKind, Wanted, registers
from web.registers.tables import PrintedColumns, every_row, head_of_register


def _yes_no(value: bool) -> str:
    return "是" if value else "否"


COLUMNS: dict[str, Callable[[PetitionRow], Any]] = {
    "编号": lambda r: r.number,
    "省系统编号": lambda r: r.external_number,
    "登记日期": lambda r: r.registered_on,
    "登记单位": lambda r: r.unit,
    "信访形式": lambda r: r.channel,
    "来源层级": lambda r: r.level,
    "信访人": lambda r: r.name,
    "人数": lambda r: r.persons,
    "初重件": lambda r: r.kind,
    "内容分类": lambda r: r.category,
    "信访目的": lambda r: r.purpose,
    "概况": lambda r: r.content,
    "办理方式": lambda r: r.dispatch,
    "转送交办日期": lambda r: r.dispatched_on,
    "责任单位": lambda r: r.responsible,
    "单位收到日期": lambda r: r.received_on,
    "告知日期": lambda r: r.notified_on,
    "告知结果": lambda r: r.acceptance,
    "办理类别": lambda r: r.handling_class,
    "延期天数": lambda r: r.extension_days or None,
    "限办截止": lambda r: r.reply_due_on,
    "办结日期": lambda r: r.concluded_on,
    "答复送达日期": lambda r: r.served_on,
    "处理结论": lambda r: r.conclusion,
    "化解状态": lambda r: r.resolution,
    "信访部门评价": lambda r: r.bureau_rating,
    "责任单位评价": lambda r: r.unit_rating,
    "纳入统计": lambda r: _yes_no(r.included),
    "涉法涉诉": lambda r: _yes_no(r.judicial),
    "交办批次": lambda r: r.campaign,
    "办理阶段": lambda r: r.stage,
    "下一期限": lambda r: r.next_due_on,
    "期限事项": lambda r: r.clock,
}
_CONTENT = {"事项": lambda r: r.title}
PRINTED = PrintedColumns(
    COLUMNS | _CONTENT,
    {
        "编号": 38,
        "登记日期": 20,
        "登记单位": 22,
        "信访形式": 14,
        "信访人": 16,
        "人数": 10,
        "内容分类": 28,
        "事项": 52,
        "责任单位": 24,
        "办理阶段": 20,
        "下一期限": 20,
        "期限事项": 18,
        "办结日期": 20,
    },
    longest=60,
)


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    chosen = PetitionFilter.from_args(args)
    found = petition_totals(session, actor, chosen, petition_days(session, clock.today()))
    return Wanted(chosen.to_args(), _sentence(session, chosen), found.petitions)


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    chosen, days = PetitionFilter.from_args(args), petition_days(session, clock.today())
    rows = every_row(lambda after, size: list_petitions(session, actor, chosen, days, after=after, size=size))
    petitions = persons = 0
    for row in rows:
        petitions, persons = petitions + 1, persons + row.persons
        yield PRINTED.cells(row)
    return head_of_register(
        PRINTED,
        title="信访事项登记册",
        unit=actor.unit_name,
        subtitle=f"{_sentence(session, chosen)}  共 {petitions} 件 {persons} 人次。{chosen.left_out(session, actor)}",
        footer="姓名等个人信息按查看权限遮盖。",
    )


def _sentence(session: Session, chosen: PetitionFilter) -> str:
    return chosen.sentence(session) or "全部有效登记"


PRINT: PrintKind = registers(
    title="信访事项登记册",
    counted="件",
    permission=Permission.PETITIONS_READ,
    at_once=600,
    settle=_settle,
    gather=_gather,
)
