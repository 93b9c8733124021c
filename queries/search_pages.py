"""One page of a search, with what all of its pages add up to.

Rare words lead to their rows, which are then put in order. Words that thousands of rows hold do not: there the list is
read in its own order and each row asked whether it holds them, until a page is full; and it is counted up to `MANY`, for
nobody reads further.
"""

from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.orm import Session

from queries.grams import matches
from queries.paging import Order, PageOf, page_of

MANY = 5_000


class SearchPage(NamedTuple):
    page: PageOf[Any]
    rows: int
    persons: int
    at_least: bool
    """Counted no further than `MANY` rows: there are more."""


def are_frequent(session: Session, words: str, searched: str) -> bool:
    """Whether more than `MANY` rows of a search table hold all of the words, in content or names."""
    held = (matches(session, words, column, searched) for column in ("content", "names"))
    some = union_all(*held).limit(MANY + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) > MANY


def among(id_column: Any, hits: Any, *, frequent: bool) -> ColumnElement[bool]:
    """Whether a row is one of the hits; `frequent` keeps a database from beginning with them."""
    return (id_column + 0 if frequent else id_column).in_(hits)


def search_page(
    session: Session,
    which: Select[Any],
    persons: Any,
    order: Order,
    *,
    frequent: bool,
    after: str,
    before: str,
) -> SearchPage:
    """`which` selects as `paging.page_of` says, its words asked by `among`; `persons` is the column that is added up."""
    found = which.add_columns(persons.label("persons"))
    if not frequent:
        return _all_at_once(session, found, order, after, before)
    page = page_of(session, which, order, after=after, before=before)
    rows, heads = _counted(session, found.limit(MANY + 1).subquery())
    return SearchPage(page, min(rows, MANY), heads, rows > MANY)


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
