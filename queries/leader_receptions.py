"""Lists of leaders' receptions (领导接访), and what the leaders promised there."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any, Self

from sqlalchemy import ColumnElement, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from models.leader_reception import LeaderPromise, LeaderReception
from models.organisation import Unit
from models.staff import Person, Posting
from queries.became_tasks import is_struck_off
from queries.paging import Order, PageOf, page_of
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
from queries.scope import in_scope, is_root, within
from rules.errors import NotVisible
from rules.roles import Actor, Permission
from rules.taxonomy import VILLAGE_LEVEL, LeaderReceptionMode

R = LeaderReception
RESPONSIBLE = aliased(Unit, name="responsible_unit")
ORDERS = {
    "date": Order("date", "接访日期（新的在前）", R.reception_date, R.id),
    "date-up": Order("date-up", "接访日期（旧的在前）", R.reception_date, R.id, descending=False),
    "unit": Order("unit", "单位", Unit.path, R.id, descending=False, read=str),
    "leader": Order("leader", "领导姓名", R.leader_name, R.id, descending=False, read=str),
    "batches": Order("batches", "批次（多的在前）", R.batches, R.id, read=int),
    "persons": Order("persons", "人次（多的在前）", R.persons, R.id, read=int),
}
_OWING: Any = func.coalesce(LeaderPromise.responsible_unit_id, R.unit_id)
"""Who keeps a promise."""
STATES = {"": "有效登记", "void": "已作废"}
MOST_EXPORTED = 20_000
MOST_LEADERS = 500


@dataclass(frozen=True)
class LeaderDayFilter:
    """What a list of leaders' receptions shows. Each field is one name of the query string."""

    from_: date | None = None
    to: date | None = None
    unit: int | None = None
    mode: LeaderReceptionMode | None = None
    mine: bool = False
    """Only the signed-in leader's own."""
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
            mode=word_of(LeaderReceptionMode, args.get("mode", "")),
            mine=args.get("mine") == "1",
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
        """Receptions in scope that the filter lets through."""
        statement = in_scope(R, actor).where(live_or_void(R, self.state == "void"))
        if self.from_:
            statement = statement.where(R.reception_date >= self.from_)
        if self.to:
            statement = statement.where(R.reception_date <= self.to)
        if self.unit is not None:
            statement = statement.where(below_unit(session, R.unit_id, self.unit))
        if self.mode is not None:
            statement = statement.where(R.mode == self.mode.value)
        if self.mine:
            statement = statement.where(R.leader_id == (actor.person_id or 0))
        return statement.where(self._holds(self.q)) if self.q else statement

    def _holds(self, text: str) -> Any:
        promises = select(LeaderPromise.reception_id).where(
            LeaderPromise.summary.contains(text, autoescape=True)
        )
        columns = (R.leader_name, R.post, R.portfolio, R.place, R.companions, R.notes)
        return or_(
            R.number.contains(text.upper(), autoescape=True),
            *(column.contains(text, autoescape=True) for column in columns),
            R.id.in_(promises),
        )

    def sentence(self, session: Session) -> str:
        """What is shown, in words."""
        parts = [days_in_words(self.from_, self.to)]
        parts += [unit_in_words(session, self.unit)] if self.unit is not None else []
        parts += [self.mode.label] if self.mode else []
        parts += ["本人接访"] if self.mine else []
        parts += [f"含“{self.q}”"] if self.q else []
        parts += [STATES[self.state]] if self.state else []
        return "，".join(p for p in parts if p)


@dataclass(frozen=True)
class LeaderDayRow:
    """One line of the list."""

    id: int
    number: str
    reception_date: date
    unit: str
    leader: str
    post: str
    portfolio: str
    mode: str
    place: str
    companions: str
    batches: int
    persons: int
    solved: int
    promises: int
    open_promises: int
    notes: str
    void_reason: str | None


@dataclass(frozen=True)
class LeaderDayTotals:
    receptions: int
    batches: int
    persons: int
    solved: int

    def in_words(self) -> str:
        return f"共 {self.receptions} 人次领导接访，接待 {self.batches} 批 {self.persons} 人，解决 {self.solved} 件。"


@dataclass(frozen=True)
class OpenPromise:
    """A promise as its responsible unit reads it: no more of the reception than leader and day."""

    id: int
    reception_id: int
    number: str
    leader: str
    post: str
    reception_date: date
    summary: str
    responsible: str
    due_date: date | None
    is_overdue: bool
    result: str
    completed_on: date | None
    is_struck_off: bool
    """The task that it became was struck off; what came of it is still to be registered here."""


def list_leader_days(
    session: Session,
    actor: Actor,
    chosen: LeaderDayFilter,
    *,
    after: str = "",
    before: str = "",
    size: int = 50,
) -> PageOf[LeaderDayRow]:
    """One page of rows in scope; one statement besides the chosen unit's."""
    page = page_of(
        session, _lines(chosen, session, actor), chosen.order, after=after, before=before, size=size
    )
    return PageOf([_row(r) for r in page.rows], page.after, page.before)


def all_leader_days(session: Session, actor: Actor, chosen: LeaderDayFilter) -> list[LeaderDayRow]:
    """Every row, for a sheet or a printed register; one more than MOST_EXPORTED tells that there are too many."""
    return list(list_leader_days(session, actor, chosen, size=MOST_EXPORTED + 1).rows)


def leader_day_totals(session: Session, actor: Actor, chosen: LeaderDayFilter) -> LeaderDayTotals:
    statement = chosen.select(session, actor).with_only_columns(
        func.count(R.id), *(func.coalesce(func.sum(c), 0) for c in (R.batches, R.persons, R.solved))
    )
    return LeaderDayTotals(*map(int, session.execute(statement).one()))


def promise_is_visible(actor: Actor) -> ColumnElement[bool]:
    """Condition on LeaderPromise joined with LeaderReception: its reception is in scope, or its own unit is."""
    if not actor.may(Permission.RECEPTION_READ) or not actor.scope_path:
        return false()
    if is_root(actor.scope_path):
        return true()
    return or_(
        within(R.unit_id, actor.scope_path), within(LeaderPromise.responsible_unit_id, actor.scope_path)
    )


def open_promises(session: Session, actor: Actor, today: date, limit: int = 200) -> list[OpenPromise]:
    """Promises not yet kept that the actor's unit made or must keep: earliest due first, undated last."""
    statement = (
        _promises(actor)
        .where(LeaderPromise.completed_on.is_(None), R.voided_at.is_(None))
        .order_by(LeaderPromise.due_date.is_(None), LeaderPromise.due_date, LeaderPromise.id)
        .limit(limit)
    )
    return [_promise(row, today) for row in session.execute(statement)]


def load_promise(session: Session, actor: Actor, promise_id: int, today: date) -> OpenPromise:
    """One promise, kept or not. Raises NotVisible."""
    row = session.execute(_promises(actor).where(LeaderPromise.id == promise_id)).first()
    if row is None:
        raise NotVisible("leader_promise")
    return _promise(row, today)


def leaders_in_scope(session: Session, actor: Actor, today: date) -> list[tuple[str, str]]:
    """(name, post and unit) of staff posted in offices of the actor's scope, for the form's suggestions."""
    statement = (
        select(Person.name, Posting.post, Unit.short_name, Unit.name)
        .join(Posting, Posting.person_id == Person.id)
        .join(Unit, Posting.unit_id == Unit.id)
        .where(
            _posted_on(today),
            Unit.category.not_in([c.value for c in VILLAGE_LEVEL]),
            within(Posting.unit_id, actor.scope_path),
        )
        .order_by(Unit.path, Person.id)
        .limit(MOST_LEADERS)
    )
    return [
        (name, f"{post} {short or unit}".strip()) for name, post, short, unit in session.execute(statement)
    ]


def posting_of_leader(session: Session, name: str, unit: Unit, day: date) -> Posting | None:
    """The one posting that a typed name means on a day: in the unit itself, else alone in its branch or above it."""
    line = [int(part) for part in unit.path.split("/") if part]
    for place in (
        Posting.unit_id == unit.id,
        or_(within(Posting.unit_id, unit.path), Posting.unit_id.in_(line)),
    ):
        statement = (
            select(Posting)
            .join(Person, Posting.person_id == Person.id)
            .where(Person.name == name, _posted_on(day), place)
        )
        found = list(session.scalars(statement.limit(2)))
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _posted_on(day: date) -> ColumnElement[bool]:
    return (Posting.from_date <= day) & or_(Posting.to_date.is_(None), Posting.to_date >= day)


def _promises(actor: Actor) -> Any:
    return (
        select(
            LeaderPromise,
            R.number,
            R.leader_name,
            R.post,
            R.reception_date,
            RESPONSIBLE.short_name,
            RESPONSIBLE.name,
            is_struck_off(LeaderPromise, _OWING),
        )
        .join(R, LeaderPromise.reception_id == R.id)
        .outerjoin(RESPONSIBLE, LeaderPromise.responsible_unit_id == RESPONSIBLE.id)
        .where(promise_is_visible(actor))
    )


def _promise(row: Any, today: date) -> OpenPromise:
    promise, number, leader, post, day, short, name, struck_off = row
    due, is_open = promise.due_date, promise.completed_on is None and not struck_off
    return OpenPromise(
        id=promise.id,
        reception_id=promise.reception_id,
        number=number,
        leader=leader,
        post=post,
        reception_date=day,
        summary=promise.summary,
        responsible=short or name or "",
        due_date=due,
        is_overdue=due is not None and is_open and due < today,
        result=promise.result,
        completed_on=promise.completed_on,
        is_struck_off=bool(struck_off) and promise.completed_on is None,
    )


def _lines(chosen: LeaderDayFilter, session: Session, actor: Actor) -> Any:
    promises = select(func.count(LeaderPromise.id)).where(LeaderPromise.reception_id == R.id)
    return (
        chosen.select(session, actor)
        .join(Unit, R.unit_id == Unit.id)
        .with_only_columns(
            R.id.label("row_id"),
            chosen.order.column.label("sort_value"),
            *(getattr(R, name) for name in _PLAIN),
            promises.scalar_subquery().label("promise_count"),
            promises.where(LeaderPromise.completed_on.is_(None)).scalar_subquery().label("open_count"),
            Unit.short_name.label("unit_short"),
            Unit.name.label("unit_name"),
        )
    )


_PLAIN = (
    "number",
    "reception_date",
    "leader_name",
    "post",
    "portfolio",
    "mode",
    "place",
    "companions",
    "batches",
    "persons",
    "solved",
    "notes",
    "void_reason",
)


def _row(r: Any) -> LeaderDayRow:
    return LeaderDayRow(
        id=r.row_id,
        number=r.number,
        reception_date=r.reception_date,
        unit=r.unit_short or r.unit_name,
        leader=r.leader_name,
        post=r.post,
        portfolio=r.portfolio,
        mode=LeaderReceptionMode(r.mode).label,
        place=r.place,
        companions=r.companions,
        batches=r.batches,
        persons=r.persons,
        solved=r.solved,
        promises=r.promise_count,
        open_promises=r.open_count,
        notes=r.notes,
        void_reason=r.void_reason,
    )


def hours_in_words(starts_at: time | None, ends_at: time | None) -> str:
    """09:00—11:30"""
    return "—".join(f"{t:%H:%M}" for t in (starts_at, ends_at) if t)
