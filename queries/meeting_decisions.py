"""议定事项: which decisions a unit made or must carry out, how old the open ones are, and who has most of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.meeting import Meeting, MeetingDecision, MeetingItem
from models.organisation import Unit
from models.supervision import SupervisionTask
from queries.became_tasks import is_struck_off, tasks_of
from queries.meeting_scope import item_is_unsealed, meeting_name
from queries.paging import Order, PageOf, page_of
from queries.petition_days import Days
from queries.register_filter import (
    args_of,
    below_unit,
    between,
    days_in_words,
    free_text_of,
    named_days_of,
    number_of,
    one_of,
    unit_in_words,
)
from queries.scope import in_scope_of, is_root
from queries.supervision_counted import IS_BINDING
from rules.errors import NotVisible
from rules.lights import Light
from rules.meeting_words import MeetingState
from rules.roles import Actor, Permission
from rules.supervision_states import LineState, TaskState

D = MeetingDecision
STATES = {"": "未落实", "overdue": "已超期", "done": "已落实", "final": "已定稿", "all": "全部"}
_FAR = date(2100, 12, 31)
_DUE: Any = func.coalesce(D.due_on, _FAR)
ORDERS = {
    "due": Order("due", "时限（早的在前）", _DUE, D.id, descending=False),
    "date": Order("date", "会议日期（新的在前）", Meeting.held_on, D.id),
    "unit": Order("unit", "责任单位", Unit.path, D.id, descending=False, read=str),
}
MOST_EXPORTED = 20_000
MOST_UNITS = 200


@dataclass(frozen=True)
class DecisionFilter:
    """What a list of decisions shows. Each field is one name of the query string."""

    unit: int | None = None
    due_from: date | None = None
    due_to: date | None = None
    state: str = ""
    q: str = ""
    sort: str = "due"

    @classmethod
    def from_args(cls, args: Any) -> Self:
        """From a query string. Raises RuleViolation naming the field."""
        first, last = named_days_of(args, "due")
        return cls(
            due_from=first,
            due_to=last,
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

    def select(self, session: Session, actor: Actor, today: date) -> Any:
        due = between(D.due_on, self.due_from, self.due_to)
        statement = _joined().where(decision_is_visible(actor), *_in_state(self.state, today), *due)
        if self.unit is not None:
            statement = statement.where(below_unit(session, D.unit_id, self.unit))
        if self.q:
            holds = (D.content.contains(self.q, autoescape=True), D.person.contains(self.q, autoescape=True))
            statement = statement.where(or_(*holds))
        return statement

    def sentence(self, session: Session) -> str:
        parts, due = [STATES[self.state]], days_in_words(self.due_from, self.due_to)
        parts += [f"时限 {due}"] if due else []
        parts += [unit_in_words(session, self.unit)] if self.unit is not None else []
        parts += [f"含“{self.q}”"] if self.q else []
        return "，".join(parts)


@dataclass(frozen=True)
class DecisionRow:
    """`meeting` is what the meeting is called; `task_state` where its unit's part of the task stands; `age` are calendar
    days since it was held, while open."""

    id: int
    content: str
    unit: str
    person: str
    due_on: date | None
    done_on: date | None
    result: str
    meeting: str
    number: str
    held_on: date
    task_id: int | None
    task_number: str
    task_state: str
    light: Light | None
    age: int


@dataclass(frozen=True)
class UnitOwing:
    """Open decisions of one unit. `oldest` is the day of the meeting that decided the oldest of them."""

    unit_id: int
    unit: str
    open: int
    overdue: int
    oldest: date


def decision_is_visible(actor: Actor) -> ColumnElement[bool]:
    """Condition on MeetingDecision joined with Meeting and, where there is one, MeetingItem: who holds the meeting, and
    from its final record on who must carry it out; never who may not know of the matter."""
    if not actor.may(Permission.MEETINGS_READ) or not actor.scope_path:
        return false()
    if is_root(actor.scope_path):
        return item_is_unsealed(actor)
    given = and_(in_scope_of(actor, D.unit_id), Meeting.state == MeetingState.MINUTED.value)
    return and_(or_(in_scope_of(actor, Meeting.unit_id), given), item_is_unsealed(actor))


def is_open() -> tuple[ColumnElement[bool], ...]:
    """Bound by a final record, not carried out, neither here nor by the unit's part of the task it became."""
    return D.done_on.is_(None), Meeting.state == MeetingState.MINUTED.value, ~is_struck_off(D, D.unit_id)


def list_decisions(
    session: Session,
    actor: Actor,
    chosen: DecisionFilter,
    days: Days,
    *,
    after: str = "",
    before: str = "",
    size: int = 50,
) -> PageOf[DecisionRow]:
    """One page of rows in scope, with the task that each became."""
    columns = (D.id.label("row_id"), chosen.order.column.label("sort_value"))
    which = chosen.select(session, actor, days.today).with_only_columns(*columns)
    page = page_of(session, which, chosen.order, after=after, before=before, size=size)
    return PageOf(_filled(session, [r.row_id for r in page.rows], days), page.after, page.before)


def all_decisions(session: Session, actor: Actor, chosen: DecisionFilter, days: Days) -> list[DecisionRow]:
    """One more than MOST_EXPORTED tells that there are too many."""
    return list(list_decisions(session, actor, chosen, days, size=MOST_EXPORTED + 1).rows)


def count_decisions(session: Session, actor: Actor, chosen: DecisionFilter, today: date) -> int:
    statement = chosen.select(session, actor, today).with_only_columns(func.count(D.id))
    return int(session.scalar(statement) or 0)


def owing_units(session: Session, actor: Actor, today: date) -> list[UnitOwing]:
    """Units with open decisions, by sort order and code; one statement."""
    overdue = func.coalesce(func.sum(case((D.due_on < today, 1), else_=0)), 0)
    statement = (
        _joined()
        .where(decision_is_visible(actor), Meeting.voided_at.is_(None), *is_open())
        .with_only_columns(
            Unit.id, Unit.short_name, Unit.name, func.count(D.id), overdue, func.min(Meeting.held_on)
        )
        .group_by(Unit.id, Unit.short_name, Unit.name, Unit.sort_order, Unit.code)
        .order_by(Unit.sort_order, Unit.code)
        .limit(MOST_UNITS)
    )
    return [
        UnitOwing(unit_id, short or name, count, int(late), oldest)
        for unit_id, short, name, count, late, oldest in session.execute(statement)
    ]


def load_decision(session: Session, actor: Actor, decision_id: int) -> MeetingDecision:
    """One decision, carried out or not. Raises NotVisible, also for one of a void meeting that is not his own."""
    statement = (
        _joined()
        .where(decision_is_visible(actor), D.id == decision_id)
        .options(joinedload(D.meeting).joinedload(Meeting.unit), joinedload(D.unit), joinedload(D.item))
    )
    row = session.scalar(statement)
    if row is None:
        raise NotVisible("meeting_decision")
    return row


def task_of_decision(session: Session, decision_id: int) -> SupervisionTask | None:
    """The task that a decision became, the last of several that hold."""
    return _tasks(session, [decision_id]).get(decision_id)


def _joined() -> Any:
    return (
        select(D)
        .join(Meeting, D.meeting_id == Meeting.id)
        .join(Unit, D.unit_id == Unit.id)
        .outerjoin(MeetingItem, D.item_id == MeetingItem.id)
    )


def _in_state(state: str, today: date) -> tuple[ColumnElement[bool], ...]:
    live = Meeting.voided_at.is_(None)
    if state == "done":
        return (live, Meeting.state == MeetingState.MINUTED.value, ~and_(*is_open()))
    if state in ("all", "final"):
        return (live,) if state == "all" else (live, IS_BINDING)
    late = (D.due_on < today,) if state == "overdue" else ()
    return (live, *is_open(), *late)


def _filled(session: Session, ids: list[int], days: Days) -> list[DecisionRow]:
    whole = (joinedload(D.meeting).joinedload(Meeting.unit), joinedload(D.unit))
    found = {row.id: row for row in session.scalars(select(D).where(D.id.in_(ids)).options(*whole))}
    return decision_rows(session, [found[i] for i in ids], days)


def decision_rows(session: Session, rows: Sequence[MeetingDecision], days: Days) -> list[DecisionRow]:
    """As rows of a list, with the task that each became; one statement."""
    tasks = _tasks(session, [row.id for row in rows])
    return [_decision_row(row, tasks.get(row.id), days) for row in rows]


def _decision_row(row: MeetingDecision, task: SupervisionTask | None, days: Days) -> DecisionRow:
    meeting = row.meeting
    done_on = row.done_on or (_applied_on(task, row.unit_id) if task is not None else None)
    return DecisionRow(
        id=row.id,
        content=row.content,
        unit=row.unit.label,
        person=row.person,
        due_on=row.due_on,
        done_on=done_on,
        result=row.result,
        meeting=meeting_name(meeting),
        number=meeting.number,
        held_on=meeting.held_on,
        task_id=task.id if task else None,
        task_number=task.number if task else "",
        task_state=_state_of(task, row.unit_id) if task else "",
        light=_light(row.due_on, done_on, days),
        age=(days.today - meeting.held_on).days if done_on is None else 0,
    )


def _state_of(task: SupervisionTask, unit_id: int) -> str:
    """待签发 until it is issued; of a task that other units have, that of the whole."""
    line = next((ln for ln in task.lines if ln.unit_id == unit_id), None)
    return LineState(line.state).label if line else TaskState(task.state).label


def _applied_on(task: SupervisionTask, unit_id: int) -> date | None:
    """Of a line that was struck off: when the unit applied for it, as its own limit is judged by."""
    closed = LineState.CLOSED.value
    return next(
        (
            ln.submitted_on or ln.closed_on
            for ln in task.lines
            if ln.unit_id == unit_id and ln.state == closed
        ),
        None,
    )


def _light(due_on: date | None, done_on: date | None, days: Days) -> Light | None:
    """As `rules.lights.light`, with the day that is 临期 already reckoned."""
    if due_on is None:
        return None
    if done_on is not None:
        return Light.MET if done_on <= due_on else Light.MET_LATE
    if due_on <= days.today:
        return Light.TODAY if due_on == days.today else Light.OVERDUE
    return Light.NEAR if due_on <= days.near_until else Light.NORMAL


def _tasks(session: Session, decision_ids: list[int]) -> dict[int, SupervisionTask]:
    return tasks_of(session, D.__tablename__, decision_ids, selectinload(SupervisionTask.lines))
