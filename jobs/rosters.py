"""Plans of rosters: reckoned by the worker outside of any transaction, as the account that asked for them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from actions.jobs import may_run_again
from actions.roster_orders import (
    JOB,
    begin_plan,
    fail_plan,
    finish_plan,
    forget_old_plans,
    note_stage,
)
from actions.rosters import store_again, store_extension, store_plan
from extensions import db
from jobs.registry import job
from models.roster import Roster
from models.roster_order import RosterOrder
from models.write_turn import WriteTurnTimeout
from queries.roster_orders import OPEN, open_orders
from queries.roster_problem import problem_for_days, problem_of
from queries.roster_rows import duties_of
from queries.roster_schemes import load_scheme
from queries.rosters import load_own_roster
from queries.sign_in import actor_of
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.roles import Actor, Permission
from rules.roster import RosterAnswer, RosterProblem
from rules.roster_words import PlanStage, PlanVerb
from web import clock
from web.unit_of_work import writing

MOVED = "排班期间草稿或班次设置有改动，这次排的没有保存，原来的没有动。请核对后重新排。"
NOT_YOURS = "要求排班的账号已停用，或不再能给这个单位排班，已停止。"
NOT_NOW = "数据库暂时不能写入，没有排成。请稍后重新排。"
BROKEN = "系统出错，没有排成。请稍后重新排；若反复出现，请联系系统管理员。"
INTERRUPTED = "后台进程多次中断，没有排成。请重新排；若反复出现，请联系系统管理员。"


class NotWanted(Exception):
    """The order was cancelled or overtaken."""


@dataclass(frozen=True)
class _Asked:
    """An order as it was asked for."""

    order_id: int
    verb: PlanVerb
    scheme_id: int
    scheme_version: int
    roster_id: int
    roster_version: int
    first: date
    last: date
    actor: Actor


@job(JOB)
def plan_roster(order_id: int) -> None:
    """Whatever stands in the way ends the order with a line to read; the roster is as it was."""
    try:
        _run(order_id)
    except NotWanted:
        return
    except StaleVersion as moved:
        raise _ended(order_id, MOVED) from moved
    except NotVisible as hidden:
        raise _ended(order_id, NOT_YOURS) from hidden
    except (RuleViolation, RuleViolations) as refusal:
        raise _ended(order_id, str(refusal)) from refusal
    except (OperationalError, WriteTurnTimeout):
        db.session.rollback()
        if not may_run_again(db.session(), JOB, {"order_id": order_id}):
            _ended(order_id, NOT_NOW)
        raise
    except Exception:
        _ended(order_id, BROKEN)
        raise


@job("roster.sweep")
def sweep_plans() -> None:
    """End what broke off with a worker that died too often, forget what ended long ago."""
    waiting = [order.id for order in open_orders(db.session())]
    lost = [i for i in waiting if not may_run_again(db.session(), JOB, {"order_id": i})]
    db.session.rollback()
    for order_id in lost:
        _ended(order_id, INTERRUPTED)
    with writing() as session:
        forget_old_plans(session, now=clock.now())


def _run(order_id: int) -> None:
    from rostering.planner import plan

    order = db.session.get(RosterOrder, order_id, populate_existing=True)
    if order is None or order.state not in OPEN:
        return
    asked = _asked(order)
    with writing() as session:
        begin_plan(session, order=_still_open(session, order_id))
    problem = _problem(db.session(), asked)
    db.session.rollback()
    answer = plan(problem, on_stage=lambda stage: _note(order_id, stage))
    with writing() as session:
        order = _still_open(session, order_id)
        finish_plan(session, now=clock.now(), order=order, roster=_stored(session, asked, answer))


def _asked(order: RosterOrder) -> _Asked:
    actor = actor_of(db.session(), order.account_id, "worker")
    if actor is None or not actor.may(Permission.DUTY_PLAN):
        raise RuleViolation(NOT_YOURS)
    return _Asked(
        order.id, PlanVerb(order.verb), order.scheme_id, order.scheme_version, order.roster_id or 0,
        order.roster_version, order.first_day, order.last_day, actor,
    )  # fmt: skip


def _still_open(session: Session, order_id: int) -> RosterOrder:
    order = session.get_one(RosterOrder, order_id, populate_existing=True)
    if order.state not in OPEN:
        raise NotWanted
    return order


def _note(order_id: int, stage: PlanStage) -> None:
    """How far it has come; here planning stops when nobody wants it any more."""
    with writing() as session:
        note_stage(session, order=_still_open(session, order_id), stage=stage)


def _problem(session: Session, asked: _Asked) -> RosterProblem:
    scheme = load_scheme(session, asked.actor, asked.scheme_id)
    if asked.verb is PlanVerb.NEW:
        return problem_for_days(session, scheme, asked.first, asked.last)
    roster = load_own_roster(session, asked.actor, asked.roster_id)
    if asked.verb is PlanVerb.REPEAT:
        return problem_of(session, roster)
    return problem_for_days(session, scheme, asked.first, asked.last, kept=duties_of(session, roster.id))


def _stored(session: Session, asked: _Asked, answer: RosterAnswer) -> Roster:
    actor, now, today = asked.actor, clock.now(), clock.today()
    scheme = load_scheme(session, actor, asked.scheme_id)
    if scheme.version != asked.scheme_version:
        raise StaleVersion
    if asked.verb is PlanVerb.NEW:
        return store_plan(
            session, actor=actor, now=now, today=today, scheme=scheme, version=asked.scheme_version,
            first=asked.first, last=asked.last, answer=answer,
        )  # fmt: skip
    roster = load_own_roster(session, actor, asked.roster_id)
    if asked.verb is PlanVerb.REPEAT:
        store_again(session, actor=actor, now=now, roster=roster, version=asked.roster_version, answer=answer)
    else:
        store_extension(
            session, actor=actor, now=now, today=today, roster=roster, version=asked.roster_version,
            scheme_version=asked.scheme_version, last=asked.last, answer=answer,
        )  # fmt: skip
    return roster


def _ended(order_id: int, message: str) -> RuleViolation:
    """The order has failed; gives what the job says of it."""
    db.session.rollback()
    with writing() as session:
        order = session.get(RosterOrder, order_id, populate_existing=True)
        if order is not None:
            fail_plan(session, now=clock.now(), order=order, message=message)
    return RuleViolation(message)
