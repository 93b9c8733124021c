"""排班任务: a plan that is under way, until it has become a roster."""

from flask import flash, url_for
from werkzeug.wrappers import Response

from actions.roster_orders import cancel_plan
from blueprints.duty import duty
from extensions import db
from models.roster_order import RosterOrder
from queries.roster_orders import OPEN, load_roster_order
from rules.errors import RuleViolation
from rules.roles import Permission
from rules.roster_words import PlanStage, PlanState, PlanVerb
from web import clock
from web.pages import page_or_part, see_other
from web.session import actor
from web.unit_of_work import writing

DONE = {
    PlanVerb.NEW: "已排好一份草稿，请核对；不合适的日子可以手工改。",
    PlanVerb.REPEAT: "已重新排过，锁定的日子没有动。",
    PlanVerb.EXTEND: "已延长，原来排好的没有动。",
}
TAGS = {PlanState.FAILED: "tag-bad", PlanState.CANCELLED: "tag-quiet", PlanState.OVERTAKEN: "tag-quiet"}


@duty.route("/duty/roster/plans/<int:plan_id>", permission=Permission.DUTY_PLAN)
def show_roster_order(plan_id: int) -> str | Response:
    """Asked again every other second by scripts, by 刷新 without them; once it is done, the roster."""
    order = load_roster_order(db.session(), actor(), plan_id)
    state = PlanState(order.state)
    if state is PlanState.DONE:
        flash(DONE[PlanVerb(order.verb)], "success")
        return see_other(url_for("duty.show_planned_roster", roster_id=order.roster_id))
    return page_or_part(
        "duty/show_roster_order.html",
        "duty/_roster_order.html",
        order=order,
        state=state,
        tag=TAGS.get(state, "tag-quiet"),
        verb=PlanVerb(order.verb),
        stages=list(PlanStage),
        reached=_reached(order),
        under_way=order.state in OPEN,
    )


@duty.route(
    "/duty/roster/plans/<int:plan_id>/cancellation", permission=Permission.DUTY_PLAN, methods=["POST"]
)
def cancel_roster_order(plan_id: int) -> Response:
    try:
        with writing() as session:
            order = load_roster_order(session, actor(), plan_id)
            cancel_plan(session, actor=actor(), now=clock.now(), order=order)
    except RuleViolation as refusal:
        flash(refusal.message, "warning")
    return see_other(url_for("duty.show_roster_order", plan_id=plan_id))


def _reached(order: RosterOrder) -> int:
    """How many stages have begun; 0 while it waits."""
    names = [stage.value for stage in PlanStage]
    return names.index(order.stage) + 1 if order.stage in names else 0
