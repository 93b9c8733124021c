"""Rows are reached only through here: which records an actor may see.

County roles see from the nearest 县委县政府 down, everyone else from the own unit down. Sealed
accusation material is for named staff, never for the accused unit, what stands below it, or a named
member of staff (条例第30条; 回避).
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from models.category import Category
from models.organisation import Unit
from models.visit import GUARDED, Visit
from queries.wordings import InSubquery, in_ids
from rules.errors import NotVisible
from rules.roles import Actor, Permission
from rules.taxonomy import UnitCategory


def units_below(path: str) -> Select[int]:
    """Ids of a subtree, its root included; `path` is that of `models.organisation.Unit`."""
    return select(Unit.id).where(Unit.path.startswith(path))


def within(column: Any, path: str) -> ColumnElement[bool]:
    """Whether a unit id lies in a subtree. The root's own subtree is everything, so it asks nothing."""
    if is_root(path):
        return true()
    return InSubquery(column, units_below(path))


def is_root(path: str) -> bool:
    """There is one tree: `/1/` is the root; units outside it register nothing."""
    return path.count("/") == 2


def is_county(unit: Any) -> bool:
    """Whether a unit, or a row with its path and category, is the root or a 县委县政府: what is sealed counts in its figures
    alone, and it stands under nobody's supervision."""
    return is_root(unit.path) or bool(unit.category == UnitCategory.COUNTY_COMMITTEE.value)


def visible_units(actor: Actor) -> Select[Unit]:
    statement = select(Unit).where(Unit.path != "")
    if is_root(actor.scope_path):
        return statement
    return statement.where(Unit.path.startswith(actor.scope_path))


def visit_is_visible(actor: Actor, *, live: bool = False) -> ColumnElement[bool]:
    """Condition on Visit for lists, single loads, searches, counts, exports and PDFs alike.

    A responsible unit sees what it was given to do, wherever it was registered. `live` leaves out void
    rows, said inside each branch so that partial indexes serve both.
    """
    return and_(by_any(_ways_into_scope(actor), Visit, live), unsealed_for(actor))


def by_any(ways: Iterable[ColumnElement[bool]], model: Any, live: bool) -> ColumnElement[bool]:
    """Whether a row stands in scope by one of these ways, and is not void where `live`."""
    not_void = model.voided_at.is_(None) if live else true()
    return or_(*(and_(way, not_void) for way in ways))


def _ways_into_scope(actor: Actor) -> list[ColumnElement[bool]]:
    if not actor.may(Permission.RECEPTION_READ) or not actor.scope_path:
        return [false()]
    if is_root(actor.scope_path):
        return [true()]
    return [in_scope_of(actor, unit) for unit in (Visit.unit_id, Visit.responsible_unit_id)]


def in_scope_of(actor: Actor, column: Any) -> ColumnElement[bool]:
    """Whether a unit id lies in the actor's scope.

    With the ids themselves both planners know how many rows to expect, and join two indexes."""
    return in_ids(column, actor.scope_ids) if actor.scope_ids else within(column, actor.scope_path)


def visible_totals(session: Session, actor: Actor, chosen: Sequence[Any]) -> tuple[int, int]:
    """Visible batches and persons among visits that meet the conditions, which say whether void ones count and ask
    nothing about visibility."""
    return totals_in_scope(session, actor, Visit, _ways_into_scope(actor), chosen)


def sees_all(actor: Actor) -> bool:
    """Whether every row is in scope, as for the county's roles and for who works at the root."""
    return actor.sees_county or is_root(actor.scope_path)


def totals_in_scope(
    session: Session,
    actor: Actor,
    model: Any,
    ways: Sequence[ColumnElement[bool]],
    chosen: Sequence[Any],
    near: Sequence[Any] | None = None,
) -> tuple[int, int]:
    """Rows and persons of all that the actor may read and that meets the conditions, from narrow indexes.

    `ways` are those by which a row may stand in scope, each of which has an index of its own; `near` is what
    `_less_hidden` says.
    """
    if sees_all(actor):
        parts = _less_hidden(actor, model, (or_(*ways), *chosen), near)
    else:  # a unit's rows are few: each is asked whether it is sealed
        parts = [_sums_of(model, way, *chosen, unsealed_for(actor, model)) for way in _apart(ways)]
    found = session.execute(union_all(*parts)).all()
    return sum(int(rows) for rows, _ in found), sum(int(persons) for _, persons in found)


def _less_hidden(
    actor: Actor, model: Any, inside: Sequence[Any], near: Sequence[Any] | None
) -> list[Select[int, Any]]:
    """All rows, and the guarded ones that this actor may not read as numbers below zero: to ask each of 200,000 who was
    accused takes three times as long.

    `near` are those of the conditions by which the guarded rows are looked up, where any other would lead a database
    away from their index.
    """
    reach = inside if near is None else near
    meets = true() if near is None else and_(*inside)
    hidden = (*reach, literal_column(GUARDED), unsealed_for(actor, model).is_not(true()))
    rows = func.coalesce(func.sum(case((meets, 1), else_=0)), 0)
    persons = func.coalesce(func.sum(case((meets, model.persons), else_=0)), 0)
    return [_sums_of(model, *inside), select(-rows, -persons).where(*hidden)]


def _sums_of(model: Any, *conditions: Any) -> Select[int, Any]:
    return select(func.count(), func.coalesce(func.sum(model.persons), 0)).where(*conditions)


def _apart(ways: Sequence[ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    """The same ways, each without the rows of those before it: joined by OR they would be looked up in the rows."""
    return [and_(way, *(before.is_not(true()) for before in ways[:place])) for place, way in enumerate(ways)]


@lru_cache(maxsize=256)
def unsealed_for(actor: Actor, row: Any = Visit) -> ColumnElement[bool]:
    """Sealed rows, of visits or petitions, only for named staff and who took them down; never for the accused."""
    not_accused = and_(
        or_(row.accused_unit_id.is_(None), row.accused_unit_id.not_in(_own_line(actor))),
        or_(row.accused_person_id.is_(None), row.accused_person_id != (actor.person_id or 0)),
    )
    reader = true() if actor.reads_sealed else row.registered_by_id == (actor.person_id or 0)
    # Not OR: PostgreSQL would look the two halves up apart, and read the rows for it.
    return case(
        (row.sealed.is_(True), and_(reader, not_accused)),
        else_=or_(row.accused_person_id.is_(None), not_accused),
    )


def _own_line(actor: Actor) -> list[int]:
    """Ids from the root to the actor's unit: when one of them is accused, the actor stands in or below it."""
    return [int(part) for part in actor.unit_path.split("/") if part]


def visible_visits(actor: Actor) -> Select[Visit]:
    return select(Visit).where(visit_is_visible(actor))


_WHOLE_VISIT = (
    joinedload(Visit.category).joinedload(Category.parent),
    joinedload(Visit.handler),
    joinedload(Visit.accused_person),
    joinedload(Visit.registered_by),
    selectinload(Visit.contacts),
)
"""What a record's page reads, fetched with the record."""

_UNITS_OF_VISIT = {
    "unit": "unit_id",
    "location_unit": "location_unit_id",
    "accused_unit": "accused_unit_id",
    "responsible_unit": "responsible_unit_id",
}


def load_visit(session: Session, actor: Actor, visit_id: int) -> Visit:
    """One visit in scope, void ones included. Raises NotVisible, the same for missing and foreign."""
    visit = session.scalar(visible_visits(actor).where(Visit.id == visit_id).options(*_WHOLE_VISIT))
    if visit is None:
        raise NotVisible("visit")
    fetch_units(session, [visit], _UNITS_OF_VISIT)
    return visit


def fetch_units(
    session: Session, rows: Sequence[Any], columns: Mapping[str, str], more: Iterable[int] = ()
) -> dict[int, Unit]:
    """The units of records, each with the unit above it, in one statement: PostgreSQL would spend 10 ms on planning as
    many joins. `columns` names each relationship's column; `more` are ids wanted besides."""
    ids = {getattr(row, column) for row in rows for column in columns.values()} - {None} | set(more)
    found = session.scalars(select(Unit).where(Unit.id.in_(ids)).options(joinedload(Unit.parent)))
    units = {unit.id: unit for unit in found}
    for row in rows:
        for name, column in columns.items():
            set_committed_value(row, name, units.get(getattr(row, column)))
    return units


def load_unit(session: Session, actor: Actor, unit_id: int) -> Unit:
    """One unit in scope. Raises NotVisible."""
    unit = session.scalar(visible_units(actor).where(Unit.id == unit_id))
    if unit is None:
        raise NotVisible("unit")
    return unit


def in_scope(model: Any, actor: Actor, permission: Permission = Permission.RECEPTION_READ) -> Select[Any]:
    """Rows of a register with a plain `unit_id` (village sessions, leader receptions, paper pages …)."""
    if not actor.may(permission) or not actor.scope_path:
        return select(model).where(false())
    return select(model).where(within(model.unit_id, actor.scope_path))


def load_in_scope(
    session: Session,
    model: Any,
    actor: Actor,
    row_id: int,
    permission: Permission = Permission.RECEPTION_READ,
) -> Any:
    """One row of such a register. Raises NotVisible."""
    row = session.scalar(in_scope(model, actor, permission).where(model.id == row_id))
    if row is None:
        raise NotVisible(model.__tablename__)
    return row
