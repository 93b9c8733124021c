"""The closed lists of supervision (督办), suggestions (三项建议), interviews (约谈) and inspections (督查).

The grounds are those of 信访工作条例 (2022) art. 40 and the finer ones by which a late step is known.
"""

from rules.taxonomy import Labelled


class TaskSource(Labelled):
    """督办来源"""

    PETITION = "petition", "信访事项办理"
    INSTRUCTION = "instruction", "领导批示"
    MEETING = "meeting", "会议议定"
    INSPECTION = "inspection", "督查发现"
    FIGURE = "figure", "统计指标"
    PROMISE = "promise", "领导接访承诺"
    OTHER = "other", "其他"


class Ground(Labelled):
    """督办、约谈的依据: about an office's handling, never about a person's complaining."""

    NOT_FORWARDED = "not_forwarded", "未按期转送、交办"
    NOT_NOTIFIED = "not_notified", "未按期告知受理情况"
    LATE_OBJECTION = "late_objection", "超过规定时间提出异议"
    NOT_CONCLUDED = "not_concluded", "未按期办结"
    NOT_REPORTED = "not_reported", "未按规定反馈办理结果"
    NOT_SERVED = "not_served", "未按规定送达答复"
    NOT_FOLLOWED_UP = "not_followed_up", "议定事项、批示到期未落实"
    NOT_EXECUTED = "not_executed", "拒不执行信访处理意见"
    AGAINST_PROCEDURE = "against_procedure", "违反规定受理、办理"
    SHIRKING = "shirking", "推诿"
    PERFUNCTORY = "perfunctory", "敷衍"
    DELAYING = "delaying", "拖延"
    FALSE_REPORT = "false_report", "弄虚作假"
    OTHER = "other", "其他"


class FeedbackCycle(Labelled):
    """阶段反馈周期"""

    NONE = "none", "不要求"
    WEEKLY = "weekly", "每周"
    FORTNIGHTLY = "fortnightly", "每两周"
    MONTHLY = "monthly", "每月"


class SuggestionKind(Labelled):
    """三项建议 (条例第十四条第二款第六项)"""

    WORK = "work", "改进工作建议"
    POLICY = "policy", "完善政策建议"
    LIABILITY = "liability", "追究责任建议"


class Adoption(Labelled):
    """采纳情况"""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    REFUSED = "refused", "未采纳"


class InspectionKind(Labelled):
    """督查种类 (条例第三十八条)"""

    SPECIAL = "special", "专项督查"
    ROUTINE = "routine", "日常督查"
    DISTRICT = "district", "联乡包片督查"
    JOINT = "joint", "联合督查"
