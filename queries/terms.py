"""What due dates are reckoned by: the shipped calendar and limits, and over them what the office has loaded or set."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.deadline import CalendarYear as StoredYear
from models.deadline import TimeLimitRow
from rules.calendar_effects import Terms
from rules.calendar_sheet import read_calendar_csv
from rules.time_limit_file import read_limits
from rules.time_limit_kinds import DayUnit, LimitBasis, TimeLimit
from rules.work_calendar import CalendarYear, WorkCalendar

DATA = Path(__file__).resolve().parent.parent / "data"


def terms_of(session: Session) -> Terms:
    """Two statements. An office's year replaces the shipped one; its limit holds from its own day on, before one that
    is shipped with that day, and the one set last before an earlier one."""
    years = session.execute(
        select(StoredYear.year, StoredYear.version, StoredYear.days).order_by(StoredYear.year)
    )
    rows = session.scalars(
        select(TimeLimitRow).where(TimeLimitRow.retired_at.is_(None)).order_by(TimeLimitRow.id.desc())
    )
    own = tuple((r.key, r.days, r.counted_in, r.valid_from, r.basis) for r in rows)
    return _terms(tuple((year, version, days) for year, version, days in years), own)


def terms_with_year(session: Session, text: str) -> Terms:
    """The terms as they would be with this calendar file. Raises RuleViolation on a file that says something wrong."""
    terms = terms_of(session)
    return Terms(_with(terms.calendar, [read_calendar_csv(text)]), terms.limits)


@lru_cache(maxsize=8)
def _terms(
    years: tuple[tuple[int, int, str], ...], own: tuple[tuple[str, int, str, date, str], ...]
) -> Terms:
    calendar = _with(shipped_calendar(), [read_calendar_csv(text) for _year, _version, text in years])
    return Terms(calendar, (*_own_limits(own), *shipped_limits()))


def _with(calendar: WorkCalendar, years: Iterable[CalendarYear]) -> WorkCalendar:
    by_year = {y.year: y for y in calendar.years} | {y.year: y for y in years}
    return WorkCalendar(tuple(by_year[year] for year in sorted(by_year)))


def _own_limits(rows: Iterable[tuple[str, int, str, date, str]]) -> list[TimeLimit]:
    """An office sets how long a limit is; what the limit is about stays as shipped."""
    shipped = {limit.key: limit for limit in shipped_limits()}
    return [
        replace(
            shipped[key],
            days=days,
            unit=DayUnit(unit),
            valid_from=since,
            basis=LimitBasis.LOCAL,
            article=basis,
            in_use=True,
        )
        for key, days, unit, since, basis in rows
        if key in shipped
    ]


@lru_cache(maxsize=1)
def shipped_calendar() -> WorkCalendar:
    files = sorted((DATA / "holidays").glob("*.csv"))
    return WorkCalendar(tuple(read_calendar_csv(file.read_text(encoding="utf-8")) for file in files))


@lru_cache(maxsize=1)
def shipped_limits() -> tuple[TimeLimit, ...]:
    return read_limits((DATA / "time_limits.toml").read_text(encoding="utf-8"))
