"""值班信息和工作指令: the lines of desks' logs that figures are made of, listed by the unit that answers for them.

What a desk received as 转办 stands in the sender's log too; here each message stands once, with the sender's line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.duty_desk import DeskDispatch, DeskEntry
from models.organisation import Unit
from queries.grams import matching
from queries.paging import Order, PageOf, page_of
from queries.register_filter import (
    args_of,
    below_unit,
    day_of,
    days_in_words,
    days_of,
    free_text_of,
    number_of,
    one_of,
    unit_in_words,
    word_of,
)
from queries.scope import is_root, within
from rules.duty_messages import MessageKind
from rules.errors import RuleViolation
from rules.office_time import day_begins
from rules.periods import ONE_DAY
from rules.roles import Actor, Permission

E = DeskEntry
COUNTED_FOR = func.coalesce(E.responsible_unit_id, E.unit_id)
"""承办单位; where none is named, the desk itself."""
IS_MESSAGE: ColumnElement[bool] = E.kind.in_([kind.value for kind in MessageKind])
IS_NO_COPY: ColumnElement[bool] = E.id.not_in(
    select(DeskDispatch.received_entry_id).where(DeskDispatch.received_entry_id.is_not(None))
)

SOURCE, RESPONSIBLE, DESK = aliased(Unit), aliased(Unit), aliased(Unit)
NEWEST = Order("date", "最近的在前", E.happened_at, E.id, read=datetime)
OLDEST = Order("date-up", "最早的在前", E.happened_at, E.id, descending=False, read=datetime)
ORDERS = {order.key: order for order in (NEWEST, OLDEST)}
STATES = {
    "": "全部",
    "timed": "有回复时限",
    "on_time": "按时回复",
    "late": "超时回复",
    "waiting": "未回复",
}
MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class MessageFilter:
    """Days are the office's; `due_from` and `due_to` those of 要求回复时限; `unit` with all below it."""

    from_: date | None = None
    to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    unit: int | None = None
    kind: MessageKind | None = None
    state: str = ""
    q: str = ""
    sort: str = "date"

    @classmethod
    def from_args(cls, args: Any) -> "MessageFilter":
        """Raises RuleViolation on a day that cannot be read."""
        first, last = days_of(args)
        due_first, due_last = (day_of(args.get(name, ""), name) for name in ("due_from", "due_to"))
        if due_first and due_last and due_first > due_last:
            raise RuleViolation("起始日期晚于截止日期。", "due_from")
        return cls(
            from_=first,
            to=last,
            due_from=due_first,
            due_to=due_last,
            unit=number_of(args.get("unit", "")),
            kind=word_of(MessageKind, args.get("kind", "")),
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
        return select(E).where(*self.conditions(session, actor))

    def conditions(self, session: Session, actor: Actor) -> list[Any]:
        found = [E.voided_at.is_(None), IS_MESSAGE, IS_NO_COPY, message_is_visible(actor)]
        found += _between(E.happened_at, self.from_, self.to)
        found += _between(E.due_at, self.due_from, self.due_to)
        if self.unit is not None:
            found.append(below_unit(session, COUNTED_FOR, self.unit))
        if self.kind is not None:
            found.append(E.kind == self.kind.value)
        if self.state:
            found.append(_STATE_IS[self.state])
        if self.q:
            found.append(matching(session, self.q, "content", "desk_search"))
        return found

    def sentence(self, session: Session) -> str:
        """What is shown, in words."""
        parts = [days_in_words(self.from_, self.to)]
        due = days_in_words(self.due_from, self.due_to)
        parts += [f"回复时限在 {due}"] if due else []
        parts += [unit_in_words(session, self.unit)] if self.unit is not None else []
        parts += [self.kind.label] if self.kind else []
        parts += [STATES[self.state]] if self.state else []
        parts += [f"含“{self.q}”"] if self.q else []
        return "，".join(p for p in parts if p)


_STATE_IS: Mapping[str, ColumnElement[bool]] = {
    "timed": E.due_at.is_not(None),
    "on_time": E.replied_at <= E.due_at,
    "late": E.replied_at > E.due_at,
    "waiting": and_(E.due_at.is_not(None), E.replied_at.is_(None)),
}


def _between(column: Any, first: date | None, last: date | None) -> list[Any]:
    found = [column >= day_begins(first)] if first else []
    return [*found, column < day_begins(last + ONE_DAY)] if last else found


def message_is_visible(actor: Actor) -> ColumnElement[bool]:
    """What the own desk or one below took down, and what the own unit or one below answers for."""
    if not actor.may(Permission.DUTY_LOG_READ) or not actor.scope_path:
        return false()
    if is_root(actor.scope_path):
        return E.id.is_not(None)
    return or_(*(within(unit, actor.scope_path) for unit in (E.unit_id, E.responsible_unit_id)))


@dataclass(frozen=True)
class MessageRow:
    """One line of the list; moments are naive UTC."""

    id: int
    number: str
    happened_at: datetime
    kind: str
    source: str
    content: str
    unit: str
    due_at: datetime | None
    replied_at: datetime | None
    in_log: bool
    """Whether the line's own page is the actor's to open: it stands in the log of a desk in scope."""

    @property
    def is_late(self) -> bool:
        return bool(self.due_at and self.replied_at and self.replied_at > self.due_at)


@dataclass(frozen=True)
class MessageTotals:
    information: int
    instructions: int
    timed: int
    on_time: int

    @property
    def messages(self) -> int:
        return self.information + self.instructions

    def in_words(self) -> str:
        return (
            f"共 {self.messages} 条，其中信息 {self.information} 条、工作指令 {self.instructions} 条；"
            f"有回复时限的 {self.timed} 条，按时回复 {self.on_time} 条。"
        )


def list_messages(
    session: Session,
    actor: Actor,
    chosen: MessageFilter,
    *,
    after: str = "",
    before: str = "",
    size: int = 50,
) -> PageOf[MessageRow]:
    """One page; one statement besides the chosen unit's."""
    page = page_of(
        session, _lines(session, actor, chosen), chosen.order, after=after, before=before, size=size
    )
    return PageOf([_row(r, actor) for r in page.rows], page.after, page.before)


def all_messages(session: Session, actor: Actor, chosen: MessageFilter) -> list[MessageRow]:
    """Every row, for a sheet; one more than MOST_EXPORTED tells that there are too many."""
    return list(list_messages(session, actor, chosen, size=MOST_EXPORTED + 1).rows)


def message_totals(session: Session, actor: Actor, chosen: MessageFilter) -> MessageTotals:
    def times(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    columns = (
        times(E.kind == MessageKind.INFORMATION.value),
        times(E.kind == MessageKind.INSTRUCTION.value),
        times(E.due_at.is_not(None)),
        times(E.replied_at <= E.due_at),
    )
    statement = chosen.select(session, actor).with_only_columns(*columns)
    return MessageTotals(*map(int, session.execute(statement).one()))


def _lines(session: Session, actor: Actor, chosen: MessageFilter) -> Any:
    return (
        chosen.select(session, actor)
        .join(DESK, E.unit_id == DESK.id)
        .outerjoin(RESPONSIBLE, E.responsible_unit_id == RESPONSIBLE.id)
        .outerjoin(SOURCE, E.source_unit_id == SOURCE.id)
        .with_only_columns(
            E.id.label("row_id"),
            E.happened_at.label("sort_value"),
            *(E.number, E.kind, E.source, E.content, E.due_at, E.replied_at),
            DESK.path.label("desk_path"),
            _label(SOURCE).label("source_unit"),
            func.coalesce(_label(RESPONSIBLE), _label(DESK)).label("unit"),
        )
    )


def _label(unit: Any) -> Any:
    return func.coalesce(func.nullif(unit.short_name, ""), unit.name)


def _row(r: Any, actor: Actor) -> MessageRow:
    return MessageRow(
        id=r.row_id,
        number=r.number,
        happened_at=r.sort_value,
        kind=MessageKind(r.kind).label,
        source=r.source_unit or r.source,
        content=r.content,
        unit=r.unit,
        due_at=r.due_at,
        replied_at=r.replied_at,
        in_log=r.desk_path.startswith(actor.scope_path),
    )
