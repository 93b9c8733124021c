"""The closed lists of the registers: a stable English code is stored, the office's Chinese word is shown.

The words are those of the sheets (来访登记, 村级接访, 领导接访, organisations) and of 信访工作条例 art. 17, 20, 29–31.
"""

from enum import StrEnum
from typing import Self

from rules.errors import RuleViolation


class Labelled(StrEnum):
    """Members are written `NAME = "code", "中文"`; the value is the code."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def from_label(cls, label: str, field: str | None = None) -> Self:
        """The member that the office calls so; raises RuleViolation naming the possible words."""
        word = label.strip()
        for member in cls:
            if member.label == word:
                return member
        raise RuleViolation(f"“{word[:40]}”不在可选项中，可填：{'、'.join(cls.labels())}。", field)

    @classmethod
    def labels(cls) -> list[str]:
        return [member.label for member in cls]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """(code, 中文) pairs in the order of the register."""
        return [(member.value, member.label) for member in cls]


class ReceptionType(Labelled):
    """接访类型"""

    DAILY = "daily", "日常接访"
    LEADER = "leader", "领导接访"
    VILLAGE = "village", "村级接访"
    OUTREACH = "outreach", "下沉接访"


class VisitKind(Labelled):
    """初重访: whether the matter, not the person, is here for the first time."""

    FIRST = "first", "初访"
    REPEAT = "repeat", "重访"


class Purpose(Labelled):
    """信访目的"""

    APPEAL = "appeal", "申诉"
    REQUEST = "request", "求决"
    ACCUSATION = "accusation", "揭发控告"
    SUGGESTION = "suggestion", "意见建议"
    OTHER = "other", "其他"


class Outcome(Labelled):
    """处理结果 of a visit"""

    SOLVED = "solved", "现场解决"
    COMMITTED = "committed", "限期化解"
    ESCALATED = "escalated", "梳理上报"
    FORWARDED = "forwarded", "转送办理"
    EXPLAINED = "explained", "解释引导"


class SessionMode(Labelled):
    """方式 of a village session"""

    VISITORS = "visitors", "有访接访"
    CASE_TALK = "case_talk", "无访说案"
    TALK = "talk", "无案说事"
    CHECK = "check", "无事排查"


class LeaderReceptionMode(Labelled):
    """方式 of a leader's reception"""

    FIXED = "fixed", "定点接访"
    APPOINTMENT = "appointment", "重点约访"
    DOWN_WITH_CASE = "down_with_case", "带案下访"
    OUTREACH = "outreach", "下沉接访"


class UnitCategory(Labelled):
    """类别 of a unit"""

    COUNTY_COMMITTEE = "county_committee", "县委县政府"
    BUREAU = "bureau", "县信访局"
    DEPARTMENT = "department", "县直单位"
    TOWNSHIP = "township", "乡镇"
    SUBDISTRICT = "subdistrict", "街道"
    VILLAGE = "village", "村"
    COMMUNITY = "community", "社区"
    EXTERNAL = "external", "外部单位"


TOWNSHIP_LEVEL = frozenset({UnitCategory.TOWNSHIP, UnitCategory.SUBDISTRICT})
"""They owe three joint meetings a month."""

VILLAGE_LEVEL = frozenset({UnitCategory.VILLAGE, UnitCategory.COMMUNITY})
"""They owe a session every Wednesday."""
