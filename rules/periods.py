"""Periods that figures are made for: how they are written, named, compared and cut into parts.

Written forms (docs: the interfaces of the command line): `2021`, `2021H1`, `2021Q3`, `2021-07`, `2021-W30`
(ISO 8601 week), `2021-07-15`, `2021-07-01..2021-07-15`. Both ends belong to the period. `2021年`, `2021年7月` and
`2021年7月15日` are understood too.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rules.errors import RuleViolation

FIRST_YEAR = 1990
LAST_YEAR = 2100
ONE_DAY = timedelta(days=1)
WEDNESDAY = 2


class PeriodKind(StrEnum):
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    RANGE = "range"


class Compare(StrEnum):
    """What a figure is set beside: the same period a year earlier, or the period just before."""

    YOY = "yoy"
    MOM = "mom"

    @property
    def label(self) -> str:
        return {"yoy": "同比", "mom": "环比"}[self.value]


@dataclass(frozen=True)
class Period:
    """`start` and `end` are both inside; `text` is the canonical written form and parses back to the same."""

    kind: PeriodKind
    start: date
    end: date
    text: str

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def label(self) -> str:
        """The name in running text, e.g. 2021年第三季度."""
        return _LABELS[self.kind](self)

    @property
    def short_label(self) -> str:
        """The name on a chart's axis, where the year is already in the title."""
        return _SHORT_LABELS[self.kind](self)

    def previous(self) -> "Period":
        """The period of the same kind just before (环比); for a range, as many days just before it."""
        day_before = self.start - ONE_DAY
        if self.kind is PeriodKind.RANGE:
            return day_range(self.start - timedelta(days=self.days), day_before)
        return period_of(day_before, self.kind)

    def year_before(self) -> "Period":
        """The same period a year earlier (同比).

        A week keeps its ISO number; a 53rd week is set beside the 52nd where the year before has only 52.
        29 February is set beside 28 February; a range is moved by its two ends.
        """
        if self.kind is PeriodKind.WEEK:
            return _week_a_year_before(self.start)
        if self.kind is PeriodKind.RANGE:
            return day_range(_a_year_before(self.start), _a_year_before(self.end))
        return period_of(_a_year_before(self.start), self.kind)

    def compared(self, compare: Compare) -> "Period":
        return self.year_before() if compare is Compare.YOY else self.previous()

    def parts(self, granularity: PeriodKind) -> list["Period"]:
        """Whole periods of that kind, in order, covering this one; a piece cut off by an end becomes a range."""
        pieces = []
        day = self.start
        while day <= self.end:
            whole = period_of(day, granularity)
            inside = whole.start >= self.start and whole.end <= self.end
            pieces.append(whole if inside else day_range(day, min(whole.end, self.end)))
            day = whole.end + ONE_DAY
        return pieces

    def whole_months(self) -> int:
        """Calendar months that lie wholly inside."""
        return sum(part.kind is PeriodKind.MONTH for part in self.parts(PeriodKind.MONTH))

    def until(self, as_of: date) -> "Period | None":
        """What of the period has come by `as_of` (that day counts); None where it has not begun."""
        if as_of >= self.end:
            return self
        return day_range(self.start, as_of) if as_of >= self.start else None


def parse_period(text: str) -> Period:
    """Read one of the written forms; raises RuleViolation on field `period`. Full-width digits are taken too."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    for pattern, build in _FORMS:
        if found := re.fullmatch(pattern, plain):
            return _built(build, found.groups(), text)
    raise _unreadable(text)


def period_of(day: date, kind: PeriodKind) -> Period:
    """The period of that kind which holds the day; for RANGE, the day alone."""
    return _BUILDERS[kind](day)


def day_range(start: date, end: date) -> Period:
    """From one day to another, both inside."""
    if end < start:
        raise RuleViolation(f"期间的止日 {end} 早于起日 {start}。", "period")
    return Period(PeriodKind.RANGE, start, end, f"{start}..{end}")


def weekdays(period: Period, weekday: int) -> list[date]:
    """Every such day in the period, in order; 0 is Monday."""
    first = period.start + timedelta(days=(weekday - period.start.weekday()) % 7)
    return [first + timedelta(weeks=n) for n in range((period.end - first).days // 7 + 1)]


def wednesdays(period: Period) -> list[date]:
    """The days on which every village owes a session."""
    return weekdays(period, WEDNESDAY)


def _unreadable(text: str) -> RuleViolation:
    return RuleViolation(
        f"看不懂期间“{text.strip()[:40]}”。可写：2021、2021H1、2021Q3、2021-07、2021-W30、2021-07-15、2021-07-01..2021-07-15。",
        "period",
    )


def _built(build: Callable[..., Period], groups: tuple[str, ...], text: str) -> Period:
    for year in (int(group[:4]) for group in groups if len(group) >= 4):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise RuleViolation(f"期间的年份应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间，填的是 {year}。", "period")
    try:
        return build(*groups)
    except RuleViolation:
        raise
    except ValueError as error:
        raise RuleViolation(f"期间“{text.strip()}”不存在，请核对月、周或日。", "period") from error


def _months(kind: PeriodKind, first: date, count: int, text: str) -> Period:
    last_month = first.month + count - 1
    end = date(first.year, last_month, monthrange(first.year, last_month)[1])
    return Period(kind, first, end, text)


def _year(day: date) -> Period:
    return _months(PeriodKind.YEAR, date(day.year, 1, 1), 12, f"{day.year}")


def _half(day: date) -> Period:
    half = (day.month - 1) // 6
    return _months(PeriodKind.HALF, date(day.year, half * 6 + 1, 1), 6, f"{day.year}H{half + 1}")


def _quarter(day: date) -> Period:
    quarter = (day.month - 1) // 3
    return _months(PeriodKind.QUARTER, date(day.year, quarter * 3 + 1, 1), 3, f"{day.year}Q{quarter + 1}")


def _month(day: date) -> Period:
    return _months(PeriodKind.MONTH, day.replace(day=1), 1, f"{day.year}-{day.month:02}")


def _week(day: date) -> Period:
    year, week, _ = day.isocalendar()
    monday = date.fromisocalendar(year, week, 1)
    return Period(PeriodKind.WEEK, monday, monday + timedelta(days=6), f"{year}-W{week:02}")


def _day(day: date) -> Period:
    return Period(PeriodKind.DAY, day, day, day.isoformat())


_BUILDERS: dict[PeriodKind, Callable[[date], Period]] = {
    PeriodKind.YEAR: _year,
    PeriodKind.HALF: _half,
    PeriodKind.QUARTER: _quarter,
    PeriodKind.MONTH: _month,
    PeriodKind.WEEK: _week,
    PeriodKind.DAY: _day,
    PeriodKind.RANGE: lambda day: day_range(day, day),
}

_DATE = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
_FORMS: list[tuple[str | re.Pattern[str], Callable[..., Period]]] = [
    (re.compile(r"([0-9]{4})年?"), lambda year: _year(date(int(year), 1, 1))),
    (r"([0-9]{4})H([12])", lambda year, half: _half(date(int(year), int(half) * 6, 1))),
    (r"([0-9]{4})Q([1-4])", lambda year, quarter: _quarter(date(int(year), int(quarter) * 3, 1))),
    (
        re.compile(r"([0-9]{4})年([0-9]{1,2})月份?"),
        lambda year, month: _month(date(int(year), int(month), 1)),
    ),
    (
        re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日"),
        lambda year, month, day: _day(date(int(year), int(month), int(day))),
    ),
    (r"([0-9]{4})-([0-9]{2})", lambda year, month: _month(date(int(year), int(month), 1))),
    (r"([0-9]{4})-W([0-9]{2})", lambda year, week: _week(date.fromisocalendar(int(year), int(week), 1))),
    (_DATE, lambda day: _day(date.fromisoformat(day))),
    (
        rf"{_DATE}\.\.{_DATE}",
        lambda start, end: day_range(date.fromisoformat(start), date.fromisoformat(end)),
    ),
]


def _a_year_before(day: date) -> date:
    """The same day of the year before; 29 February becomes 28 February."""
    last = monthrange(day.year - 1, day.month)[1]
    return date(day.year - 1, day.month, min(day.day, last))


def _week_a_year_before(monday: date) -> Period:
    year, week, _ = monday.isocalendar()
    last_week = date(year - 1, 12, 28).isocalendar().week  # 28 December is always in a year's last ISO week
    return _week(date.fromisocalendar(year - 1, min(week, last_week), 1))


def _day_name(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _span_name(start: date, end: date) -> str:
    """7月26日—8月1日; the years appear only where they differ."""
    if start.year != end.year:
        return f"{_day_name(start)}—{_day_name(end)}"
    return f"{start.month}月{start.day}日—{end.month}月{end.day}日"


def _range_label(period: Period) -> str:
    if period.start == period.end:
        return _day_name(period.start)
    year = f"{period.start.year}年" if period.start.year == period.end.year else ""
    return year + _span_name(period.start, period.end)


def _week_label(period: Period) -> str:
    year, week, _ = period.start.isocalendar()
    return f"{year}年第{week}周（{_span_name(period.start, period.end)}）"


_LABELS: dict[PeriodKind, Callable[[Period], str]] = {
    PeriodKind.YEAR: lambda p: f"{p.start.year}年",
    PeriodKind.HALF: lambda p: f"{p.start.year}年{'上' if p.start.month == 1 else '下'}半年",
    PeriodKind.QUARTER: lambda p: f"{p.start.year}年第{'一二三四'[p.start.month // 3]}季度",
    PeriodKind.MONTH: lambda p: f"{p.start.year}年{p.start.month}月",
    PeriodKind.WEEK: _week_label,
    PeriodKind.DAY: lambda p: _day_name(p.start),
    PeriodKind.RANGE: _range_label,
}


def _short_range(period: Period) -> str:
    first, last = (f"{day.month}/{day.day}" for day in (period.start, period.end))
    return first if first == last else f"{first}–{last}"


_SHORT_LABELS: dict[PeriodKind, Callable[[Period], str]] = {
    PeriodKind.YEAR: lambda p: f"{p.start.year}年",
    PeriodKind.HALF: lambda p: "上半年" if p.start.month == 1 else "下半年",
    PeriodKind.QUARTER: lambda p: f"{'一二三四'[p.start.month // 3]}季度",
    PeriodKind.MONTH: lambda p: f"{p.start.month}月",
    PeriodKind.WEEK: lambda p: f"{p.start.isocalendar().week}周",
    PeriodKind.DAY: _short_range,
    PeriodKind.RANGE: _short_range,
}
