"""What a leaver leaves behind. Counts only: 系统管理员 sees no petition data."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from models.organisation import Unit
from models.staff import Account
from models.visit import Visit
from queries.scope import visit_is_visible
from rules.roles import COUNTY_ROLES, GRANTS, Actor, Permission


def still_handled(person_id: int) -> ColumnElement[bool]:
    """Open visits of one handler: a due date, neither concluded nor void."""
    conditions: list[Any] = [
        Visit.handler_id == person_id,
        Visit.due_date.is_not(None),
        Visit.completed_on.is_(None),
        Visit.voided_at.is_(None),
    ]
    return and_(*conditions)


def open_visits(session: Session, person_id: int) -> int:
    return session.scalar(select(func.count(Visit.id)).where(still_handled(person_id))) or 0


def out_of_reach(session: Session, successor: Actor, person_id: int) -> int:
    """How many of a leaver's open visits the successor could not even see."""
    seen = select(func.count(Visit.id)).where(still_handled(person_id), visit_is_visible(successor))
    return open_visits(session, person_id) - (session.scalar(seen) or 0)


def possible_successors(session: Session, leaver: Account) -> list[Account]:
    """Accounts in use that register visits, in the leaver's unit or above it, or with the county's view."""
    line = [int(part) for part in leaver.unit.path.split("/") if part]
    registering = [role.value for role in GRANTS[Permission.RECEPTION_WRITE]]
    statement = (
        select(Account)
        .join(Account.unit)
        .options(joinedload(Account.person), joinedload(Account.unit))
        .where(
            Account.id != leaver.id,
            Account.disabled_at.is_(None),
            Account.role.in_(registering),
            or_(Account.unit_id.in_(line), Account.role.in_([role.value for role in COUNTY_ROLES])),
        )
        .order_by((Account.unit_id == leaver.unit_id).desc(), Unit.path.desc(), Account.username)
    )
    return list(session.scalars(statement))
