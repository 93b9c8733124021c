"""Lists of 自报数据: numbers that units reported themselves. No record stands behind them, and every page says so."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.office_register import ReportedFigure
from models.organisation import Unit
from queries.paging import PAGE_SIZE, Order, PageOf, page_of
from queries.register_filter import (
    args_of,
    below_unit,
    free_text_of,
    live_or_void,
    number_of,
    one_of,
    unit_in_words,
)
from queries.scope import in_scope, load_in_scope
from rules.figures import count_text
from rules.periods import parse_period
from rules.roles import Actor, Permission

F = ReportedFigure
READ = Permission.REGISTERS_READ
ORDERS = {
    "period": Order("period", "期间（后的在前）", F.period, F.id, read=str),
    "period-up": Order("period-up", "期间（前的在前）", F.period, F.id, descending=False, read=str),
}
STATES = {"": "有效登记", "void": "已作废"}
MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class FigureFilter:
    """What a list of reported figures shows. Each field is one name of the query string."""

    period: str = ""
    """As `rules.periods` writes it."""
    unit: int | None = None
    state: str = ""
    q: str = ""
    sort: str = "period"

    @classmethod
    def from_args(cls, args: Any) -> Self:
        """From a query string. Raises RuleViolation naming the field."""
        text = args.get("period", "").strip()
        return cls(
            period=parse_period(text).text if text else "",
            unit=number_of(args.get("unit", "")),
            state=one_of(STATES, args.get("state", ""), ""),
            q=free_text_of(args),
            sort=one_of(ORDERS, args.get("sort", ""), "period"),
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self, default_sort="period")

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    def select(self, session: Session, actor: Actor) -> Any:
        """Figures in scope that the filter lets through."""
        statement = in_scope(F, actor, READ).where(live_or_void(F, self.state == "void"))
        if self.period:
            statement = statement.where(F.period == self.period)
        if self.unit is not None:
            statement = statement.where(below_unit(session, F.unit_id, self.unit))
        if self.q:
            number = F.number.contains(self.q.upper(), autoescape=True)
            statement = statement.where(or_(number, F.indicator.contains(self.q, autoescape=True)))
        return statement

    def sentence(self, session: Session) -> str:
        """What is shown, in words."""
        parts = [parse_period(self.period).label] if self.period else []
        parts += [unit_in_words(session, self.unit)] if self.unit is not None else []
        parts += [f"含“{self.q}”"] if self.q else []
        parts += [STATES[self.state]] if self.state else []
        return "，".join(parts)


@dataclass(frozen=True)
class FigureRow:
    """One line of the list; `text` is the value as it is printed."""

    id: int
    number: str
    period: str
    unit: str
    indicator: str
    value: Decimal
    text: str
    void_reason: str


def list_figures(
    session: Session, actor: Actor, chosen: FigureFilter, *, after: str = "", before: str = "",
    size: int = PAGE_SIZE,
) -> PageOf[FigureRow]:  # fmt: skip
    """One page of rows in scope; one statement besides the chosen unit's."""
    statement = (
        chosen.select(session, actor)
        .join(Unit, F.unit_id == Unit.id)
        .with_only_columns(*_COLUMNS, chosen.order.column.label("sort_value"))
    )
    page = page_of(session, statement, chosen.order, after=after, before=before, size=size)
    return PageOf([_row(r) for r in page.rows], page.after, page.before)


def count_figures(session: Session, actor: Actor, chosen: FigureFilter) -> int:
    return int(session.scalar(chosen.select(session, actor).with_only_columns(func.count(F.id))) or 0)


def load_figure(session: Session, actor: Actor, row_id: int) -> ReportedFigure:
    """One in scope, void ones included. Raises NotVisible."""
    found: ReportedFigure = load_in_scope(session, F, actor, row_id, READ)
    return found


def figures_of_unit(session: Session, actor: Actor, unit_id: int, period: str) -> list[FigureRow]:
    """What one unit itself reported of a period, in the order of entering; one statement."""
    statement = (
        in_scope(F, actor, READ)
        .where(F.unit_id == unit_id, F.period == period, F.voided_at.is_(None))
        .join(Unit, F.unit_id == Unit.id)
        .with_only_columns(*_COLUMNS)
        .order_by(F.id)
    )
    return [_row(r) for r in session.execute(statement)]


def reported_already(session: Session, unit_id: int, period: str, indicator: str) -> ReportedFigure | None:
    """The live figure of this name that the unit reported of the period."""
    same = (F.unit_id == unit_id, F.period == period, F.indicator == indicator, F.voided_at.is_(None))
    return session.scalar(select(F).where(*same))


def live_figures(session: Session, unit_ids: Collection[int]) -> dict[tuple[int, str, str], Decimal]:
    """(unit, period, indicator) → what these units reported."""
    rows = session.execute(
        select(F.unit_id, F.period, F.indicator, F.value).where(
            F.unit_id.in_(unit_ids), F.voided_at.is_(None)
        )
    )
    return {(unit_id, period, name): Decimal(value) for unit_id, period, name, value in rows}


_COLUMNS = (
    F.id.label("row_id"),
    *(F.number, F.period, F.indicator, F.value, F.void_reason),
    *(Unit.short_name.label("unit_short"), Unit.name.label("unit_name")),
)


def _row(r: Any) -> FigureRow:
    value = Decimal(r.value)
    return FigureRow(
        id=r.row_id,
        number=r.number,
        period=r.period,
        unit=r.unit_short or r.unit_name,
        indicator=r.indicator,
        value=value,
        text=count_text(value),
        void_reason=r.void_reason or "",
    )
