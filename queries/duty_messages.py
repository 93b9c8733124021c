"""值班信息和工作指令: the lines of desks' logs that figures are made of, listed by the unit that answers for them.

What a desk received as 转办 stands in the sender's log too; here each message stands once, with the sender's line. Asked
for the answers owed (`owed`), the list also has a row for each unit to which a message was sent on with a limit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from models.duty_desk import DeskDispatch, DeskEntry
from queries import owed_replies
from queries.desk_scope import dispatch_is_visible
from queries.grams import matching
from queries.owed_replies import (
    COUNTED_FOR,
    IS_MESSAGE,
    IS_NO_COPY,
    UnitReplies,
    message_is_visible,
    replies_by_unit,
)
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
from rules.duty_messages import MessageKind
from rules.errors import RuleViolation
from rules.office_time import day_begins
from rules.periods import ONE_DAY
from rules.roles import Actor

E, D = DeskEntry, DeskDispatch
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
    owed: bool = False
    """Answers owed by a limit, those of 转办 too, instead of messages."""
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
            owed=args.get("owed") == "1",
            q=free_text_of(args),
            sort=one_of(ORDERS, args.get("sort", ""), "date"),
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    def select(self, session: Session, actor: Actor) -> Any:
        if self.owed:
            rows = self.owed_rows(session, actor)
            return select(rows).select_from(rows)
        return select(E).where(*self.conditions(session, actor))

    def owed_rows(self, session: Session, actor: Actor) -> Any:
        """A subquery of `queries.owed_replies.both`."""
        sent = [
            dispatch_is_visible(actor),
            *self._asked(session, D.sent_at, D.due_at, D.replied_at, D.unit_id),
        ]
        return owed_replies.both(self.conditions(session, actor), sent)

    def conditions(self, session: Session, actor: Actor) -> list[Any]:
        asked = self._asked(session, E.happened_at, E.due_at, E.replied_at, COUNTED_FOR)
        return [E.voided_at.is_(None), IS_MESSAGE, IS_NO_COPY, message_is_visible(actor), *asked]

    def _asked(self, session: Session, came: Any, due: Any, replied: Any, unit: Any) -> list[Any]:
        found = [*_between(came, self.from_, self.to), *_between(due, self.due_from, self.due_to)]
        if self.unit is not None:
            found.append(below_unit(session, unit, self.unit))
        if self.kind is not None:
            found.append(E.kind == self.kind.value)
        if self.state:
            found.append(_STATE_IS[self.state](due, replied))
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
        parts += ["应回复的（含转办）"] if self.owed else []
        parts += [STATES[self.state]] if self.state else []
        parts += [f"含“{self.q}”"] if self.q else []
        return "，".join(p for p in parts if p)


_STATE_IS: Mapping[str, Callable[[Any, Any], Any]] = {
    "timed": lambda due, _replied: due.is_not(None),
    "on_time": lambda due, replied: replied <= due,
    "late": lambda due, replied: replied > due,
    "waiting": lambda due, replied: and_(due.is_not(None), replied.is_(None)),
}


def _between(column: Any, first: date | None, last: date | None) -> list[Any]:
    found = [column >= day_begins(first)] if first else []
    return [*found, column < day_begins(last + ONE_DAY)] if last else found


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
    line_id: int
    sent_on: bool
    """A 转办: what the receiving unit owes."""

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
    rows = _rows(session, actor, chosen)
    order = replace(chosen.order, column=rows.c.happened_at, id_column=rows.c.row_id)
    statement = select(rows, rows.c.happened_at.label("sort_value"))
    page = page_of(session, statement, order, after=after, before=before, size=size)
    return PageOf([_row(r, actor) for r in page.rows], page.after, page.before)


def _rows(session: Session, actor: Actor, chosen: MessageFilter) -> Any:
    if chosen.owed:
        return chosen.owed_rows(session, actor)
    return owed_replies.messages(chosen.conditions(session, actor)).subquery("messages")


def all_messages(session: Session, actor: Actor, chosen: MessageFilter) -> list[MessageRow]:
    """Every row, for a sheet; one more than MOST_EXPORTED tells that there are too many."""
    return list(list_messages(session, actor, chosen, size=MOST_EXPORTED + 1).rows)


def message_totals(session: Session, actor: Actor, chosen: MessageFilter) -> MessageTotals:
    rows = _rows(session, actor, chosen).c

    def times(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    columns = (
        times(rows.kind == MessageKind.INFORMATION.value),
        times(rows.kind == MessageKind.INSTRUCTION.value),
        times(rows.due_at.is_not(None)),
        times(rows.replied_at <= rows.due_at),
    )
    return MessageTotals(*map(int, session.execute(select(*columns)).one()))


def unit_replies(session: Session, actor: Actor, chosen: MessageFilter, now: datetime) -> list[UnitReplies]:
    """How each unit answered what it owed, by the same filter; [] for a list of messages. One statement."""
    return replies_by_unit(session, chosen.owed_rows(session, actor), now) if chosen.owed else []


def _row(r: Any, actor: Actor) -> MessageRow:
    return MessageRow(
        id=r.id,
        number=r.number,
        happened_at=r.happened_at,
        kind=MessageKind(r.kind).label,
        source=r.source_unit or r.source,
        content=r.content,
        unit=r.unit,
        due_at=r.due_at,
        replied_at=r.replied_at,
        in_log=r.desk_path.startswith(actor.scope_path),
        line_id=r.entry_id,
        sent_on=bool(r.sent_on),
    )
