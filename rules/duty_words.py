"""The closed lists of leave and of swaps between people on duty."""

from rules.taxonomy import Labelled


class AbsenceKind(Labelled):
    """Away for certain, or a day that one would like to have off"""

    LEAVE = "leave", "请假"
    WISH = "wish", "愿休"


class SwapState(Labelled):
    """How far a swap (调班) has come"""

    ASKED = "asked", "待对方答复"
    ACCEPTED = "accepted", "待审批"
    DECLINED = "declined", "对方不同意"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"
    CANCELLED = "cancelled", "已取消"

    @property
    def is_open(self) -> bool:
        return self in (SwapState.ASKED, SwapState.ACCEPTED)
