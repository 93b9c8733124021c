"""What the lists of suggestions, interviews and inspections share: one filter over one register."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Self

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import Session

from queries.paging import Order, PageOf, page_of
from queries.register_filter import (
    args_of,
    below_unit,
    days_in_words,
    days_of,
    free_text_of,
    number_of,
    one_of,
    unit_in_words,
    word_of,
)
from rules.roles import Actor
from rules.taxonomy import Labelled


def _anybody(_actor: Actor) -> ColumnElement[bool]:
    return true()


@dataclass(frozen=True)
class ListState:
    """One choice of 状态: its word, the condition on a day, and whose work it is."""

    label: str
    holds: Callable[[date], ColumnElement[bool]]
    hands: Callable[[Actor], ColumnElement[bool]] = _anybody


@dataclass(frozen=True)
class ListColumns:
    """`visible` selects what an actor may read; `unit` is whom a row concerns; `states[""]` is shown unless asked
    otherwise; `texts` are searched."""

    model: Any
    visible: Callable[[Actor], Select[Any]]
    day: Any
    unit: Any
    states: Mapping[str, ListState]
    texts: tuple[Any, ...]
    orders: Mapping[str, Order]
    kinds: type[Labelled] | None = None
    kind: Any = None
    loads: tuple[Any, ...] = ()
    sums: Mapping[str, Any] = field(default_factory=dict)
    """What else the list says of all its rows: words with {} for the number, and the aggregate."""


@dataclass(frozen=True)
class ListTotals:
    rows: int
    sums: tuple[str, ...] = ()
    """In words."""

    def in_words(self) -> str:
        return "，".join((f"共 {self.rows} 条", *self.sums))


@dataclass(frozen=True)
class AccountabilityFilter:
    """What a list shows. Each field is one name of the query string."""

    columns: ClassVar[ListColumns]

    from_: date | None = None
    to: date | None = None
    unit: int | None = None
    kind: str = ""
    state: str = ""
    q: str = ""
    sort: str = "date"

    @classmethod
    def from_args(cls, args: Any) -> Self:
        """From a query string; `period` stands for both days. Raises RuleViolation naming the field."""
        first, last = days_of(args)
        kinds = cls.columns.kinds
        return cls(
            from_=first,
            to=last,
            unit=number_of(args.get("unit", "")),
            kind=(word_of(kinds, args.get("kind", "")) or "") if kinds else "",
            state=one_of(dict(cls.columns.states), args.get("state", ""), ""),
            q=free_text_of(args),
            sort=one_of(dict(cls.columns.orders), args.get("sort", ""), "date"),
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    @property
    def order(self) -> Order:
        return self.columns.orders[self.sort]

    def select(self, session: Session, actor: Actor, today: date) -> Any:
        """Rows in scope that the filter lets through."""
        c = self.columns
        conditions = (
            c.states[self.state].holds(today),
            c.states[self.state].hands(actor),
            c.day >= self.from_ if self.from_ else true(),
            c.day <= self.to if self.to else true(),
            below_unit(session, c.unit, self.unit) if self.unit is not None else true(),
            c.kind == self.kind if self.kind else true(),
            or_(*(text.contains(self.q, autoescape=True) for text in c.texts)) if self.q else true(),
        )
        return c.visible(actor).where(*conditions)

    def sentence(self, session: Session) -> str:
        """What is shown, in words."""
        kinds, state = self.columns.kinds, self.columns.states[self.state]
        parts = [days_in_words(self.from_, self.to)]
        parts += [unit_in_words(session, self.unit)] if self.unit is not None else []
        parts += [kinds(self.kind).label] if kinds and self.kind else []
        parts += [f"含“{self.q}”"] if self.q else []
        parts += [state.label] if self.state else []
        return "，".join(p for p in parts if p)


def list_page(
    session: Session,
    actor: Actor,
    chosen: AccountabilityFilter,
    today: date,
    *,
    after: str = "",
    before: str = "",
    size: int = 50,
) -> PageOf[Any]:
    """One page of rows, each with what the list names of it; one statement besides the chosen unit's."""
    c = chosen.columns
    statement = (
        chosen.select(session, actor, today)
        .options(*c.loads)
        .add_columns(chosen.order.column.label("sort_value"), c.model.id.label("row_id"))
    )
    page = page_of(session, statement, chosen.order, after=after, before=before, size=size)
    return PageOf([row[0] for row in page.rows], page.after, page.before)


def list_totals(session: Session, actor: Actor, chosen: AccountabilityFilter, today: date) -> ListTotals:
    columns = chosen.columns
    asked = (func.count(columns.model.id), *columns.sums.values())
    rows, *sums = session.execute(chosen.select(session, actor, today).with_only_columns(*asked)).one()
    said = (words.format(int(number)) for words, number in zip(columns.sums, sums, strict=True))
    return ListTotals(int(rows), tuple(said))


def nothing(model: Any) -> Select[Any]:
    return select(model).where(false())
