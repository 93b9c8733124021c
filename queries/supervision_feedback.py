"""督办阶段反馈: every feedback day, the report that answered it, or that none did; the rows that the rate is made of."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from sqlalchemy import Date, case, cast, func, null, select, union_all
from sqlalchemy.orm import Session, aliased

from models.organisation import Unit
from models.supervision import SupervisionLine, SupervisionStep, SupervisionTask
from queries.paging import Order, PageOf, page_of
from queries.register_filter import (
    args_of,
    below_unit,
    between,
    days_in_words,
    days_of,
    free_text_of,
    number_of,
    one_of,
    unit_in_words,
)
from queries.supervision_counted import IS_FEEDBACK, IS_FEEDBACK_MISSING
from queries.supervision_scope import line_is_visible
from rules.roles import Actor

T, L, S = SupervisionTask, SupervisionLine, SupervisionStep
_UNIT = aliased(Unit, name="line_unit")
_NEWEST = Order("due", "反馈期限（新的在前）", S.report_due_on, S.id)
_OLDEST = replace(_NEWEST, key="due-up", label="反馈期限（旧的在前）", descending=False)
ORDERS = {order.key: order for order in (_NEWEST, _OLDEST)}
STATES = {"": "全部", "on_time": "按时反馈", "late": "超期反馈", "missing": "没有反馈"}
MOST_EXPORTED = 20_000
_GIVEN = (
    S.id.label("id"),
    (2 * S.id).label("row_id"),
    S.report_due_on.label("due_on"),
    S.happened_on.label("reported_on"),
)
_MISSING = (
    (-L.id).label("id"),
    (2 * L.id + 1).label("row_id"),
    L.report_due_on.label("due_on"),
    cast(null(), Date).label("reported_on"),
)
_OF_LINE = (
    *(L.id.label("line_id"), L.task_id, T.number, T.title),
    func.coalesce(func.nullif(_UNIT.short_name, ""), _UNIT.name).label("unit"),
)


@dataclass(frozen=True)
class FeedbackFilter:
    """Each field is one name of the query string; `from` and `to` are feedback days."""

    from_: date | None = None
    to: date | None = None
    unit: int | None = None
    state: str = ""
    q: str = ""
    sort: str = "due"

    @classmethod
    def from_args(cls, args: Any) -> Self:
        """From a query string. Raises RuleViolation naming the field."""
        first, last = days_of(args)
        return cls(
            from_=first,
            to=last,
            unit=number_of(args.get("unit", "")),
            state=one_of(STATES, args.get("state", ""), ""),
            q=free_text_of(args),
            sort=one_of(ORDERS, args.get("sort", ""), "due"),
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self, "due")

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    def select(self, session: Session, actor: Actor) -> Any:
        """Those in scope that the filter lets through, with what a list shows of each."""
        rows = self._both(session, actor)
        statement = select(rows).select_from(rows)
        asked = {
            "on_time": rows.c.reported_on <= rows.c.due_on,
            "late": rows.c.reported_on > rows.c.due_on,
            "missing": rows.c.reported_on.is_(None),
        }
        return statement.where(asked[self.state]) if self.state else statement

    def _both(self, session: Session, actor: Actor) -> Any:
        """A subquery of the days that were answered and of those that were not."""
        given = self._rows(session, actor, _GIVEN, S.report_due_on, IS_FEEDBACK)
        missing = self._rows(session, actor, _MISSING, L.report_due_on, IS_FEEDBACK_MISSING)
        return union_all(given.join(S, S.line_id == L.id), missing).subquery("feedback")

    def _rows(self, session: Session, actor: Actor, columns: Any, due: Any, kind: Any) -> Any:
        statement = (
            select(*columns, *_OF_LINE)
            .select_from(L)
            .join(T, L.task_id == T.id)
            .join(_UNIT, L.unit_id == _UNIT.id)
            .where(kind, T.voided_at.is_(None), line_is_visible(actor), *between(due, self.from_, self.to))
        )
        if self.unit is not None:
            statement = statement.where(below_unit(session, L.unit_id, self.unit))
        return statement.where(self._holds()) if self.q else statement

    def _holds(self) -> Any:
        number = T.number.contains(self.q.upper(), autoescape=True)
        return number | T.title.contains(self.q, autoescape=True)

    def sentence(self, session: Session) -> str:
        """What is shown, in words."""
        due = days_in_words(self.from_, self.to)
        parts = [f"反馈期限 {due}"] if due else []
        parts += [unit_in_words(session, self.unit)] if self.unit is not None else []
        parts += [f"含“{self.q}”"] if self.q else []
        parts += [STATES[self.state]] if self.state else []
        return "，".join(parts)


@dataclass(frozen=True)
class FeedbackRow:
    """One feedback day of one unit's line; `id` is the report's, below zero that of the line where there is none."""

    id: int
    task_id: int
    line_id: int
    number: str
    title: str
    unit: str
    due_on: date
    reported_on: date | None

    def outcome(self, today: date) -> str:
        if self.reported_on is not None:
            return STATES["on_time" if self.reported_on <= self.due_on else "late"]
        return "超期未反馈" if self.due_on < today else "待反馈"

    def is_late(self, today: date) -> bool:
        return (self.reported_on or today) > self.due_on


@dataclass(frozen=True)
class FeedbackTotals:
    days: int
    on_time: int
    late: int

    def in_words(self) -> str:
        missing = self.days - self.on_time - self.late
        return (
            f"共 {self.days} 期，按时反馈 {self.on_time} 期，超期反馈 {self.late} 期，没有反馈 {missing} 期。"
        )


def list_feedback(
    session: Session,
    actor: Actor,
    chosen: FeedbackFilter,
    *,
    after: str = "",
    before: str = "",
    size: int = 50,
) -> PageOf[FeedbackRow]:
    """One page of rows in scope; one statement besides the chosen unit's."""
    rows = chosen.select(session, actor).subquery("chosen")
    order = replace(chosen.order, column=rows.c.due_on, id_column=rows.c.row_id)
    statement = select(rows, rows.c.due_on.label("sort_value"))
    page = page_of(session, statement, order, after=after, before=before, size=size)
    return PageOf([_row(r) for r in page.rows], page.after, page.before)


def all_feedback(session: Session, actor: Actor, chosen: FeedbackFilter) -> list[FeedbackRow]:
    """Every row, for a sheet; one more than MOST_EXPORTED tells that there are too many."""
    return list(list_feedback(session, actor, chosen, size=MOST_EXPORTED + 1).rows)


def feedback_totals(session: Session, actor: Actor, chosen: FeedbackFilter) -> FeedbackTotals:
    rows = chosen.select(session, actor).subquery("chosen").c

    def times(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    on_time, late = times(rows.reported_on <= rows.due_on), times(rows.reported_on > rows.due_on)
    return FeedbackTotals(*map(int, session.execute(select(func.count(rows.row_id), on_time, late)).one()))


def _row(r: Any) -> FeedbackRow:
    return FeedbackRow(
        id=r.id,
        task_id=r.task_id,
        line_id=r.line_id,
        number=r.number,
        title=r.title,
        unit=r.unit,
        due_on=r.due_on,
        reported_on=r.reported_on,
    )
