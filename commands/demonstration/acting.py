"""Members of staff as actors, for what the demonstration does through the real acts."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.staff import Account
from queries.sign_in import actor_of
from rules.roles import Actor, Role


def staff_of(session: Session, unit_id: int, roles: Sequence[Role]) -> Actor | None:
    """The first account of a unit with one of the roles."""
    account_id = session.scalar(
        select(Account.id)
        .where(Account.unit_id == unit_id, Account.role.in_([r.value for r in roles]))
        .order_by(Account.id)
        .limit(1)
    )
    return actor_of(session, account_id, "演示") if account_id is not None else None


def morning(day: date) -> datetime:
    """10:00 in the office, as naive UTC."""
    return datetime.combine(day, time(2, 0))
