"""What the schedule of leaders' reception days (接访安排) must satisfy. Pure: plain values in, refusals out.

A day once published moves only with a reason: put off to a later day (遇节假日顺延), or swapped with another leader's.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from rules.errors import RuleViolation
from rules.periods import Period, PeriodKind, parse_period

MOST_ROWS = 62
"""Of one month entered at once: two leaders a day."""


@dataclass(frozen=True)
class ScheduledValues:
    """One leader's reception day as entered."""

    day: date | None
    leader_name: str
    starts_at: time | None = None
    ends_at: time | None = None


def check_scheduled(values: ScheduledValues, today: date) -> list[RuleViolation]:
    """Every refusal at once. A schedule reaches from the year before to the end of the next year."""
    found = []
    if values.day is None:
        found.append(RuleViolation("请填写接访日期。", "day"))
    else:
        found += _far_days(values.day, today)
    if not values.leader_name.strip():
        found.append(RuleViolation("请填写领导姓名。", "leader_name"))
    if values.ends_at and not values.starts_at:
        found.append(RuleViolation("请填写开始时间，或者两个时间都不填。", "starts_at"))
    if values.starts_at and values.ends_at and values.ends_at <= values.starts_at:
        found.append(RuleViolation("结束时间应晚于开始时间。", "ends_at"))
    return found


def _far_days(day: date, today: date) -> Iterator[RuleViolation]:
    if abs(day.year - today.year) > 1:
        yield RuleViolation(f"接访日期 {day} 离今天太远，只排上年、今年和明年的，请核对年份。", "day")


def check_postponement(day: date, later: date | None, today: date) -> list[RuleViolation]:
    """A reception day is put off, never brought forward: people have read the notice."""
    if later is None:
        return [RuleViolation("请填写延期后的日期。", "day")]
    if later <= day:
        return [RuleViolation(f"延期后的日期应晚于原定的 {day}。", "day")]
    return list(_far_days(later, today))


def month_of(text: str) -> Period:
    """A month as an address or a form writes it. Raises RuleViolation on `month`."""
    try:
        period = parse_period(text)
    except RuleViolation:
        period = None
    if period is None or period.kind is not PeriodKind.MONTH:
        raise RuleViolation(f"月份“{text.strip()[:20]}”写法不对，请写成 2026-08。", "month")
    return period


_DAY_ALONE = re.compile(r"(\d{1,2})[日号]?")
_MONTH_AND_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")
_WHOLE_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def day_in_month(text: str, month: Period) -> date:
    """A day typed in the table of a month: 5, 8-5, 8月5日 or 2026-08-05. Raises RuleViolation on `day`."""
    plain = unicodedata.normalize("NFKC", text).strip()
    day = _typed_day(plain, month)
    if day is None:
        raise RuleViolation(f"日期“{plain[:20]}”看不懂，写几号就行，例如 5。", "day")
    if day not in month:
        raise RuleViolation(f"{day} 不在{month.label}。", "day")
    return day


def _typed_day(plain: str, month: Period) -> date | None:
    year, of_year = month.start.year, month.start.month
    if found := _DAY_ALONE.fullmatch(plain):
        parts = (year, of_year, int(found[1]))
    elif found := _MONTH_AND_DAY.fullmatch(plain):
        parts = (year, int(found[1]), int(found[2]))
    elif found := _WHOLE_DAY.fullmatch(plain):
        parts = (int(found[1]), int(found[2]), int(found[3]))
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None
