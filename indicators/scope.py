"""What figures are made for: a unit and everything below it, a period, the day of the report."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from models.organisation import Unit
from queries.office_rules import GROUP_VISIT_PERSONS, SESSION_WEEKDAY, RuleBook, rule_book
from queries.scope import is_county
from rules.periods import ONE_DAY, Compare, Period, PeriodKind, day_range


@dataclass(frozen=True)
class FigureScope:
    """`as_of` is the day on which the report is made: what is due after it is not counted, what is due on it is."""

    unit_id: int
    unit_label: str
    unit_code: str
    unit_path: str
    is_county: bool
    """The county's row: the root, or a 县委县政府. Sealed matters count here only."""
    period: Period
    as_of: date
    rules: RuleBook

    @property
    def last_day(self) -> date:
        """The last day of the period that has come; the day of the report where it has not begun."""
        return min(self.period.end, self.as_of)

    @property
    def group_threshold(self) -> int:
        """集体访: as many persons or more, as in force at the period's end."""
        return self.rules.on(GROUP_VISIT_PERSONS, self.last_day)

    @property
    def session_days(self) -> list[date]:
        """The days of the period, come already, on which every village owes a session: one a week."""
        monday = self.period.start - timedelta(days=self.period.start.weekday())
        days = []
        while monday <= self.last_day:
            day = monday + timedelta(days=self.rules.on(SESSION_WEEKDAY, monday) - 1)
            if self.period.start <= day <= self.last_day:
                days.append(day)
            monday += timedelta(weeks=1)
        return days

    def compared(self, compare: Compare) -> "FigureScope":
        """The scope to set beside this one: the same unit, an earlier period."""
        return replace(self, period=comparable(self.period, self.as_of, compare))


def figure_scope(session: Session, unit: Unit, period: Period, as_of: date) -> FigureScope:
    """One statement, for the office's rules."""
    return FigureScope(
        unit.id, unit.label, unit.code, unit.path, is_county(unit), period, as_of, rule_book(session)
    )


def comparable(period: Period, as_of: date, compare: Compare) -> Period:
    """What to set a period beside. One that still runs is set beside as much of the earlier one, so that
    half a year is never measured against a whole: on 15 July, 2026 stands beside 1 January to 15 July 2025.
    """
    earlier = period.compared(compare)
    if not period.start <= as_of < period.end:
        return earlier
    if compare is Compare.YOY and period.kind is not PeriodKind.WEEK:
        return day_range(period.start, as_of).year_before()
    elapsed = (as_of - period.start).days
    return day_range(earlier.start, min(earlier.start + elapsed * ONE_DAY, earlier.end))
