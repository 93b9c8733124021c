"""A day and an hour typed in two fields, as the stored moment (naive UTC)."""

from datetime import date, datetime, time, timedelta

from rules.errors import RuleViolation
from rules.office_time import OFFICE_OFFSET
from web import clock


def moment_of(day: date | None, hour: time | None) -> datetime | None:
    """None unless both were typed."""
    return datetime.combine(day, hour) - OFFICE_OFFSET if day and hour else None


def limit_of(day: date | None, hour: time | None, since: datetime) -> datetime | None:
    """A limit; an hour alone means its next coming after `since`. Raises RuleViolation on `due_at`."""
    if day and not hour:
        raise RuleViolation("请填写时限是几点几分。", "due_at")
    if hour and not day:
        limit = datetime.combine(clock.local(since).date(), hour) - OFFICE_OFFSET
        return limit if limit > since else limit + timedelta(days=1)
    return moment_of(day, hour)


def typed_in_two(moment: datetime | None, day_field: str, hour_field: str) -> dict[str, date | time | None]:
    """A stored moment as the values of two fields."""
    local = clock.local(moment) if moment else None
    return {
        day_field: local.date() if local else None,
        hour_field: local.time().replace(second=0, microsecond=0) if local else None,
    }
