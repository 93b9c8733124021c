"""The page of one lead assignment: the four things fixed, what may be done next, what was done."""

from typing import Any

from flask import render_template

from actions.leads.closing import ATTACHED_TO, undo_lead_refusal
from actions.leads.steps import LeadAct
from blueprints.leads.lead_doors import DOORS, LeadDoor, doors_of
from blueprints.leads.lead_forms import LeadStepForm, UndoLeadForm, VoidLeadForm
from extensions import db
from models.lead_assignment import LeadAssignment
from queries.history import history_of
from queries.lead_standing import (
    extension_asked,
    hands_to_lead,
    is_evidence_named,
    lead_sent_back,
    lead_standing,
    live_steps,
    steps_of_lead,
)
from queries.leads import lead_light, sees_petition, state_in_words
from queries.petition_days import days_left_in_words, petition_days
from rules.lead_states import LeadBy, LeadResult, LeadState, LeadVerb, lead_offers
from rules.roles import Permission, handles
from web import clock
from web.attachment_pages import AttachedTo, AttachmentPanel, Sight, attachment_panel
from web.form_fields import Form, with_ids
from web.paper_panel import paper_panel
from web.session import actor

FIELD_LABELS = {
    "leader_name": "包案领导",
    "leader_post": "领导职务",
    "responsible_person": "责任人",
    "team": "工作专班",
    "measures": "化解方案",
    "due_on": "办理时限",
    "state": "状态",
    "result": "结果",
    "concluded_on": "办结日期",
    "closed_on": "销号日期",
}
FIELD_WORDS = {
    "state": lambda code: LeadState(code).label,
    "result": lambda code: LeadResult(code).label,
}


def lead_page(row: LeadAssignment, *, refused: dict[str, LeadStepForm] | None = None, **forms: Any) -> str:
    """`refused` holds the forms of steps that were refused, by endpoint, open with their errors."""
    session, today = db.session(), clock.today()
    days = petition_days(session, today)
    steps, state = steps_of_lead(session, row), LeadState(row.state)
    live = live_steps(steps)
    offers = _offers(row, steps)
    opened, shut = _offered(row, offers, refused or {})
    seen = sees_petition(session, actor(), row)
    return render_template(
        "leads/show_lead.html",
        row=row,
        petition=row.petition if seen else None,
        state=state,
        state_words=state_in_words(state, row.accepted_on),
        light=lead_light(state, row.due_on, row.concluded_on, days),
        days_left=days_left_in_words(row.due_on, today) if state is LeadState.WORKING else "",
        result=LeadResult(row.result).label if row.result else "",
        steps=steps,
        steps_open=opened,
        steps_shut=shut,
        asked=extension_asked(steps),
        sent_back=lead_sent_back(steps) if LeadBy.UNIT in hands_to_lead(actor(), row) else None,
        evidence_named=is_evidence_named(steps),
        verb_label=lambda code: LeadVerb(code).label,
        undoable=live[-1].id if live and not _undo_refused(row, live) else None,
        undo_form=forms.get("undo_form") or UndoLeadForm(formdata=None, data={"version": row.version}),
        void_form=with_ids(
            forms.get("void_form") or VoidLeadForm(formdata=None, data={"version": row.version}), "void"
        ),
        may_void=not row.is_void
        and state is LeadState.PROPOSED
        and LeadBy.PROPOSER in hands_to_lead(actor(), row),
        may_adjust=any(o.verb is LeadVerb.ADJUST and o.is_open for o in offers),
        history=history_of(session, "lead_assignment", row.id, FIELD_LABELS, FIELD_WORDS),
        attached=_attached(row, forms),
        papers=paper_panel("lead_assignment", row),
    )


def may_look_inside(row: LeadAssignment) -> bool:
    """Files show people as they are: for who works on the matter or leads it, and of one who asked for secrecy only for
    who handles it."""
    if row.petition.confidential and row.leader_id != actor().person_id:
        return handles(actor(), row.unit.path, row.responsible_unit.path)
    return True


def attached_to(row: LeadAssignment) -> AttachedTo:
    return AttachedTo(ATTACHED_TO, row.id, "leads", "assignment_id")


def may_attach(row: LeadAssignment) -> bool:
    open_still = not row.is_void and row.state not in (LeadState.CLOSED, LeadState.ENDED)
    return actor().may(Permission.LEADS_WRITE) and open_still


def _attached(row: LeadAssignment, forms: dict[str, Any]) -> AttachmentPanel:
    shut = not may_look_inside(row)
    return attachment_panel(
        attached_to(row),
        may_add=may_attach(row),
        may_void=may_attach(row),
        sight=Sight.SHUT if shut else Sight.PLAIN,
        notice="信访人要求保密，附件只供办理的单位查看。" if shut else "",
        upload_form=forms.get("upload_form"),
        void_form=forms.get("attachment_void_form"),
    )


def _offers(row: LeadAssignment, steps: list[Any]) -> list[Any]:
    return lead_offers(lead_standing(db.session(), row, steps), hands_to_lead(actor(), row))


def _offered(
    row: LeadAssignment, offers: list[Any], refused: dict[str, LeadStepForm]
) -> tuple[list[tuple[LeadDoor, Form]], list[Any]]:
    """The steps that are open, each with its form, and those that say why not; only what this role has a door for."""
    opened: list[tuple[LeadDoor, Form]] = []
    shut = []
    for offer in offers:
        doors = [door for door in doors_of(offer.verb) if actor().may(door.permission)][:1]
        shown = [door for door in doors if offer.is_open or door.endpoint in refused]
        opened += [(door, _form_of(door, row, refused)) for door in shown]
        shut += [offer] if doors and not offer.is_open else []
    shown_already = {door.endpoint for door, _form in opened}
    late = [door for door in DOORS if door.endpoint in refused.keys() - shown_already]
    return opened + [(door, _form_of(door, row, refused)) for door in late], shut


def _form_of(door: LeadDoor, row: LeadAssignment, refused: dict[str, LeadStepForm]) -> Form:
    fresh = door.form(formdata=None, data={"version": row.version, "on": clock.today()})
    return with_ids(refused.get(door.endpoint) or fresh, door.endpoint)


def _undo_refused(row: LeadAssignment, live: list[Any]) -> str:
    act = LeadAct(actor(), clock.now(), clock.today(), row, row.version, clock.today())
    return undo_lead_refusal(act, live, live[-1])
