"""Why nothing is due on a petition that is still in hand: the law sets no time for what is to be done next.

信访工作条例 art. 23 (who is told in time), 31 and 34 (which matters have 60 days). The twin of the clocks that
`rules.petition_clocks` leaves out.
"""

from dataclasses import dataclass

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
    if stage is Stage.HANDLING and handling_class not in (None, HandlingClass.PETITION):
        assert handling_class is not None
        said = (
            f"按“{handling_class.label}”办理，不走信访程序，没有 60 日的办理期限（第三十一条、第三十四条）。"
        )
        return WithoutClock(f"{handling_class.label}，无 60 日期限", said)
    return UNKNOWN


def _not_told_in_time(anonymous: bool, judicial: bool, matter_class: MatterClass) -> WithoutClock:
    if matter_class is MatterClass.ACCUSATION:
        return _ACCUSATION
    if judicial:
        return _JUDICIAL
    return _ANONYMOUS if anonymous else UNKNOWN
