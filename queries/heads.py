"""Whether a unit has somebody who approves for it in this system."""

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.staff import Account
from rules.roles import Role


def has_head(session: Session, unit: Unit | None) -> bool:
    """An account in use of a 负责人 of the unit or of one above it, or of the director's where it is his own office
    (as `rules.petition_states.hands_of`). One statement."""
    if unit is None or not unit.path:
        return False
    line = [int(part) for part in unit.path.split("/") if part]
    heads = and_(Account.role == Role.SUPERVISOR.value, Account.unit_id.in_(line))
    director = and_(Account.role == Role.DIRECTOR.value, Account.unit_id == unit.id)
    found = exists().where(Account.disabled_at.is_(None), or_(heads, director))
    return bool(session.scalar(select(found)))
