"""Which days are worked: weekdays but for the days off, and the weekend days worked instead (调休上班).

A calendar knows only the years it was given. About any other year it says so with `BeyondCalendar`; the two functions
that guess by weekdays alone have `guess` in their names, and who uses them marks the result 暂定.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from rules.errors import RuleViolation
from rules.taxonomy import Labelled

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class BeyondCalendar(RuleViolation):
    """The arrangement of `year` is not loaded."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year} 年的节假日安排还没有导入，算不出工作日。")
        self.year = year


class DayKind(Labelled):
    """类别 of a day in a notice"""

    OFF = "off", "休"
    WORK = "work", "班"


@dataclass(frozen=True)
class SpecialDay:
    """A day that a notice of 国务院办公厅 names, weekend days inside a holiday too."""

    day: date
    kind: DayKind
    name: str
    notice: str


@dataclass(frozen=True)
class CalendarYear:
    """What the notices for one year say; a notice may begin in the December before."""

    year: int
    days: tuple[SpecialDay, ...]

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(special.notice for special in self.days))


@dataclass(frozen=True)
class _Run:
    """Covered years without a gap between them; `worked` are the ordinals of all their working days, in order."""

    first_year: int
    last_year: int
    worked: tuple[int, ...]

    def day_at(self, place: int) -> date:
        if place < 0:
            raise BeyondCalendar(self.first_year - 1)
        if place >= len(self.worked):
            raise BeyondCalendar(self.last_year + 1)
        return date.fromordinal(self.worked[place])


@dataclass(frozen=True)
class WorkCalendar:
    """A value: two calendars of the same years are equal. Each question costs one search in a sorted list."""

    years: tuple[CalendarYear, ...] = ()

    def __post_init__(self) -> None:
        if len({year.year for year in self.years}) < len(self.years):
            raise RuleViolation("同一年的节假日安排给了两份。")

    def covers(self, day: date) -> bool:
        return day.year in self._runs

    def is_working_day(self, day: date) -> bool:
        """Raises BeyondCalendar."""
        self._run_of(day)
        return self._is_worked(day)

    def add_working_days(self, start: date, n: int) -> date:
        """The n-th working day after `start`, which is not counted; before it where n is negative; `start` for 0.

        Raises BeyondCalendar.
        """
        if n == 0:
            return start
        if n > 0:
            run = self._run_of(start + ONE_DAY)
            return run.day_at(bisect_right(run.worked, start.toordinal()) + n - 1)
        run = self._run_of(start - ONE_DAY)
        return run.day_at(bisect_left(run.worked, start.toordinal()) + n)

    def working_days_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`; negative where b is before a. Raises BeyondCalendar."""
        if b < a:
            return -self.working_days_between(b, a)
        if a == b:
            return 0
        run = self._run_of(a + ONE_DAY)
        if b.year > run.last_year:
            raise BeyondCalendar(run.last_year + 1)
        return bisect_right(run.worked, b.toordinal()) - bisect_right(run.worked, a.toordinal())

    def end_of_holiday_after(self, day: date) -> date:
        """`day` itself where it is worked, else the first working day after it (民法典第二百零三条).

        Raises BeyondCalendar.
        """
        run = self._run_of(day)
        return run.day_at(bisect_left(run.worked, day.toordinal()))

    def guess_working_days(self, start: date, n: int) -> date:
        """As `add_working_days`; in years that are not loaded, Monday to Friday count as worked."""
        try:
            return self.add_working_days(start, n)
        except BeyondCalendar:
            step, day = (ONE_DAY if n > 0 else -ONE_DAY), start
            for _ in range(abs(n)):
                day += step
                while not self._guess(day):
                    day += step
            return day

    def guess_working_days_between(self, a: date, b: date) -> int:
        """As `working_days_between`; in years that are not loaded, Monday to Friday count as worked."""
        try:
            return self.working_days_between(a, b)
        except BeyondCalendar:
            low, high = min(a, b), max(a, b)
            days = (low + timedelta(days=n) for n in range(1, (high - low).days + 1))
            count = sum(self._guess(day) for day in days)
            return count if a <= b else -count

    def special_days(self, a: date, b: date) -> tuple[SpecialDay, ...]:
        """Those after `a` up to and including `b` of the covered years, in order."""
        days, special = self._special_in_order, self._special
        return tuple(special[day] for day in days[bisect_right(days, a) : bisect_right(days, b)])

    def special_day(self, day: date) -> SpecialDay | None:
        return self._special.get(day)

    def _run_of(self, day: date) -> _Run:
        run = self._runs.get(day.year)
        if run is None:
            raise BeyondCalendar(day.year)
        return run

    def _is_worked(self, day: date) -> bool:
        special = self._special.get(day)
        return day.weekday() < SATURDAY if special is None else special.kind is DayKind.WORK

    def _guess(self, day: date) -> bool:
        return self._is_worked(day) if self.covers(day) else day.weekday() < SATURDAY

    @cached_property
    def _special(self) -> dict[date, SpecialDay]:
        """A later year's notice has the last word on the December before it."""
        covered = {year.year for year in self.years}
        in_order = sorted(self.years, key=lambda year: year.year)
        return {s.day: s for year in in_order for s in year.days if s.day.year in covered}

    @cached_property
    def _special_in_order(self) -> list[date]:
        return sorted(self._special)

    @cached_property
    def _runs(self) -> dict[int, _Run]:
        """By each year they cover."""
        runs = (_Run(first, last, tuple(self._worked(first, last))) for first, last in self._spans())
        return {year: run for run in runs for year in range(run.first_year, run.last_year + 1)}

    def _spans(self) -> Iterator[tuple[int, int]]:
        covered = {year.year for year in self.years}
        for first in sorted(year for year in covered if year - 1 not in covered):
            last = first
            while last + 1 in covered:
                last += 1
            yield first, last

    def _worked(self, first_year: int, last_year: int) -> Iterator[int]:
        first, last = date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal()
        return (n for n in range(first, last + 1) if self._is_worked(date.fromordinal(n)))
