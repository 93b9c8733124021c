"""How often somebody has been on duty, by class of day (工作日、周末、法定节假日、春节)."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.roster import Duty, Roster
from queries.roster_rows import in_force
from queries.terms import calendar_of
from rules.duty_changes import PART_SEAT
from rules.roster_days import day_class
from rules.roster_words import DayClass

COUNTED_BACK = timedelta(days=365)


def own_account(session: Session, person_id: int, now: datetime) -> dict[DayClass, int]:
    """Duties of the last year that are over, of every published roster; a divided one counts for the longer part. Two
    statements."""
    days = session.scalars(
        select(Duty.day)
        .join(Roster, Roster.id == Duty.roster_id)
        .where(
            in_force(),
            Duty.person_id == person_id,
            Duty.starts_at > now - COUNTED_BACK,
            Duty.ends_at <= now,
            Duty.seat < PART_SEAT,
        )
    )
    calendar = calendar_of(session)
    counted = Counter(day_class(day, calendar) for day in days)
    return {kind: counted[kind] for kind in DayClass}
