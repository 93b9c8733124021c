"""Whose duty an actor answers for: who publishes its rosters, decides on swaps and sees to empty posts."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from models.organisation import Unit
from models.staff import Account, Person
from queries.scope import within
from rules.roles import COUNTY_ROLES, GRANTS, Actor, Permission

_DECIDING = GRANTS[Permission.DUTY_PUBLISH]


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


def other_approvers(session: Session, unit: Unit, besides: Collection[int]) -> Sequence[str]:
    """Names of those who could decide for the unit, but for these people. One statement."""
    own = aliased(Unit, name="own_unit")
    in_line = own.id.in_([int(part) for part in unit.path.split("/") if part])
    of_county = own.path.startswith(unit.path)
    county = Account.role.in_([role.value for role in _DECIDING & COUNTY_ROLES])
    local = Account.role.in_([role.value for role in _DECIDING - COUNTY_ROLES])
    statement = (
        select(Person.name)
        .join(Account, Account.person_id == Person.id)
        .join(own, own.id == Account.unit_id)
        .where(
            Account.disabled_at.is_(None),
            Person.id.not_in(besides),
            or_(and_(local, in_line), and_(county, of_county)),
        )
        .order_by(Person.id)
    )
    return session.scalars(statement).all()


def _line(actor: Actor) -> list[int]:
    return [int(part) for part in actor.unit_path.split("/") if part]
