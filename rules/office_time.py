"""The office's wall clock and the moments that are stored: Asia/Shanghai against naive UTC."""

from datetime import date, datetime, time, timedelta

OFFICE_OFFSET = timedelta(hours=8)
"""Asia/Shanghai has kept UTC+8 without summer time since 1991."""


def day_begins(day: date) -> datetime:
    """The stored moment (naive UTC) at which a day of the office begins."""
    return datetime.combine(day, time()) - OFFICE_OFFSET


def day_of(moment: datetime) -> date:
    """The day of the office on which a stored moment (naive UTC) lies."""
    return (moment + OFFICE_OFFSET).date()
