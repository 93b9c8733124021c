"""Lists of 信息稿件: what a unit reported and a county, city or provincial organ took up."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import func, or_
from sqlalchemy.orm import Session

from models.office_register import Publication
from models.organisation import Unit
from queries.paging import PAGE_SIZE, Order, PageOf, page_of
from queries.register_filter import (
    args_of,
    below_unit,
    days_in_words,
    days_of,
    free_text_of,
    live_or_void,
    number_of,
    one_of,
    unit_in_words,
    word_of,
)
from queries.scope import in_scope, load_in_scope
from rules.register_words import PublicationLevel
from rules.roles import Actor, Permission

P = Publication
READ = Permission.REGISTERS_READ
ORDERS = {
    "date": Order("date", "日期（新的在前）", P.published_on, P.id),
    "date-up": Order("date-up", "日期（旧的在前）", P.published_on, P.id, descending=False),
}
STATES = {"": "有效登记", "void": "已作废"}
MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class PublicationFilter:
    """What a list of publications shows. Each field is one name of the query string."""

    from_: date | None = None
    to: date | None = None
    unit: int | None = None
    level: PublicationLevel | None = None
    state: str = ""
    q: str = ""
    sort: str = "date"

    @classmethod
    def from_args(cls, args: Any) -> Self:
        """From a query string; `period` stands for both days. Raises RuleViolation naming the field."""
        first, last = days_of(args)
        return cls(
            from_=first,
            to=last,
            unit=number_of(args.get("unit", "")),
            level=word_of(PublicationLevel, args.get("level", "")),
            state=one_of(STATES, args.get("state", ""), ""),
            q=free_text_of(args),
            sort=one_of(ORDERS, args.get("sort", ""), "date"),
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    def select(self, session: Session, actor: Actor) -> Any:
        """Publications in scope that the filter lets through."""
        statement = in_scope(P, actor, READ).where(live_or_void(P, self.state == "void"))
        if self.from_:
            statement = statement.where(P.published_on >= self.from_)
        if self.to:
            statement = statement.where(P.published_on <= self.to)
        if self.unit is not None:
            statement = statement.where(below_unit(session, P.unit_id, self.unit))
        if self.level is not None:
            statement = statement.where(P.level == self.level.value)
        return statement.where(self._holds()) if self.q else statement

    def _holds(self) -> Any:
        found = (column.contains(self.q, autoescape=True) for column in (P.title, P.outlet))
        return or_(P.number.contains(self.q.upper(), autoescape=True), *found)

    def sentence(self, session: Session) -> str:
        """What is shown, in words."""
        parts = [days_in_words(self.from_, self.to)]
        parts += [unit_in_words(session, self.unit)] if self.unit is not None else []
        parts += [self.level.label] if self.level else []
        parts += [f"含“{self.q}”"] if self.q else []
        parts += [STATES[self.state]] if self.state else []
        return "，".join(p for p in parts if p)


@dataclass(frozen=True)
class PublicationRow:
    """One line of the list."""

    id: int
    number: str
    published_on: date
    unit: str
    title: str
    level: str
    outlet: str
    void_reason: str


def list_publications(
    session: Session, actor: Actor, chosen: PublicationFilter, *, after: str = "", before: str = "",
    size: int = PAGE_SIZE,
) -> PageOf[PublicationRow]:  # fmt: skip
    """One page of rows in scope; one statement besides the chosen unit's."""
    statement = (
        chosen.select(session, actor)
        .join(Unit, P.unit_id == Unit.id)
        .with_only_columns(
            P.id.label("row_id"),
            chosen.order.column.label("sort_value"),
            *(P.number, P.published_on, P.title, P.level, P.outlet, P.void_reason),
            *(Unit.short_name.label("unit_short"), Unit.name.label("unit_name")),
        )
    )
    page = page_of(session, statement, chosen.order, after=after, before=before, size=size)
    return PageOf([_row(r) for r in page.rows], page.after, page.before)


def count_publications(session: Session, actor: Actor, chosen: PublicationFilter) -> int:
    return int(session.scalar(chosen.select(session, actor).with_only_columns(func.count(P.id))) or 0)


def load_publication(session: Session, actor: Actor, row_id: int) -> Publication:
    """One in scope, void ones included. Raises NotVisible."""
    found: Publication = load_in_scope(session, P, actor, row_id, READ)
    return found


def _row(r: Any) -> PublicationRow:
    return PublicationRow(
        id=r.row_id,
        number=r.number,
        published_on=r.published_on,
        unit=r.unit_short or r.unit_name,
        title=r.title,
        level=PublicationLevel(r.level).label,
        outlet=r.outlet,
        void_reason=r.void_reason or "",
    )
