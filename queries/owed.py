"""应办事项: everything an office owes, to whom and by when; and all offices side by side, by what is open and what is late."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import Select, case, func, select, union_all
from sqlalchemy.orm import Session

from models.organisation import Unit
from queries.organisation import in_tree_order
from queries.owed_sources import SOURCES, is_late
from queries.petition_days import CLOCK_WORDS, Days, light_of
from queries.register_filter import args_of, word_of
from queries.scope import units_below, visible_units
from rules.lights import Light
from rules.office_time import day_of
from rules.owed_kinds import OwedKind
from rules.roles import Actor

MOST_SHOWN = 500
MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class OwedFilter:
    """What a unit's page shows. Each field is one name of the query string."""

    kind: OwedKind | None = None
    late: bool = False

    @classmethod
    def from_args(cls, args: Any) -> Self:
        return cls(kind=word_of(OwedKind, args.get("kind", "")), late=args.get("late") == "1")

    def to_args(self) -> dict[str, str]:
        return args_of(self)


@dataclass(frozen=True)
class OwedLine:
    """One thing owed. `age` are calendar days since it arose, None where no day is known; `note` says what is left of it where
    the thing itself is done."""

    kind: OwedKind
    record_id: int
    unit: str
    number: str
    title: str
    to: str
    since: date | None
    due_on: date | None
    age: int | None
    light: Light | None
    note: str = ""


@dataclass
class UnitOwing:
    """What one office and those below it owe: by kind, and of these how many are late."""

    unit_id: int
    unit: str
    open: dict[OwedKind, int] = field(default_factory=dict)
    late: dict[OwedKind, int] = field(default_factory=dict)

    @property
    def all_open(self) -> int:
        return sum(self.open.values())

    @property
    def all_late(self) -> int:
        return sum(self.late.values())


def owed_by_offices(session: Session, actor: Actor, now: datetime, today: date) -> list[UnitOwing]:
    """The actor's offices side by side in tree order, each with those below it; two statements."""
    offices = _offices(session, actor)
    if not offices:
        return []
    owed = _union(actor).subquery("owed")
    statement = (
        select(
            Unit.path, owed.c.kind, func.count(), func.sum(case((is_late(owed.c, now, today), 1), else_=0))
        )
        .join(Unit, Unit.id == owed.c.unit_id)
        .group_by(Unit.path, owed.c.kind)
    )
    rows = [UnitOwing(unit.id, unit.label) for unit in offices]
    for path, code, count, late in session.execute(statement):
        place = _place_of(path, offices)
        if place is not None:
            row, kind = rows[place], OwedKind(code)
            row.open[kind] = row.open.get(kind, 0) + count
            row.late[kind] = row.late.get(kind, 0) + int(late)
    return rows


def list_owed(
    session: Session,
    actor: Actor,
    unit: Unit,
    chosen: OwedFilter,
    days: Days,
    now: datetime,
    most: int = MOST_SHOWN,
) -> list[OwedLine]:
    """What a unit in scope and those below it owe, the earliest due first, undated last; one more than `most` tells that
    there are more. Two statements."""
    owed = _union(actor, chosen.kind).subquery("owed")
    dated = case((owed.c.due_on.is_(None) & owed.c.due_at.is_(None), 1), else_=0)
    statement = (
        select(*owed.c)
        .where(owed.c.unit_id.in_(units_below(unit.path)))
        .order_by(
            dated, func.coalesce(owed.c.due_on, func.date(owed.c.due_at)), owed.c.kind, owed.c.record_id
        )
        .limit(most + 1)
    )
    if chosen.late:
        statement = statement.where(is_late(owed.c, now, days.today))
    rows = session.execute(statement).all()
    names = _names(session, rows)
    return [_line(row, names, days, now) for row in rows]


def _union(actor: Actor, kind: OwedKind | None = None) -> Any:
    parts: Sequence[Select[Any]] = [make(actor) for each, make in SOURCES if kind in (None, each)]
    return union_all(*parts)


def _offices(session: Session, actor: Actor) -> list[Unit]:
    """For the county those right below it and itself, for an office itself and those right below it."""
    depth = actor.scope_path.count("/") + 1
    found = [unit for unit in session.scalars(visible_units(actor)) if unit.path.count("/") <= depth]
    return [unit for unit, _depth in in_tree_order(found)]


def _place_of(path: str, offices: Sequence[Unit]) -> int | None:
    """Index of the nearest office at or above a path."""
    found = [index for index, office in enumerate(offices) if path.startswith(office.path)]
    return max(found, key=lambda index: len(offices[index].path), default=None)


def _names(session: Session, rows: Sequence[Any]) -> dict[int, str]:
    ids = {row.unit_id for row in rows} | {row.to_unit_id for row in rows} - {None}
    return {unit.id: unit.label for unit in session.scalars(select(Unit).where(Unit.id.in_(ids)))}


def _line(row: Any, names: dict[int, str], days: Days, now: datetime) -> OwedLine:
    kind = OwedKind(row.kind)
    due_on = row.due_on or (day_of(row.due_at) if row.due_at else None)
    late = row.due_at is not None and row.due_at < now
    return OwedLine(
        kind=kind,
        record_id=row.record_id,
        unit=names.get(row.unit_id, ""),
        number=row.number,
        title=CLOCK_WORDS.get(row.title, row.title) if kind is OwedKind.PETITION else row.title,
        to=row.to_text or names.get(row.to_unit_id, ""),
        since=row.since,
        due_on=due_on,
        age=(days.today - row.since).days if row.since else None,
        light=None if row.note else Light.OVERDUE if late else light_of(due_on, days),
        note=row.note,
    )
