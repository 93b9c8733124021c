"""Why nothing is due on a petition that is still in hand: the law sets no time for what is to be done next.

信访工作条例 art. 23 (who is told in time), 29 and 30 (suggestions and accusations go their own ways), 31 and 34 (which
matters have 60 days). The twin of the clocks that
`rules.petition_clocks` leaves out.
"""

from dataclasses import dataclass

from rules.petition_clocks import is_told_in_time
from rules.petition_states import Stage
from rules.petition_words import HandlingClass, MatterClass


@dataclass(frozen=True)
class WithoutClock:
    """`short` stands in a column, `reason` explains it."""

    short: str
    reason: str

    @property
    def is_known(self) -> bool:
        return self is not UNKNOWN


UNKNOWN = WithoutClock("—", "没有正在计算的期限。")
_ANONYMOUS = WithoutClock("匿名，无告知期限", "匿名、无法告知的，没有告知的期限（第二十三条第二款）。")
_ACCUSATION = WithoutClock("检举控告，另有规定", "检举控告的告知另有规定，这里不计期限（第二十三条第四款）。")
_JUDICIAL = WithoutClock("涉法涉诉，另有规定", "涉法涉诉的告知另有规定，这里不计期限（第二十三条第四款）。")
_OWN_WAYS = {
    MatterClass.SUGGESTION: WithoutClock(
        "意见建议，无 60 日期限",
        "意见建议由责任单位研究论证，不走信访程序，没有 60 日的办理期限（第二十九条、第三十四条）。",
    ),
    MatterClass.ACCUSATION: WithoutClock(
        "检举控告，另有规定",
        "检举控告依规依纪依法办理，不走信访程序，没有 60 日的办理期限（第三十条、第三十四条）。",
    ),
}
_WITHOUT_CLASS = WithoutClock(
    "未填办理类别", "没有填写办理类别，不知道有没有 60 日的办理期限（第三十一条、第三十四条）。"
)
_BEFORE_NOTICE = (Stage.SENT, Stage.OBJECTED, Stage.RECEIVED)
_IN_HAND = (Stage.PENDING, *_BEFORE_NOTICE, Stage.HANDLING, Stage.REVIEWING)


def why_nothing_is_due(
    stage: Stage,
    *,
    anonymous: bool,
    judicial: bool,
    matter_class: MatterClass,
    handling_class: HandlingClass | None,
) -> WithoutClock | None:
    """Of a petition without a next due date; None where nothing is to be expected, as it is over."""
    if stage not in _IN_HAND:
        return None
    if stage in _BEFORE_NOTICE:
        return _not_told_in_time(anonymous, judicial, matter_class)
    return _not_handled_in_time(matter_class, handling_class) if stage is Stage.HANDLING else UNKNOWN


def _not_told_in_time(anonymous: bool, judicial: bool, matter_class: MatterClass) -> WithoutClock:
    if is_told_in_time(matter_class, anonymous=anonymous, judicial=judicial):
        return UNKNOWN
    if matter_class is MatterClass.ACCUSATION:
        return _ACCUSATION
    return _JUDICIAL if judicial else _ANONYMOUS


def _not_handled_in_time(matter_class: MatterClass, handling_class: HandlingClass | None) -> WithoutClock:
    """What the unit told the petitioner of its way goes before what the purpose would have it be."""
    if handling_class is HandlingClass.PETITION:
        return UNKNOWN
    if handling_class in (None, HandlingClass.OTHER) and matter_class in _OWN_WAYS:
        return _OWN_WAYS[matter_class]
    if handling_class is None:
        return _WITHOUT_CLASS
    said = f"按“{handling_class.label}”办理，不走信访程序，没有 60 日的办理期限（第三十一条、第三十四条）。"
    return WithoutClock(f"{handling_class.label}，无 60 日期限", said)
