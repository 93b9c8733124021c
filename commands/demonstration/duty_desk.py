"""Two years of the county's duty desk, and its special periods with their reports."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from actions import audit
from actions.bulk_desk import add_desk_entries
from actions.bulk_registers import describe, insert_children
from commands.demonstration.duty_messages import MessagePlanner
from commands.demonstration.offices import County
from commands.demonstration.plan import REASON, Plan, Say
from commands.demonstration.special_periods import PeriodPlanner
from models.duty_desk import PeriodReport
from models.organisation import Unit
from rules.roles import Actor


def fill_duty_desk(
    session: Session, actor: Actor, plan: Plan, county: County, units: Mapping[int, Unit], say: Say
) -> None:
    """Inside the caller's unit of work."""
    messages = MessagePlanner(plan.rng("duty messages"), county, plan).rows()
    add_desk_entries(session, actor=actor, now=plan.now, units=units, rows=messages, reason=REASON)
    say(f"值班信息和工作指令 {len(messages)} 条")
    _fill_periods(session, actor, plan, county, say)


def _fill_periods(session: Session, actor: Actor, plan: Plan, county: County, say: Say) -> None:
    planner = PeriodPlanner(plan.rng("special periods"), county, plan)
    planned = planner.periods()
    for one in planned:
        session.add(one.period)
        session.flush()
        audit.record(
            session, actor=actor, now=plan.now, action="special_period.declare", subject=one.period,
            label=one.period.name, reason=REASON,
        )  # fmt: skip
    reports = [row for one in planned for row in planner.reports(one)]
    insert_children(session, PeriodReport, reports)
    said = ("period_report.add-many", "period_report")
    describe(session, actor, plan.now, *said, len(reports), REASON, ())
    say(f"特殊时段 {len(planned)} 个，每日报告 {len(reports)} 份")
