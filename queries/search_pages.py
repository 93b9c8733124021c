"""One page of a search, with what all of its pages add up to.

Rare words lead to their rows, which are then put in order. Words that thousands of rows hold do not: there the list is
read in its own order and each row asked whether it holds them, until a page is full; and it is counted as far as `MANY`,
for nobody reads further.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select, union_all
from sqlalchemy.orm import Session

from queries.grams import matches
from queries.paging import Order, PageOf, page_of
from queries.wordings import EitherWording

MANY = 1_000
LOOKED_AT = 4
"""Times `MANY` of the rows that hold frequent words are looked at, to see whether so many are to be shown."""


class Look(Enum):
    """How rows that hold words are looked for."""

    BY_WORDS = "from the words to the rows"
    IN_ORDER = "through the list, asking each row"
    AT_SOME = "as by words, at the first of them alone"


class SearchPage(NamedTuple):
    page: PageOf[Any]
    rows: int
    persons: int
    at_least: bool
    """Counted no further than `MANY` rows: there are more."""


def among(id_column: Any, hits: tuple[Select[Any], ...], look: Look) -> ColumnElement[bool]:
    """Whether a row is one of the hits, which come from the columns of a search table."""
    if look is Look.IN_ORDER:
        return or_(*(_asked_in_order(id_column, found) for found in hits))
    # One set of ids, not conditions with OR between them: PostgreSQL would read every row.
    ids: Any = union_all(*hits)
    return id_column.in_(ids.limit(LOOKED_AT * MANY) if look is Look.AT_SOME else ids)


def _asked_in_order(id_column: Any, found: Select[Any]) -> EitherWording:
    """Neither database may begin with the hits: SQLite has them all at hand and meets a sum in the way; PostgreSQL looks
    each row up, which a value makes it do and EXISTS would not."""
    (hit,) = found.selected_columns
    this_one = found.where(hit == id_column).limit(1).scalar_subquery()
    return EitherWording((id_column + 0).in_(found), on_postgresql=this_one.is_not(None))


def search_page(
    session: Session,
    words: str,
    searched: str,
    which: Callable[[Look], Select[Any]],
    persons: Any,
    order: Order,
    *,
    after: str,
    before: str,
) -> SearchPage:
    """`which` selects as `paging.page_of` says, its words asked by `among`; `persons` is the column that is added up."""
    added = persons.label("persons")
    if not _are_frequent(session, words, searched):
        return _all_at_once(session, which(Look.BY_WORDS).add_columns(added), order, after, before)
    some = which(Look.AT_SOME).add_columns(added).limit(MANY + 1).subquery()
    rows, heads = _counted(session, some)
    if rows <= MANY:  # frequent in the county, not in what is shown
        return _all_at_once(session, which(Look.IN_ORDER).add_columns(added), order, after, before)
    page = page_of(session, which(Look.IN_ORDER), order, after=after, before=before)
    return SearchPage(page, MANY, heads, True)


def _are_frequent(session: Session, words: str, searched: str) -> bool:
    held = (matches(session, words, column, searched) for column in ("content", "names"))
    some = union_all(*held).limit(LOOKED_AT * MANY + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) > LOOKED_AT * MANY


def _all_at_once(session: Session, found: Select[Any], order: Order, after: str, before: str) -> SearchPage:
    """The search is made once, for the page and for the totals."""
    all_of_it = found.cte("found").prefix_with("MATERIALIZED")  # SQLite would search for each of its readers
    totals = (select(sum_).select_from(all_of_it).scalar_subquery() for sum_ in _sums(all_of_it))
    rows, heads = totals
    read = select(
        all_of_it.c.row_id, all_of_it.c.sort_value, rows.label("all_rows"), heads.label("all_persons")
    )
    order = replace(order, column=all_of_it.c.sort_value, id_column=all_of_it.c.row_id)
    page = page_of(session, read, order, after=after, before=before)
    if page.rows:
        return SearchPage(page, page.rows[0].all_rows, int(page.rows[0].all_persons), False)
    return SearchPage(page, *_counted(session, found.subquery()), False)


def _counted(session: Session, found: Any) -> tuple[int, int]:
    rows, heads = session.execute(select(*_sums(found))).one()
    return rows, int(heads)


def _sums(found: Any) -> tuple[Any, Any]:
    return func.count(found.c.row_id), func.coalesce(func.sum(found.c.persons), 0)
