"""Work lists of supervision: which lines wait for whom. One table gives the tabs of the list, their counts, the 工作台."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, exists, func, literal_column, or_, select
from sqlalchemy.orm import Session, aliased

from models.supervision import RUNNING, SupervisionLine, SupervisionStep, SupervisionTask
from queries.memory import remembered
from queries.petition_days import Days
from queries.scope import in_scope_of
from queries.supervision_scope import is_listed, line_is_visible
from queries.supervision_standing import SENDING_BACK, SETTLING
from rules.roles import Actor, Permission, Role
from rules.supervision_clocks import Owed
from rules.supervision_states import LineState, TaskVerb

T, L = SupervisionTask, SupervisionLine
_WAITING = aliased(SupervisionStep, name="waiting_step")
_BACK = aliased(SupervisionStep, name="back_step")
_LATER = aliased(SupervisionStep, name="later_step")
Conditions = Callable[[Actor, Days], list[Any]]


def _as_unit(actor: Actor) -> list[Any]:
    return [] if actor.sees_county else [in_scope_of(actor, L.unit_id)]


def _as_filer(actor: Actor) -> list[Any]:
    return [] if actor.role is Role.LEADER else [T.unit_id == actor.unit_id]


def _as_judge(actor: Actor) -> list[Any]:
    """As `rules.supervision_states.may_judge`."""
    if actor.role is Role.LEADER:
        return []
    on_itself, mine = L.unit_id == T.unit_id, and_(T.unit_id == actor.unit_id, L.unit_id != T.unit_id)
    if actor.role is Role.DIRECTOR:
        return [or_(mine, on_itself)]
    if actor.role is Role.BUREAU:
        return [or_(mine, and_(on_itself, L.unit_id != actor.unit_id))]
    return [mine]


def _anybody(_actor: Actor) -> list[Any]:
    return []


def _at(state: LineState) -> Conditions:
    return lambda _actor, _days: [L.state == state.value]


def _to_report(_actor: Actor, days: Days) -> list[Any]:
    return [L.next_due_key == Owed.REPORT.value, L.next_due_on.is_not(None), L.next_due_on <= days.near_until]


def _near(_actor: Actor, days: Days) -> list[Any]:
    return [L.next_due_on.is_not(None), L.next_due_on >= days.today, L.next_due_on <= days.near_until]


def _overdue(_actor: Actor, days: Days) -> list[Any]:
    return [L.next_due_on.is_not(None), L.next_due_on < days.today]


def _waits_for(verb: TaskVerb) -> Conditions:
    waiting = exists().where(_WAITING.line_id == L.id, _WAITING.waits_for == verb.value)
    return lambda _actor, _days: [
        L.state.in_([LineState.WORKING.value, LineState.SUBMITTED.value]),
        waiting,
    ]


def _sent_back(_actor: Actor, _days: Days) -> list[Any]:
    """As `queries.supervision_standing.LineSteps.sent_back`."""
    verbs, sending = [v.value for v in SETTLING], [v.value for v in SENDING_BACK]
    heard_later = exists().where(
        *(_LATER.line_id == _BACK.line_id, _LATER.id > _BACK.id),
        *(_LATER.verb.in_(verbs), _LATER.undone_at.is_(None)),
    )
    back = exists().where(
        *(_BACK.line_id == L.id, _BACK.verb.in_(sending), _BACK.undone_at.is_(None)),
        ~heard_later.correlate(_BACK),
    )
    return [L.state == LineState.WORKING.value, back]


@dataclass(frozen=True)
class WorkList:
    key: str
    label: str
    about: Conditions
    hands: Callable[[Actor], list[Any]] = _anybody
    """Whose work it is."""
    sort: str = "filed"
    """A key of `queries.supervision_filter.ORDERS`."""

    def conditions(self, actor: Actor, days: Days) -> list[Any]:
        return [*self.about(actor, days), *self.hands(actor)]


WORK_LISTS = {
    work.key: work
    for work in (
        WorkList("to_issue", "待签发", _at(LineState.DRAFT), _as_filer),
        WorkList("sent_back", "被退回", _sent_back, _as_unit, "due"),
        WorkList("to_receive", "待签收", _at(LineState.SENT), _as_unit, "due"),
        WorkList("to_report", "该反馈", _to_report, _as_unit, "due"),
        WorkList("near", "临期（含当日）", _near, sort="due"),
        WorkList("overdue", "超期", _overdue, sort="due"),
        WorkList("to_examine", "待复核", _waits_for(TaskVerb.ACCEPT), _as_judge),
        WorkList("to_extend", "待审批延期", _waits_for(TaskVerb.DECIDE_EXTENSION), _as_judge),
        WorkList("to_close", "待销号", _at(LineState.SUBMITTED), _as_judge),
        WorkList("working", "办理中", _at(LineState.WORKING)),
        WorkList("closed", "已销号", _at(LineState.CLOSED)),
    )
}

_OWING = ("overdue", "near", "to_receive", "to_report")
_OWN_OWING = ("overdue", "sent_back", *_OWING[1:])
"""Of those who have lines to do themselves."""
_EXAMINING = ("to_issue", "to_examine", "to_extend", "to_close")
TABS: dict[Role, tuple[str, ...]] = {
    Role.CLERK: (*_OWN_OWING, "working", "closed"),
    Role.SUPERVISOR: (*_OWN_OWING, *_EXAMINING, "working", "closed"),
    Role.BUREAU: (*_EXAMINING, *_OWING, "working", "closed"),
    Role.DIRECTOR: (*_EXAMINING, *_OWING, "working", "closed"),
    Role.LEADER: ("overdue", "near", "working", "closed"),
}
"""The lists that a role works with, in the order in which they press."""
_WAITING_FOR_ME: dict[Role, tuple[str, ...]] = {
    Role.CLERK: _OWN_OWING,
    Role.SUPERVISOR: (*_OWN_OWING, *_EXAMINING),
    Role.BUREAU: ("to_examine", "to_extend", "to_close", "overdue"),
    Role.DIRECTOR: (*_EXAMINING, "overdue"),
    Role.LEADER: ("overdue",),
}
"""Those of them that the 工作台 reminds of."""


@dataclass(frozen=True)
class WorkCount:
    """One tab: what it is called and how many lines it holds."""

    key: str
    label: str
    count: int
    sort: str


@remembered
def work_counts(
    session: Session, actor: Actor, today: date, near_until: date, *, waiting: bool = False
) -> list[WorkCount]:
    """All counts that the actor's role works with, in its order, or those that wait for him, which
    are among the running lines: the front page reads no others. One statement."""
    if actor.role is None or not actor.may(Permission.SUPERVISION_READ):
        return []
    lists = [WORK_LISTS[key] for key in (_WAITING_FOR_ME if waiting else TABS).get(actor.role, ())]
    days = Days(today, near_until)
    sums = [
        func.coalesce(func.sum(case((and_(*work.conditions(actor, days)), 1), else_=0)), 0) for work in lists
    ]
    statement = select(*sums).select_from(L).join(T, L.task_id == T.id).where(*live_lines(actor))
    if waiting:
        statement = statement.where(literal_column(f"supervision_line.{RUNNING}"))
    found = session.execute(statement).one()
    return [WorkCount(w.key, w.label, int(n), w.sort) for w, n in zip(lists, found, strict=True)]


def live_lines(actor: Actor) -> list[Any]:
    """Conditions on lines joined with their tasks: in scope, in force or not yet issued."""
    return [T.voided_at.is_(None), is_listed(), line_is_visible(actor)]
