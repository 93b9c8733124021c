"""Every step of a lead assignment: one address, one form, one act. What is refused is its page with the form open."""

from collections.abc import Callable
from typing import Any

from flask import flash, url_for
from werkzeug.wrappers import Response

from actions.leads.closing import undo_lead_step as undo_action
from actions.leads.proposing import void_lead
from actions.leads.steps import LeadAct
from blueprints.leads import leads
from blueprints.leads.lead_doors import DOORS, LeadDoor
from blueprints.leads.lead_forms import UndoLeadForm, VoidLeadForm
from blueprints.leads.lead_page import lead_page
from extensions import db
from queries.lead_standing import require_lead_step
from queries.leads import load_lead
from rules.roles import Permission
from web import clock
from web.form_fields import Form, Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

ONE = "/supervision/lead-assignments/<int:assignment_id>"


@leads.route(ONE, permission=Permission.LEADS_READ)
def show_lead(assignment_id: int) -> str:
    return lead_page(load_lead(db.session(), actor(), assignment_id))


def _view(door: LeadDoor) -> Callable[[int], str | Response]:
    def take_step(assignment_id: int) -> str | Response:
        load_lead(db.session(), actor(), assignment_id)
        form = door.form()
        if form.validate_on_submit() and _done(assignment_id, form, door.act):
            flash(door.done, "success")
            return see_other(url_for("leads.show_lead", assignment_id=assignment_id))
        row = load_lead(db.session(), actor(), assignment_id)
        return unprocessable(lead_page(row, refused={door.endpoint: form}))

    return take_step


for _door in DOORS:
    leads.route(
        f"{ONE}/{_door.noun}", permission=_door.permission, methods=["POST"], endpoint=_door.endpoint
    )(_view(_door))


@leads.route(f"{ONE}/steps/<int:step_id>/undo", permission=Permission.LEADS_READ, methods=["POST"])
def undo_lead_step(assignment_id: int, step_id: int) -> str | Response:
    """Take back the latest step; a leader takes back his own instruction here, too."""
    require_lead_step(db.session(), load_lead(db.session(), actor(), assignment_id), step_id)
    form = UndoLeadForm()
    if form.validate_on_submit() and _done(assignment_id, form, lambda s, a, _f: undo_action(s, a, step_id)):
        flash("已撤销这一步，记录保留。", "success")
        return see_other(url_for("leads.show_lead", assignment_id=assignment_id))
    return unprocessable(lead_page(load_lead(db.session(), actor(), assignment_id), undo_form=form))


@leads.route(f"{ONE}/void", permission=Permission.LEADS_WRITE, methods=["POST"], endpoint="void_lead")
def void(assignment_id: int) -> str | Response:
    load_lead(db.session(), actor(), assignment_id)
    form = VoidLeadForm()
    if form.validate_on_submit() and _done(assignment_id, form, lambda s, a, _f: void_lead(s, a)):
        flash("已作废。编号保留，不再计入任何统计。", "success")
        return see_other(url_for("leads.show_lead", assignment_id=assignment_id))
    return unprocessable(lead_page(load_lead(db.session(), actor(), assignment_id), void_form=form))


def _done(assignment_id: int, form: Form, act: Callable[[Any, LeadAct, Any], object]) -> bool:
    """Whether the step was taken; a refusal then stands in the form."""
    try:
        with form.refusals(), writing() as session:
            act(session, _act(session, assignment_id, form), form)
    except Refused:
        return False
    return True


def _act(session: Any, assignment_id: int, form: Any) -> LeadAct:
    return LeadAct(
        actor=actor(),
        now=clock.now(),
        today=clock.today(),
        row=load_lead(session, actor(), assignment_id),
        version=form.version.data,
        on=form.on.data if "on" in form else clock.today(),
        text=(form.text.data or "").strip(),
        submission_key=form.submission_key.data or "",
    )
