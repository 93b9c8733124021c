"""Whose duty an actor answers for: who publishes its rosters, decides on swaps and sees to empty posts."""

from sqlalchemy import ColumnElement

from models.organisation import Unit
from queries.scope import within
from rules.roles import Actor, Permission


def answers_for(actor: Actor, unit_id: object) -> ColumnElement[bool]:
    """A supervisor for the own unit and below; a county role for the own office and the county: townships and
    departments have supervisors of their own."""
    if actor.sees_county:
        return unit_id.in_(_line(actor))  # type: ignore[attr-defined, no-any-return]
    return within(unit_id, actor.scope_path)


def may_publish(actor: Actor, unit: Unit) -> bool:
    """Publishing, setting another person, deciding on a swap: by who answers for the unit."""
    return actor.may(Permission.DUTY_PUBLISH) and answers(actor, unit)


def answers(actor: Actor, unit: Unit) -> bool:
    """`answers_for` of a unit at hand."""
    return unit.id in _line(actor) if actor.sees_county else unit.path.startswith(actor.scope_path)


def _line(actor: Actor) -> list[int]:
    return [int(part) for part in actor.unit_path.split("/") if part]
