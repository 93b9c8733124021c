"""督办, 阶段反馈, 销号 and 议定事项: what was asked of each unit, and whether it was done by its day.

Sources: 信访工作条例 art. 11 to 13 (议定事项), 38 to 40 (督办); the days are those that the office set for each unit. Only
days are compared, so that what comes late stays late.
"""

from dataclasses import replace

from sqlalchemy import ColumnElement, false

from indicators.definition import Count, Indicator, Rate, Tally
from indicators.scope import FigureScope
from indicators.source import Source
from models.meeting import Meeting, MeetingDecision
from models.supervision import SupervisionLine, SupervisionStep, SupervisionTask
from queries.supervision_counted import (
    APPLIED_IN_TIME,
    HELD_TO_ITS_LIMIT,
    IS_BINDING,
    IS_FEEDBACK,
    IS_FEEDBACK_MISSING,
    IS_GIVEN,
    decision_is_sealed,
    is_carried_out_in_time,
    task_is_sealed,
)

_TASK = (SupervisionTask, SupervisionLine.task_id == SupervisionTask.id)
_LINE = (SupervisionLine, SupervisionStep.line_id == SupervisionLine.id)
_VOID = "立项后没有签发的，作废的"
_NOT_YET = "；统计截止日之后才到期的，当日到期的计入"

TASKS = Source(
    "supervision",
    "督办",
    SupervisionTask.issued_on,
    SupervisionLine.unit_id,
    SupervisionTask.voided_at,
    task_is_sealed(),
    only=(IS_GIVEN,),
    table=SupervisionLine,
    hangs_on=(_TASK,),
    day_name="issued",
)
"""A row for each unit of each task."""

LIMITS = replace(
    TASKS,
    day=SupervisionLine.due_on,
    only=(HELD_TO_ITS_LIMIT,),
    is_due=True,
    day_name="limit",
    records={"held": "1"},
)
FEEDBACK_GIVEN = replace(
    TASKS,
    key="feedback",
    label="督办阶段反馈",
    day=SupervisionStep.report_due_on,
    only=(IS_FEEDBACK,),
    table=SupervisionStep,
    hangs_on=(_LINE, _TASK),
    is_due=True,
    day_name="",
)
FEEDBACK_MISSING = replace(
    FEEDBACK_GIVEN,
    day=SupervisionLine.report_due_on,
    only=(IS_FEEDBACK_MISSING,),
    table=SupervisionLine,
    hangs_on=(_TASK,),
    below_zero=True,
)
DECISIONS = Source(
    "decisions",
    "联席会议议定事项",
    MeetingDecision.due_on,
    MeetingDecision.unit_id,
    Meeting.voided_at,
    decision_is_sealed(),
    only=(IS_BINDING,),
    table=MeetingDecision,
    hangs_on=((Meeting, MeetingDecision.meeting_id == Meeting.id),),
    is_due=True,
    day_name="due",
    records={"state": "final"},
)


def applied_in_time(_scope: FigureScope) -> ColumnElement[bool]:
    return APPLIED_IN_TIME


def reported_in_time(_scope: FigureScope) -> ColumnElement[bool]:
    return SupervisionStep.happened_on <= SupervisionStep.report_due_on


def never(_scope: FigureScope) -> ColumnElement[bool]:
    return false()


def carried_out_in_time(_scope: FigureScope) -> ColumnElement[bool]:
    return is_carried_out_in_time()


SUPERVISION_FIGURES: tuple[Indicator, ...] = (
    Count(
        code="supervision_tasks",
        name="督办事项",
        group="督办",
        column="督办",
        measure="件",
        says="期间内签发的督办，按签发日期；一件督办交给几个单位的，每个承办单位各计一件，按承办单位计。",
        formula="签发日期在期间内的督办中承办单位的个数",
        excludes=f"{_VOID}；签发前从承办单位中去掉的。签发以后撤回的照计。",
        tally=Tally(TASKS),
    ),
    Rate(
        code="supervision_feedback_on_time",
        name="督办按时反馈率",
        group="督办",
        column="按时反馈率",
        measure="%",
        says="阶段反馈期限在期间内的，在期限前（含当日）反馈的比率；按承办单位计。"
        "一次反馈补上几期的，只有最早的一期有记载，计为一期；退回后重新反馈的，按重新反馈的期限另计一期。",
        formula="反馈期限在期间内的各期中，反馈日期不晚于期限的期数 ÷ 全部期数",
        excludes=f"不要求阶段反馈的；期限以前（含当日）已申请销号、已撤回的；{_VOID}{_NOT_YET}。",
        numerator=Tally(FEEDBACK_GIVEN, reported_in_time),
        denominator=Tally(FEEDBACK_GIVEN),
        besides=((Tally(FEEDBACK_MISSING, never), Tally(FEEDBACK_MISSING)),),
        is_timeliness=True,
    ),
    Rate(
        code="supervision_closed_on_time",
        name="督办按期销号率",
        group="督办",
        column="按期销号率",
        measure="%",
        says="办理期限在期间内的督办，承办单位在期限前（含当日）申请销号、没有被退回的比率；按承办单位计。"
        "期限以前批准延期的，按延长后的期限。以申请日期为准，立项单位审核用的时间不算承办单位超期；不予销号的，按再次申请的日期。",
        formula="办理期限在期间内的督办中，申请销号日期不晚于办理期限的 ÷ 全部",
        excludes=f"期限以前（含当日）撤回的；{_VOID}{_NOT_YET}。",
        numerator=Tally(LIMITS, applied_in_time),
        denominator=Tally(LIMITS),
        is_timeliness=True,
    ),
    Rate(
        code="decisions_on_time",
        name="议定事项按期落实率",
        group="议定事项",
        column="按期落实率",
        measure="%",
        says="时限在期间内的联席会议议定事项，在时限前（含当日）落实的比率；按责任单位计。"
        "转为督办的，以该单位申请销号、没有被退回的日期为落实日期，与议定的时限比。",
        formula="时限在期间内的议定事项中，落实日期不晚于时限的件数 ÷ 全部件数",
        excludes="没有时限的；会议记录没有定稿的；作废的会议" + _NOT_YET + "。",
        numerator=Tally(DECISIONS, carried_out_in_time),
        denominator=Tally(DECISIONS),
        is_timeliness=True,
    ),
)
