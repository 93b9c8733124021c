"""By which day what a unit owes was done. A unit that enters it itself has done it on the day of entry; an earlier day is
taken only from the office that waited for it and had it on paper."""

from datetime import date, datetime

from rules.errors import RuleViolation
from rules.office_time import day_of


def own_day_problem(
    on: date | None, today: date, *, on_behalf: bool, office: str, field: str
) -> RuleViolation | None:
    """None where the day may stand; `office` names who may enter an earlier one."""
    if on_behalf or on is None or on >= today:
        return None
    words = f"本单位登记的，日期就是登记当天 {today}；早先书面报来的，由{office}代为登记。"
    return RuleViolation(words, field)


def was_entered_late(on: date | None, recorded_at: datetime | None) -> bool:
    """补录: the day it bears lies before the one on which it was entered."""
    return on is not None and recorded_at is not None and on < day_of(recorded_at)
