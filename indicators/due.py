"""What should have been done: expected slots by unit."""

from bisect import bisect_left, bisect_right
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from indicators.scope import FigureScope
from models.organisation import Unit
from queries.meeting_quota import TOWNSHIPS
from queries.village_sessions import villages_below
from rules.meeting_rules import A_MONTH, months_due
from rules.meeting_words import MeetingLevel


def village_sessions_due(session: Session, scopes: list[FigureScope]) -> list[dict[int, int]]:
    """For each scope of one unit {village: sessions owed on the days it was in being}; one statement for all.

    Agrees with `queries.village_sessions.sessions_due`.
    """
    columns = (Unit.id, Unit.valid_from, Unit.valid_to)
    villages = session.execute(villages_below(scopes[0].unit_path).with_only_columns(*columns)).all()
    days = [scope.session_days for scope in scopes]
    return [{unit_id: _days_in_being(ds, first, last) for unit_id, first, last in villages} for ds in days]


def _days_in_being(days: list[date], first: date | None, last: date | None) -> int:
    begin = bisect_left(days, first) if first else 0
    end = bisect_right(days, last) if last else len(days)
    return max(0, end - begin)


def township_meetings_due(session: Session, scopes: list[FigureScope]) -> list[dict[int, int]]:
    """For each scope of one unit {township: meetings owed}: so many for each calendar month that lies wholly inside the
    period and is over; one statement for all. Agrees with `queries.meeting_quota`.
    """
    columns = (Unit.id, Unit.valid_to)
    inside = Unit.path.startswith(scopes[0].unit_path)
    townships = session.execute(select(*columns).where(inside, Unit.category.in_(TOWNSHIPS))).all()
    months = [months_due(scope.period, scope.as_of) for scope in scopes]
    a_month = A_MONTH[MeetingLevel.TOWNSHIP]
    return [
        {
            unit_id: a_month * sum(last_day is None or end <= last_day for end in ends)
            for unit_id, last_day in townships
        }
        for ends in months
    ]
