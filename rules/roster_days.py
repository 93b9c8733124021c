"""Which days have duty, and in which account each of them counts.

A day off that a notice of 国务院办公厅 names is 法定节假日 with all its length, the weekend days and exchanged days inside the
holiday too (10月1日至7日, not only the three paid days of 全国年节及纪念日放假办法): who is on duty then is away from the
family's holiday alike. Where the notice calls the holiday 春节, it is 春节. A weekend day worked instead (调休上班) is a
工作日. Days of years whose arrangement is not loaded are judged by the weekday alone, and are provisional (暂定).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rules.errors import RuleViolation
from rules.periods import PeriodKind, day_range
from rules.roster import Post, Slot
from rules.roster_words import DayClass, Pattern
from rules.work_calendar import SATURDAY, DayKind, WorkCalendar

SPRING_FESTIVAL_NAMES = ("春节", "除夕")
LONGEST_PUT_OFF = timedelta(days=31)
"""No holiday is as long: days that are put off into a period begin no earlier before it."""
ONE_DAY = timedelta(days=1)


def day_class(day: date, calendar: WorkCalendar) -> DayClass:
    """The account of `day`; by its weekday alone where `is_provisional`."""
    special = calendar.special_day(day)
    if special is not None and special.kind is DayKind.OFF:
        is_spring = any(name in special.name for name in SPRING_FESTIVAL_NAMES)
        return DayClass.SPRING_FESTIVAL if is_spring else DayClass.HOLIDAY
    if special is None and day.weekday() >= SATURDAY:
        return DayClass.WEEKEND
    return DayClass.WORKDAY


def is_provisional(day: date, calendar: WorkCalendar) -> bool:
    """Whether the arrangement of that year is not loaded yet (暂定)."""
    return not calendar.covers(day)


def duty_days(
    pattern: Pattern,
    days: Collection[int],
    first: date,
    last: date,
    calendar: WorkCalendar,
    put_off: bool = False,
) -> tuple[date, ...]:
    """The days from `first` to `last`, both inside, on which there is duty, in order.

    `days` are weekdays from 1, Monday, to 7 for WEEKLY; days of the month for MONTHLY, where a month that has no such
    day takes its last one; unread for DAILY. With `put_off`, a day off gives way to the next working day (遇节假日顺延).
    A day belongs to the period it is put off into, so that two periods side by side lose none and have none twice.
    """
    if pattern is Pattern.DAILY:
        return tuple(_each_day(first, last))
    _refuse_wrong(pattern, days)
    fixed = _weekly(days, first, last) if pattern is Pattern.WEEKLY else _monthly(days, first, last)
    moved = {_next_worked(day, calendar) if put_off else day for day in fixed}
    return tuple(sorted(day for day in moved if first <= day <= last))


def slots_of(posts: Iterable[Post], days: Iterable[date]) -> tuple[Slot, ...]:
    """Every seat of every post on each day, by day, then as the posts come."""
    listed = tuple(posts)
    return tuple(Slot(day, post.id, seat) for day in days for post in listed for seat in range(post.need))


def classes_of(days: Iterable[date], calendar: WorkCalendar) -> dict[date, DayClass]:
    return {day: day_class(day, calendar) for day in days}


def provisional_days(days: Iterable[date], calendar: WorkCalendar) -> frozenset[date]:
    return frozenset(day for day in days if is_provisional(day, calendar))


@dataclass(frozen=True)
class ChangedDay:
    """A day that was planned as one class and, since the year's arrangement is known, is of another."""

    day: date
    was: DayClass
    now: DayClass


def changed_days(planned: Mapping[date, DayClass], calendar: WorkCalendar) -> tuple[ChangedDay, ...]:
    """`planned`: days that were provisional then. Those that still are have not changed."""
    now = classes_of(planned, calendar)
    return tuple(
        ChangedDay(day, planned[day], now[day]) for day in sorted(planned) if now[day] is not planned[day]
    )


def _refuse_wrong(pattern: Pattern, days: Collection[int]) -> None:
    most, word = (7, "星期填 1 至 7") if pattern is Pattern.WEEKLY else (31, "日期填 1 至 31")
    if not days or not all(1 <= number <= most for number in days):
        raise RuleViolation(f"{pattern.label}值班的日子不对，{word}。", "days")


def _each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _weekly(weekdays: Collection[int], first: date, last: date) -> Iterator[date]:
    return (day for day in _each_day(first - LONGEST_PUT_OFF, last) if day.isoweekday() in weekdays)


def _monthly(numbers: Collection[int], first: date, last: date) -> Iterator[date]:
    if last < first:
        return
    for month in day_range((first - LONGEST_PUT_OFF).replace(day=1), last).parts(PeriodKind.MONTH):
        length = (month.start.replace(day=28) + timedelta(days=4)).replace(day=1) - month.start.replace(day=1)
        for number in numbers:
            yield month.start.replace(day=min(number, length.days))


def _next_worked(day: date, calendar: WorkCalendar) -> date:
    while day_class(day, calendar) is not DayClass.WORKDAY:
        day += ONE_DAY
    return day
