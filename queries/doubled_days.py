"""双人双岗: days of special periods on which two different people stand in each post of a desk.

A period binds the desk of the office that declared it and those of all units below.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.duty_desk import SpecialPeriod
from models.roster import RosterScheme

ROUND_THE_CLOCK = ("duty", "special")
"""`rules.roster_words.RosterKind` of rotas that keep a desk."""
_ONE_DAY = timedelta(days=1)


def is_in_line(unit_path: str) -> ColumnElement[bool]:
    """Whether a period was declared by a unit or by one above it."""
    return SpecialPeriod.unit_id.in_([int(part) for part in unit_path.split("/") if part])


def doubled_days(session: Session, scheme: RosterScheme, first: date, last: date) -> frozenset[date]:
    """One statement; none for reception days and village Wednesdays."""
    if scheme.kind not in ROUND_THE_CLOCK:
        return frozenset()
    statement: Any = select(SpecialPeriod.first_day, SpecialPeriod.last_day).where(
        SpecialPeriod.voided_at.is_(None),
        SpecialPeriod.doubled,
        is_in_line(scheme.unit.path),
        SpecialPeriod.last_day >= first,
        SpecialPeriod.first_day <= last,
    )
    return frozenset(
        day
        for begins, ends in session.execute(statement)
        for day in _days(max(begins, first), min(ends, last))
    )


def _days(first: date, last: date) -> list[date]:
    return [first + n * _ONE_DAY for n in range((last - first).days + 1)]
