"""Whose desk is whose, and which lines, dispatches and hand-overs an actor reads.

A desk belongs to the unit of the account. Who works for the county's petition office also receives what is sent to
the county itself, which has no desk of its own.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.duty_desk import DeskDispatch, DeskEntry, DeskHandover
from models.organisation import Unit
from queries.organisation import UnitLine, in_tree_order
from queries.scope import in_scope, in_scope_of, is_root, load_in_scope
from rules.errors import NotVisible
from rules.roles import Actor, Permission, Role
from rules.taxonomy import VILLAGE_LEVEL

READ = Permission.DUTY_LOG_READ
_COUNTY_DESK = frozenset({Role.BUREAU, Role.DIRECTOR})


def own_desk(actor: Actor) -> int:
    """Id of the unit whose log the actor keeps; 0, which no unit has, for who keeps none."""
    return (actor.unit_id or 0) if actor.may(Permission.DUTY_LOG) else 0


def receives_for(actor: Actor) -> tuple[int, ...]:
    """Ids of the units whose dispatches the actor receives."""
    own = own_desk(actor)
    county = int(actor.scope_path.rstrip("/").rpartition("/")[2] or 0) if actor.role in _COUNTY_DESK else 0
    return tuple(dict.fromkeys(unit_id for unit_id in (own, county) if unit_id))


def has_desk(unit: Unit) -> bool:
    """Villages and offices outside the tree keep no log."""
    return bool(unit.path) and unit.category not in {c.value for c in VILLAGE_LEVEL}


def desks_to_send_to(session: Session, own: int, today: date) -> list[UnitLine]:
    """Units in being that keep a log, but for one's own, in tree order."""
    statement = select(Unit).where(
        Unit.path != "",
        Unit.id != own,
        Unit.category.not_in([c.value for c in VILLAGE_LEVEL]),
        or_(Unit.valid_to.is_(None), Unit.valid_to >= today),
    )
    return [
        UnitLine(u.id, u.label, depth, u.category, u.code)
        for u, depth in in_tree_order(list(session.scalars(statement)))
    ]


def lines_in_scope(actor: Actor) -> Select[Any]:
    return in_scope(DeskEntry, actor, READ)


def load_line(session: Session, actor: Actor, line_id: int) -> DeskEntry:
    """One line in scope with what its page shows, void ones included. Raises NotVisible."""
    statement = (
        lines_in_scope(actor)
        .where(DeskEntry.id == line_id)
        .options(
            joinedload(DeskEntry.unit),
            joinedload(DeskEntry.source_unit),
            joinedload(DeskEntry.responsible_unit),
            joinedload(DeskEntry.registered_by),
            joinedload(DeskEntry.done_by),
            joinedload(DeskEntry.first),
            selectinload(DeskEntry.dispatches).joinedload(DeskDispatch.unit),
            selectinload(DeskEntry.dispatches).joinedload(DeskDispatch.received_by),
        )
    )
    line: DeskEntry | None = session.scalar(statement)
    if line is None:
        raise NotVisible("desk_entry")
    return line


def own_line(session: Session, actor: Actor, line_id: int) -> DeskEntry:
    """One line of the own desk, to change. Raises NotVisible for those of other desks, too."""
    line: DeskEntry = load_in_scope(session, DeskEntry, actor, line_id, READ)
    if line.unit_id != own_desk(actor):
        raise NotVisible("desk_entry")
    return line


def line_in_scope(session: Session, actor: Actor, line_id: int) -> DeskEntry:
    """One line that a leader may instruct on. Raises NotVisible."""
    line: DeskEntry = load_in_scope(session, DeskEntry, actor, line_id, READ)
    return line


def dispatch_is_visible(actor: Actor) -> ColumnElement[bool]:
    """Condition on DeskDispatch joined with its DeskEntry: who sent it and to whom it was sent."""
    if not actor.may(READ) or not actor.scope_path:
        return false()
    if is_root(actor.scope_path):
        return DeskDispatch.id.is_not(None)
    return or_(in_scope_of(actor, DeskDispatch.unit_id), in_scope_of(actor, DeskEntry.unit_id))


def load_dispatch(session: Session, actor: Actor, dispatch_id: int) -> DeskDispatch:
    """One dispatch with its line and both units. Raises NotVisible."""
    statement = (
        select(DeskDispatch)
        .join(DeskEntry, DeskDispatch.entry_id == DeskEntry.id)
        .where(DeskDispatch.id == dispatch_id, dispatch_is_visible(actor))
        .options(
            joinedload(DeskDispatch.entry).joinedload(DeskEntry.unit),
            joinedload(DeskDispatch.unit),
            joinedload(DeskDispatch.received_by),
            joinedload(DeskDispatch.received_entry),
        )
    )
    found = session.scalar(statement)
    if found is None:
        raise NotVisible("desk_dispatch")
    return found


def dispatch_of_line(session: Session, line_id: int) -> DeskDispatch | None:
    """The live dispatch whose receipt opened this line."""
    return session.scalar(
        select(DeskDispatch)
        .where(DeskDispatch.received_entry_id == line_id, DeskDispatch.voided_at.is_(None))
        .options(joinedload(DeskDispatch.entry).joinedload(DeskEntry.unit), joinedload(DeskDispatch.unit))
    )


def load_handover(session: Session, actor: Actor, handover_id: int) -> DeskHandover:
    """Raises NotVisible."""
    statement = (
        in_scope(DeskHandover, actor, READ)
        .where(DeskHandover.id == handover_id)
        .options(
            joinedload(DeskHandover.unit),
            joinedload(DeskHandover.off_person),
            joinedload(DeskHandover.on_person),
            selectinload(DeskHandover.matters),
        )
    )
    found: DeskHandover | None = session.scalar(statement)
    if found is None:
        raise NotVisible("desk_handover")
    return found
