"""Whose names an actor reads, in SQL and in Python: a search must never confirm a name that a list masks."""

from typing import Any

from sqlalchemy import and_, false, or_, true

from models.visit import Visit
from rules.redaction import mask_name
from rules.roles import Actor, Role, handles


def names_are_plain(actor: Actor, row: Any = Visit, *also: Any) -> Any:
    """Condition on the visible visits or petitions whose names this actor reads; SQL twin of `rules.roles.handles`.

    `also` are further conditions under which a county role's own office handles the matter.
    """
    if not reads_some_names(actor):
        return false()
    own: Any = true()
    if actor.sees_county:
        own = or_(row.unit_id == actor.unit_id, row.responsible_unit_id == actor.unit_id, *also)
    return and_(row.confidential.is_(False), own)


def reads_some_names(actor: Actor) -> bool:
    """Whether there is any matter whose names this actor may search for."""
    return actor.role is not Role.LEADER


def visit_is_handled(actor: Actor, visit: Visit) -> bool:
    responsible = visit.responsible_unit.path if visit.responsible_unit else None
    return handles(actor, visit.unit.path, responsible)


def visit_is_masked(actor: Actor, visit: Visit) -> bool:
    """Whether this actor reads its people masked; of a confidential visit everybody does."""
    return visit.confidential or not visit_is_handled(actor, visit)


def shown_name(name: str | None, *, anonymous: bool, confidential: bool, handled: bool) -> str:
    """A contact's name as a list or record shows it."""
    if anonymous or not name:
        return "匿名" if anonymous else ""
    return name if handled and not confidential else mask_name(name)
