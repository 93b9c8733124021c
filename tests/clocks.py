"""The shipped calendar and limits, read once for the tests."""

from datetime import date
from pathlib import Path

from rules.calendar_sheet import read_calendar_csv
from rules.time_limit_file import read_limits
from rules.time_limits import limit_on, reckon
from rules.work_calendar import WorkCalendar

DATA = Path(__file__).parents[1] / "data"
YEARS = {
    int(path.stem): read_calendar_csv(path.read_text(encoding="utf-8"))
    for path in sorted((DATA / "holidays").glob("*.csv"))
}
CALENDAR = WorkCalendar(tuple(YEARS.values()))
LIMITS = read_limits((DATA / "time_limits.toml").read_text(encoding="utf-8"))


def day(text: str) -> date:
    return date.fromisoformat(text)


def due(key: str, start: str, calendar: WorkCalendar = CALENDAR, **facts):
    """Reckoned by the version in force on the start day."""
    return reckon(limit_on(LIMITS, key, day(start)), day(start), calendar, **facts)
