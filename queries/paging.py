"""Paging by key: a page begins after the last row of the one before, however deep one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, and_, or_
from sqlalchemy.orm import Session

from queries.register_filter import number_of

PAGE_SIZE = 50

T = TypeVar("T")


@dataclass(frozen=True)
class Order:
    """A sort: its column, the id that breaks ties, the direction, and the type its cursor is read as.

    The column must be NOT NULL and stand first in an index with the id.
    """

    key: str
    label: str
    column: Any
    id_column: Any
    descending: bool = True
    read: Any = date


@dataclass(frozen=True)
class PageOf(Generic[T]):
    """One page: its rows, and the cursors of the neighbours (None at either end)."""

    rows: Sequence[T]
    after: str | None
    before: str | None


def page_of(
    session: Session,
    statement: Select[Any],
    order: Order,
    *,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> PageOf[Any]:
    """Rows of one page. `statement` must select the sort column as `sort_value` and the id as `row_id`.

    A cursor that makes no sense is ignored: the first page is shown.
    """
    backwards = _parsed(before, order) is not None
    cursor = _parsed(before if backwards else after, order)
    descending = order.descending != backwards
    if cursor is not None:
        statement = statement.where(_beyond(order, cursor, descending))
    columns = (order.column, order.id_column)
    statement = statement.order_by(*((c.desc() if descending else c.asc()) for c in columns)).limit(size + 1)
    rows = list(session.execute(statement))
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    has_after = more if not backwards else True
    has_before = more if backwards else cursor is not None
    return PageOf(
        rows,
        _cursor(rows[-1]) if rows and has_after else None,
        _cursor(rows[0]) if rows and has_before else None,
    )


def readable(cursor: str, order: Order) -> str:
    """The cursor; "" where it makes no sense."""
    return cursor if _parsed(cursor, order) is not None else ""


def _beyond(order: Order, cursor: tuple[Any, int], descending: bool) -> Any:
    value, row_id = cursor
    column, id_column = order.column, order.id_column
    # The bound on the column alone lets the index be entered at the cursor instead of read from its start.
    if descending:
        return and_(column <= value, or_(column < value, id_column < row_id))
    return and_(column >= value, or_(column > value, id_column > row_id))


def _cursor(row: Any) -> str:
    value = row.sort_value
    return f"{value.isoformat() if isinstance(value, date | datetime) else value}~{row.row_id}"


def _parsed(text: str, order: Order) -> tuple[Any, int] | None:
    written, separator, last = text.rpartition("~")
    row_id, value = number_of(last), _value(written, order.read)
    return None if not separator or row_id is None or value is None else (value, row_id)


def _value(text: str, read: Any) -> Any:
    """None where it cannot be read."""
    if read is int:
        return number_of(text)
    try:
        return read.fromisoformat(text) if issubclass(read, date | datetime) else read(text)
    except ValueError:
        return None
