"""Print orders: everybody sees his own."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.print_order import PrintOrder
from queries.paging import Order, PageOf, page_of
from rules.errors import NotVisible
from rules.roles import Actor

NEWEST = Order("newest", "最近的在前", PrintOrder.id, PrintOrder.id, read=int)


def own_orders(
    session: Session, actor: Actor, *, after: str = "", before: str = "", size: int = 20
) -> PageOf[PrintOrder]:
    statement: Any = select(
        PrintOrder, PrintOrder.id.label("row_id"), PrintOrder.id.label("sort_value")
    ).where(PrintOrder.account_id == actor.account_id)
    page = page_of(session, statement, NEWEST, after=after, before=before, size=size)
    return PageOf([row.PrintOrder for row in page.rows], page.after, page.before)


def load_order(session: Session, actor: Actor, order_id: int) -> PrintOrder:
    """As it stands now. Raises NotVisible for another account's and for none."""
    statement = select(PrintOrder).where(PrintOrder.id == order_id, PrintOrder.account_id == actor.account_id)
    order = session.scalar(statement.execution_options(populate_existing=True))
    if order is None:
        raise NotVisible("print_order")
    return order


def arguments_of(order: PrintOrder) -> dict[str, str]:
    return dict(json.loads(order.arguments))


def open_orders(session: Session, states: tuple[str, ...]) -> list[tuple[int, int]]:
    """Id and step of every order in these states."""
    found = session.execute(select(PrintOrder.id, PrintOrder.step).where(PrintOrder.state.in_(states)))
    return [(order_id, step) for order_id, step in found]


def orders_with_file(session: Session, now: datetime) -> set[int]:
    """Ids of those whose file is still kept."""
    return set(session.scalars(select(PrintOrder.id).where(PrintOrder.expires_at > now)))
