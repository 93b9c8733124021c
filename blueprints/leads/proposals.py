"""提出包案 from a petition, and 调整四定."""

from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.leads.proposing import LeadData, adjust_lead, propose_lead
from actions.leads.steps import LeadAct
from blueprints.leads import leads
from blueprints.leads.lead_forms import AdjustForm, FourFixedForm, ProposeForm
from blueprints.leads.lead_steps import ONE
from extensions import db
from models.lead_assignment import LeadAssignment
from models.petition import Petition
from queries.choices import Choice, label_of_unit, unit_choices
from queries.lead_standing import hands_to_lead, serves_county
from queries.leader_receptions import leaders_in_scope
from queries.leads import load_lead
from queries.petition_scope import load_petition, petition_numbered
from queries.register_filter import number_of
from rules.errors import StaleVersion
from rules.lead_states import LeadState, replacement_refusal
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

WRITE = Permission.LEADS_WRITE


@leads.route("/supervision/lead-assignments/new", permission=WRITE)
def new_lead() -> str:
    """The form, with the petition of the address and its responsible unit filled in."""
    petition = _asked_petition()
    data: dict[str, Any] = {}
    if petition is not None:
        data = {"petition": petition.number, "responsible_unit": label_of_unit(petition.responsible_unit)}
    return _new_page(ProposeForm(formdata=None, data=data))


@leads.route(
    "/supervision/lead-assignments/new", permission=WRITE, methods=["POST"], endpoint="register_lead"
)
def register() -> str | Response:
    form = ProposeForm()
    values = form.values(_units()) if form.validate() else None
    if values is None or form.errors:
        return unprocessable(_new_page(form))
    try:
        with form.refusals(), writing() as session:
            row = propose_lead(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                petition=petition_numbered(session, actor(), form.text_of("petition")),
                data=LeadData(values, form.text_of("text")),
                submission_key=form.submission_key.data or "",
            )
            row_id, said = row.id, row.number
    except Refused:
        return unprocessable(_new_page(form))
    flash(f"已提出包案 {said}，等待批准。", "success")
    return see_other(url_for("leads.show_lead", assignment_id=row_id))


@leads.route(f"{ONE}/adjustment", permission=WRITE, methods=["GET", "POST"])
def change_lead(assignment_id: int) -> str | Response:
    """调整四定."""
    row = load_lead(db.session(), actor(), assignment_id)
    if request.method == "GET":
        return _change_page(AdjustForm(formdata=None, data=_fields_of(row)), row)
    form = AdjustForm()
    values = form.values(_units()) if form.validate() else None
    if values is None or form.errors:
        return unprocessable(_change_page(form, row))
    try:
        with form.refusals(), writing() as session:
            adjust_lead(session, _act(session, assignment_id, form), values)
    except Refused as refused:
        row = load_lead(db.session(), actor(), assignment_id)
        if isinstance(refused.__cause__, StaleVersion):
            form.version.data = row.version
        return unprocessable(_change_page(form, row))
    flash("四定已调整，原来的内容保留在记录里。", "success")
    return see_other(url_for("leads.show_lead", assignment_id=assignment_id))


def _act(session: Any, assignment_id: int, form: AdjustForm) -> LeadAct:
    return LeadAct(
        actor=actor(),
        now=clock.now(),
        today=clock.today(),
        row=load_lead(session, actor(), assignment_id),
        version=form.version.data or 0,
        on=clock.today(),
        text=form.text_of("text"),
        submission_key=form.submission_key.data or "",
    )


def _fields_of(row: LeadAssignment) -> dict[str, Any]:
    names = ("leader_post", "responsible_person", "team", "measures", "due_on", "version")
    return {name: getattr(row, name) for name in names} | {
        "leader": row.leader_name,
        "responsible_unit": label_of_unit(row.responsible_unit),
    }


def _asked_petition() -> Petition | None:
    """Raises NotVisible for one out of scope."""
    asked = request.args.get("petition", "")
    return load_petition(db.session(), actor(), number_of(asked) or 0) if asked else None


def _units() -> list[Choice]:
    return unit_choices(db.session(), actor().account_id, clock.today())


def _new_page(form: ProposeForm) -> str:
    petition = _named_petition(form)
    return render_template("leads/new_lead.html", petition=petition, **_around(form))


def _named_petition(form: ProposeForm) -> Petition | None:
    number = form.text_of("petition")
    return petition_numbered(db.session(), actor(), number) if number else None


def _change_page(form: AdjustForm, row: LeadAssignment) -> str:
    return render_template("leads/change_lead.html", row=row, notice=_not_replaced(row), **_around(form))


def _not_replaced(row: LeadAssignment) -> str:
    """Why this reader may not replace leader and responsible unit; "" where he may."""
    county = serves_county(db.session(), row.leader_id, row.leader_post, row.proposed_on)
    return replacement_refusal(LeadState(row.state), hands_to_lead(actor(), row), led_by_county=county)


def _around(form: FourFixedForm) -> dict[str, Any]:
    return {"form": form, "leaders": leaders_in_scope(db.session(), actor(), clock.today())}
