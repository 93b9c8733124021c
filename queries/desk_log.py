"""值班日志: one Filter from the address to SQL and to words, the lines of a page, what waits at a desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from models.duty_desk import DeskDispatch, DeskEntry
from models.organisation import Unit
from queries.desk_scope import READ, own_desk, receives_for
from queries.grams import matches
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
    word_of,
)
from queries.scope import in_scope
from rules.desk_rules import ReplyLight, is_late, reply_light, time_left
from rules.desk_words import EntryKind, EntryMode, Report
from rules.office_time import day_begins
from rules.roles import Actor
from rules.taxonomy import UnitCategory

E = DeskEntry
DESK = aliased(Unit, name="desk_unit")
SOURCE = aliased(Unit, name="source_unit")
RESPONSIBLE = aliased(Unit, name="responsible_unit")
CAME = aliased(DeskDispatch, name="came_by")
DEFAULT_SORT = "time"
ALL_DESKS = 0
MOST_EXPORTED = 20_000
ORDERS = {
    "time": Order("time", "时间（新的在前）", E.happened_at, E.id, read=datetime),
    "time-up": Order("time-up", "时间（旧的在前）", E.happened_at, E.id, descending=False, read=datetime),
    "due": Order("due", "回复时限（先到的在前）", E.due_at, E.id, descending=False, read=datetime),
    "entered": Order("entered", "录入先后（新的在前）", E.id, E.id, read=int),
}
STATES = {
    "": "有效日志",
    "open": "未办结",
    "waiting": "待回复",
    "overdue": "超时未回复",
    "chasing": "转办超时未回复",
    "done": "已办结",
    "void": "已作废",
}


@dataclass(frozen=True)
class DeskLogFilter:
    """What the log shows. Each field is one name of the query string; `unit` 0 means all desks in scope."""

    from_: date | None = None
    to: date | None = None
    unit: int | None = None
    kind: EntryKind | None = None
    responsible: int | None = None
    state: str = ""
    q: str = ""
    sort: str = DEFAULT_SORT

    @classmethod
    def from_args(cls, args: Any, *, usual_unit: int = ALL_DESKS, usual_day: date | None = None) -> Self:
        """From a query string; an address that asks for no days, state or words gets those since `usual_day`.

        Raises RuleViolation naming the field.
        """
        first, last = days_of(args)
        asked = any(
            args.get(name, "").strip() for name in ("from", "to", "period", "state", "q", "responsible")
        )
        unit = args.get("unit", "").strip()
        return cls(
            from_=first if asked or first else usual_day,
            to=last,
            unit=(number_of(unit) or ALL_DESKS) if unit else usual_unit,
            kind=word_of(EntryKind, args.get("kind", "")),
            responsible=number_of(args.get("responsible", "")),
            state=one_of(STATES, args.get("state", ""), ""),
            q=free_text_of(args),
            sort=one_of(ORDERS, args.get("sort", ""), DEFAULT_SORT),
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self, DEFAULT_SORT) | {"unit": str(self.unit or ALL_DESKS)}

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    def select(self, session: Session, actor: Actor, now: datetime) -> Any:
        """Lines in scope that the filter lets through."""
        return in_scope(E, actor, READ).where(*self._asked(session, now))

    def _asked(self, session: Session, now: datetime) -> list[Any]:
        found = [live_or_void(E, self.state == "void"), *self._about_days(), *self._about_units(session)]
        if self.kind is not None:
            found.append(E.kind == self.kind.value)
        found += conditions_of(self.state, now)
        if self.sort == "due":
            found.append(E.due_at.is_not(None))
        if self.q:
            found.append(E.id.in_(matches(session, self.q, "content", "desk_search")))
        return found

    def _about_days(self) -> list[Any]:
        found: list[Any] = [E.happened_at >= day_begins(self.from_)] if self.from_ else []
        if self.to:
            found.append(E.happened_at < day_begins(self.to + timedelta(days=1)))
        return found

    def _about_units(self, session: Session) -> list[Any]:
        """A desk's own lines; the county's unit, which keeps none, stands for all below it."""
        found = [] if self.responsible is None else [E.responsible_unit_id == self.responsible]
        if self.unit:
            unit = session.get(Unit, self.unit)
            whole = unit is not None and unit.category == UnitCategory.COUNTY_COMMITTEE
            found.append(below_unit(session, E.unit_id, self.unit) if whole else E.unit_id == self.unit)
        return found

    def sentence(self, session: Session) -> str:
        """What is shown, in words: `安澜县信访局值班日志,2026-07-15 以来,工作指令,待回复`."""
        parts = [f"{self.whose(session)}值班日志", days_in_words(self.from_, self.to)]
        parts += [self.kind.label] if self.kind else []
        if self.responsible is not None:
            parts.append(f"承办单位{_label(session, self.responsible)}")
        parts += [f"含“{self.q}”"] if self.q else []
        parts += [STATES[self.state]] if self.state else []
        return "，".join(p for p in parts if p)

    def whose(self, session: Session) -> str:
        """The desk's unit, or 各单位."""
        return _label(session, self.unit) if self.unit else "各单位"


def conditions_of(state: str, now: datetime) -> list[Any]:
    """What a state of the filter asks of a line."""
    if state == "open":
        return [E.done_at.is_(None)]
    if state == "done":
        return [E.done_at.is_not(None)]
    if state in ("waiting", "overdue"):
        late = [E.due_at < now] if state == "overdue" else []
        return [E.due_at.is_not(None), E.replied_at.is_(None), *late]
    return [_unanswered_in_time(now)] if state == "chasing" else []


def _unanswered_in_time(now: datetime) -> Any:
    """Somebody to whom the line was sent on has let the limit pass, whether signed for or not."""
    return (
        select(DeskDispatch.id)
        .where(
            DeskDispatch.entry_id == E.id,
            DeskDispatch.voided_at.is_(None),
            DeskDispatch.due_at < now,
            DeskDispatch.replied_at.is_(None),
        )
        .exists()
    )


def _label(session: Session, unit_id: int | None) -> str:
    unit = session.get(Unit, unit_id) if unit_id else None
    return unit.label if unit else "未知单位"


@dataclass(frozen=True)
class LogRow:
    """One line of the log, moments naive UTC."""

    id: int
    number: str
    happened_at: datetime
    registered_at: datetime
    is_late: bool
    unit: str
    kind: str
    mode: str
    source: str
    content: str
    proposal: str
    instruction: str
    instructed_by: str
    responsible: str
    due_at: datetime | None
    replied_at: datetime | None
    reply: str
    done_at: datetime | None
    report: str
    came_by: int | None
    """The dispatch whose receipt opened it."""
    sent: int
    """To how many desks it was sent on, and how many of them have received and answered it."""
    received: int
    answered: int
    light: ReplyLight | None
    left: str
    void_reason: str | None


def list_log(
    session: Session,
    actor: Actor,
    chosen: DeskLogFilter,
    now: datetime,
    *,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> PageOf[LogRow]:
    """One page; one statement besides the chosen unit's."""
    statement = _lines(chosen.select(session, actor, now), chosen.order)
    page = page_of(session, statement, chosen.order, after=after, before=before, size=size)
    return PageOf([_row(r, now) for r in page.rows], page.after, page.before)


def all_log(session: Session, actor: Actor, chosen: DeskLogFilter, now: datetime) -> list[LogRow]:
    """Every line, for a sheet; one more than MOST_EXPORTED tells that there are too many."""
    return list(list_log(session, actor, chosen, now, size=MOST_EXPORTED + 1).rows)


def log_total(session: Session, actor: Actor, chosen: DeskLogFilter, now: datetime) -> int:
    statement = chosen.select(session, actor, now).with_only_columns(func.count(E.id))
    return int(session.scalar(statement) or 0)


def _lines(statement: Any, order: Order) -> Any:
    sent = select(func.count(DeskDispatch.id)).where(
        DeskDispatch.entry_id == E.id, DeskDispatch.voided_at.is_(None)
    )
    return (
        statement.join(DESK, E.unit_id == DESK.id)
        .outerjoin(SOURCE, E.source_unit_id == SOURCE.id)
        .outerjoin(RESPONSIBLE, E.responsible_unit_id == RESPONSIBLE.id)
        .outerjoin(CAME, CAME.received_entry_id == E.id)
        .with_only_columns(
            E.id.label("row_id"),
            order.column.label("sort_value"),
            *(getattr(E, name) for name in _PLAIN),
            DESK.short_name.label("unit_short"),
            DESK.name.label("unit_name"),
            func.coalesce(func.nullif(SOURCE.short_name, ""), SOURCE.name).label("source_name"),
            func.coalesce(func.nullif(RESPONSIBLE.short_name, ""), RESPONSIBLE.name).label("responsible"),
            CAME.id.label("came_by"),
            sent.scalar_subquery().label("sent"),
            sent.where(DeskDispatch.received_at.is_not(None)).scalar_subquery().label("received"),
            sent.where(DeskDispatch.replied_at.is_not(None)).scalar_subquery().label("answered"),
        )
    )


_PLAIN = (
    "number", "happened_at", "registered_at", "kind", "mode", "source", "content", "proposal", "instruction",
    "instructed_by", "due_at", "replied_at", "reply", "done_at", "report", "void_reason",
)  # fmt: skip


def _row(r: Any, now: datetime) -> LogRow:
    plain = {name: getattr(r, name) for name in _PLAIN if name not in ("kind", "mode", "source", "report")}
    waits = r.due_at is not None and r.replied_at is None
    return LogRow(
        id=r.row_id,
        unit=r.unit_short or r.unit_name,
        kind=EntryKind(r.kind).label,
        mode=EntryMode(r.mode).label if r.mode else "",
        source=source_in_words(r.source_name, r.source),
        report=Report(r.report).label if r.report else "",
        responsible=r.responsible or "",
        is_late=r.came_by is None and is_late(r.happened_at, r.registered_at),
        came_by=r.came_by,
        sent=r.sent,
        received=r.received,
        answered=r.answered,
        light=reply_light(r.due_at, r.replied_at, now) if r.due_at else None,
        left=time_left(r.due_at, now) if waits else "",
        **plain,
    )


def source_in_words(unit: str | None, words: str) -> str:
    """县住建局 值班室"""
    return " ".join(part for part in (unit, words) if part)


@dataclass(frozen=True)
class DeskWork:
    """What waits at the own desk, counted."""

    to_receive: int
    waiting: int
    overdue: int
    open: int
    chasing: int
    """Lines sent on that another unit has not answered by its limit."""


def desk_work(session: Session, actor: Actor, now: datetime) -> DeskWork:
    """One statement."""
    own = (E.unit_id == own_desk(actor), E.voided_at.is_(None))
    lines = (
        select(func.count(E.id)).where(*own, *conditions_of(state, now)).scalar_subquery()
        for state in ("waiting", "overdue", "open", "chasing")
    )
    row = session.execute(
        select(
            select(func.count(DeskDispatch.id)).where(*_unreceived(actor)).scalar_subquery().label("receive"),
            *lines,
        )
    ).one()
    return DeskWork(*map(int, row))


@dataclass(frozen=True)
class Incoming:
    """A dispatch that waits for this desk's receipt."""

    id: int
    number: str
    sender: str
    kind: str
    content: str
    demand: str
    sent_at: datetime
    due_at: datetime | None
    light: ReplyLight | None


def incoming(session: Session, actor: Actor, now: datetime, limit: int = 20) -> list[Incoming]:
    """Dispatches to receive, oldest first. One statement."""
    statement = (
        select(DeskDispatch, E.number, E.kind, E.content, DESK.short_name, DESK.name)
        .join(E, DeskDispatch.entry_id == E.id)
        .join(DESK, E.unit_id == DESK.id)
        .where(*_unreceived(actor))
        .order_by(DeskDispatch.id)
        .limit(limit)
    )
    return [
        Incoming(
            id=sent.id,
            number=number,
            sender=short or name,
            kind=EntryKind(kind).label,
            content=content,
            demand=sent.demand,
            sent_at=sent.sent_at,
            due_at=sent.due_at,
            light=reply_light(sent.due_at, None, now) if sent.due_at else None,
        )
        for sent, number, kind, content, short, name in session.execute(statement)
    ]


def _unreceived(actor: Actor) -> list[Any]:
    return [
        DeskDispatch.unit_id.in_(receives_for(actor)),
        DeskDispatch.voided_at.is_(None),
        DeskDispatch.received_at.is_(None),
    ]


@dataclass(frozen=True)
class PressingLine:
    """An unanswered line with a limit, for the front page."""

    id: int
    number: str
    unit: str
    kind: str
    content: str
    due_at: datetime
    light: ReplyLight
    left: str


def pressing(session: Session, actor: Actor, now: datetime, limit: int = 6) -> list[PressingLine]:
    """What the own desk owes an answer, first due first; for a leader, who keeps no desk, that of all in scope."""
    own = own_desk(actor)
    statement = (
        in_scope(E, actor, READ)
        .join(DESK, E.unit_id == DESK.id)
        .where(E.voided_at.is_(None), *conditions_of("waiting", now), *([E.unit_id == own] if own else []))
        .with_only_columns(E.id, E.number, E.kind, E.content, E.due_at, DESK.short_name, DESK.name)
        .order_by(E.due_at, E.id)
        .limit(limit)
    )
    return [
        PressingLine(
            r.id, r.number, r.short_name or r.name, EntryKind(r.kind).label, r.content, r.due_at,
            reply_light(r.due_at, None, now), time_left(r.due_at, now),
        )
        for r in session.execute(statement)
    ]  # fmt: skip


@dataclass(frozen=True)
class ChainLine:
    """One report of an event."""

    id: int
    number: str
    report: str
    happened_at: datetime
    content: str
    is_void: bool


def chain_of(session: Session, line: DeskEntry) -> list[ChainLine]:
    """首报, 续报, 终报 of the event that a line belongs to, in order; [] for a line that is no report."""
    head = line.first_id or (line.id if line.report == Report.FIRST else None)
    if head is None:
        return []
    statement = select(E).where((E.id == head) | (E.first_id == head), E.unit_id == line.unit_id)
    return [
        ChainLine(r.id, r.number, Report(r.report).label, r.happened_at, r.content, r.is_void)
        for r in session.scalars(statement.order_by(E.happened_at, E.id))
    ]


def open_events(session: Session, unit_id: int, limit: int = 30) -> Sequence[tuple[str, str]]:
    """(number, content) of a desk's 首报 that are not done, newest first: offered where a 续报 is written."""
    statement = (
        select(E.number, E.content)
        .where(
            E.unit_id == unit_id,
            E.voided_at.is_(None),
            E.done_at.is_(None),
            E.report == Report.FIRST.value,
        )
        .order_by(E.happened_at.desc(), E.id.desc())
        .limit(limit)
    )
    return [(number, content) for number, content in session.execute(statement)]
