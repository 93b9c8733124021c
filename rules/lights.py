"""正常, 临期, 当日, 超期: how near a due date is, counted in working days.

`near_until` is the twin for SQL: a due date is 临期 exactly when it lies after today and no later than that day. Where
the calendar does not reach, Monday to Friday count as worked: a warning may be early or late by a day, never missing.
"""

from dataclasses import dataclass
from datetime import date

from rules.errors import RuleViolation
from rules.taxonomy import Labelled
from rules.work_calendar import WorkCalendar

MOST_NEAR_DAYS = 20


class Light(Labelled):
    """Where a clock stands; the last two are closed."""

    NORMAL = "normal", "正常"
    NEAR = "near", "临期"
    TODAY = "today", "当日"
    OVERDUE = "overdue", "超期"
    MET = "met", "按期完成"
    MET_LATE = "met_late", "超期完成"


@dataclass(frozen=True)
class Ladder:
    """From how many working days before the due date a clock is 临期; 0 gives no warning."""

    near_days: int = 3

    def __post_init__(self) -> None:
        if not 0 <= self.near_days <= MOST_NEAR_DAYS:
            raise RuleViolation(f"提前提醒的工作日数应在 0 到 {MOST_NEAR_DAYS} 之间。", "near_days")


def light(due_on: date, met_on: date | None, today: date, ladder: Ladder, calendar: WorkCalendar) -> Light:
    """Late stays late: what was met after `due_on` is 超期完成, whatever is entered afterwards."""
    if met_on is not None:
        return Light.MET if met_on <= due_on else Light.MET_LATE
    if due_on <= today:
        return Light.TODAY if due_on == today else Light.OVERDUE
    return Light.NEAR if due_on <= near_until(today, ladder, calendar) else Light.NORMAL


def warning_day(due_on: date, ladder: Ladder, calendar: WorkCalendar) -> date:
    """The first day of 临期: so many working days before `due_on`, itself a working day; `due_on` for 0."""
    return calendar.guess_working_days(due_on, -ladder.near_days)


def near_until(today: date, ladder: Ladder, calendar: WorkCalendar) -> date:
    """The last due date that is 临期 today: `warning_day(due) <= today` exactly when `due <= near_until(today)`."""
    return calendar.guess_working_days(today, ladder.near_days)
