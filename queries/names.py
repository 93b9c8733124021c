"""Whose names an actor reads, in SQL and in Python: a search must never confirm a name that a list masks."""

from typing import Any

from sqlalchemy import and_, false, or_, true

from models.visit import Visit
from rules.redaction import mask_name
from rules.roles import Actor, Role


def names_are_plain(actor: Actor, row: Any = Visit, *also: Any) -> Any:
    """Condition on the visible visits or petitions whose names this actor reads; SQL twin of `rules.roles.handles`.

    `also` are further conditions under which a county role's own office handles the matter.
    """
    if actor.role is Role.LEADER:
        return false()
    own: Any = true()
    if actor.sees_county:
        own = or_(row.unit_id == actor.unit_id, row.responsible_unit_id == actor.unit_id, *also)
    return and_(row.confidential.is_(False), own)


def shown_name(name: str | None, *, anonymous: bool, confidential: bool, handled: bool) -> str:
    """A contact's name as a list or record shows it."""
    if anonymous or not name:
        return "匿名" if anonymous else ""
    return name if handled and not confidential else mask_name(name)
