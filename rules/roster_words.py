"""The closed lists of duty rosters."""

from rules.taxonomy import Labelled


class RosterKind(Labelled):
    """What a roster is for"""

    DUTY = "duty", "24小时值班"
    LEADER_DAYS = "leader-days", "领导接访日"
    VILLAGE = "village-sessions", "村级周三接访"
    SPECIAL = "special", "特殊时段值班"


class DayClass(Labelled):
    """The four accounts that everybody has; a duty counts in the account of the day on which it begins."""

    WORKDAY = "workday", "工作日"
    WEEKEND = "weekend", "周末"
    HOLIDAY = "holiday", "法定节假日"
    SPRING_FESTIVAL = "spring-festival", "春节"


class Assigned(Labelled):
    """How a person came to a duty"""

    PLANNED = "planned", "自动"
    SET = "set", "手工"
    SWAPPED = "swapped", "对换"
    REPLACED = "replaced", "替班"


class PlanVerb(Labelled):
    """What a plan is asked for"""

    NEW = "new", "排班"
    REPEAT = "repeat", "重新排"
    EXTEND = "extend", "延长"


class PlanStage(Labelled):
    """What the planner is at"""

    COVER = "cover", "排满各岗"
    FAIR = "fair", "算公平"
    WISHES = "wishes", "照顾愿休"
    TURNS = "turns", "照顾次序"


class PlanState(Labelled):
    """How far a plan has come"""

    WAITING = "waiting", "排队"
    RUNNING = "running", "正在排"
    DONE = "done", "已排好"
    FAILED = "failed", "没有排成"
    CANCELLED = "cancelled", "已取消"
    OVERTAKEN = "overtaken", "已被新的代替"

    @property
    def is_open(self) -> bool:
        return self in (PlanState.WAITING, PlanState.RUNNING)


class Pattern(Labelled):
    """On which days there is duty"""

    DAILY = "daily", "每天"
    WEEKLY = "weekly", "每周"
    MONTHLY = "monthly", "每月"


class RosterRule(Labelled):
    """What can forbid, or speak against, a person on a duty"""

    MEMBER = "member", "不在值班人员之列"
    POST = "post", "不任此岗"
    LEAVE = "leave", "请假"
    DOUBLE = "double", "同时已有值班"
    REST = "rest", "休息时间不足"
    ROW = "row", "连续值班过多"
    APART = "apart", "不能同日值班"
    TOGETHER = "together", "须同日搭班"
    WISH = "wish", "希望不排"
    DOUBLED = "doubled", "双人双岗不足"


class Severity(Labelled):
    """Whether a conflict must be cured before publication, or may stand"""

    HARD = "hard", "必须改"
    SOFT = "soft", "可以保留"
