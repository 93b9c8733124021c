"""A change as running text says it: the sign becomes a word, so that no + or − is ever printed."""

from decimal import Decimal

from rules.figures import NO_FIGURE

RISEN, FALLEN = "上升", "下降"
SAME, ALMOST_SAME, NO_BASE = "持平", "基本持平", "无可比基数"


def change_in_words(change: Decimal | None, change_text: str | None, *, equal: bool) -> str:
    """上升52.4%, 下降24.6%, 上升0.25个百分点, 持平, 基本持平 or 无可比基数.

    `change` and `change_text` are those of `rules.figures`: rounded once, there. `equal` says that the two
    figures are the same number. 0 beside 0 is 持平 although it has no percentage; a change that is rounded to
    zero is 基本持平; any other without a percentage has no base to compare with (zero, or no figure at all).
    """
    if equal:
        return SAME
    if change is None or change_text in (None, NO_FIGURE):
        return NO_BASE
    if not change:
        return ALMOST_SAME
    return (RISEN if change > 0 else FALLEN) + str(change_text).lstrip("+-")
