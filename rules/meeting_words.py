"""The closed lists of joint meetings (联席会议), of 信访工作条例 (2022) art. 9, 11–13."""

from rules.taxonomy import Labelled


class MeetingLevel(Labelled):
    """层级"""

    COUNTY = "county", "县"
    TOWNSHIP = "township", "乡镇"


class MeetingKind(Labelled):
    """会议: the joint meeting, or a body that is asked for what a level cannot settle."""

    JOINT = "joint", "联席会议"
    PARTY_AND_GOVERNMENT = "party_government", "党政联席会议"
    GOVERNMENT = "government", "县政府常务会议"
    COMMITTEE = "committee", "县委常委会会议"


class ItemOutcome(Labelled):
    """议题结果"""

    DECIDED = "decided", "已议定"
    NOTED = "noted", "已听取汇报"
    DEFERRED = "deferred", "下次再议"
    ESCALATED = "escalated", "提请上级研究"


class AttendeePart(Labelled):
    """参会身份"""

    MEMBER = "member", "出席"
    GUEST = "guest", "列席"
    CLERK = "clerk", "记录"


class Presence(Labelled):
    """到会情况"""

    OPEN = "open", "待定"
    PRESENT = "present", "到会"
    EXCUSED = "excused", "请假"
    ABSENT = "absent", "缺席"


class MeetingState(Labelled):
    """会议进度"""

    PLANNED = "planned", "计划"
    HELD = "held", "已开未定稿"
    MINUTED = "minuted", "已定稿"
