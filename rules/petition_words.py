"""The closed lists of petitions (信访事项): a stable English code is stored, the office's Chinese word is shown.

The words are those of the sheet `petitions` and of 信访工作条例 art. 17, 22–23, 29–32.
"""

from rules.taxonomy import Labelled, Purpose


class Channel(Labelled):
    """信访形式 (条例第十七条)"""

    LETTER = "letter", "来信"
    VISIT = "visit", "来访"
    ONLINE = "online", "网上"
    TELEPHONE = "telephone", "来电"


class SourceLevel(Labelled):
    """来源层级: where the item came in first. It describes the item, never the person."""

    NATIONAL = "national", "国家"
    PROVINCE = "province", "省"
    CITY = "city", "市"
    COUNTY = "county", "县"
    TOWNSHIP = "township", "乡镇"
    VILLAGE = "village", "村"


UPWARD = frozenset({SourceLevel.NATIONAL, SourceLevel.PROVINCE, SourceLevel.CITY})
"""到市及以上."""


class ItemKind(Labelled):
    """初重件: the same person with the same matter again is 重件."""

    FIRST = "first", "初件"
    REPEAT = "repeat", "重件"


class MatterClass(Labelled):
    """三大类 (条例第二十九至三十一条)"""

    SUGGESTION = "suggestion", "建议意见"
    ACCUSATION = "accusation", "检举控告"
    APPEAL = "appeal", "申诉求决"
    OTHER = "other", "其他"


_CLASSES = {
    Purpose.SUGGESTION: MatterClass.SUGGESTION,
    Purpose.ACCUSATION: MatterClass.ACCUSATION,
    Purpose.APPEAL: MatterClass.APPEAL,
    Purpose.REQUEST: MatterClass.APPEAL,
    Purpose.OTHER: MatterClass.OTHER,
}


def matter_class(purpose: Purpose) -> MatterClass:
    """意见建议 → 建议意见, 揭发控告 → 检举控告, 申诉 and 求决 → 申诉求决."""
    return _CLASSES[purpose]


class DispatchKind(Labelled):
    """办理方式 (条例第二十二条)"""

    FORWARD = "forward", "转送"
    ASSIGN = "assign", "交办"
    DIRECT = "direct", "直接受理"


class Acceptance(Labelled):
    """告知结果 (条例第二十三条、第三十六条)"""

    ACCEPTED = "accepted", "受理"
    REFUSED = "refused", "不予受理"
    NO_LONGER = "no_longer", "不再受理"


class HandlingClass(Labelled):
    """办理类别: which item of art. 31 the matter falls under. Only 信访处理 (31.6) runs the 60 days of art. 34."""

    PETITION = "petition", "信访处理"
    STATUTORY_DUTY = "statutory_duty", "依法履职"
    ARBITRATION = "arbitration", "仲裁"
    RECONSIDERATION = "reconsideration", "复议"
    LITIGATION = "litigation", "诉讼"
    PARTY_APPEAL = "party_appeal", "党员申诉"
    OTHER = "other", "其他"


HANDLING_ARTICLES = {
    HandlingClass.PETITION: "第三十一条第六项",
    HandlingClass.STATUTORY_DUTY: "第三十一条第五项",
    HandlingClass.ARBITRATION: "第三十一条第二项",
    HandlingClass.RECONSIDERATION: "第三十一条第四项",
    HandlingClass.LITIGATION: "第三十一条第一项",
    HandlingClass.PARTY_APPEAL: "第三十一条第三项",
    HandlingClass.OTHER: "第二十九条、第三十条",
}


_OF_ART_31 = frozenset(HandlingClass) - {HandlingClass.OTHER}
HANDLED_AS = {
    MatterClass.SUGGESTION: frozenset({HandlingClass.OTHER}),
    MatterClass.ACCUSATION: frozenset({HandlingClass.OTHER}),
    MatterClass.APPEAL: _OF_ART_31,
    MatterClass.OTHER: frozenset(HandlingClass),
}
"""三大类 → 办理类别: suggestions and accusations go their own ways (条例第二十九、三十条), only appeals and requests fall
under an item of art. 31. What is none of the three says nothing of its way."""


def fits(purpose: Purpose, handling_class: HandlingClass) -> bool:
    """Whether a matter with this 信访目的 may be handled under that item."""
    return handling_class in HANDLED_AS[matter_class(purpose)]


class Conclusion(Labelled):
    """处理结论 (条例第三十二条)"""

    SUPPORTED = "supported", "支持"
    EXPLAINED = "explained", "解释说明"
    UNSUPPORTED = "unsupported", "不支持"


class Resolution(Labelled):
    """化解状态: whether the matter is settled in fact. It is not the same as 办结."""

    RESOLVED = "resolved", "化解"
    UNRESOLVED = "unresolved", "未化解"


class Rating(Labelled):
    """评价, entered or imported for an office; never asked of people by this site."""

    SATISFIED = "satisfied", "满意"
    FAIRLY = "fairly", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
    UNRATED = "unrated", "未评价"


class ReviewKind(Labelled):
    """复查 (条例第三十五条), 复核 (第三十六条)"""

    REVIEW = "review", "复查"
    RE_REVIEW = "re_review", "复核"


class ReviewOpinion(Labelled):
    """复查、复核意见"""

    UPHELD = "upheld", "维持"
    REVOKED = "revoked", "撤销"
    CHANGED = "changed", "变更"
    REDONE = "redone", "责令重办"


SENDS_BACK = frozenset({ReviewOpinion.REVOKED, ReviewOpinion.REDONE})
"""撤销 and 责令重办 send the matter back to the unit, whose new opinion may be contested anew."""


class DeliveryMethod(Labelled):
    """送达方式"""

    DIRECT = "direct", "直接送达"
    REGISTERED_POST = "registered_post", "挂号邮寄"
    LEFT = "left", "留置送达"
    ELECTRONIC = "electronic", "电子送达"
    PUBLIC = "public", "公告送达"


class ServedPaper(Labelled):
    """What is served on the petitioner"""

    NOTICE = "notice", "告知书"
    REPLY = "reply", "信访处理意见书"
    REVIEW = "review", "复查意见书"
    RE_REVIEW = "re_review", "复核意见书"


class UnitPart(Labelled):
    """What a unit has to do with a petition besides registering it."""

    RESPONSIBLE = "responsible", "主办"
    JOINT = "joint", "协办"
    REVIEWER = "reviewer", "复查复核"


class ArchiveTerm(Labelled):
    """归档期限 (国家档案局令第8号, the office's own schedule may differ)"""

    TEN_YEARS = "10y", "10年"
    THIRTY_YEARS = "30y", "30年"
    PERMANENT = "permanent", "永久"
