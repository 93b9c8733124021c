"""One page of a search, with what all of its pages add up to.

Rare words lead to their rows, which are then put in order. Words that thousands of rows hold do not: there the list is
read in its own order and each row asked whether it holds them, until a page is full; and it is counted as far as `MANY`,
for nobody reads further.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from queries.grams import at_most_about, holds, matches
from queries.paging import Order, PageOf, page_of

MANY = 1_000
SAMPLED, LOOKED_AT = 1.2, 4
"""Times `MANY` of the rows that hold frequent words are looked at, to see whether so many are to be shown: first a few,
which is enough for who sees the county, and more where it is not."""


@dataclass(frozen=True)
class Words:
    """Words that are searched for in a register: in the text of every row, in the names of those whose names the reader
    reads."""

    text: str
    searched: str
    """The search table."""
    row: Any
    """The entity of the register, as the list selects it."""
    named: Any
    """The same under another name."""
    names_are_plain: Callable[[Any], ColumnElement[bool]]

    def hits(self, session: Session) -> CompoundSelect[tuple[int]]:
        """Ids, one twice where text and name hold the words. One set, not conditions with OR between them: PostgreSQL
        would read every row."""
        return union_all(*self._both(session))

    def lead_to(self, session: Session) -> ColumnElement[bool]:
        """From the words to the rows."""
        found: ColumnElement[bool] = self.row.id.in_(self.hits(session))
        return found

    def are_held(self, session: Session) -> ColumnElement[bool]:
        """Asked of each row that the list comes to. Neither database may begin with the hits: SQLite has them all at hand
        and meets a sum in the way; PostgreSQL looks each row up, which a value makes it do and EXISTS would not."""
        row_id = self.row.id
        if session.get_bind().dialect.name == "sqlite":
            return or_(*((row_id + 0).in_(found) for found in self._both(session)))
        hit, in_text, in_names = holds(self.text, self.searched)
        held = or_(in_text, and_(in_names, self.names_are_plain(self.row)))
        return select(hit).where(hit == row_id, held).limit(1).scalar_subquery().is_not(None)

    def _both(self, session: Session) -> tuple[Select[tuple[int]], Select[tuple[int]]]:
        return self._in_text(session), self._in_plain_names(session)

    def _in_text(self, session: Session) -> Select[tuple[int]]:
        return matches(session, self.text, "content", self.searched)

    def _in_plain_names(self, session: Session) -> Select[tuple[int]]:
        held = self.named.id.in_(matches(session, self.text, "names", self.searched))
        return select(self.named.id).where(held, self.names_are_plain(self.named))


class SearchPage(NamedTuple):
    page: PageOf[Any]
    rows: int
    persons: int
    at_least: bool
    """Counted no further than `MANY` rows: there are more."""


def search_page(
    session: Session,
    words: Words,
    which: Select[Any],
    order: Order,
    *,
    narrow: bool,
    after: str,
    before: str,
) -> SearchPage:
    """`which` are the rows of the list, whatever words they hold, selected as `paging.page_of` says and with `persons`, which
    are added up. `narrow`: the reader sees a small part of the register."""
    most = LOOKED_AT * MANY
    if at_most_about(session, words.text, words.searched, most + 1) <= most:
        return _all_at_once(session, which.where(words.lead_to(session)), order, after, before)
    held = which.where(words.are_held(session))
    if narrow:
        return _all_at_once(session, held, order, after, before)
    held_by, shown, heads = _looked_at(session, words, which, SAMPLED)
    if shown <= MANY and held_by > SAMPLED * MANY:
        held_by, shown, heads = _looked_at(session, words, which, LOOKED_AT)
    if shown > MANY:
        return SearchPage(page_of(session, held, order, after=after, before=before), MANY, heads, True)
    if held_by > most:  # frequent in the county, not in what is shown
        return _all_at_once(session, held, order, after, before)
    return _all_at_once(session, which.where(words.lead_to(session)), order, after, before)


def _looked_at(session: Session, words: Words, which: Select[Any], times: float) -> tuple[int, int, int]:
    """Of the first rows that hold the words: how many there are, one more than are looked at where there are more; how many
    are shown, one over `MANY` at the most, and their persons."""
    most = int(times * MANY)
    hits = words.hits(session).limit(most + 1).cte("hits").prefix_with("MATERIALIZED")
    (hit,) = hits.c
    some = which.where(words.row.id.in_(select(hit).limit(most))).limit(MANY + 1).subquery()
    held_by = select(func.count()).select_from(hits).scalar_subquery()
    found, shown, heads = session.execute(select(held_by, *_sums(some))).one()
    return found, shown, int(heads)


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
