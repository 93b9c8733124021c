"""What a reader of the statistics asked for, as the query string writes it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from indicators.sections import FIRST, SECTIONS, Section
from indicators.series import STEPS
from queries.register_filter import both_or_none, one_of
from rules.errors import RuleViolation
from rules.periods import Compare, Period, PeriodKind, parse_period, period_of

NO_COMPARISON = "none"
COMPARISONS = {
    Compare.YOY.value: "同比（上年同期）",
    Compare.MOM.value: "环比（上一期）",
    NO_COMPARISON: "不比较",
}


@dataclass(frozen=True)
class Asked:
    period: Period
    compare: Compare | None
    step: str
    section: Section = SECTIONS[FIRST]
    """Whose columns stand beside the units."""

    def to_args(self) -> dict[str, str]:
        """The query string again, without the unit."""
        found = {"period": self.period.text, "compare": self.compare.value if self.compare else NO_COMPARISON}
        section = "" if self.section.key == FIRST else self.section.key
        return found | {name: value for name, value in (("step", self.step), ("section", section)) if value}


def asked_from(args: Any, today: date) -> Asked:
    """This month beside the same month of last year, unless the address says otherwise. Two dates, where
    both are given, go before the written period. Raises RuleViolation naming the field."""
    section = SECTIONS[one_of(SECTIONS, args.get("section", ""), FIRST)]
    step = one_of({kind.value: kind for kind in STEPS}, args.get("step", ""), "")
    return Asked(_period(args, today), _compare(args.get("compare", "")), step, section)


def _period(args: Any, today: date) -> Period:
    days = both_or_none(_day(args, "from"), _day(args, "to"))
    if days is not None:
        return days
    text = args.get("period", "").strip()
    return parse_period(text) if text else period_of(today, PeriodKind.MONTH)


def _day(args: Any, field: str) -> date | None:
    text = args.get(field, "").strip()
    return parse_day(text, field) if text else None


def parse_day(text: str, field: str) -> date:
    """Raises RuleViolation on the field; years as for written periods."""
    try:
        period = parse_period(text)
    except RuleViolation as violation:
        raise RuleViolation(violation.message, field) from violation
    if period.kind is not PeriodKind.DAY:
        raise RuleViolation(f"日期“{text[:20]}”写法不对，请写成 2026-07-15。", field)
    return period.start


def _compare(text: str) -> Compare | None:
    if text not in ("", *COMPARISONS):
        raise RuleViolation(f"比较方式“{text[:10]}”不对，可选 yoy、mom、none。", "compare")
    return None if text == NO_COMPARISON else Compare(text or Compare.YOY.value)


def quick_periods(today: date) -> dict[str, Period]:
    month, year = period_of(today, PeriodKind.MONTH), period_of(today, PeriodKind.YEAR)
    return {
        "本周": period_of(today, PeriodKind.WEEK),
        "本月": month,
        "上月": month.previous(),
        "本季": period_of(today, PeriodKind.QUARTER),
        "本年": year,
        "去年": year.previous(),
    }
