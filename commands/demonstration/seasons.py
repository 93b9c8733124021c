"""When people come: by weekday, holiday and season; which matters come when."""

from collections.abc import Iterator
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
WEDNESDAY = 2

_WEEKDAYS = (1.35, 1.1, 1.0, 0.95, 0.85, 0.05, 0.03)
_MONTHS = (1.15, 0.8, 1.2, 1.05, 0.95, 0.95, 0.9, 0.95, 1.05, 0.9, 1.1, 1.15)
_SPRING_FESTIVALS = (
    date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26),
    date(2029, 2, 13), date(2030, 2, 3), date(2031, 1, 23), date(2032, 2, 11), date(2033, 1, 31), date(2034, 2, 19),
)  # fmt: skip
_FESTIVAL_OF_YEAR = {day.year: day for day in _SPRING_FESTIVALS}

_SEASONS: dict[str, tuple[tuple[tuple[int, int], tuple[int, int]], float, float]] = {
    # from (month, day) to (month, day), weight inside, weight outside
    "spring": (((2, 20), (5, 10)), 2.2, 0.7),
    "heating": (((11, 5), (3, 15)), 3.0, 0.1),
    "handover": (((10, 8), (12, 31)), 1.6, 0.85),
    "flood": (((6, 15), (9, 15)), 3.0, 0.2),
    "school": (((7, 1), (9, 15)), 3.2, 0.25),
    "harvest": (((6, 1), (7, 10)), 4.0, 0.6),
    "winter": (((11, 15), (2, 28)), 2.2, 0.3),
    "summer": (((6, 1), (9, 30)), 2.0, 0.6),
}
_WAGES_DAYS, _WAGES_INSIDE, _WAGES_OUTSIDE = 50, 4.5, 0.6


def days(first: date, last: date) -> Iterator[date]:
    """Both ends included."""
    while first <= last:
        yield first
        first += ONE_DAY


def spring_festival(year: int) -> date:
    return _FESTIVAL_OF_YEAR.get(year, date(year, 2, 5))


def is_holiday(day: date) -> bool:
    """The long holidays, on which only the duty desk is open (the day of the month, roughly)."""
    if (
        (day.month, day.day) == (1, 1)
        or (day.month == 5 and day.day <= 5)
        or (day.month == 10 and day.day <= 7)
    ):
        return True
    return -1 <= (day - spring_festival(day.year)).days <= 6


def is_office_day(day: date) -> bool:
    return day.weekday() < 5 and not is_holiday(day)


def day_weight(day: date) -> float:
    """How many come, against an average day."""
    return 0.02 if is_holiday(day) else _WEEKDAYS[day.weekday()] * _MONTHS[day.month - 1]


def season_weight(season: str, day: date) -> float:
    """How often a seasonal matter comes on a day, against the average; `wages` rises before the New Year."""
    if not season:
        return 1.0
    if season == "wages":
        until = (spring_festival(day.year) - day).days
        until = until if until >= 0 else (spring_festival(day.year + 1) - day).days
        return _WAGES_INSIDE if until <= _WAGES_DAYS else _WAGES_OUTSIDE
    (start, end), inside, outside = _SEASONS[season]
    here = (day.month, day.day)
    within = start <= here <= end if start <= end else here >= start or here <= end
    return inside if within else outside
