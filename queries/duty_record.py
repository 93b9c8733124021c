"""值班履行情况: what was scheduled beside what took place, by whom — reception days, village Wednesdays, duty."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.roster import Duty, Roster, RosterPost, RosterScheme
from models.staff import Person
from models.village_session import VillageSession
from queries.duty_now import ROUND_THE_CLOCK
from queries.leader_schedule import held_days
from queries.roster_rows import in_force
from queries.scope import within
from queries.village_sessions import monday_of
from rules.duty_changes import PART_SEAT
from rules.office_time import day_begins
from rules.periods import ONE_DAY, Period
from rules.roles import Actor, Permission
from rules.roster_words import Assigned, RosterKind

EMPTY_POST = "（空岗）"


@dataclass(frozen=True)
class RecordLine:
    """One person of one unit. `held` of the `due` ones, which are over; `coming` are not; `changed` came by a swap, a
    replacement or by hand."""

    unit: str
    name: str
    post: str = ""
    due: int = 0
    held: int = 0
    coming: int = 0
    changed: int = 0

    @property
    def missing(self) -> int:
        return self.due - self.held


@dataclass(frozen=True)
class DutyRecord:
    leader_days: Sequence[RecordLine]
    village_days: Sequence[RecordLine]
    duties: Sequence[RecordLine]


def duty_record(
    session: Session, actor: Actor, unit: Unit, period: Period, now: datetime, today: date
) -> DutyRecord:
    """Of a unit in scope and all below it. Four statements."""
    return DutyRecord(
        _leader_days(session, actor, unit, period, today),
        _village_days(session, actor, unit, period, today),
        _duties(session, actor, unit, period, now),
    )


def total(lines: Iterable[RecordLine]) -> RecordLine:
    lines = list(lines)
    sums = {name: sum(getattr(line, name) for line in lines) for name in ("due", "held", "coming", "changed")}
    return RecordLine("", "合计", **sums)


def _leader_days(session: Session, actor: Actor, unit: Unit, period: Period, today: date) -> list[RecordLine]:
    """A day is held when a reception of that leader on that day is registered."""
    found: dict[Any, RecordLine] = {}
    for day, whose, name, post, reception in held_days(session, actor, unit.path, period.start, period.end):
        line = found.setdefault((whose, name), RecordLine(whose, name, post))
        found[whose, name] = _counted(
            line, held=reception is not None, over=day < today or reception is not None
        )
    return list(found.values())


def _village_days(
    session: Session, actor: Actor, unit: Unit, period: Period, today: date
) -> list[RecordLine]:
    """A Wednesday is held when the village has a session in that week, whoever attended."""
    held = select(VillageSession.unit_id, VillageSession.session_date).where(
        VillageSession.voided_at.is_(None),
        within(VillageSession.unit_id, unit.path),
        VillageSession.session_date.between(period.start - timedelta(days=6), period.end + timedelta(days=6)),
    )
    weeks = {(unit_id, monday_of(day)) for unit_id, day in session.execute(held)}
    rows = _rows(session, actor, unit, period, RosterScheme.kind == RosterKind.VILLAGE.value)
    return _lines(rows, lambda r: (r.at_unit_id, monday_of(r.day)) in weeks, lambda r: r.day < today)


def _duties(session: Session, actor: Actor, unit: Unit, period: Period, now: datetime) -> list[RecordLine]:
    """A duty is held when somebody stood in it; an empty one stands in a line of its own."""
    rows = _rows(session, actor, unit, period, RosterScheme.kind.in_(ROUND_THE_CLOCK))
    return _lines(rows, lambda r: r.name is not None, lambda r: r.ends_at <= now)


def _rows(
    session: Session, actor: Actor, unit: Unit, period: Period, kind: ColumnElement[bool]
) -> Sequence[Any]:
    if not actor.may(Permission.DUTY_READ):
        return []
    statement = (
        select(
            func.coalesce(func.nullif(Unit.short_name, ""), Unit.name).label("unit"),
            Person.id.label("person_id"),
            Person.name.label("name"),
            RosterPost.at_unit_id,
            Duty.day,
            Duty.ends_at,
            Duty.assigned,
        )
        .join(Roster, Roster.id == Duty.roster_id)
        .join(RosterScheme, RosterScheme.id == Roster.scheme_id)
        .join(RosterPost, RosterPost.id == Duty.post_id)
        .join(Unit, Unit.id == Duty.unit_id)
        .outerjoin(Person, Person.id == Duty.person_id)
        .where(
            in_force(),
            kind,
            within(Duty.unit_id, unit.path),
            Duty.day.between(period.start, period.end),
            Duty.starts_at.between(day_begins(period.start), day_begins(period.end + 2 * ONE_DAY)),
            Duty.seat < PART_SEAT,
        )
        .order_by(Unit.path, Person.name, Person.id, Duty.day)
    )
    return session.execute(statement).all()


def _lines(
    rows: Iterable[Any], is_held: Callable[[Any], bool], is_over: Callable[[Any], bool]
) -> list[RecordLine]:
    found: dict[Any, RecordLine] = {}
    for row in rows:
        key = row.unit, row.person_id
        line = found.setdefault(key, RecordLine(row.unit, row.name or EMPTY_POST))
        counted = _counted(line, held=is_held(row), over=is_over(row))
        found[key] = replace(counted, changed=counted.changed + (row.assigned != Assigned.PLANNED.value))
    return list(found.values())


def _counted(line: RecordLine, *, held: bool, over: bool) -> RecordLine:
    if not over:
        return replace(line, coming=line.coming + 1)
    return replace(line, due=line.due + 1, held=line.held + held)
