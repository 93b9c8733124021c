"""Village sessions that are due and held: one a village for each week's session day (村级周三接访)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.village_session import VillageSession
from queries.office_rules import SESSION_WEEKDAY, rule_on
from queries.scope import in_scope, is_root, within
from rules.roles import Actor
from rules.taxonomy import VILLAGE_LEVEL

VILLAGE_CATEGORIES = tuple(sorted(c.value for c in VILLAGE_LEVEL))


@dataclass(frozen=True)
class HeldSession:
    """What a week's cell shows."""

    id: int
    session_date: date
    mode: str
    batches: int
    persons: int


@dataclass(frozen=True)
class VillageWeeks:
    """One village: for each session day what was held in that week; None where nothing was."""

    village: Unit
    held: dict[date, HeldSession | None]
    due: frozenset[date]
    """Days on which the village existed and that have come."""


@dataclass(frozen=True)
class PeriodWeek:
    """One week of one village's period: the day in it on which a session was owed, if any, and what was held in it;
    `outside` is what was held that week before or after the period."""

    due: date | None
    held: tuple[HeldSession, ...]
    outside: tuple[HeldSession, ...]


@dataclass(frozen=True)
class TownshipWeeks:
    """Villages of one unit above: (due, held) for each session day."""

    unit: Unit
    counts: dict[date, tuple[int, int]]


def session_weekday(session: Session, day: date) -> int:
    """The office's session day in force on a day; 0 is Monday."""
    return rule_on(session, SESSION_WEEKDAY, day) - 1


def session_day(day: date, weekday: int) -> date:
    """The session day of the week that holds a day."""
    return monday_of(day) + timedelta(days=weekday)


def session_days(day: date, weekday: int, weeks: int) -> list[date]:
    """The session days of as many weeks, the last one in the week of `day`; oldest first."""
    last = session_day(day, weekday)
    return [last - timedelta(weeks=n) for n in reversed(range(weeks))]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def villages_below(path: str) -> Select[Any]:
    """Villages and communities in a subtree, in the order of the tree's branches."""
    statement = select(Unit).where(Unit.path != "", Unit.category.in_(VILLAGE_CATEGORIES))
    if not is_root(path):
        statement = statement.where(Unit.path.startswith(path))
    return statement.order_by(Unit.parent_id, Unit.sort_order, Unit.id)


def open_villages(session: Session, actor: Actor, today: date) -> list[Unit]:
    """Villages of the actor's scope that are in being."""
    statement = villages_below(actor.scope_path).where(or_(Unit.valid_to.is_(None), Unit.valid_to >= today))
    return list(session.scalars(statement))


def is_due(valid_from: date | None, valid_to: date | None, day: date, today: date) -> bool:
    """Whether a village in being from one day to another owes a session on `day`."""
    return (
        day <= today and (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)
    )


def sessions_due(session: Session, path: str, wednesdays: Sequence[date], today: date) -> int:
    """One for each 村 and 社区 of a subtree and each of the days not later than today on which it was in being."""
    rows = session.execute(villages_below(path).with_only_columns(Unit.valid_from, Unit.valid_to)).all()
    return sum(is_due(first, last, day, today) for first, last in rows for day in wednesdays)


def held_on(session: Session, unit_id: int, day: date) -> VillageSession | None:
    """The session that stands for a village on that very day."""
    return session.scalar(
        select(VillageSession).where(
            VillageSession.unit_id == unit_id,
            VillageSession.session_date == day,
            VillageSession.voided_at.is_(None),
        )
    )


def village_weeks(
    session: Session, actor: Actor, path: str, days: Sequence[date], today: date
) -> list[VillageWeeks]:
    """Villages of a subtree × session days. Two statements; a session held on another day counts for its week, but the
    one of the day itself is shown before it."""
    villages = list(session.scalars(villages_below(path)))
    held = _held_by_week(session, actor, path, min(days), max(days))
    found = []
    for village in villages:
        due = frozenset(d for d in days if is_due(village.valid_from, village.valid_to, d, today))
        cells = {d: _shown(held[village.id, monday_of(d)], d) for d in days}
        if due or any(cells.values()):
            found.append(VillageWeeks(village, cells, due))
    return found


def weeks_of_period(
    session: Session,
    actor: Actor,
    unit: Unit,
    period: tuple[date, date],
    days: Sequence[date],
    today: date,
) -> list[PeriodWeek]:
    """Each week of a period in which a village owed a session or held one, the latest first; none of a unit that is no
    village. One statement."""
    if unit.category not in VILLAGE_CATEGORIES:
        return []
    first, last = period
    due = {monday_of(d): d for d in days if is_due(unit.valid_from, unit.valid_to, d, today)}
    by_week = {
        monday: found for (_, monday), found in _held_by_week(session, actor, unit.path, first, last).items()
    }
    weeks = []
    for monday in sorted(due.keys() | by_week.keys(), reverse=True):
        found = by_week.get(monday, [])
        inside = tuple(held for held in found if first <= held.session_date <= last)
        outside = tuple(held for held in found if held not in inside)
        if monday in due or inside:
            weeks.append(PeriodWeek(due.get(monday), inside, outside))
    return weeks


def by_township(session: Session, rows: Sequence[VillageWeeks], days: Sequence[date]) -> list[TownshipWeeks]:
    """Due and held per unit above the villages, in the order of the rows."""
    parents = {r.village.parent_id for r in rows}
    units = {u.id: u for u in session.scalars(select(Unit).where(Unit.id.in_(parents)))}
    grouped: dict[int, list[VillageWeeks]] = {}
    for row in rows:
        grouped.setdefault(row.village.parent_id or 0, []).append(row)
    return [
        TownshipWeeks(units[unit_id], {d: _counts(members, d) for d in days})
        for unit_id, members in sorted(grouped.items(), key=lambda g: (units[g[0]].sort_order, g[0]))
    ]


def last_attendees(session: Session, actor: Actor, unit_ids: Sequence[int], today: date) -> dict[int, str]:
    """Who attended each village's latest session of the last 13 weeks that names anybody; one statement."""
    statement = (
        in_scope(VillageSession, actor)
        .with_only_columns(VillageSession.unit_id, VillageSession.attendees)
        .where(
            VillageSession.unit_id.in_(unit_ids),
            VillageSession.voided_at.is_(None),
            VillageSession.attendees != "",
            VillageSession.session_date >= today - timedelta(weeks=13),
        )
        .order_by(VillageSession.session_date, VillageSession.id)
    )
    return {unit_id: attendees for unit_id, attendees in session.execute(statement)}


def _counts(rows: Sequence[VillageWeeks], day: date) -> tuple[int, int]:
    return sum(day in r.due for r in rows), sum(day in r.due and r.held[day] is not None for r in rows)


def _shown(held: Sequence[HeldSession], day: date) -> HeldSession | None:
    """Of a week's sessions the one that its cell has room for: that of the session day, else the latest."""
    return max(held, key=lambda h: (h.session_date == day, h.session_date), default=None)


def _held_by_week(
    session: Session, actor: Actor, path: str, first: date, last: date
) -> defaultdict[tuple[int, date], list[HeldSession]]:
    """All sessions of the whole weeks from one day to another by village and Monday, in the order of their days."""
    statement = (
        in_scope(VillageSession, actor)
        .with_only_columns(
            VillageSession.unit_id,
            VillageSession.id,
            VillageSession.session_date,
            VillageSession.mode,
            VillageSession.batches,
            VillageSession.persons,
        )
        .where(
            VillageSession.voided_at.is_(None),
            VillageSession.session_date.between(monday_of(first), monday_of(last) + timedelta(days=6)),
            within(VillageSession.unit_id, path),
        )
        .order_by(VillageSession.session_date)
    )
    found: defaultdict[tuple[int, date], list[HeldSession]] = defaultdict(list)
    for unit_id, row_id, day, mode, batches, persons in session.execute(statement):
        found[unit_id, monday_of(day)].append(HeldSession(row_id, day, mode, batches, persons))
    return found
