"""值班信息 and 工作指令: how many came to the desks, and whether the offices answered by the hour asked for.

A message counts for 承办单位; where none is named, for the desk that took it down. What a desk received as 转办 from another
one stands in both logs and is counted as a message with the sender's line only; but each unit to which it was sent on with a
limit owes an answer of its own.
"""

from sqlalchemy import ColumnElement

from indicators.definition import Count, Indicator, Rate, Tally
from indicators.scope import FigureScope
from indicators.source import DUTY_MESSAGES, DUTY_REPLIES_DUE, SENT_ON_REPLIES_DUE
from models.duty_desk import DeskDispatch, DeskEntry
from rules.duty_messages import MessageKind

GROUP = "值班信息"
_NOT_COUNTED = "作废的登记；转办到本单位后另行登记的（只计转出的一条）。"


def is_information(_scope: FigureScope) -> ColumnElement[bool]:
    return DeskEntry.kind == MessageKind.INFORMATION.value


def is_instruction(_scope: FigureScope) -> ColumnElement[bool]:
    return DeskEntry.kind == MessageKind.INSTRUCTION.value


def replied_on_time(_scope: FigureScope) -> ColumnElement[bool]:
    """To the minute; without an answer never."""
    return DeskEntry.replied_at <= DeskEntry.due_at


def sent_on_replied_on_time(_scope: FigureScope) -> ColumnElement[bool]:
    return DeskDispatch.replied_at <= DeskDispatch.due_at


DUTY_FIGURES: tuple[Indicator, ...] = (
    Count(
        code="duty_information",
        name="值班信息",
        group=GROUP,
        column="信息",
        measure="条",
        says="值班日志中类别为信息的，按时间；按承办单位计，没有承办单位的计入记录它的值班室。首报、续报、终报各计一条。",
        formula="时间在期间内、类别为信息的条数",
        excludes=_NOT_COUNTED,
        tally=Tally(DUTY_MESSAGES, is_information, records={"kind": MessageKind.INFORMATION.value}),
    ),
    Count(
        code="duty_instructions",
        name="工作指令",
        group=GROUP,
        column="工作指令",
        measure="条",
        says="值班日志中类别为工作指令的，按时间；按承办单位计，没有承办单位的计入记录它的值班室。",
        formula="时间在期间内、类别为工作指令的条数",
        excludes=_NOT_COUNTED,
        tally=Tally(DUTY_MESSAGES, is_instruction, records={"kind": MessageKind.INSTRUCTION.value}),
    ),
    Rate(
        code="duty_reply_on_time",
        name="按时回复率",
        group=GROUP,
        column="按时回复率",
        measure="%",
        says="要求回复时限在期间内的信息和工作指令（不论何时收到），在时限前（含）回复的比率；按承办单位计。"
        "转办并写明时限的，每个受转单位另计一条，按给它的时限；受转单位就是承办单位的不重复计。",
        formula="时限在期间内的条中，回复时间不晚于要求回复时限的条数 ÷ 全部条数",
        excludes="没有要求回复时限的；统计截止日之后才到期的，当日到期的计入；已收回的转办；" + _NOT_COUNTED,
        numerator=Tally(DUTY_REPLIES_DUE, replied_on_time),
        denominator=Tally(DUTY_REPLIES_DUE),
        besides=((Tally(SENT_ON_REPLIES_DUE, sent_on_replied_on_time), Tally(SENT_ON_REPLIES_DUE)),),
        is_timeliness=True,
    ),
)
