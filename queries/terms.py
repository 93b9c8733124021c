"""What due dates are reckoned by: the shipped calendar and limits, and over them what the office has loaded or set."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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


@dataclass(frozen=True)
class OwnLimit:
    """A limit that the office has set, or means to set."""

    key: str
    days: int
    counted_in: str
    """`rules.time_limit_kinds.DayUnit`."""
    valid_from: date
    basis: str


def terms_of(session: Session) -> Terms:
    """Two statements. An office's year replaces the shipped one; its limit holds from its own day on, before one that
    is shipped with that day, and the one set last before an earlier one."""
    return _with_own(session, [own for _id, own in own_limits(session)])


def calendar_of(session: Session) -> WorkCalendar:
    """One statement."""
    years = session.execute(
        select(StoredYear.year, StoredYear.version, StoredYear.days).order_by(StoredYear.year)
    )
    return _calendar(tuple((year, version, days) for year, version, days in years))


def terms_with_year(session: Session, text: str) -> Terms:
    """The terms as they would be with this calendar file. Raises RuleViolations on a file that says something wrong."""
    terms = terms_of(session)
    return Terms(_with(terms.calendar, [read_calendar_csv(text)]), terms.limits)


def terms_with_limit(session: Session, added: OwnLimit) -> Terms:
    return _with_own(session, [added, *(own for _id, own in own_limits(session))])


def terms_without_limit(session: Session, limit_id: int) -> Terms:
    return _with_own(session, [own for row_id, own in own_limits(session) if row_id != limit_id])


def own_limits(session: Session) -> list[tuple[int, OwnLimit]]:
    """Id and limit of those that are not retired, the one set last first; one statement."""
    rows = session.scalars(
        select(TimeLimitRow).where(TimeLimitRow.retired_at.is_(None)).order_by(TimeLimitRow.id.desc())
    )
    return [(r.id, OwnLimit(r.key, r.days, r.counted_in, r.valid_from, r.basis)) for r in rows]


def _with_own(session: Session, own: list[OwnLimit]) -> Terms:
    """Of two versions of one day the first counts (`rules.time_limits.limit_on`)."""
    return Terms(calendar_of(session), (*_own_limits(own), *shipped_limits()))


@lru_cache(maxsize=8)
def _calendar(years: tuple[tuple[int, int, str], ...]) -> WorkCalendar:
    return _with(shipped_calendar(), [read_calendar_csv(text) for _year, _version, text in years])


def _with(calendar: WorkCalendar, years: Iterable[CalendarYear]) -> WorkCalendar:
    by_year = {y.year: y for y in calendar.years} | {y.year: y for y in years}
    return WorkCalendar(tuple(by_year[year] for year in sorted(by_year)))


def _own_limits(own: Iterable[OwnLimit]) -> list[TimeLimit]:
    """An office sets how long a limit is; what the limit is about stays as shipped."""
    shipped = {limit.key: limit for limit in sorted(shipped_limits(), key=lambda limit: limit.valid_from)}
    return [
        replace(
            shipped[limit.key],
            days=limit.days,
            unit=DayUnit(limit.counted_in),
            valid_from=limit.valid_from,
            basis=LimitBasis.LOCAL,
            article=limit.basis,
            in_use=True,
        )
        for limit in own
        if limit.key in shipped
    ]


@lru_cache(maxsize=1)
def shipped_calendar() -> WorkCalendar:
    files = sorted((DATA / "holidays").glob("*.csv"))
    return WorkCalendar(tuple(read_calendar_csv(file.read_text(encoding="utf-8")) for file in files))


@lru_cache(maxsize=1)
def shipped_limits() -> tuple[TimeLimit, ...]:
    return read_limits((DATA / "time_limits.toml").read_text(encoding="utf-8"))
