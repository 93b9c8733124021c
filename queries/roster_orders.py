"""Plans that were asked for: read by who plans for the unit."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from models.roster_order import RosterOrder
from queries.rosters import may_plan
from rules.errors import NotVisible
from rules.roles import Actor
from rules.roster_words import PlanState

MOST_TOLD = 5
ONE_DAY = timedelta(days=1)
OPEN = tuple(state.value for state in PlanState if state.is_open)


def load_roster_order(session: Session, actor: Actor, order_id: int) -> RosterOrder:
    """As it stands now. Raises NotVisible."""
    statement = select(RosterOrder).where(RosterOrder.id == order_id)
    whole = (joinedload(RosterOrder.unit), joinedload(RosterOrder.scheme))
    order = session.scalar(statement.options(*whole).execution_options(populate_existing=True))
    if order is None or not may_plan(actor, order.unit):
        raise NotVisible("roster_order")
    return order


def open_order_of(session: Session, roster_id: int) -> int | None:
    """Id of the plan under way for a draft."""
    statement = select(RosterOrder.id).where(RosterOrder.roster_id == roster_id, RosterOrder.state.in_(OPEN))
    return session.scalar(statement.limit(1))


def orders_to_tell(session: Session, unit_id: int, now: datetime) -> Sequence[RosterOrder]:
    """Of a unit: what is under way, and what came to nothing within a day. One statement."""
    failed = (RosterOrder.state == PlanState.FAILED.value) & (RosterOrder.finished_at > now - ONE_DAY)
    statement = select(RosterOrder).where(
        RosterOrder.unit_id == unit_id, or_(RosterOrder.state.in_(OPEN), failed)
    )
    return session.scalars(
        statement.options(joinedload(RosterOrder.scheme)).order_by(RosterOrder.id.desc()).limit(MOST_TOLD)
    ).all()


def open_orders(session: Session) -> Sequence[RosterOrder]:
    return session.scalars(select(RosterOrder).where(RosterOrder.state.in_(OPEN))).all()
