"""A plan's way: waiting → running → done; failed, cancelled, or overtaken by a newer one for the same days.

Whoever asks goes on with other work; the worker reckons (`jobs/rosters.py`). What it was asked from is checked again when its
roster is stored: a draft or a rota that moved meanwhile is left as it is.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session

from actions import audit
from actions.jobs import enqueue
from actions.once import already_made, note_made
from actions.rosters import require_extensible, require_replannable, require_span
from models.roster import Roster, RosterScheme
from models.roster_order import RosterOrder
from queries.roster_orders import OPEN
from queries.roster_problem import require_days
from rules.errors import RuleViolation
from rules.roles import Actor
from rules.roster_words import PlanStage, PlanState, PlanVerb

JOB = "roster.plan"
REMEMBERED = timedelta(days=90)
OVERTAKEN = "后来又要求排同一段日子，以后来的为准。"


@dataclass(frozen=True)
class PlanAsked:
    """Days to plan: new ones, or a draft's (`roster`, whose `version` is that which was shown), again or longer."""

    verb: PlanVerb
    first: date
    last: date
    roster: Roster | None = None
    version: int = 0


def order_plan(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    scheme: RosterScheme,
    asked: PlanAsked,
    submission_key: str = "",
) -> RosterOrder:
    """A new order and its job. Raises StaleVersion, RuleViolation(s) on `first_day`, `last_day`."""
    assert actor.account_id is not None
    made = already_made(session, submission_key, actor, RosterOrder)
    if made is not None:
        return session.get_one(RosterOrder, made)
    _require_possible(session, scheme, asked, today)
    _overtake(session, now, scheme.id, asked)
    order = RosterOrder(
        account_id=actor.account_id, unit_id=scheme.unit_id, scheme_id=scheme.id, scheme_version=scheme.version,
        verb=asked.verb.value, roster_id=asked.roster.id if asked.roster else None, roster_version=asked.version,
        first_day=asked.first, last_day=asked.last, state=PlanState.WAITING.value, made_at=now,
    )  # fmt: skip
    session.add(order)
    session.flush()
    enqueue(session, now=now, kind=JOB, arguments={"order_id": order.id})
    _record(session, actor, now, order, "ask")
    note_made(session, key=submission_key, actor=actor, now=now, subject=order)
    return order


def begin_plan(session: Session, *, order: RosterOrder) -> None:
    order.state = PlanState.RUNNING.value
    session.flush()


def note_stage(session: Session, *, order: RosterOrder, stage: PlanStage) -> None:
    order.stage = stage.value
    session.flush()


def finish_plan(session: Session, *, now: datetime, order: RosterOrder, roster: Roster) -> None:
    order.state, order.finished_at, order.roster_id = PlanState.DONE.value, now, roster.id
    session.flush()


def fail_plan(session: Session, *, now: datetime, order: RosterOrder, message: str) -> None:
    """With a line that who asked will read. Nothing happens where it has ended."""
    if order.state in OPEN:
        order.state, order.finished_at, order.error = PlanState.FAILED.value, now, message[:400]
        session.flush()


def cancel_plan(session: Session, *, actor: Actor, now: datetime, order: RosterOrder) -> None:
    """The worker stops at its next stage, and stores nothing. Raises RuleViolation where it has ended."""
    if order.state not in OPEN:
        raise RuleViolation(f"这次排班{PlanState(order.state).label}，不用取消。")
    order.state, order.finished_at = PlanState.CANCELLED.value, now
    session.flush()
    _record(session, actor, now, order, "cancel")


def forget_old_plans(session: Session, *, now: datetime) -> int:
    """Delete rows that ended long ago; rosters stay. Returns how many."""
    old = delete(RosterOrder).where(RosterOrder.made_at < now - REMEMBERED, RosterOrder.state.not_in(OPEN))
    result = session.execute(old, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)
    return result.rowcount


def label_of(order: RosterOrder) -> str:
    return f"{order.scheme.name} {order.first_day} 至 {order.last_day}"


def _require_possible(session: Session, scheme: RosterScheme, asked: PlanAsked, today: date) -> None:
    """Told at once, on the form, not only when the worker comes to it."""
    if asked.roster is None:
        require_span(session, scheme, asked.first, asked.last, today)
        require_days(session, scheme, asked.first, asked.last)
        return
    require_replannable(asked.roster, asked.version)
    if asked.verb is PlanVerb.EXTEND:
        require_extensible(session, asked.roster, asked.last, today)
        require_days(session, scheme, asked.roster.last_day + timedelta(days=1), asked.last)


def _overtake(session: Session, now: datetime, scheme_id: int, asked: PlanAsked) -> None:
    """Older orders that would plan some of the same days."""
    older = select(RosterOrder).where(
        RosterOrder.scheme_id == scheme_id,
        RosterOrder.state.in_(OPEN),
        RosterOrder.first_day <= asked.last,
        RosterOrder.last_day >= asked.first,
    )
    for order in session.scalars(older):
        order.state, order.finished_at, order.error = PlanState.OVERTAKEN.value, now, OVERTAKEN
    session.flush()


def _record(session: Session, actor: Actor, now: datetime, order: RosterOrder, verb: str) -> None:
    audit.record(
        session, actor=actor, now=now, action=f"roster-order.{verb}", subject=order,
        label=f"{label_of(order)} {PlanVerb(order.verb).label}",
    )  # fmt: skip
