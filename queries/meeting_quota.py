"""How many joint meetings each office held and owes, month by month (应开、已开、还差)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.meeting import Meeting
from models.organisation import Unit
from queries.scope import in_scope_of, is_root
from rules.meeting_rules import A_MONTH, COUNTED_KINDS, COUNTED_STATES, missing
from rules.meeting_words import MeetingLevel
from rules.roles import Actor, Permission
from rules.taxonomy import TOWNSHIP_LEVEL

COUNTED = (
    Meeting.kind.in_([kind.value for kind in COUNTED_KINDS]),
    Meeting.state.in_([state.value for state in COUNTED_STATES]),
)
"""What every meeting that counts must meet, besides not being void."""
TOWNSHIPS = tuple(sorted(category.value for category in TOWNSHIP_LEVEL))


@dataclass(frozen=True)
class QuotaMonth:
    """`due` is 0 for a month that has not begun, or in which the office was gone."""

    first: date
    held: int
    due: int
    missing: int


@dataclass(frozen=True)
class QuotaRow:
    """One office's year; `short` adds up what is missing in months that are over."""

    unit_id: int
    unit: str
    level: MeetingLevel
    months: tuple[QuotaMonth, ...]
    short: int


@dataclass(frozen=True)
class QuotaBoard:
    year: int
    rows: tuple[QuotaRow, ...]

    def month(self, number: int) -> tuple[int, int, int]:
        """(due, held of those due, offices that still owe some) in one month, 1 to 12."""
        found = [row.months[number - 1] for row in self.rows]
        return (
            sum(m.due for m in found),
            sum(min(m.held, m.due) for m in found),
            sum(m.missing > 0 for m in found),
        )

    def of_county(self, number: int) -> int:
        """How many of those due in one month are the county's own."""
        return sum(row.months[number - 1].due for row in self.rows if row.level is MeetingLevel.COUNTY)


def quota_board(session: Session, actor: Actor, year: int, today: date) -> QuotaBoard:
    """The county's own row where the actor sees the county, then its townships in scope; two statements.

    A unit is known to have ended, never when it began: `valid_from` is the day on which it was entered here.
    """
    if not actor.may(Permission.MEETINGS_READ) or not actor.scope_path:
        return QuotaBoard(year, ())
    held = _held(session, actor, year)
    townships = [
        _row(unit.id, unit.label, MeetingLevel.TOWNSHIP, held, year, today, unit.valid_to)
        for unit in _townships(session, actor, year)
    ]
    if not is_root(actor.scope_path):
        return QuotaBoard(year, tuple(townships))
    return QuotaBoard(year, (_row(0, "县", MeetingLevel.COUNTY, held, year, today, None), *townships))


def _held(session: Session, actor: Actor, year: int) -> Counter[tuple[int, int]]:
    """(unit, month) → meetings; the county's are all under 0."""
    statement = select(Meeting.unit_id, Meeting.level, Meeting.held_on).where(
        Meeting.voided_at.is_(None), Meeting.held_on.between(date(year, 1, 1), date(year, 12, 31)), *COUNTED
    )
    if not is_root(actor.scope_path):
        statement = statement.where(in_scope_of(actor, Meeting.unit_id))
    found = Counter[tuple[int, int]]()
    for unit_id, level, day in session.execute(statement):
        found[0 if level == MeetingLevel.COUNTY else unit_id, day.month] += 1
    return found


def _townships(session: Session, actor: Actor, year: int) -> list[Unit]:
    statement = select(Unit).where(
        Unit.category.in_(TOWNSHIPS), or_(Unit.valid_to.is_(None), Unit.valid_to >= date(year, 1, 1))
    )
    if not is_root(actor.scope_path):
        statement = statement.where(Unit.path.startswith(actor.scope_path))
    return list(session.scalars(statement.order_by(Unit.sort_order, Unit.code)))


def _row(
    unit_id: int,
    label: str,
    level: MeetingLevel,
    held: Counter[tuple[int, int]],
    year: int,
    today: date,
    last_day: date | None,
) -> QuotaRow:
    months = []
    for number in range(1, 13):
        first = date(year, number, 1)
        owes = first <= today and (last_day is None or _end_of(first) <= last_day)
        count = held[unit_id, number]
        due = A_MONTH[level] if owes else 0
        months.append(QuotaMonth(first, count, due, missing(level, count) if owes else 0))
    short = sum(m.missing for m in months if _end_of(m.first) < today)
    return QuotaRow(unit_id, label, level, tuple(months), short)


def _end_of(first: date) -> date:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
