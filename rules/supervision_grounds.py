"""Which late clock of a petition is which ground of 督办 (信访工作条例 art. 40; the clocks are those of art. 22, 23, 34 to 36)."""

from collections.abc import Iterable

from rules.petition_clocks import (
    DECIDE_RE_REVIEW,
    DECIDE_REVIEW,
    DIRECT_NOTICE,
    DISPATCH,
    FEEDBACK,
    HANDLE,
    NOTICE,
    OBJECTION,
)
from rules.supervision_words import Ground

GROUND_OF = {
    DISPATCH: Ground.NOT_FORWARDED,
    NOTICE: Ground.NOT_NOTIFIED,
    DIRECT_NOTICE: Ground.NOT_NOTIFIED,
    HANDLE: Ground.NOT_CONCLUDED,
    DECIDE_REVIEW: Ground.NOT_CONCLUDED,
    DECIDE_RE_REVIEW: Ground.NOT_CONCLUDED,
    FEEDBACK: Ground.NOT_REPORTED,
}
"""Of a clock that still runs after its day."""


def ground_of_first(late_clocks: Iterable[str]) -> Ground | None:
    """Of the first of these clocks that makes one."""
    return next((GROUND_OF[key] for key in late_clocks if key in GROUND_OF), None)


CLOCKS_OF: dict[Ground, tuple[str, ...]] = {
    ground: tuple(key for key, its in GROUND_OF.items() if its is ground)
    for ground in set(GROUND_OF.values())
} | {Ground.DELAYING: (HANDLE,), Ground.LATE_OBJECTION: (OBJECTION,)}
"""The clocks that speak of a ground."""

DAYS_TO_EXECUTE = 30
"""After how many calendar days a supported opinion without an execution is proposed; the regulation names none."""
