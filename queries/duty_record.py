"""值班履行情况: what was scheduled beside what took place, by whom — reception days, village Wednesdays, duty."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.roster import Duty, Roster, RosterPost, RosterScheme
from models.staff import Person
from models.village_session import VillageSession
from queries.duty_now import ROUND_THE_CLOCK
from queries.duty_presence import SIGNED_OFF, SIGNED_ON, WROTE
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
_UNASKED = literal(False)
IS_PRESENT = or_(SIGNED_ON.is_not(None), WROTE.is_not(None), SIGNED_OFF.is_not(None))
_COUNTS = ("due", "held", "coming", "changed", "listed")


@dataclass(frozen=True)
class RecordLine:
    """One person of one unit. `held` of the `due` ones, which are over; `coming` are not; `changed` came by a swap, a
    replacement or by hand. `listed` are duties of which the roster alone tells, neither signature nor line."""

    unit: str
    name: str
    post: str = ""
    due: int = 0
    held: int = 0
    coming: int = 0
    changed: int = 0
    listed: int = 0

    @property
    def missing(self) -> int:
        return self.due - self.held - self.listed


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
    sums = {name: sum(getattr(line, name) for line in lines) for name in _COUNTS}
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
    """A Wednesday is held when the village has a session in that week, whoever attended; an empty post holds none."""
    held = select(VillageSession.unit_id, VillageSession.session_date).where(
        VillageSession.voided_at.is_(None),
        within(VillageSession.unit_id, unit.path),
        VillageSession.session_date.between(period.start - timedelta(days=6), period.end + timedelta(days=6)),
    )
    weeks = {(unit_id, monday_of(day)) for unit_id, day in session.execute(held)}
    rows = _rows(session, actor, unit, period, RosterScheme.kind == RosterKind.VILLAGE.value)

    def is_held(row: Any) -> bool:
        return row.name is not None and (row.at_unit_id, monday_of(row.day)) in weeks

    return _lines(rows, is_held, lambda r: r.day < today)


def _duties(session: Session, actor: Actor, unit: Unit, period: Period, now: datetime) -> list[RecordLine]:
    """A duty is held when its holder signed at a hand-over of it or wrote into the log; else it is listed. An empty one
    stands in a line of its own, and is missing."""
    rows = _rows(session, actor, unit, period, RosterScheme.kind.in_(ROUND_THE_CLOCK), IS_PRESENT)
    lines: dict[Any, RecordLine] = {}
    for row, line in _by_person(rows, lines):
        over, held = row.ends_at <= now, bool(row.present)
        counted = _counted(line, held=held, over=over)
        only_listed = over and not held and row.name is not None
        lines[_key(row)] = replace(
            counted, listed=counted.listed + only_listed, changed=counted.changed + _is_changed(row)
        )
    return list(lines.values())


def _rows(
    session: Session,
    actor: Actor,
    unit: Unit,
    period: Period,
    kind: ColumnElement[bool],
    present: Any = _UNASKED,
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
            present.label("present"),
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
    lines: dict[Any, RecordLine] = {}
    for row, line in _by_person(rows, lines):
        counted = _counted(line, held=is_held(row), over=is_over(row))
        lines[_key(row)] = replace(counted, changed=counted.changed + _is_changed(row))
    return list(lines.values())


def _by_person(rows: Iterable[Any], lines: dict[Any, RecordLine]) -> Iterator[tuple[Any, RecordLine]]:
    """Each row with the line of its person as it stands by then."""
    for row in rows:
        yield row, lines.setdefault(_key(row), RecordLine(row.unit, row.name or EMPTY_POST))


def _key(row: Any) -> tuple[str, int | None]:
    return row.unit, row.person_id


def _is_changed(row: Any) -> bool:
    return bool(row.assigned != Assigned.PLANNED.value)


def _counted(line: RecordLine, *, held: bool, over: bool) -> RecordLine:
    if not over:
        return replace(line, coming=line.coming + 1)
    return replace(line, due=line.due + 1, held=line.held + held)
